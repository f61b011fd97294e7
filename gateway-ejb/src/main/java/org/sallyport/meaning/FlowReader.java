package org.sallyport.meaning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sallyport.meaning.Flow.Use;
import org.sallyport.meaning.Meaning.Kind;

/**
 * Reads where columns go out of the server's tree of a query.
 *
 * <p>Fails towards more: what stands in a field that is not known here is a use of an unknown sort, and what is made by an unknown node is
 * made of everything in it.
 */
final class FlowReader {
    /** The fields of a query that this class reads, or that hold no expression. */
    private static final Set<String> KNOWN = Set.of(
            "cteList",
            "rtable",
            "rteperminfos",
            "jointree",
            "targetList",
            "returningList",
            "onConflict",
            "mergeActionList",
            "mergeJoinCondition",
            "havingQual",
            "limitOffset",
            "limitCount",
            "groupClause",
            "windowClause",
            "distinctClause",
            "sortClause",
            "setOperations");

    /** The clauses that refer to entries of the target list. */
    private static final Map<String, Use> SORTING =
            Map.of("groupClause", Use.GROUP, "distinctClause", Use.DISTINCT, "sortClause", Use.ORDER);

    /** The functions of {@code =} for PostgreSQL's usual types. */
    private static final Set<Integer> EQUALITY = Set.of(
            60, 62, 63, 65, 67, 158, 159, 287, 293, 467, 474, 852, 1048, 1086, 1152, 1718, 1850, 1856, 2052, 2956);

    /** SetOperation's SETOP_UNION. */
    private static final String UNION = "1";

    /** Each round finds another column that flows on, or is the last. */
    private static final int MOST_ROUNDS = 200;

    /** Of queries looked at; recursive ones are looked at again and again. */
    private static final int MOST_STEPS = 20_000;

    private final FlowNotes notes = new FlowNotes();
    private final ExpressionFlow expressions = new ExpressionFlow(this, notes);
    /** Of queries, and of WITH queries. */
    private final Map<Tree.Node, List<Origin>> known = new IdentityHashMap<>();

    /** Of the WITH queries that are being looked at and refer to themselves. */
    private final Map<Tree.Node, List<Origin>> assumed = new IdentityHashMap<>();

    private int steps;

    private FlowReader() {}

    /** @param query a SELECT, INSERT, UPDATE, DELETE or MERGE */
    static Flow read(Tree.Node query) {
        FlowReader reader = new FlowReader();
        return reader.notes.flow(reader.query(query, null));
    }

    /** The relation is a view. */
    void view(int relation) {
        notes.view(relation);
    }

    Origin expression(Tree expression, Scope scope) {
        return expressions.of(expression, scope);
    }

    /** What the columns of the query's result come from. */
    List<Origin> query(Tree.Node query, @Nullable Scope around) {
        List<Origin> before = known.get(query);
        if (before != null) {
            return before;
        }
        if (++steps > MOST_STEPS) {
            throw new UnreadableTree("a query with too many others in it");
        }
        Scope scope = new Scope(this, query, around);
        List<Origin> outputs = outputs(query, scope);
        known.put(query, outputs);
        relations(scope);
        for (Tree.Node with : query.nodes("cteList")) {
            with(with, scope);
        }
        from(query.field("jointree"), scope);
        changes(query, scope);
        notes.use(expression(query.field("havingQual"), scope), Use.PREDICATE);
        notes.use(expression(query.field("limitOffset"), scope), Use.LIMIT);
        notes.use(expression(query.field("limitCount"), scope), Use.LIMIT);
        query.fields().forEach((name, value) -> {
            if (!KNOWN.contains(name)) {
                notes.use(expression(value, scope), Use.UNKNOWN);
            }
        });
        return outputs;
    }

    private List<Origin> outputs(Tree.Node query, Scope scope) {
        Kind kind = Kind.of(query.number("commandType"));
        Map<Integer, Origin> sorted = new HashMap<>();
        List<Origin> shown = new ArrayList<>();
        for (Tree.Node target : query.nodes("targetList")) {
            Origin origin = expression(target.field("expr"), scope);
            sorted.put(target.number("ressortgroupref"), origin);
            if (kind != Kind.SELECT) {
                notes.use(origin, Use.WRITE);
            } else if (!target.is("resjunk", "true")) {
                shown.add(origin);
            }
        }
        sorting(query, scope, sorted);
        if (kind == Kind.SELECT) {
            compared(query.field("setOperations"), scope);
            return List.copyOf(shown);
        }
        return query.nodes("returningList").stream()
                .map(target -> expression(target.field("expr"), scope))
                .toList();
    }

    private void sorting(Tree.Node query, Scope scope, Map<Integer, Origin> sorted) {
        SORTING.forEach((clause, use) -> sort(query.nodes(clause), use, sorted));
        for (Tree.Node window : query.nodes("windowClause")) {
            sort(window.nodes("partitionClause"), Use.WINDOW, sorted);
            sort(window.nodes("orderClause"), Use.WINDOW, sorted);
            notes.use(expression(window.field("startOffset"), scope), Use.WINDOW);
            notes.use(expression(window.field("endOffset"), scope), Use.WINDOW);
        }
    }

    private void sort(List<Tree.Node> clauses, Use use, Map<Integer, Origin> sorted) {
        for (Tree.Node clause : clauses) {
            compare(sorted.getOrDefault(clause.number("tleSortGroupRef"), Origin.NONE), use);
        }
    }

    /** Rows with one another: what is made of a column may say of each whether some condition holds for it. */
    private void compare(Origin origin, Use use) {
        notes.use(origin, use);
        notes.use(origin.computedOnly(), Use.PREDICATE);
    }

    /** Set operations but UNION ALL compare all columns of the queries under them. */
    private void compared(Tree operation, Scope scope) {
        if (operation instanceof Tree.Node node && node.tag().equals("SETOPERATIONSTMT")) {
            if (!node.is("op", UNION) || !node.is("all", "true")) {
                branches(node, scope).forEach(branch -> branch.forEach(origin -> compare(origin, Use.DISTINCT)));
            }
            compared(node.field("larg"), scope);
            compared(node.field("rarg"), scope);
        }
    }

    /** The queries that a set operation is about. */
    private List<List<Origin>> branches(Tree operation, Scope scope) {
        if (!(operation instanceof Tree.Node node)) {
            throw new UnreadableTree("a set operation without a query");
        }
        if (node.tag().equals("RANGETBLREF")) {
            Tree.Node entry = scope.entries().get(node.number("rtindex") - 1);
            return List.of(query(Scope.subquery(entry), scope));
        }
        List<List<Origin>> all = new ArrayList<>();
        for (Tree side : List.of(node.field("larg"), node.field("rarg"))) {
            List<Integer> from = Combining.types(side, scope.entries());
            branches(side, scope).forEach(branch -> all.add(cast(branch, from, node.numbers("colTypes"))));
        }
        return all;
    }

    /** The columns of a query that is combined with others, as the result's types have them. */
    private List<Origin> cast(List<Origin> branch, List<Integer> from, List<Integer> to) {
        List<Origin> columns = new ArrayList<>();
        for (int i = 0; i < branch.size(); i++) {
            Origin origin = branch.get(i);
            if (!origin.isNone() && !Combining.same(from, to, i)) {
                notes.apply(origin, Combining.function(from, to, i).orElse(FlowNotes.UNKNOWN), true);
                origin = origin.computed().deciding();
            }
            columns.add(origin);
        }
        return columns;
    }

    /** A column of what set operations combine. */
    Origin combined(Scope scope, int number) {
        return Origin.either(branches(scope.combination(), scope).stream()
                .map(branch -> Scope.pick(branch, number))
                .toList());
    }

    /** Relations make rows whether or not anything refers to them. */
    private void relations(Scope scope) {
        for (Tree.Node entry : scope.entries()) {
            switch (Scope.kind(entry)) {
                case SUBQUERY -> {
                    var unused = query(Scope.subquery(entry), scope);
                }
                case FUNCTION, TABLE_FUNCTION -> notes.use(madeBy(entry, scope), Use.ROWS);
                case VALUES -> {
                    var unused = expression(entry.field("values_lists"), scope);
                }
                default -> notes.use(expression(entry.field("tablesample"), scope), Use.ROWS);
            }
            notes.use(expression(entry.field("securityQuals"), scope), Use.PREDICATE);
        }
    }

    /** What goes into a function in FROM, or into what makes a table of a document. */
    Origin madeBy(Tree.Node entry, Scope scope) {
        return expression(entry.field("functions"), scope)
                .or(expression(entry.field("tablefunc"), scope))
                .computed();
    }

    private void from(Tree tree, Scope scope) {
        if (tree instanceof Tree.Items list) {
            list.items().forEach(item -> from(item, scope));
        } else if (tree instanceof Tree.Node node) {
            boolean join = node.tag().equals("JOINEXPR");
            condition(node.field("quals"), scope, join ? Use.JOIN : Use.PREDICATE);
            from(node.field("fromlist"), scope);
            from(node.field("larg"), scope);
            from(node.field("rarg"), scope);
        }
    }

    /** @param otherwise of what is not compared for equality only */
    private void condition(Tree condition, Scope scope, Use otherwise) {
        if (condition instanceof Tree.Items list) {
            list.items().forEach(item -> condition(item, scope, otherwise));
        } else if (condition instanceof Tree.Node node) {
            if (node.tag().equals("BOOLEXPR") && node.is("boolop", "and")) {
                condition(node.field("args"), scope, otherwise);
            } else {
                notes.use(expression(node, scope), comparesForEquality(node, scope) ? Use.EQUALITY : otherwise);
            }
        }
    }

    private boolean comparesForEquality(Tree.Node node, Scope scope) {
        boolean equality = EQUALITY.contains(node.number("opfuncid"))
                && (node.tag().equals("OPEXPR")
                        || (node.tag().equals("SCALARARRAYOPEXPR") && node.is("useOr", "true")));
        return equality
                && Tree.items(node.field("args")).stream()
                        .allMatch(side -> expression(side, scope).derived().isEmpty());
    }

    private void changes(Tree.Node query, Scope scope) {
        notes.use(expression(query.field("mergeJoinCondition"), scope), Use.JOIN);
        for (Tree.Node action : query.nodes("mergeActionList")) {
            notes.use(expression(action.field("qual"), scope), Use.PREDICATE);
            notes.use(expression(action.field("targetList"), scope), Use.WRITE);
        }
        if (query.field("onConflict") instanceof Tree.Node conflict) {
            notes.use(expression(conflict.field("arbiterElems"), scope), Use.CONFLICT);
            notes.use(expression(conflict.field("arbiterWhere"), scope), Use.CONFLICT);
            notes.use(expression(conflict.field("onConflictSet"), scope), Use.WRITE);
            notes.use(expression(conflict.field("onConflictWhere"), scope), Use.PREDICATE);
        }
    }

    /** The columns of the WITH query that an entry of the range table names. */
    List<Origin> with(Scope scope, Tree.Node entry) {
        Scope owner = scope.up(entry.number("ctelevelsup"));
        return with(owner.with(entry.field("ctename")), owner);
    }

    private List<Origin> with(Tree.Node with, Scope owner) {
        if (!(with.field("ctequery") instanceof Tree.Node query)) {
            throw new UnreadableTree("a WITH query that is not there");
        }
        boolean recursive = with.is("cterecursive", "true");
        List<Origin> before = assumed.getOrDefault(with, known.get(with));
        if (before != null) {
            return before;
        }
        List<Origin> columns = recursive ? recursive(with, query, owner) : query(query, owner);
        boolean compares =
                with.field("cycle_clause") instanceof Tree.Node || with.field("search_clause") instanceof Tree.Node;
        if (compares) {
            columns.forEach(column -> notes.use(column, Use.GROUP));
        }
        known.put(with, columns);
        return columns;
    }

    /** A recursive query feeds on its own result: looked at until nothing more flows into it. */
    private List<Origin> recursive(Tree.Node with, Tree.Node query, Scope owner) {
        List<Origin> columns = List.of();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            assumed.put(with, columns);
            known.clear();
            List<Origin> next = query(query, owner);
            if (next.equals(columns)) {
                assumed.remove(with);
                return columns;
            }
            columns = next;
        }
        throw new UnreadableTree("a recursive query without an end");
    }
}
