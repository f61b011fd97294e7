package org.sallyport.policy;

import org.sallyport.sql.ObjectName;

/** What is told to whom a role does not give what a statement needs. */
final class Denials {

    private static final String DEFAULT_DENY = "default deny";
    private static final String CATALOG_HINT =
            "Ask for a role with `catalog: true`, which shows what describes the database.";

    private Denials() {}

    static Ruling.Deny relation(Access access, Right right, String name, String shown) {
        // Drivers and tools ask it by themselves; whoever sees their error did not choose the table.
        String hint = right == Right.READ && CatalogProfile.describes(shown) ? CATALOG_HINT : hint(right);
        return on(access, right, name, "table " + shown, hint);
    }

    static Ruling.Deny column(Access access, Right right, String table, String shownTable, String column) {
        return on(access, right, table, column + " of table " + shownTable, hint(right));
    }

    private static Ruling.Deny on(Access access, Right right, String name, String what, String hint) {
        return Refusals.deny(
                Ruling.Ground.POLICY,
                DEFAULT_DENY,
                "permission denied for table " + name,
                "role " + access.name() + " may not " + right.verb() + " " + what + ".",
                hint);
    }

    private static String hint(Right right) {
        return "Ask for a role with " + right.verb() + " on it, or use the tables you may " + right.verb() + ".";
    }

    /** What COPY says of a row that fails cannot be cut. */
    static Ruling.Deny copyOfColumns(Access access) {
        return Refusals.deny(
                Ruling.Ground.POLICY,
                DEFAULT_DENY,
                "permission denied to COPY from a table of which some columns are open",
                "role " + access.name() + " may not read all columns of a table in it.",
                "Use a SELECT.");
    }

    /** @param sort {@code type}, {@code function} or {@code schema} */
    static Ruling.Deny thing(Access access, String sort, String name, String shown) {
        return Refusals.deny(
                Ruling.Ground.POLICY,
                DEFAULT_DENY,
                "permission denied for " + sort + " " + name,
                "role " + access.name() + " may not define " + sort + " " + shown + ".",
                "Ask for a role with define on it" + (sort.equals("schema") ? ": on " + name + ".*." : "."));
    }

    static Ruling.Deny opaque() {
        return Refusals.deny(
                Ruling.Ground.POLICY,
                DEFAULT_DENY,
                "permission denied: what CASCADE would drop is not known",
                "Something without a schema depends on it, such as a cast, an extension or a publication.",
                "Drop what depends on it by name first.");
    }

    static Ruling.Deny unknownRelation() {
        return Refusals.deny(
                Ruling.Ground.POLICY,
                DEFAULT_DENY,
                "permission denied for a table that is not known yet",
                "The statement names a table that the gateway's picture of the catalog does not have.",
                "Try again; a table of an open transaction is known once that is committed.");
    }

    static Ruling.Deny function(ObjectName function) {
        return Refusals.deny(
                Ruling.Ground.UNREVIEWED,
                "reviewed functions",
                "permission denied for function " + function.name(),
                "function " + function + " is not on the list of reviewed functions, or may mean another one.",
                CatalogProfile.mayDescribe(function)
                        ? CATALOG_HINT
                        : "Use plain columns, or built-in functions such as count, lower or date_trunc.");
    }

    static Ruling.Deny type(ObjectName type) {
        return Refusals.deny(
                Ruling.Ground.UNREVIEWED,
                "reviewed types",
                "permission denied for type " + type.name(),
                "a cast to " + type + " may run code that is not reviewed.",
                "Cast to a built-in type such as text, integer or timestamp.");
    }
}
