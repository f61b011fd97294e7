package org.sallyport.meaning;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Whether a condition chooses among the rows of the table that a statement changes, or is the same for all of them: because no column
 * of that table occurs in it, or only ones that make no difference ({@code id = id}, {@code id IS NOT NULL} or {@code NOT (id IS NULL)} where it cannot be null).
 *
 * <p>What always holds for another reason ({@code id > 0}) is not found: that depends on the rows.
 */
final class Choice {
    private final Tree.Node query;
    private final int target;
    private final NotNull notNull;

    /** @param query an UPDATE, DELETE, MERGE or INSERT */
    Choice(Tree.Node query, NotNull notNull) {
        this.query = query;
        this.target = query.number("resultRelation");
        this.notNull = notNull;
    }

    /** Whether the condition tells rows apart; none does not. */
    boolean among(Tree condition) throws SQLException {
        return !isSameForAll(condition, 0);
    }

    /** @param depth of queries around it, below the one that changes rows */
    private boolean isSameForAll(Tree tree, int depth) throws SQLException {
        if (tree instanceof Tree.Items list) {
            return areSameForAll(list.items(), depth);
        }
        if (!(tree instanceof Tree.Node node)) {
            return true;
        }
        return switch (node.tag()) {
            case "VAR" -> !isOfTarget(node, depth);
            case "CURRENTOFEXPR" -> false;
            case "BOOLEXPR" -> isWord(node, "boolop", "or") ? isAnyAlwaysTrue(node, depth) : fields(node, depth);
            case "OPEXPR", "DISTINCTEXPR" -> comparesItself(node) || fields(node, depth);
            case "SCALARARRAYOPEXPR" -> isAmongItself(node) || fields(node, depth);
            case "NULLTEST" -> cannotBeNull(node, depth) || fields(node, depth);
            case "QUERY" -> fields(node, depth + 1);
            default -> fields(node, depth);
        };
    }

    private boolean fields(Tree.Node node, int depth) throws SQLException {
        return areSameForAll(node.fields().values(), depth);
    }

    private boolean areSameForAll(Iterable<Tree> trees, int depth) throws SQLException {
        for (Tree tree : trees) {
            if (!isSameForAll(tree, depth)) {
                return false;
            }
        }
        return true;
    }

    private boolean isAnyAlwaysTrue(Tree.Node or, int depth) throws SQLException {
        for (Tree branch : arguments(or)) {
            if (isSameForAll(branch, depth)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOfTarget(Tree.Node column, int depth) {
        return column.number("varlevelsup") == depth && column.number("varno") == target;
    }

    private static boolean comparesItself(Tree.Node comparison) {
        List<Tree> sides = arguments(comparison);
        return sides.size() == 2 && same(bare(sides.get(0)), bare(sides.get(1)));
    }

    /** {@code id = ANY (ARRAY[id, …])}. */
    private static boolean isAmongItself(Tree.Node comparison) {
        List<Tree> sides = arguments(comparison);
        return sides.size() == 2
                && bare(sides.get(1)) instanceof Tree.Node array
                && items(array.field("elements")).stream().anyMatch(element -> same(bare(sides.get(0)), bare(element)));
    }

    private boolean cannotBeNull(Tree.Node test, int depth) throws SQLException {
        return test.field("arg") instanceof Tree.Node column
                && column.tag().equals("VAR")
                && isOfTarget(column, depth)
                && notNull.column(relation(), column.number("varattno"));
    }

    private int relation() {
        List<Tree> entries = items(query.field("rtable"));
        return target <= entries.size() && entries.get(target - 1) instanceof Tree.Node entry
                ? entry.number("relid")
                : 0;
    }

    private static List<Tree> arguments(Tree.Node node) {
        return items(node.field("args"));
    }

    private static List<Tree> items(Tree list) {
        return list instanceof Tree.Items items ? items.items() : List.of();
    }

    private static boolean isWord(Tree.Node node, String field, String word) {
        return node.field(field).equals(new Tree.Atom(word));
    }

    /** Without what only gives it another type. */
    private static Tree bare(Tree tree) {
        return tree instanceof Tree.Node node && node.tag().equals("RELABELTYPE") ? bare(node.field("arg")) : tree;
    }

    /** Whether they are the same expression, wherever in the text they stand. */
    private static boolean same(Tree one, Tree other) {
        if (one instanceof Tree.Items list && other instanceof Tree.Items others) {
            return same(list.items(), others.items());
        }
        if (one instanceof Tree.Node node && other instanceof Tree.Node another) {
            return node.tag().equals(another.tag()) && same(node.fields(), another.fields());
        }
        return one.equals(other);
    }

    private static boolean same(List<Tree> list, List<Tree> others) {
        for (int i = 0; i < list.size() && list.size() == others.size(); i++) {
            if (!same(list.get(i), others.get(i))) {
                return false;
            }
        }
        return list.size() == others.size();
    }

    private static boolean same(Map<String, Tree> fields, Map<String, Tree> others) {
        return fields.keySet().equals(others.keySet())
                && fields.entrySet().stream()
                        .allMatch(field -> field.getKey().equals("location")
                                || same(field.getValue(), others.getOrDefault(field.getKey(), Tree.NOTHING)));
    }
}
