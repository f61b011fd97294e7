package org.sallyport.catalog;

import java.util.ArrayList;
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

    private static final String BUILT_IN = "pg_catalog";

    /** Begins the names of the schemas of temporary objects, one for each session. */
    private static final String TEMPORARY = "pg_temp_";

    /** To each session the one that is its own. */
    private static final String OWN = "pg_temp";

    private final long version;
    private final List<String> searchPath;
    private final Map<Integer, Relation> byOid;
    private final Map<String, Map<String, Relation>> bySchema;
    private final Map<Integer, Function> functions;
    private final Map<Integer, Type> types;
    private final Map<String, Set<String>> functionSchemas;
    private final Dependencies dependencies;
    private final ServerTraits traits;

    /** Of a database in which nothing depends on anything. */
    public Catalog(
            long version,
            List<String> searchPath,
            Collection<Relation> relations,
            Collection<Function> functions,
            Collection<Type> types) {
        this(version, searchPath, relations, functions, types, Dependencies.NONE);
    }

    /**
     * @param version    grows with each snapshot of a connection
     * @param searchPath {@code current_schemas(true)}: implicit schemas included, in order
     */
    public Catalog(
            long version,
            List<String> searchPath,
            Collection<Relation> relations,
            Collection<Function> functions,
            Collection<Type> types,
            Dependencies dependencies) {
        this.dependencies = dependencies;
        this.traits = ServerTraits.USUAL;
        this.version = version;
        this.searchPath = List.copyOf(searchPath);
        this.byOid = new HashMap<>();
        this.bySchema = new HashMap<>();
        this.functions = new HashMap<>();
        this.types = new HashMap<>();
        this.functionSchemas = new HashMap<>();
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

    private Catalog(
            Catalog same,
            List<String> searchPath,
            Map<Integer, Relation> byOid,
            Map<String, Map<String, Relation>> bySchema,
            ServerTraits traits) {
        this.traits = traits;
        version = same.version;
        this.searchPath = List.copyOf(searchPath);
        this.byOid = byOid;
        this.bySchema = bySchema;
        functions = same.functions;
        types = same.types;
        functionSchemas = same.functionSchemas;
        dependencies = same.dependencies;
    }

    /**
     * The same, as a session sees it that has set its search path.
     *
     * @param schemas as it was set; none for the path that sessions begin with
     */
    public Catalog along(List<String> schemas) {
        if (schemas.isEmpty()) {
            return this;
        }
        List<String> path = new ArrayList<>();
        if (bySchema.containsKey(OWN) && !schemas.contains(OWN)) {
            path.add(OWN);
        }
        // PostgreSQL looks there first where the path does not say otherwise (manual, "The Schema Search Path").
        if (!schemas.contains(BUILT_IN)) {
            path.add(BUILT_IN);
        }
        schemas.stream().filter(this::hasSchema).distinct().forEach(path::add);
        return new Catalog(this, path, byOid, bySchema, traits);
    }

    /** PostgreSQL passes over the others. */
    private boolean hasSchema(String name) {
        boolean known = !dependencies.schemas().isEmpty();
        return !name.isEmpty()
                && (!known
                        || bySchema.containsKey(name)
                        || dependencies.schemas().containsKey(name));
    }

    /** The same, as a session sees it that looks names up there by itself: {@code current_schemas(true)} of another. */
    public Catalog withSearchPath(List<String> path) {
        return new Catalog(this, path, byOid, bySchema, traits);
    }

    /**
     * The same, as a session sees it that has temporary relations: where nobody says otherwise, names are looked up among them first.
     *
     * @param schema that in which they are
     */
    public Catalog within(String schema) {
        Map<Integer, Relation> relations = new HashMap<>(byOid);
        Map<String, Relation> own = new HashMap<>();
        bySchema.getOrDefault(schema, Map.of()).forEach((name, relation) -> {
            Relation renamed = relation.in(OWN);
            own.put(name, renamed);
            relations.put(renamed.oid(), renamed);
        });
        Map<String, Map<String, Relation>> schemas = new HashMap<>(bySchema);
        schemas.remove(schema);
        schemas.put(OWN, own);
        List<String> path = new ArrayList<>(List.of(OWN));
        searchPath.stream().filter(one -> !one.startsWith(TEMPORARY)).forEach(path::add);
        return new Catalog(this, path, relations, schemas, traits);
    }

    /** The same, of a server that is such a one. */
    public Catalog of(ServerTraits server) {
        return new Catalog(this, searchPath, byOid, bySchema, server);
    }

    public ServerTraits traits() {
        return traits;
    }

    /**
     * Whether the database keeps names in UTF-8. In another encoding the server cuts and folds them by other rules than it does there, and
     * two of a client's names may be one of its own.
     */
    public boolean isUtf8() {
        return traits.utf8();
    }

    /** Whether both say the same, so that what was decided under one holds under the other. */
    boolean sameAs(Catalog other) {
        return traits.equals(other.traits)
                && searchPath.equals(other.searchPath)
                && byOid.equals(other.byOid)
                && functions.equals(other.functions)
                && types.equals(other.types)
                && dependencies.equals(other.dependencies);
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

    /** The relations of this name that are some session's own. */
    public List<Relation> temporary(String name) {
        return bySchema.entrySet().stream()
                .filter(schema -> schema.getKey().startsWith(TEMPORARY))
                .map(Map.Entry::getValue)
                .filter(relations -> relations.containsKey(name))
                .map(relations -> relations.get(name))
                .toList();
    }

    public Optional<Function> function(int oid) {
        return Optional.ofNullable(functions.get(oid));
    }

    public Optional<Type> type(int oid) {
        return Optional.ofNullable(types.get(oid));
    }

    public Collection<Function> functions() {
        return Collections.unmodifiableCollection(functions.values());
    }

    public Collection<Type> types() {
        return Collections.unmodifiableCollection(types.values());
    }

    public Dependencies dependencies() {
        return dependencies;
    }

    /** The schemas that hold a function of this name. */
    public Set<String> functionSchemas(String name) {
        return Collections.unmodifiableSet(functionSchemas.getOrDefault(name, Set.of()));
    }
}
