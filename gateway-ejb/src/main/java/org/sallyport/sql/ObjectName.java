package org.sallyport.sql;

import java.util.Optional;

/** A name as written, folded and decoded; with its schema if the text gives one. */
public record ObjectName(Optional<String> schema, String name) {

    public static ObjectName of(String name) {
        return new ObjectName(Optional.empty(), name);
    }

    public static ObjectName of(String schema, String name) {
        return new ObjectName(Optional.of(schema), name);
    }

    @Override
    public String toString() {
        return schema.map(s -> s + "." + name).orElse(name);
    }
}
