package org.sallyport.policy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Function;
import org.sallyport.catalog.Relation;
import org.sallyport.meaning.Meaning;
import org.sallyport.sql.ObjectName;

/**
 * What describes the database, as psql's {@code \d}, editors and mappers ask for it: names, types and definitions of all objects; no
 * rows, no statistics, no secrets, nothing of other sessions.
 */
final class CatalogProfile {
    private static final String CATALOG = "pg_catalog";
    private static final String STANDARD = "information_schema";

    /** The standard's views over mappings show their options, which hold passwords. */
    private static final List<String> SECRET_VIEWS = List.of("_pg_user_mappings", "user_mapping_options");

    /** The columns that nobody gets, by relation. */
    private static final Map<String, Set<String>> RELATIONS = relations();

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

    private static Map<String, Set<String>> relations() {
        Map<String, Set<String>> relations = new HashMap<>();
        for (String line : Reviewed.lines("catalog-relations.txt")) {
            String[] words = line.split(" ");
            relations.put(
                    words[0],
                    Arrays.stream(words)
                            .skip(1)
                            .map(column -> column.substring(1))
                            .collect(Collectors.toUnmodifiableSet()));
        }
        return relations;
    }

    /** Whether that use of a relation only describes the database. */
    static boolean describes(Relation relation, Meaning.Use use) {
        if (use.changes()) {
            return false;
        }
        if (relation.schema().equals(STANDARD)) {
            return !SECRET_VIEWS.contains(relation.name());
        }
        Set<String> hidden = relation.schema().equals(CATALOG) ? RELATIONS.get(relation.name()) : null;
        return hidden != null && (hidden.isEmpty() || !reads(relation, use, hidden));
    }

    private static boolean reads(Relation relation, Meaning.Use use, Set<String> columns) {
        Set<Integer> hidden = new HashSet<>();
        // The whole row is column zero.
        hidden.add(0);
        relation.columns().stream()
                .filter(column -> columns.contains(column.name()))
                .forEach(column -> hidden.add(column.attribute()));
        return use.read().stream().anyMatch(hidden::contains);
    }

    static boolean describes(ObjectName type, Catalog catalog) {
        return TYPES.contains(type.name()) && Reviewed.isBuiltInType(type, catalog);
    }

    static boolean describes(Function function) {
        return function.schema().equals(CATALOG) && FUNCTIONS.contains(function.name());
    }
}
