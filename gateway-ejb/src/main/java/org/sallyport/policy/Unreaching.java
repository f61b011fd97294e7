package org.sallyport.policy;

import java.util.Set;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Function;
import org.sallyport.catalog.Relation;

/** Which functions go to no relation by themselves: the reviewed ones, and of those that describe the database most. */
final class Unreaching {
    private static final String BUILT_IN = "pg_catalog";

    /** They open what they describe, or what is named in it. */
    private static final Set<String> OPENING = Set.of(
            "pg_column_is_updatable",
            "pg_get_expr",
            "pg_get_function_sqlbody",
            "pg_get_functiondef",
            "pg_get_partition_constraintdef",
            "pg_get_ruledef",
            "pg_get_viewdef",
            "pg_indexes_size",
            "pg_partition_tree",
            "pg_relation_is_updatable",
            "pg_relation_size",
            "pg_table_size",
            "pg_total_relation_size");

    /** The system's views that call one of those, or ask sequences. */
    private static final Set<String> OPENING_VIEWS = Set.of(
            "information_schema.attributes",
            "information_schema.columns",
            "information_schema.tables",
            "information_schema.views",
            "pg_catalog.pg_matviews",
            "pg_catalog.pg_policies",
            "pg_catalog.pg_publication_tables",
            "pg_catalog.pg_rules",
            "pg_catalog.pg_sequences",
            "pg_catalog.pg_views");

    /** In what is stored, PostgreSQL knows the sequence. */
    private static final Set<String> OF_SEQUENCES = Set.of("nextval", "currval");

    private Unreaching() {}

    static boolean function(int oid, Catalog catalog) {
        return catalog.function(oid).filter(Unreaching::function).isPresent();
    }

    /** Whether one does so that a default, a check, a rule, a view, a policy or an index calls. */
    static boolean storedFunction(int oid, Catalog catalog) {
        return catalog.function(oid)
                .filter(found ->
                        function(found) || (found.schema().equals(BUILT_IN) && OF_SEQUENCES.contains(found.name())))
                .isPresent();
    }

    private static boolean function(Function function) {
        return Reviewed.function(function, false)
                || (CatalogProfile.describes(function) && !OPENING.contains(function.name()));
    }

    /** Whether the system's view goes on to whatever relations it describes. */
    static boolean leadsOn(Relation relation) {
        return OPENING_VIEWS.contains(relation.qualifiedName());
    }
}
