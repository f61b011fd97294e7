package org.sallyport.policy;

import java.util.List;
import java.util.Optional;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.sql.ObjectName;

/**
 * A relation's name, and what it stands for.
 *
 * @param schemas  where it is; where it might be if the snapshot does not have it
 * @param relation empty if the snapshot does not have it
 */
public record ResolvedName(String name, List<String> schemas, Optional<Relation> relation) {

    public ResolvedName {
        schemas = List.copyOf(schemas);
    }

    public static ResolvedName of(ObjectName name, Catalog catalog) {
        Optional<Relation> relation = name.schema()
                .map(schema -> catalog.relation(schema, name.name()))
                .orElseGet(() -> catalog.resolve(name.name()));
        List<String> schemas = relation.map(found -> List.of(found.schema()))
                .or(() -> name.schema().map(List::of))
                .orElseGet(() -> userSchemas(catalog));
        return new ResolvedName(name.name(), schemas, relation);
    }

    static List<String> userSchemas(Catalog catalog) {
        return catalog.searchPath().stream()
                .filter(schema -> !schema.startsWith("pg_"))
                .toList();
    }

    /** As messages and the record show it. */
    public String shown() {
        return schemas.size() == 1 ? schemas.get(0) + "." + name : name;
    }
}
