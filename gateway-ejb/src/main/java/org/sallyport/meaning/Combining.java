package org.sallyport.meaning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The types of what set operations combine. Where a query's column has another one than the result, the server casts it as it plans
 * (prepunion.c), and its tree of the statement has no node of that.
 */
final class Combining {
    private static final int BOOL = 16;
    private static final int INT4 = 23;

    /** Where nodes have the types of what they make; those that have none of these and none that is fixed are not known. */
    private static final List<String> FIELDS = List.of(
            "vartype",
            "consttype",
            "paramtype",
            "resulttype",
            "funcresulttype",
            "opresulttype",
            "aggtype",
            "wintype",
            "casetype",
            "coalescetype",
            "minmaxtype",
            "refrestype",
            "array_typeid",
            "row_typeid",
            "type");

    private static final Map<String, Integer> FIXED = Map.of(
            "BOOLEXPR", BOOL,
            "NULLTEST", BOOL,
            "BOOLEANTEST", BOOL,
            "SCALARARRAYOPEXPR", BOOL,
            "ROWCOMPAREEXPR", BOOL,
            "GROUPINGFUNC", INT4);

    private static final Set<String> COLLATING = Set.of("COLLATE", "COLLATEEXPR");

    /** SubLinkType's EXISTS, ALL and ANY. */
    private static final Set<Integer> TESTS = Set.of(0, 1, 2);

    private static final int SCALAR = 4;

    /** PostgreSQL's own casts that need no function: between text, varchar and bpchar, and inet of cidr. */
    private static final Set<List<Integer>> WITHOUT_FUNCTION =
            Set.of(List.of(1043, 25), List.of(25, 1043), List.of(25, 1042), List.of(1043, 1042), List.of(650, 869));

    /** Those whose functions are total: between numbers to larger ones, and from name and bpchar to text. */
    private static final Map<List<Integer>, Integer> FUNCTIONS = Map.ofEntries(
            Map.entry(List.of(21, 20), 754),
            Map.entry(List.of(23, 20), 481),
            Map.entry(List.of(700, 701), 311),
            Map.entry(List.of(21, 701), 235),
            Map.entry(List.of(23, 701), 316),
            Map.entry(List.of(20, 701), 482),
            Map.entry(List.of(23, 1700), 1740),
            Map.entry(List.of(20, 1700), 1781),
            Map.entry(List.of(21, 1700), 1782),
            Map.entry(List.of(19, 25), 406),
            Map.entry(List.of(1042, 25), 401),
            Map.entry(List.of(1042, 1043), 401));

    /** PostgreSQL's FirstNormalObjectId. */
    private static final int FIRST_USER_OID = 16384;

    private Combining() {}

    /** Of the columns of a side of a set operation: a query, or another operation. */
    static List<Integer> types(Tree side, List<Tree.Node> entries) {
        if (!(side instanceof Tree.Node node)) {
            throw new UnreadableTree("a set operation without a query");
        }
        return node.tag().equals("RANGETBLREF")
                ? results(Scope.subquery(entries.get(node.number("rtindex") - 1)))
                : node.numbers("colTypes");
    }

    private static List<Integer> results(Tree.Node query) {
        return query.nodes("targetList").stream()
                .filter(target -> !target.is("resjunk", "true"))
                .map(target -> type(target.field("expr")))
                .toList();
    }

    private static int type(Tree expression) {
        if (!(expression instanceof Tree.Node node)) {
            return 0;
        }
        if (COLLATING.contains(node.tag())) {
            return type(node.field("arg"));
        }
        if (node.tag().equals("SUBLINK")) {
            return ofSubquery(node);
        }
        Integer fixed = FIXED.get(node.tag());
        return fixed != null
                ? fixed
                : FIELDS.stream()
                        .map(node::number)
                        .filter(type -> type != 0)
                        .findFirst()
                        .orElse(0);
    }

    private static int ofSubquery(Tree.Node link) {
        int kind = link.number("subLinkType");
        List<Integer> types =
                kind == SCALAR && link.field("subselect") instanceof Tree.Node query ? results(query) : List.of();
        return TESTS.contains(kind) ? BOOL : types.size() == 1 ? types.get(0) : 0;
    }

    /** Somebody's types to which a query's set operations cast columns of another one: PostgreSQL's own do no harm. */
    static Set<Integer> casts(Tree.Node query) {
        Set<Integer> casts = new HashSet<>();
        List<Tree> rest = new ArrayList<>(List.of(query.field("setOperations")));
        while (!rest.isEmpty()) {
            if (rest.remove(rest.size() - 1) instanceof Tree.Node node
                    && node.tag().equals("SETOPERATIONSTMT")) {
                for (Tree side : List.of(node.field("larg"), node.field("rarg"))) {
                    List<Integer> from = types(side, query.nodes("rtable"));
                    List<Integer> to = node.numbers("colTypes");
                    for (int i = 0; i < to.size(); i++) {
                        if (!same(from, to, i) && Integer.compareUnsigned(to.get(i), FIRST_USER_OID) >= 0) {
                            casts.add(to.get(i));
                        }
                    }
                    rest.add(side);
                }
            }
        }
        return casts;
    }

    /** Whether a column keeps its type, or gets one in which it is the same. */
    static boolean same(List<Integer> from, List<Integer> to, int column) {
        return from.size() == to.size()
                && (from.get(column).equals(to.get(column))
                        || WITHOUT_FUNCTION.contains(List.of(from.get(column), to.get(column))));
    }

    /** The function that casts a column for all values; empty where none is known to. */
    static Optional<Integer> function(List<Integer> from, List<Integer> to, int column) {
        return from.size() == to.size()
                ? Optional.ofNullable(FUNCTIONS.get(List.of(from.get(column), to.get(column))))
                : Optional.empty();
    }
}
