package org.sallyport.meaning;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sallyport.meaning.Flow.Source;

/** The range table of a query, and those of the queries around it: what its columns' numbers stand for. */
final class Scope {
    /** pg_class.relkind of a view. */
    private static final String VIEW = "v";

    private final FlowReader reader;
    private final Tree.Node query;
    private final @Nullable Scope around;
    private final List<Tree.Node> entries;
    private final boolean combines;
    private final int excluded;

    Scope(FlowReader reader, Tree.Node query, @Nullable Scope around) {
        this.reader = reader;
        this.query = query;
        this.around = around;
        this.entries = query.nodes("rtable");
        this.combines = query.field("setOperations") instanceof Tree.Node;
        this.excluded = query.field("onConflict") instanceof Tree.Node conflict ? conflict.number("exclRelIndex") : 0;
    }

    List<Tree.Node> entries() {
        return entries;
    }

    /** @param levels how many queries further out */
    Scope up(int levels) {
        Scope scope = this;
        for (int i = 0; i < levels; i++) {
            if (scope.around == null) {
                throw new UnreadableTree("a column of a query that is not there");
            }
            scope = scope.around;
        }
        return scope;
    }

    /** The set operations of a query that has some. */
    Tree combination() {
        return query.field("setOperations");
    }

    /** The WITH query of this name. */
    Tree.Node with(Tree name) {
        return query.nodes("cteList").stream()
                .filter(with -> with.field("ctename").equals(name))
                .findFirst()
                .orElseThrow(() -> new UnreadableTree("a WITH query that is not there"));
    }

    /** A column of one of the query's relations; number zero is the whole row. */
    Origin column(int entry, int number) {
        if (combines) {
            // What stands for the first of several queries stands for each.
            return reader.combined(this, number);
        }
        if (entry < 1 || entry > entries.size()) {
            throw new UnreadableTree("a column of no relation");
        }
        if (entry == excluded) {
            return proposed(number);
        }
        Tree.Node relation = entries.get(entry - 1);
        return switch (kind(relation)) {
            case RELATION -> ofRelation(relation, number);
            case SUBQUERY -> pick(reader.query(subquery(relation), this), number);
            case JOIN -> ofList(relation.field("joinaliasvars"), number);
            case GROUP -> ofList(relation.field("groupexprs"), number);
            case VALUES -> ofValues(relation, number);
            case CTE -> pick(reader.with(this, relation), number);
            case FUNCTION, TABLE_FUNCTION -> reader.madeBy(relation, this);
            case RESULT -> Origin.NONE;
        };
    }

    /** PostgreSQL's RTEKind, without that of a trigger's rows. */
    enum Kind {
        RELATION,
        SUBQUERY,
        JOIN,
        FUNCTION,
        TABLE_FUNCTION,
        VALUES,
        CTE,
        RESULT,
        GROUP
    }

    static Kind kind(Tree.Node entry) {
        String number = entry.field("rtekind") instanceof Tree.Atom atom ? atom.text() : "";
        return switch (number) {
            case "0" -> Kind.RELATION;
            case "1" -> Kind.SUBQUERY;
            case "2" -> Kind.JOIN;
            case "3" -> Kind.FUNCTION;
            case "4" -> Kind.TABLE_FUNCTION;
            case "5" -> Kind.VALUES;
            case "6" -> Kind.CTE;
            case "8" -> Kind.RESULT;
            case "9" -> Kind.GROUP;
            default -> throw new UnreadableTree("a relation of an unknown kind");
        };
    }

    static Tree.Node subquery(Tree.Node entry) {
        if (entry.field("subquery") instanceof Tree.Node subquery) {
            return subquery;
        }
        throw new UnreadableTree("a subquery that is not there");
    }

    private Origin ofRelation(Tree.Node relation, int number) {
        Source source = new Source(relation.number("relid"), number);
        if (relation.is("relkind", VIEW)) {
            reader.view(source.relation());
        }
        return number == 0 ? Origin.derived(source) : Origin.same(source);
    }

    /** Of EXCLUDED: what the INSERT would have written; its defaults come from nowhere. */
    private Origin proposed(int number) {
        List<Origin> values = new ArrayList<>();
        for (Tree.Node target : query.nodes("targetList")) {
            if (number == 0 || target.number("resno") == number) {
                values.add(reader.expression(target.field("expr"), this));
            }
        }
        return number != 0 && values.size() == 1 ? values.get(0) : Origin.computed(values);
    }

    private Origin ofList(Tree list, int number) {
        List<Tree> expressions = list instanceof Tree.Items items ? items.items() : List.of();
        if (number == 0) {
            return reader.expression(list, this).computed();
        }
        if (number < 1 || number > expressions.size()) {
            throw new UnreadableTree("a column of a join that is not there");
        }
        return reader.expression(expressions.get(number - 1), this);
    }

    private Origin ofValues(Tree.Node entry, int number) {
        return Origin.either(Tree.items(entry.field("values_lists")).stream()
                .map(row -> ofList(row, number))
                .toList());
    }

    /** Of a query's columns; further ones are what SEARCH and CYCLE make of them. */
    static Origin pick(List<Origin> columns, int number) {
        return number >= 1 && number <= columns.size() ? columns.get(number - 1) : Origin.computed(columns);
    }
}
