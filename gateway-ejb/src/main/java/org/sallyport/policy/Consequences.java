package org.sallyport.policy;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogObject;
import org.sallyport.catalog.Function;
import org.sallyport.catalog.Reach;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Type;
import org.sallyport.sql.ObjectName;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Reading.Sort;
import org.sallyport.sql.Reading.Thing;

/**
 * What a statement reaches besides what it names, according to a snapshot: with CASCADE all that depends on it, and of a definition
 * always partitions and heirs, and the tables whose indexes and sequences it names.
 *
 * @param known whether the snapshot has all that a CASCADE starts from; else more may be reached
 */
public record Consequences(Reach reach, boolean known) {

    private static final Consequences NONE =
            new Consequences(new Reach(Set.of(), Set.of(), Set.of(), Set.of(), false), true);

    public static Consequences of(Reading reading, Catalog catalog) {
        if (reading instanceof Reading.Containing containing) {
            return of(containing.outer(), catalog);
        }
        if (reading instanceof Reading.Truncation truncation && truncation.cascades()) {
            return ofTruncation(truncation, catalog);
        }
        return reading instanceof Reading.Definition definition ? ofDefinition(definition, catalog) : NONE;
    }

    /** Whether it goes on to what depends on what it names. */
    public static boolean cascades(Reading reading) {
        return (reading instanceof Reading.Definition definition && definition.cascades())
                || (reading instanceof Reading.Truncation truncation && truncation.cascades());
    }

    /** The relations reached. */
    public Stream<Relation> relations(Catalog catalog) {
        return reach.relations().stream().flatMap(oid -> catalog.relation(oid).stream());
    }

    private static Consequences ofTruncation(Reading.Truncation truncation, Catalog catalog) {
        Set<Integer> named = oids(truncation.tables(), catalog);
        return new Consequences(
                ofRelations(catalog.dependencies().referring(named)),
                named.size() == truncation.tables().size());
    }

    private static Consequences ofDefinition(Reading.Definition definition, Catalog catalog) {
        Set<Integer> named = oids(definition.defines(), catalog);
        Set<Integer> kin = new HashSet<>(named);
        kin.addAll(catalog.dependencies().descendants(named));
        Set<Integer> owners = new HashSet<>(catalog.dependencies().wholes(kin));
        owners.removeAll(named);
        if (!definition.cascades()) {
            return new Consequences(ofRelations(owners), true);
        }
        Set<CatalogObject> dropped = new HashSet<>();
        named.forEach(oid -> dropped.add(CatalogObject.relation(oid)));
        boolean known = named.size() == definition.defines().size();
        for (Thing thing : definition.things()) {
            List<CatalogObject> objects = objects(thing, catalog);
            known &= !objects.isEmpty();
            dropped.addAll(objects);
        }
        return new Consequences(catalog.dependencies().ofDropping(dropped).with(owners), known);
    }

    /** What a CASCADE reaches at most that starts from something which {@code may} accepts, by schema and name. */
    static Reach atMost(Catalog catalog, Predicate<ObjectName> may) {
        Set<CatalogObject> dropped = new HashSet<>();
        catalog.relations().stream()
                .filter(relation -> may.test(ObjectName.of(relation.schema(), relation.name())))
                .forEach(relation -> dropped.add(CatalogObject.relation(relation.oid())));
        catalog.functions().stream()
                .filter(function -> may.test(ObjectName.of(function.schema(), function.name())))
                .forEach(function -> dropped.add(CatalogObject.function(function.oid())));
        catalog.types().stream()
                .filter(type -> may.test(ObjectName.of(type.schema(), type.name())))
                .forEach(type -> dropped.add(CatalogObject.type(type.oid())));
        return catalog.dependencies().ofDropping(dropped);
    }

    /** The relations that a CASCADE or a TRUNCATE reaches at most that starts from one of those. */
    public static Stream<Relation> relationsAtMost(Catalog catalog, Predicate<Relation> start) {
        Set<Integer> starts = new HashSet<>();
        Set<CatalogObject> dropped = new HashSet<>();
        catalog.relations().stream().filter(start).map(Relation::oid).forEach(oid -> {
            starts.add(oid);
            dropped.add(CatalogObject.relation(oid));
        });
        Set<Integer> reached =
                new HashSet<>(catalog.dependencies().ofDropping(dropped).relations());
        reached.addAll(catalog.dependencies().referring(starts));
        return reached.stream().flatMap(oid -> catalog.relation(oid).stream());
    }

    private static Reach ofRelations(Set<Integer> relations) {
        return new Reach(relations, Set.of(), Set.of(), Set.of(), false);
    }

    private static Set<Integer> oids(Collection<ObjectName> names, Catalog catalog) {
        Set<Integer> oids = new HashSet<>();
        names.forEach(name -> ResolvedName.of(name, catalog).relation().ifPresent(found -> oids.add(found.oid())));
        return oids;
    }

    private static List<CatalogObject> objects(Thing thing, Catalog catalog) {
        String name = thing.name().name();
        if (thing.sort() == Sort.SCHEMA) {
            return catalog.dependencies().schema(name).stream().toList();
        }
        List<String> schemas = schemas(thing, catalog);
        if (thing.sort() == Sort.FUNCTION) {
            return catalog.functions().stream()
                    .filter(function -> function.name().equals(name) && schemas.contains(function.schema()))
                    .map(Function::oid)
                    .map(CatalogObject::function)
                    .toList();
        }
        // A type of columns is a relation, too.
        Stream<CatalogObject> types = catalog.types().stream()
                .filter(type -> type.name().equals(name) && schemas.contains(type.schema()))
                .map(Type::oid)
                .map(CatalogObject::type);
        Stream<CatalogObject> relations = schemas.stream()
                .flatMap(schema -> catalog.relation(schema, name).stream())
                .map(relation -> CatalogObject.relation(relation.oid()));
        return Stream.concat(types, relations).toList();
    }

    /** Where a type or a function is; where it might be if the snapshot does not have it, or has several. */
    static List<String> schemas(Thing thing, Catalog catalog) {
        if (thing.name().schema().isPresent()) {
            return List.of(thing.name().schema().get());
        }
        String name = thing.name().name();
        Set<String> having = new HashSet<>(thing.sort() == Sort.FUNCTION ? catalog.functionSchemas(name) : Set.of());
        if (thing.sort() == Sort.TYPE) {
            catalog.types().stream()
                    .filter(type -> type.name().equals(name))
                    .forEach(type -> having.add(type.schema()));
            catalog.searchPath().stream()
                    .filter(schema -> catalog.relation(schema, name).isPresent())
                    .forEach(having::add);
        }
        List<String> found =
                catalog.searchPath().stream().filter(having::contains).toList();
        return found.isEmpty() ? ResolvedName.userSchemas(catalog) : found;
    }
}
