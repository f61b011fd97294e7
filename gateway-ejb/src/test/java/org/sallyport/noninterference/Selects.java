package org.sallyport.noninterference;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sallyport.noninterference.Queries.Query;
import org.sallyport.noninterference.Scope.Column;
import org.sallyport.noninterference.Scope.Reference;
import org.sallyport.noninterference.Sources.From;
import org.sallyport.noninterference.Tree.Sort;
import org.sallyport.noninterference.Values.Place;

/** SELECT, with all its clauses. */
final class Selects {
    private final Dice dice;
    private final Values values;
    private final Sources sources;

    Selects(Dice dice, Values values, Sources sources) {
        this.dice = dice;
        this.values = values;
        this.sources = sources;
    }

    /** @param use what it is for that it shows something */
    Query select(List<Type> types, Scope outer, int depth, Use use) {
        From from = sources.from(outer, depth);
        return dice.chance(0.06, 0.2) ? grouped(types, from, depth) : plain(types, from, outer, depth, use);
    }

    private Query plain(List<Type> types, From from, Scope outer, int depth, Use use) {
        Place place = new Place(from.scope().and(outer), use, Math.min(depth, 2));
        List<Tree> items = types.stream().map(type -> item(type, place)).toList();
        Tree list = Tree.listed(named(items));
        boolean labelled = Queries.isLabelled(list);
        Tree distinct = distinct(labelled, place);
        Tree tree = Tree.of(
                new Sort.Rows(types),
                "SELECT",
                distinct,
                list,
                "FROM",
                from.tree(),
                where(place),
                distinct.parts().isEmpty() || distinct.parts().size() == 1
                        ? order(items, place, !distinct.parts().isEmpty())
                        : Tree.nothing(),
                limit(place));
        return new Query(tree, columns(types, items));
    }

    private static List<Tree> named(List<Tree> items) {
        return IntStream.range(0, items.size())
                .mapToObj(i -> Tree.of(Tree.OTHER, items.get(i), "AS c" + (i + 1)))
                .toList();
    }

    private static List<Column> columns(List<Type> types, List<Tree> items) {
        return IntStream.range(0, types.size())
                .mapToObj(i -> Column.of("c" + (i + 1), items.get(i), types.get(i)))
                .toList();
    }

    private Tree item(Type type, Place place) {
        if (dice.chance(0.6)) {
            return values.leaf(type, place);
        }
        if (dice.chance(0.08)) {
            return window(type, place);
        }
        boolean shown = place.use() == Use.SHOWN;
        boolean risked = shown && dice.makes(Use.RISKED) && dice.chance(0.5);
        return values.value(type, shown ? place.as(risked ? Use.RISKED : Use.DERIVED) : place);
    }

    private Tree window(Type type, Place outside) {
        Place place = outside.as(Use.WINDOW);
        Tree order = Tree.of(Tree.OTHER, "ORDER BY", values.leaf(pickType(), place));
        Tree partition = dice.chance(0.4)
                ? Tree.of(Tree.CLAUSE, "PARTITION BY", values.leaf(pickType(), place))
                : Tree.nothing();
        Object call = switch (type) {
            case INT -> dice.pick("row_number()", "rank()::int", "count(*)", "dense_rank()");
            default -> "";
        };
        if (!call.equals("")) {
            String name = call.toString().replace("::int", "");
            return Tree.of(new Sort.Value(type), "(", name, "OVER (", partition, order, "))::int");
        }
        String name = dice.pick("first_value(", "lag(", "max(");
        return type == Type.JSONB
                ? values.leaf(type, outside)
                : Tree.of(new Sort.Value(type), name, values.leaf(type, place), ") OVER (", partition, order, ")");
    }

    private Type pickType() {
        return dice.pick(Type.TEXT, Type.INT, Type.NUMERIC, Type.DATE);
    }

    private Tree distinct(boolean labelled, Place place) {
        if (!dice.chance(0.05, 0.1) || (labelled && !dice.makes(Use.DISTINCT))) {
            return Tree.nothing();
        }
        if (dice.chance(0.3)) {
            Tree by = key(place.as(Use.DISTINCT));
            return Tree.of(Tree.CLAUSE, "DISTINCT ON (", by, ")");
        }
        Tree distinct = Tree.of(Tree.CLAUSE, "DISTINCT");
        return labelled ? distinct.using(Use.DISTINCT) : distinct;
    }

    private Tree where(Place place) {
        return dice.chance(0.4) ? Tree.of(Tree.CLAUSE, "WHERE", values.condition(place.as(Use.WHERE))) : Tree.nothing();
    }

    /** @param outputs whether only what is shown may order */
    private Tree order(List<Tree> items, Place place, boolean outputs) {
        if (!dice.chance(0.25)) {
            return Tree.nothing();
        }
        Tree by = outputs || dice.chance(0.4) ? ordinal(items) : key(place.as(Use.ORDER));
        return by.parts().isEmpty()
                ? by
                : Tree.of(Tree.CLAUSE, "ORDER BY", by, dice.pick("", "DESC", "NULLS FIRST", ""));
    }

    /** What orders; a bare number would be the position of a column. */
    private Tree key(Place place) {
        Type type = pickType();
        Tree leaf = values.leaf(type, place);
        return Character.isDigit(leaf.sql().charAt(0)) ? Tree.of(leaf.sort(), "(", leaf, "+ 0)") : leaf;
    }

    private Tree ordinal(List<Tree> items) {
        int at = dice.between(1, items.size());
        boolean labelled = Queries.isLabelled(items.get(at - 1));
        if (labelled && !dice.makes(Use.ORDER)) {
            return Tree.nothing();
        }
        Tree tree = Tree.of(Tree.OTHER, dice.chance(0.5) ? String.valueOf(at) : "c" + at);
        return labelled ? tree.using(Use.ORDER) : tree;
    }

    private Tree limit(Place place) {
        if (!dice.chance(0.12)) {
            return Tree.nothing();
        }
        if (dice.chance(0.0, 0.3)) {
            From from = sources.from(Scope.NOTHING, 0);
            Tree count = values.leaf(Type.INT, new Place(from.scope(), Use.LIMIT, 0));
            Tree number = values.leaf(Type.NUMERIC, new Place(from.scope(), Use.LIMIT, 0));
            Tree of = dice.chance(0.5)
                    ? Tree.of(Tree.OTHER, "count(", number, ")")
                    : Tree.of(Tree.OTHER, "max(", count, ")");
            return Tree.of(
                    Tree.CLAUSE,
                    "LIMIT (SELECT",
                    of,
                    "FROM",
                    from.tree(),
                    "WHERE",
                    values.condition(new Place(from.scope(), Use.LIMIT, 0)),
                    ")");
        }
        return Tree.of(Tree.CLAUSE, dice.pick("LIMIT 3", "LIMIT 5 OFFSET 1", "FETCH FIRST 2 ROWS ONLY", "OFFSET 1"));
    }

    private Query grouped(List<Type> types, From from, int depth) {
        // What is of an outer query only would be aggregated there.
        Place place = new Place(from.scope(), Use.GROUP, Math.min(depth, 1));
        List<Reference> keys = new ArrayList<>();
        List<Reference> able = from.scope().columns().stream()
                .filter(reference -> !reference.column().labelled() || dice.makes(Use.GROUP))
                .filter(reference -> reference.column().type() != Type.JSONB)
                .toList();
        for (int i = dice.between(able.isEmpty() ? 0 : 1, able.isEmpty() ? 0 : 2); i > 0; i--) {
            keys.add(dice.pick(able));
        }
        List<Tree> by =
                keys.stream().map(key -> values.reference(key, Use.GROUP)).toList();
        List<Tree> items =
                types.stream().map(type -> aggregated(type, keys, place)).toList();
        Tree having = dice.chance(0.35)
                ? Tree.of(Tree.CLAUSE, "HAVING", aggregate(Type.INT, place.as(Use.HAVING)), "> 1")
                : Tree.nothing();
        Tree tree = Tree.of(
                new Sort.Rows(types),
                "SELECT",
                Tree.listed(named(items)),
                "FROM",
                from.tree(),
                where(place),
                groupBy(by),
                having);
        return new Query(tree, columns(types, items));
    }

    private Tree groupBy(List<Tree> by) {
        if (by.isEmpty()) {
            return Tree.nothing();
        }
        Tree list = Tree.listed(by);
        if (dice.chance(0.2)) {
            return Tree.of(Tree.CLAUSE, "GROUP BY", dice.pick("ROLLUP", "CUBE"), "(", list, ")");
        }
        return dice.chance(0.1)
                ? Tree.of(Tree.CLAUSE, "GROUP BY GROUPING SETS ((", list, "), ())")
                : Tree.of(Tree.CLAUSE, "GROUP BY", list);
    }

    private Tree aggregated(Type type, List<Reference> keys, Place place) {
        List<Reference> fitting =
                keys.stream().filter(key -> key.column().type() == type).toList();
        return !fitting.isEmpty() && dice.chance(0.5)
                ? values.reference(dice.pick(fitting), Use.GROUP)
                : aggregate(type, place.as(place.use() == Use.HAVING ? Use.HAVING : Use.AGGREGATE));
    }

    private Tree aggregate(Type type, Place place) {
        Sort sort = new Sort.Value(type);
        Tree filter = dice.chance(0.15)
                ? Tree.of(Tree.CLAUSE, "FILTER (WHERE", values.condition(place.deeper()), ")")
                : Tree.nothing();
        return switch (type) {
            case INT ->
                dice.oneOf(
                        () -> Tree.of(sort, "count(*)", filter, "::int"),
                        () -> Tree.of(sort, "count(", values.leaf(pickType(), place), ")", filter, "::int"),
                        () -> Tree.of(sort, "count(DISTINCT", values.leaf(pickType(), place), ")", filter, "::int"),
                        () -> Tree.of(sort, "max(", values.leaf(Type.INT, place), ")", filter));
            case NUMERIC -> Tree.of(sort, dice.pick("sum(", "min(", "avg("), values.leaf(type, place), ")", filter);
            case TEXT ->
                dice.oneOf(
                        () -> Tree.of(sort, "max(", values.leaf(type, place), ")", filter),
                        () -> Tree.of(
                                sort,
                                "string_agg(",
                                values.leaf(type, place),
                                ", ',' ORDER BY",
                                values.leaf(pickType(), place),
                                ")",
                                filter));
            case BOOL -> Tree.of(sort, "bool_or(", values.condition(place.deeper()), ")", filter);
            case DATE -> Tree.of(sort, "max(", values.leaf(type, place), ")", filter);
            case JSONB -> Tree.of(sort, "jsonb_agg(", values.leaf(Type.TEXT, place), ")", filter);
        };
    }
}
