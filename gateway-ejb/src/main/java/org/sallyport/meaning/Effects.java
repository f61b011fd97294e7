package org.sallyport.meaning;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an expression's nodes do to values whatever these are, but for the functions that they have the OIDs of. */
final class Effects {
    /** What these make of values cannot fail for any of them. The first names are of PostgreSQL 15 and before. */
    private static final Set<String> TOTAL = Set.of(
            "COALESCE",
            "CASE",
            "WHEN",
            "ARRAY",
            "ROW",
            "COALESCEEXPR",
            "CASEEXPR",
            "CASEWHEN",
            "ARRAYEXPR",
            "ROWEXPR",
            "NULLTEST",
            "BOOLEANTEST",
            "BOOLEXPR",
            "FUNCEXPR",
            "OPEXPR",
            "DISTINCTEXPR",
            "NULLIFEXPR",
            "SCALARARRAYOPEXPR",
            "WINDOWFUNC",
            "FIELDSELECT",
            "CONVERTROWTYPEEXPR",
            "ARRAYCOERCEEXPR",
            "TARGETENTRY",
            "INFERENCEELEM",
            "VAR",
            "RELABELTYPE",
            "COLLATE",
            "COLLATEEXPR");

    /** These do little, however large what they are given is. */
    private static final Set<String> BRIEF = Set.of(
            "COALESCE",
            "CASE",
            "WHEN",
            "COALESCEEXPR",
            "CASEEXPR",
            "CASEWHEN",
            "NULLTEST",
            "BOOLEANTEST",
            "BOOLEXPR",
            "FUNCEXPR",
            "OPEXPR",
            "DISTINCTEXPR",
            "NULLIFEXPR",
            "SCALARARRAYOPEXPR",
            "FIELDSELECT",
            "TARGETENTRY",
            "VAR",
            "RELABELTYPE",
            "COLLATE",
            "COLLATEEXPR");

    /** What these make is as large, or NULL, as what they are given. */
    private static final Set<String> KEEPING = Set.of(
            "COALESCE",
            "CASE",
            "ARRAY",
            "ROW",
            "COALESCEEXPR",
            "CASEEXPR",
            "ARRAYEXPR",
            "ROWEXPR",
            "ARRAYCOERCEEXPR",
            "CONVERTROWTYPEEXPR",
            "COERCEVIAIO");

    /** The same of functions: textcat, concat, concat_ws, lower, upper, initcap, reverse, trims, text of character and of name. */
    private static final Set<Integer> KEEPING_FUNCTIONS =
            Set.of(1258, 3058, 3059, 870, 871, 872, 3062, 885, 881, 882, 401, 406);

    /** left and right: as long as their second argument says. */
    private static final Set<Integer> ENDS = Set.of(3060, 3061);

    /** Of GREATEST and LEAST: types all of whose values can be compared at once; by a collation, or without one. */
    private static final Set<Integer> COMPARED_BY_COLLATION = Set.of(25, 1043, 1042);

    private static final Set<Integer> COMPARED = Set.of(16, 21, 23, 20, 700, 701, 1700, 1082, 1114, 1184, 2950);

    /** text, varchar, bpchar and name. */
    private static final Set<Integer> TEXTS = Set.of(25, 1043, 1042, 19);

    private static final Set<String> WRITTEN_OUT = Set.of("CONST", "ARRAY", "ARRAYEXPR");

    private Effects() {}

    /** Whether it fails for no value, and takes no longer for one than for another. */
    static boolean isTotal(Tree.Node node) {
        return (TOTAL.contains(node.tag()) || isText(node) || comparesAtOnce(node)) && !looksThroughArray(node);
    }

    /** Whether it does little, however large what it is given is. */
    static boolean isBrief(Tree.Node node) {
        boolean constants = WRITTEN_OUT.contains(node.tag())
                && Tree.items(node.field("elements")).stream()
                        .allMatch(item -> item instanceof Tree.Node element
                                && element.tag().equals("CONST"));
        return constants || BRIEF.contains(node.tag()) || COMPARED.contains(node.number("minmaxtype"));
    }

    /** Whether what it makes is as large, or NULL, as what it is given. */
    static boolean keepsSize(Tree.Node node) {
        return KEEPING.contains(node.tag()) || KEEPING_FUNCTIONS.contains(function(node));
    }

    /** That part of what it is given which says how long its result is, where the rest does not. */
    static Optional<Tree> length(Tree.Node node) {
        List<Tree> arguments = Tree.items(node.field("args"));
        return ENDS.contains(function(node)) && arguments.size() == 2
                ? Optional.of(arguments.get(1))
                : Optional.empty();
    }

    /** Whether it knows by which collation; where there were two to choose from it does not. */
    static boolean isCollated(Tree.Node node) {
        return !node.is("inputcollid", "0");
    }

    private static int function(Tree.Node node) {
        return node.tag().equals("OPEXPR") ? node.number("opfuncid") : node.number("funcid");
    }

    /** Whether it is a GREATEST or LEAST that cannot fail. */
    private static boolean comparesAtOnce(Tree.Node node) {
        int type = node.number("minmaxtype");
        return COMPARED.contains(type) || (isCollated(node) && COMPARED_BY_COLLATION.contains(type));
    }

    /** How long it takes to look through an array tells where in it something was found; one that is written out is short. */
    private static boolean looksThroughArray(Tree.Node node) {
        List<Tree> arguments = Tree.items(node.field("args"));
        return node.tag().equals("SCALARARRAYOPEXPR")
                && !(arguments.size() == 2
                        && arguments.get(1) instanceof Tree.Node array
                        && WRITTEN_OUT.contains(array.tag()));
    }

    /** Whatever its type, a value can be written as text. */
    private static boolean isText(Tree.Node node) {
        return node.tag().equals("COERCEVIAIO") && TEXTS.contains(node.number("resulttype"));
    }
}
