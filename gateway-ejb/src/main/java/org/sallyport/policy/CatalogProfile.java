package org.sallyport.policy;

import java.util.List;
import java.util.Set;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Function;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Type;
import org.sallyport.meaning.Meaning;
import org.sallyport.sql.ObjectName;

/**
 * What describes the database, as psql's {@code \d}, editors and mappers ask for it: names, types and definitions of all objects; no
 * rows, no statistics of their values, no secrets, nothing of other sessions.
 */
final class CatalogProfile {
    private static final String CATALOG = "pg_catalog";
    private static final String STANDARD = "information_schema";

    /** The standard's views over foreign servers and their users show options, which hold passwords. */
    private static final List<String> SECRET_VIEWS =
            List.of("_pg_foreign_servers", "foreign_server_options", "_pg_user_mappings", "user_mapping_options");

    private static final Set<String> RELATIONS = Set.copyOf(Reviewed.words("catalog-relations.txt"));

    private static final Set<String> FUNCTIONS = Set.copyOf(Reviewed.words("catalog-functions.txt"));

    /** Object identifier types: names of objects for OIDs, and the other way round. */
    private static final Set<String> TYPES = Set.of(
            "regclass",
            "regcollation",
            "regconfig",
            "regdictionary",
            "regnamespace",
            "regoper",
            "regoperator",
            "regproc",
            "regprocedure",
            "regrole",
            "regtype");

    private CatalogProfile() {}

    /** Whether that use of a relation only describes the database. */
    static boolean describes(Relation relation, Meaning.Use use) {
        return use.changes().isEmpty() && describes(relation.schema(), relation.name());
    }

    /** Whether whoever reads a relation of this qualified name only has the database described. */
    static boolean describes(String name) {
        int point = name.indexOf('.');
        return point > 0 && describes(name.substring(0, point), name.substring(point + 1));
    }

    private static boolean describes(String schema, String relation) {
        if (schema.equals(STANDARD)) {
            return !SECRET_VIEWS.contains(relation);
        }
        return schema.equals(CATALOG) && RELATIONS.contains(relation);
    }

    static boolean describes(ObjectName type, Catalog catalog) {
        return TYPES.contains(type.name()) && Reviewed.isBuiltInType(type, catalog);
    }

    static boolean describes(Type type) {
        return type.schema().equals(CATALOG) && TYPES.contains(type.name());
    }

    static boolean describes(Function function) {
        return describesByName(function.schema(), function.name());
    }

    private static boolean describesByName(String schema, String function) {
        return (schema.equals(CATALOG) && FUNCTIONS.contains(function))
                || (schema.equals(STANDARD) && FUNCTIONS.contains(STANDARD + "." + function));
    }

    /** Whether a function's name can be that of one that describes the database. */
    static boolean mayDescribe(ObjectName function) {
        return describesByName(function.schema().orElse(CATALOG), function.name());
    }
}
