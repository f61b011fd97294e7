package org.sallyport.meaning;

import java.util.List;
import java.util.Set;
import org.sallyport.meaning.Flow.Use;

/** What the value of an expression comes from, and what is done on the way. */
final class ExpressionFlow {
    /** What is there already when an expression is looked at, and so does not fail in it. */
    private static final Set<String> COMPUTED_BEFORE =
            Set.of("CONST", "PARAM", "CASETESTEXPR", "AGGREF", "WINDOWFUNC", "GROUPINGFUNC");

    private static final List<String> FUNCTIONS = List.of("funcid", "opfuncid", "hashfuncid", "negfuncid", "winfnoid");

    /** {@code count("any")}. */
    private static final int COUNT = 2147;

    private static final String EXISTS = "0";
    private static final String ALL = "1";
    private static final String ANY = "2";
    private static final String SCALAR = "4";
    private static final String OF_SUBLINK = "2";

    private final FlowReader reader;
    private final FlowNotes notes;

    /** What a CASE compares, or an array's coercion goes through: it stands where it is used as a placeholder. */
    private Origin tested = Origin.NONE;

    /** What the subquery of the IN, ANY or ALL around gives. */
    private Origin compared = Origin.NONE;

    ExpressionFlow(FlowReader reader, FlowNotes notes) {
        this.reader = reader;
        this.notes = notes;
    }

    Origin of(Tree tree, Scope scope) {
        if (tree instanceof Tree.Items list) {
            return all(list.items(), scope);
        }
        return tree instanceof Tree.Node node ? node(node, scope) : Origin.NONE;
    }

    private Origin all(Iterable<Tree> trees, Scope scope) {
        Origin all = Origin.NONE;
        for (Tree tree : trees) {
            all = all.or(of(tree, scope));
        }
        return all;
    }

    private Origin node(Tree.Node node, Scope scope) {
        return switch (node.tag()) {
            case "VAR" -> scope.up(node.number("varlevelsup")).column(node.number("varno"), node.number("varattno"));
            case "CONST", "GROUPINGFUNC", "ALIAS" -> Origin.NONE;
            case "PARAM" -> node.is("paramkind", OF_SUBLINK) ? compared : Origin.NONE;
            case "CASETESTEXPR" -> tested;
            case "TARGETENTRY", "RELABELTYPE", "COLLATE", "COLLATEEXPR" ->
                of(node.field("expr"), scope).or(of(node.field("arg"), scope));
            case "FIELDSELECT" -> field(node, scope);
            case "QUERY" -> Origin.computed(reader.query(node, scope));
            case "SUBLINK" -> sublink(node, scope);
            case "AGGREF" -> aggregate(node, scope);
            case "WINDOWFUNC" -> window(node, scope);
            case "CASE", "CASEEXPR", "ARRAYCOERCEEXPR" -> testing(node, scope);
            case "BOOLEXPR", "COALESCE", "COALESCEEXPR" -> inTurn(node, scope);
            default -> applied(node, all(node.fields().values(), scope), scope);
        };
    }

    /** One column of a whole row is that column. */
    private Origin field(Tree.Node node, Scope scope) {
        boolean ofRow =
                node.field("arg") instanceof Tree.Node row && row.tag().equals("VAR") && row.number("varattno") == 0;
        if (ofRow) {
            Tree.Node row = (Tree.Node) node.field("arg");
            return scope.up(row.number("varlevelsup")).column(row.number("varno"), node.number("fieldnum"));
        }
        return of(node.field("arg"), scope).computed();
    }

    private Origin sublink(Tree.Node node, Scope scope) {
        if (!(node.field("subselect") instanceof Tree.Node query)) {
            throw new UnreadableTree("a subquery that is not there");
        }
        List<Origin> columns = reader.query(query, scope);
        if (node.is("subLinkType", EXISTS)) {
            return Origin.NONE;
        }
        if (node.is("subLinkType", SCALAR) && columns.size() == 1) {
            return columns.get(0);
        }
        Origin before = compared;
        compared = Origin.computed(columns);
        Origin test = of(node.field("testexpr"), scope);
        Origin whole = test.or(compared).deciding();
        compared = before;
        if (node.is("subLinkType", ANY) || node.is("subLinkType", ALL)) {
            // It asks for the next row of the subquery only where those before have not settled it.
            notes.applyUnknown(whole);
        }
        return whole;
    }

    /**
     * Of columns that count is given as they are, its result has nothing but what their use says, and whoever may count them may do
     * anything with it.
     */
    private Origin aggregate(Tree.Node node, Scope scope) {
        Origin counted = node.number("aggfnoid") == COUNT ? of(node.field("args"), scope) : Origin.NONE;
        boolean plain = counted.derived().isEmpty() && counted.same().stream().allMatch(each -> each.attribute() > 0);
        if (!counted.isNone() && plain) {
            notes.use(counted, Use.COUNT);
            Origin chosen = of(node.field("aggfilter"), scope).computed();
            notes.use(chosen, Use.AGGREGATE);
            return chosen.deciding();
        }
        Origin origin = all(node.fields().values(), scope).computed();
        notes.use(origin, Use.AGGREGATE);
        return origin.deciding();
    }

    private Origin window(Tree.Node node, Scope scope) {
        notes.use(of(node.field("aggfilter"), scope), Use.PREDICATE);
        Origin origin = all(node.fields().values(), scope);
        if (node.is("winagg", "true")) {
            notes.use(origin, Use.AGGREGATE);
        }
        return applied(node, origin, scope);
    }

    private Origin testing(Tree.Node node, Scope scope) {
        Origin before = tested;
        Origin deciding = of(node.field("arg"), scope).computed();
        tested = deciding;
        Origin all = deciding.or(of(node.field("elemexpr"), scope));
        for (Tree.Node when : node.nodes("args")) {
            deciding = deciding.or(part(when.field("expr"), deciding, scope)).deciding();
            all = all.or(deciding).or(part(when.field("result"), deciding, scope));
        }
        all = all.or(part(node.field("defresult"), deciding, scope));
        tested = before;
        return applied(node, all, scope);
    }

    /** These look at one part after another, until one settles it. */
    private Origin inTurn(Tree.Node node, Scope scope) {
        boolean byValue = node.tag().equals("BOOLEXPR");
        Origin all = Origin.NONE;
        for (Tree part : Tree.items(node.field("args"))) {
            // COALESCE looks at whether they are NULL only.
            all = all.or(part(part, byValue ? all.deciding() : all, scope));
        }
        return applied(node, all, scope);
    }

    /** Of what is computed or not as others decide: whether it fails tells something about them. */
    private Origin part(Tree part, Origin deciding, Scope scope) {
        if (!deciding.isNone()) {
            notes.decide(deciding);
            tell(part, deciding, scope);
        }
        return of(part, scope);
    }

    private void tell(Tree tree, Origin deciding, Scope scope) {
        if (tree instanceof Tree.Items list) {
            list.items().forEach(item -> tell(item, deciding, scope));
        }
        if (!(tree instanceof Tree.Node node) || COMPUTED_BEFORE.contains(node.tag())) {
            return;
        }
        if (node.tag().equals("SUBLINK") || (node.tag().equals("VAR") && isComputed(node, scope))) {
            notes.applyUnknown(deciding);
            return;
        }
        functions(node, deciding);
        node.fields().values().forEach(field -> tell(field, deciding, scope));
    }

    /** The server may put what a column of a subquery or a view is made of in the column's place. */
    private boolean isComputed(Tree.Node column, Scope scope) {
        Origin origin = of(column, scope);
        return origin.isNone()
                || !origin.derived().isEmpty()
                || origin.same().stream().anyMatch(notes::isOfView);
    }

    /** What comes out of a node into which these go. */
    private Origin applied(Tree.Node node, Origin into, Scope scope) {
        Origin origin = into.computed();
        if (origin.isNone()) {
            return origin;
        }
        functions(node, origin);
        if (node.is("funcretset", "true") || node.is("opretset", "true")) {
            notes.use(origin, Use.ROWS);
        }
        return keepsSize(node, scope) ? origin : origin.deciding();
    }

    private boolean keepsSize(Tree.Node node, Scope scope) {
        return Effects.keepsSize(node)
                || Effects.length(node)
                        .filter(length -> of(length, scope).isNone())
                        .isPresent();
    }

    private void functions(Tree.Node node, Origin origin) {
        for (String field : FUNCTIONS) {
            if (node.number(field) != 0) {
                notes.apply(origin, node.number(field), Effects.isCollated(node));
            }
        }
        if (!Effects.isTotal(node) || !(origin.decided().isEmpty() || Effects.isBrief(node))) {
            notes.applyUnknown(origin);
        }
    }
}
