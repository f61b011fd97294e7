package org.sallyport.noninterference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sallyport.noninterference.Queries.Query;
import org.sallyport.noninterference.Scope.Column;
import org.sallyport.noninterference.Scope.Source;
import org.sallyport.noninterference.Values.Place;

/** What stands in FROM. */
final class Sources {
    private final Dice dice;
    private final Values values;
    private final Queries queries;
    private final Deque<Source> named = new ArrayDeque<>();

    Sources(Dice dice, Values values, Queries queries) {
        this.dice = dice;
        this.values = values;
        this.queries = queries;
    }

    /** A FROM list and what it lets be named. */
    record From(Tree tree, Scope scope) {}

    /** Makes a query in which a WITH query can be read. */
    Query reading(Source with, Supplier<Query> query) {
        named.push(with);
        try {
            return query.get();
        } finally {
            named.pop();
        }
    }

    From from(Scope outer, int depth) {
        From first = source(outer, depth);
        int others = depth <= 0 ? 0 : dice.chance(0.35) ? dice.chance(0.2) ? 2 : 1 : 0;
        for (int i = 0; i < others; i++) {
            first = joined(first, outer, depth - 1);
        }
        return first;
    }

    private From joined(From left, Scope outer, int depth) {
        if (dice.chance(0.25)) {
            return lateral(left, outer, depth);
        }
        From right = source(outer, depth);
        Scope both = left.scope().and(right.scope());
        Optional<Column> shared = shared(left, right);
        if (shared.isPresent() && dice.chance(0.3)) {
            Tree using = Tree.of(Tree.OTHER, "USING (" + shared.get().name() + ")");
            using = shared.get().labelled() ? using.using(Use.JOIN) : using;
            String join = dice.pick("JOIN", "LEFT JOIN", "FULL JOIN");
            return new From(Tree.of(Tree.FROM, left.tree(), join, right.tree(), using), both);
        }
        if (dice.chance(0.05) && dice.makes(Use.JOIN)) {
            Tree natural = Tree.of(Tree.FROM, left.tree(), "NATURAL JOIN", right.tree());
            return new From(hasLabelledInCommon(left, right) ? natural.using(Use.JOIN) : natural, both);
        }
        return new From(on(left, right, both), both);
    }

    private Tree on(From left, From right, Scope both) {
        if (dice.chance(0.1)) {
            return Tree.of(Tree.FROM, left.tree(), "CROSS JOIN", right.tree());
        }
        Tree condition = dice.chance(0.6)
                ? Tree.of(
                        new Tree.Sort.Value(Type.BOOL),
                        "(",
                        values.leaf(Type.INT, new Place(left.scope(), Use.JOIN, 0)),
                        "=",
                        values.leaf(Type.INT, new Place(right.scope(), Use.JOIN, 0)),
                        ")")
                : values.condition(new Place(both, Use.JOIN, 1));
        return Tree.of(
                Tree.FROM,
                left.tree(),
                dice.pick("JOIN", "LEFT JOIN", "RIGHT JOIN", "JOIN"),
                right.tree(),
                "ON",
                condition);
    }

    /** A name of which either side has one column only. */
    private Optional<Column> shared(From left, From right) {
        if (left.scope().sources().size() != 1 || right.scope().sources().size() != 1) {
            return Optional.empty();
        }
        List<Column> shared = new ArrayList<>();
        for (Column column : left.scope().sources().get(0).columns()) {
            for (Column other : right.scope().sources().get(0).columns()) {
                boolean labelled = column.labelled() || other.labelled();
                if (column.name().equals(other.name())
                        && column.type() == other.type()
                        && (!labelled || dice.makes(Use.JOIN))) {
                    shared.add(new Column(column.name(), column.type(), labelled));
                }
            }
        }
        return shared.isEmpty() ? Optional.empty() : Optional.of(dice.pick(shared));
    }

    private static boolean hasLabelledInCommon(From left, From right) {
        List<Source> others = right.scope().sources();
        return left.scope().columns().stream()
                .anyMatch(reference -> others.stream()
                        .anyMatch(other -> other.columns().stream()
                                .anyMatch(column ->
                                        column.name().equals(reference.column().name())
                                                && (column.labelled()
                                                        || reference.column().labelled()))));
    }

    private From lateral(From left, Scope outer, int depth) {
        String alias = dice.name("l");
        if (dice.chance(0.5)) {
            Query query = queries.query(left.scope().and(outer), Math.max(0, depth - 1));
            Tree tree =
                    Tree.of(Tree.FROM, left.tree(), "CROSS JOIN LATERAL (", query.tree(), ") AS", named(alias, query));
            return new From(tree, left.scope().and(new Scope(List.of(query.as(alias)))));
        }
        return made(left, alias);
    }

    /** Rows of a function. */
    private From made(From left, String alias) {
        Place place = new Place(left.scope(), Use.SHAPES, 0);
        boolean texts = dice.chance(0.5);
        Tree argument = values.leaf(texts ? Type.TEXT : Type.INT, place);
        Tree tree = texts
                ? Tree.of(
                        Tree.FROM,
                        left.tree(),
                        "CROSS JOIN LATERAL unnest(string_to_array(",
                        argument,
                        ", '-')) AS " + alias + " (v)")
                : Tree.of(
                        Tree.FROM,
                        left.tree(),
                        "CROSS JOIN LATERAL generate_series(1, (",
                        argument,
                        ") % 5) AS " + alias + " (v)");
        Source source = new Source(alias, false, List.of(Column.of("v", argument, texts ? Type.TEXT : Type.INT)));
        return new From(tree, left.scope().and(new Scope(List.of(source))));
    }

    private From source(Scope outer, int depth) {
        if (!named.isEmpty() && dice.chance(0.5)) {
            Source with = dice.pick(List.copyOf(named));
            String alias = dice.name("t");
            Tree tree = Tree.of(Tree.FROM, with.alias(), "AS", alias);
            return new From(tree, new Scope(List.of(new Source(alias, false, with.columns()))));
        }
        if (depth > 0 && dice.chance(0.2)) {
            String alias = dice.name("q");
            Query query = queries.query(Scope.NOTHING, depth - 1);
            Tree tree = Tree.of(Tree.FROM, "(", query.tree(), ") AS", named(alias, query));
            return new From(tree, new Scope(List.of(query.as(alias))));
        }
        return table();
    }

    private static Tree named(String alias, Query query) {
        String columns =
                String.join(", ", query.columns().stream().map(Column::name).toList());
        return Tree.of(Tree.OTHER, alias + " (" + columns + ")");
    }

    private From table() {
        String alias = dice.name("t");
        Sample.Relation relation = relation();
        String only = relation.isTable() && dice.chance(0.03) ? "ONLY " : "";
        Tree tree = Tree.of(Tree.FROM, only + relation.name(), "AS", alias);
        for (Use use : relation.uses()) {
            tree = tree.using(use);
        }
        return new From(tree, new Scope(List.of(new Source(alias, relation.isTable(), relation.columns()))));
    }

    private Sample.Relation relation() {
        if (dice.makes(Use.VIEW) && dice.chance(0.04)) {
            return Sample.SENIORS;
        }
        return dice.pick(dice.chance(0.92, 0.8) ? Sample.LABELLED : Sample.PLAIN);
    }
}
