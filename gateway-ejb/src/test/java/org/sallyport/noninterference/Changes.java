package org.sallyport.noninterference;

import java.util.ArrayList;
import java.util.List;
import org.sallyport.noninterference.Queries.Query;
import org.sallyport.noninterference.Sample.Relation;
import org.sallyport.noninterference.Scope.Column;
import org.sallyport.noninterference.Scope.Source;
import org.sallyport.noninterference.Values.Place;

/** INSERT, UPDATE, DELETE and MERGE. */
final class Changes {
    private final Dice dice;
    private final Queries queries;
    private final Values values;

    Changes(Dice dice, Queries queries) {
        this.dice = dice;
        this.queries = queries;
        this.values = queries.values();
    }

    Tree change() {
        Relation table = dice.pick(Sample.TABLES);
        return dice.oneOf(
                () -> update(table), () -> update(table), () -> delete(table), () -> insert(table), () -> merge(table));
    }

    private Tree update(Relation table) {
        Source target = target(table);
        From from = dice.chance(0.3) ? From.of(dice, queries) : From.NOTHING;
        Place place = new Place(new Scope(List.of(target)).and(from.scope()), Use.WRITTEN, 1);
        return Tree.of(
                Tree.OTHER,
                "UPDATE",
                table.name(),
                "AS",
                target.alias(),
                "SET",
                assignments(table, place),
                from.tree().parts().isEmpty() ? Tree.nothing() : Tree.of(Tree.CLAUSE, "FROM", from.tree()),
                where(place),
                returning(place));
    }

    private Tree delete(Relation table) {
        Source target = target(table);
        Place place = new Place(new Scope(List.of(target)), Use.WHERE, 1);
        return Tree.of(Tree.OTHER, "DELETE FROM", table.name(), "AS", target.alias(), where(place), returning(place));
    }

    /** Of the columns that are not labelled all; of the others some, to a constraint's cost. */
    private Tree insert(Relation table) {
        List<Column> columns = table.columns().stream()
                .filter(column -> !column.labelled() || dice.chance(0, 0.7))
                .toList();
        Source target = target(table);
        Scope scope = new Scope(List.of(target));
        Tree names = Tree.of(
                Tree.OTHER, String.join(", ", columns.stream().map(Column::name).toList()));
        if (columns.stream().anyMatch(table::constrains)) {
            names = names.using(Use.CONSTRAINT);
        }
        Tree rows = dice.chance(0.5) ? constants(columns) : selected(columns);
        return Tree.of(
                Tree.OTHER,
                "INSERT INTO",
                table.name(),
                "AS",
                target.alias(),
                "(",
                names,
                ")",
                rows,
                conflict(table, scope),
                returning(new Place(scope, Use.WRITTEN, 1)));
    }

    private Tree constants(List<Column> columns) {
        List<Tree> row = new ArrayList<>();
        for (Column column : columns) {
            row.add(constant(column));
        }
        return Tree.of(Tree.OTHER, "VALUES (", Tree.listed(row), ")");
    }

    private Tree constant(Column column) {
        String sql = switch (column.name()) {
            case "id" -> String.valueOf(dice.between(10, 40));
            case "customer_id" -> "3";
            case "iban" -> dice.pick("'DE00000103'", "'DE77777895'", "'DE00000999'");
            case "balance" -> dice.pick("0", "-1", "100");
            case "day" -> "date '2026-02-03'";
            case "note" -> "NULL";
            default -> column.type().literal();
        };
        return Tree.of(new Tree.Sort.Value(column.type()), sql);
    }

    private Tree selected(List<Column> columns) {
        Sources.From from = queries.sources().from(Scope.NOTHING, 0);
        Place place = new Place(from.scope(), Use.WRITTEN, 1);
        List<Tree> items = columns.stream()
                .map(column -> switch (column.name()) {
                    case "id" -> Tree.of(new Tree.Sort.Value(Type.INT), "100 + row_number() OVER ()");
                    case "customer_id", "day", "note" -> constant(column);
                    default ->
                        Tree.of(
                                new Tree.Sort.Value(column.type()),
                                "coalesce(",
                                values.leaf(column.type(), place),
                                ",",
                                column.type().literal(),
                                ")");
                })
                .toList();
        return Tree.of(Tree.OTHER, "SELECT", Tree.listed(items), "FROM", from.tree(), where(place));
    }

    private Tree conflict(Relation table, Scope scope) {
        boolean hasKey = !table.name().startsWith("visits") && !table.name().equals("staff");
        if (!hasKey || dice.chance(0.5)) {
            return dice.chance(0.3) ? Tree.of(Tree.CLAUSE, "ON CONFLICT DO NOTHING") : Tree.nothing();
        }
        return Tree.of(
                Tree.CLAUSE, "ON CONFLICT (id) DO UPDATE SET", assignments(table, new Place(scope, Use.WRITTEN, 1)));
    }

    private Tree merge(Relation table) {
        Source target = target(table);
        From from = From.of(dice, queries);
        Place place = new Place(new Scope(List.of(target)).and(from.scope()), Use.WRITTEN, 1);
        Tree condition = dice.chance(0.7)
                ? Tree.of(
                        new Tree.Sort.Value(Type.BOOL),
                        target.alias() + ".id =",
                        values.leaf(Type.INT, new Place(from.scope(), Use.JOIN, 0)))
                : values.condition(place.as(Use.JOIN));
        Object then = dice.chance(0.3) ? "DELETE" : Tree.of(Tree.OTHER, "UPDATE SET", assignments(table, place));
        Tree and =
                dice.chance(0.3) ? Tree.of(Tree.CLAUSE, "AND", values.condition(place.as(Use.WHERE))) : Tree.nothing();
        return Tree.of(
                Tree.OTHER,
                "MERGE INTO",
                table.name(),
                "AS",
                target.alias(),
                "USING",
                from.tree(),
                "ON",
                condition,
                "WHEN MATCHED",
                and,
                "THEN",
                then);
    }

    /** To a column that is not the key. */
    private Tree assignments(Relation table, Place place) {
        List<Column> able = table.columns().stream()
                .filter(column -> !List.of("id", "customer_id", "day").contains(column.name()))
                .filter(column -> !column.labelled() || dice.chance(0, 0.3))
                .toList();
        Column column = able.isEmpty() ? table.columns().get(0) : dice.pick(able);
        boolean plain = column.type() == Type.JSONB;
        Tree value = plain ? values.constant(Type.JSONB) : values.value(column.type(), place);
        Tree name = Tree.of(Tree.OTHER, column.name());
        if (table.constrains(column)) {
            name = name.using(Use.CONSTRAINT);
        }
        return Tree.of(
                Tree.OTHER, name, "=", "coalesce(", value, ",", column.type().literal(), ")");
    }

    private Tree where(Place place) {
        return dice.chance(0.7) ? Tree.of(Tree.CLAUSE, "WHERE", values.condition(place.as(Use.WHERE))) : Tree.nothing();
    }

    private Tree returning(Place place) {
        if (!dice.chance(0.3)) {
            return Tree.nothing();
        }
        List<Tree> items = new ArrayList<>();
        for (int i = 0; i < dice.between(1, 3); i++) {
            Type type = dice.pick(Type.TEXT, Type.INT, Type.NUMERIC);
            items.add(values.value(type, place.as(dice.chance(0.6) ? Use.SHOWN : Use.DERIVED)));
        }
        Tree list = Tree.listed(items);
        Tree clause = Tree.of(Tree.CLAUSE, "RETURNING", list);
        return Queries.isLabelled(list) ? clause.using(Use.RETURNING) : clause;
    }

    private Source target(Relation table) {
        return new Source(dice.name("t"), true, table.columns());
    }

    /** Another source of rows, or none. */
    private record From(Tree tree, Scope scope) {
        static final From NOTHING = new From(Tree.nothing(), Scope.NOTHING);

        static From of(Dice dice, Queries queries) {
            if (dice.chance(0.3)) {
                String alias = dice.name("q");
                Query query = queries.query(Scope.NOTHING, 0);
                String columns = String.join(
                        ", ", query.columns().stream().map(Column::name).toList());
                Tree tree = Tree.of(Tree.OTHER, "(", query.tree(), ") AS " + alias + " (" + columns + ")");
                return new From(tree, new Scope(List.of(query.as(alias))));
            }
            Sources.From table = queries.sources().from(Scope.NOTHING, 0);
            return new From(table.tree(), table.scope());
        }
    }
}
