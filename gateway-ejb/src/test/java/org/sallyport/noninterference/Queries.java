package org.sallyport.noninterference;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.sallyport.noninterference.Scope.Column;
import org.sallyport.noninterference.Scope.Source;
import org.sallyport.noninterference.Tree.Sort;
import org.sallyport.noninterference.Values.Place;

/** Queries, from SELECT to WITH RECURSIVE. */
final class Queries {
    private final Dice dice;
    private final Values values;
    private final Sources sources;
    private final Selects selects;

    Queries(Dice dice) {
        this.dice = dice;
        this.values = new Values(dice, this);
        this.sources = new Sources(dice, values, this);
        this.selects = new Selects(dice, values, sources);
    }

    Values values() {
        return values;
    }

    Sources sources() {
        return sources;
    }

    /** @param columns of its result */
    record Query(Tree tree, List<Column> columns) {
        Query {
            columns = List.copyOf(columns);
        }

        boolean isLabelled() {
            return columns.stream().anyMatch(Column::labelled);
        }

        Source as(String alias) {
            return new Source(alias, false, columns);
        }
    }

    /** Any query, with as many columns as it likes. */
    Query query(Scope outer, int depth) {
        List<Type> types = IntStream.range(0, dice.between(1, 4))
                .mapToObj(i -> dice.pick(Type.TEXT, Type.TEXT, Type.INT, Type.NUMERIC, Type.DATE))
                .toList();
        return query(types, outer, depth);
    }

    Query query(List<Type> types, Scope outer, int depth) {
        if (depth > 0 && dice.chance(0.12)) {
            return with(types, outer, depth - 1);
        }
        if (depth > 0 && dice.chance(0.12, 0.15)) {
            return together(types, outer, depth - 1);
        }
        if (dice.chance(0.03)) {
            return rows(types, outer);
        }
        return selects.select(types, outer, depth, Use.SHOWN);
    }

    private Query together(List<Type> types, Scope outer, int depth) {
        Query left = selects.select(types, outer, depth, Use.SHOWN);
        Query right = selects.select(types, outer, depth, Use.SHOWN);
        boolean labelled = left.isLabelled() || right.isLabelled();
        boolean compares = labelled ? dice.makes(Use.SET_OPERATION) && dice.chance(0.6) : dice.chance(0.5);
        String operation =
                compares ? dice.pick("UNION", "INTERSECT", "EXCEPT", "EXCEPT ALL", "INTERSECT ALL") : "UNION ALL";
        Tree tree = Tree.of(new Sort.Rows(types), "(", left.tree(), ")", operation, "(", right.tree(), ")");
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(either(left.columns().get(i), right.columns().get(i)));
        }
        return new Query(labelled && compares ? tree.using(Use.SET_OPERATION) : tree, columns);
    }

    private static Column either(Column column, Column other) {
        Set<Use> uses = EnumSet.noneOf(Use.class);
        uses.addAll(column.uses());
        uses.addAll(other.uses());
        return new Column(column.name(), column.type(), column.labelled() || other.labelled(), uses);
    }

    private Query rows(List<Type> types, Scope outer) {
        List<Column> columns = new ArrayList<>();
        List<Tree> row = new ArrayList<>();
        for (Type type : types) {
            Tree value = values.value(type, new Place(outer, Use.SHOWN, 1));
            row.add(value);
            columns.add(Column.of("column" + (columns.size() + 1), value, type));
        }
        Tree second = Tree.listed(types.stream().map(values::constant).toList());
        return new Query(Tree.of(new Sort.Rows(types), "VALUES (", Tree.listed(row), "), (", second, ")"), columns);
    }

    private Query with(List<Type> types, Scope outer, int depth) {
        String name = dice.name("w");
        if (dice.chance(0.2) && dice.makes(Use.RECURSION)) {
            return recursive(types, outer, depth, name);
        }
        Query inner = query(Scope.NOTHING, depth);
        Query main = sources.reading(inner.as(name), () -> selects.select(types, outer, depth, Use.SHOWN));
        String how = dice.pick("AS (", "AS MATERIALIZED (", "AS NOT MATERIALIZED (");
        Tree tree = Tree.of(new Sort.Rows(types), "WITH", name, how, inner.tree(), ")", main.tree());
        return new Query(tree, main.columns());
    }

    private Query recursive(List<Type> types, Scope outer, int depth, String name) {
        Query first = selects.select(List.of(Type.INT, Type.TEXT), Scope.NOTHING, 1, Use.SHOWN);
        List<Column> columns = List.of(
                moved("n", first.columns().get(0)), moved("v", first.columns().get(1)));
        Source source = new Source(name, false, columns);
        Query main = sources.reading(source, () -> selects.select(types, outer, depth, Use.SHOWN));
        Tree limit = Tree.of(
                Tree.OTHER,
                "n < 3",
                Tree.of(Tree.CLAUSE, "AND", values.condition(new Place(new Scope(List.of(source)), Use.RECURSION, 0))));
        if (columns.get(0).labelled()) {
            limit = limit.using(Use.RECURSION);
        }
        Tree tree = Tree.of(
                new Sort.Rows(types),
                "WITH RECURSIVE",
                name,
                "(n, v) AS ((",
                first.tree(),
                ") UNION ALL SELECT n + 1, v FROM",
                name,
                "WHERE",
                limit,
                ")",
                main.tree());
        return new Query(first.isLabelled() ? tree.using(Use.RECURSION) : tree, main.columns());
    }

    private static Column moved(String name, Column column) {
        Set<Use> uses = EnumSet.noneOf(Use.class);
        uses.addAll(column.uses());
        if (column.labelled()) {
            uses.add(Use.RECURSION);
        }
        return new Column(name, column.type(), column.labelled(), uses);
    }

    /** One value at most. */
    Tree scalar(Type type, Place place) {
        Query query = selects.select(List.of(type), place.scope(), place.depth() - 1, inner(place.use()));
        return Tree.of(Tree.OTHER, query.tree(), "LIMIT 1");
    }

    /** Values to compare with. */
    Tree scalars(Type type, Place place) {
        Use use = place.isMild() ? Use.RISKED : Use.SUBQUERY;
        return selects.select(List.of(type), place.scope(), place.depth() - 1, use)
                .tree();
    }

    /** Of which only counts whether there are rows. */
    Tree any(Place place) {
        return selects.select(List.of(Type.INT), place.scope(), place.depth() - 1, inner(place.use()))
                .tree();
    }

    /** What it is for that a query inside an expression shows something. */
    private static Use inner(Use use) {
        return use == Use.SHOWN ? Use.DERIVED : use == Use.WHERE ? Use.SUBQUERY : use;
    }

    static boolean isLabelled(Tree tree) {
        return !tree.allUses().isEmpty();
    }
}
