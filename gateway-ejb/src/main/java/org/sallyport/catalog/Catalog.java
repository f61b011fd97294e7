package org.sallyport.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An immutable snapshot of what a database's names stand for, as the gateway's own role sees it. */
public final class Catalog {

    /** Knows no names: for decisions that ask for none. */
    public static final Catalog EMPTY = new Catalog(0, List.of(), List.of(), List.of(), List.of());

    private final long version;
    private final List<String> searchPath;
    private final Map<Integer, Relation> byOid = new HashMap<>();
    private final Map<String, Map<String, Relation>> bySchema = new HashMap<>();
    private final Map<Integer, Function> functions = new HashMap<>();
    private final Map<Integer, Type> types = new HashMap<>();
    private final Map<String, Set<String>> functionSchemas = new HashMap<>();

    /**
     * @param version    grows with each snapshot of a connection
     * @param searchPath {@code current_schemas(true)}: implicit schemas included, in order
     */
    public Catalog(
            long version,
            List<String> searchPath,
            Collection<Relation> relations,
            Collection<Function> functions,
            Collection<Type> types) {
        this.version = version;
        this.searchPath = List.copyOf(searchPath);
        for (Relation relation : relations) {
            byOid.put(relation.oid(), relation);
            bySchema.computeIfAbsent(relation.schema(), s -> new HashMap<>()).put(relation.name(), relation);
        }
        types.forEach(type -> this.types.put(type.oid(), type));
        for (Function function : functions) {
            this.functions.put(function.oid(), function);
            functionSchemas
                    .computeIfAbsent(function.name(), name -> new HashSet<>())
                    .add(function.schema());
        }
    }

    /** Whether both say the same, so that what was decided under one holds under the other. */
    boolean sameAs(Catalog other) {
        return searchPath.equals(other.searchPath)
                && byOid.equals(other.byOid)
                && functions.equals(other.functions)
                && types.equals(other.types);
    }

    public long version() {
        return version;
    }

    public List<String> searchPath() {
        return searchPath;
    }

    public Collection<Relation> relations() {
        return Collections.unmodifiableCollection(byOid.values());
    }

    public Optional<Relation> relation(int oid) {
        return Optional.ofNullable(byOid.get(oid));
    }

    public Optional<Relation> relation(String schema, String name) {
        return Optional.ofNullable(bySchema.getOrDefault(schema, Map.of()).get(name));
    }

    /** The relation that an unqualified name stands for. */
    public Optional<Relation> resolve(String name) {
        return searchPath.stream().flatMap(s -> relation(s, name).stream()).findFirst();
    }

    public Optional<Function> function(int oid) {
        return Optional.ofNullable(functions.get(oid));
    }

    public Optional<Type> type(int oid) {
        return Optional.ofNullable(types.get(oid));
    }

    /** The schemas that hold a function of this name. */
    public Set<String> functionSchemas(String name) {
        return Collections.unmodifiableSet(functionSchemas.getOrDefault(name, Set.of()));
    }
}
