package org.sallyport.policy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Reach;
import org.sallyport.catalog.Relation;
import org.sallyport.sql.ObjectName;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Reading.Sort;
import org.sallyport.sql.Reading.Thing;

/** Whether an access covers what a statement of one kind defines beside relations, and what it reaches without naming it. */
final class DefineCheck {
    private final Access access;
    private final Catalog catalog;
    private final String command;
    private final BiConsumer<Role, String> granting;

    DefineCheck(Access access, Catalog catalog, String command, BiConsumer<Role, String> granting) {
        this.access = access;
        this.catalog = catalog;
        this.command = command;
        this.granting = granting;
    }

    Optional<Ruling.Deny> things(Collection<Thing> things) {
        return first(things.stream(), this::thing);
    }

    private Optional<Ruling.Deny> thing(Thing thing) {
        String name = thing.name().name();
        if (thing.sort() == Sort.SCHEMA) {
            return schema(name);
        }
        String sort = thing.sort() == Sort.TYPE ? "type" : "function";
        List<String> schemas = Consequences.schemas(thing, catalog);
        return schemas.isEmpty()
                ? Optional.of(Denials.thing(access, sort, name, name))
                : first(schemas.stream(), schema -> named(sort, schema, name));
    }

    /** Of those in the schema of temporary tables none: the server looks there for types before it looks for its own. */
    private Optional<Ruling.Deny> named(String sort, String schema, String name) {
        Optional<Role> grantor =
                schema.startsWith("pg_") ? Optional.empty() : access.grantor(Right.DEFINE, command, schema, name);
        return given(grantor, schema + "." + name)
                ? Optional.empty()
                : Optional.of(Denials.thing(access, sort, name, schema + "." + name));
    }

    private Optional<Ruling.Deny> schema(String schema) {
        return given(access.grantorOfSchema(Right.DEFINE, command, schema), "schema " + schema)
                ? Optional.empty()
                : Optional.of(Denials.thing(access, "schema", schema, schema));
    }

    private boolean given(Optional<Role> grantor, String what) {
        grantor.ifPresent(role -> granting.accept(role, "define on " + what));
        return grantor.isPresent();
    }

    /** Of what the statement reaches without naming it. */
    Optional<Ruling.Deny> consequences(Reading reading) {
        Right right = right(reading);
        Consequences consequences = Consequences.of(reading, catalog);
        Optional<Ruling.Deny> refusal = reach(right, consequences.reach());
        return refusal.isPresent() || consequences.known() ? refusal : atMost(right);
    }

    /**
     * Whether the statement is given only for what the snapshot says depends on what. A transaction that has renamed something or
     * made it depend on something else knows better.
     */
    boolean reliesOnSnapshot(Reading reading) {
        return Consequences.cascades(reading) && atMost(right(reading)).isPresent();
    }

    private static Right right(Reading reading) {
        return reading instanceof Reading.Truncation ? Right.CHANGE : Right.DEFINE;
    }

    /** Of whatever may be reached from what the access lets somebody rename, or make depend on something. */
    private Optional<Ruling.Deny> atMost(Right right) {
        if (right == Right.DEFINE) {
            return reach(right, Consequences.atMost(catalog, this::mayDefine));
        }
        Set<Integer> definable = Set.copyOf(catalog.relations().stream()
                .filter(relation -> relation.kind() == Relation.Kind.TABLE)
                .filter(relation -> access.mayDefine(relation.schema(), relation.name()))
                .map(Relation::oid)
                .toList());
        return relations(right, definable)
                .or(() -> relations(right, catalog.dependencies().referring(definable)));
    }

    private boolean mayDefine(ObjectName name) {
        return name.schema()
                .filter(schema -> access.mayDefine(schema, name.name()))
                .isPresent();
    }

    private Optional<Ruling.Deny> reach(Right right, Reach reach) {
        if (reach.opaque()) {
            return Optional.of(Denials.opaque());
        }
        return relations(right, reach.relations())
                .or(() -> first(
                        reach.functions().stream(),
                        oid -> catalog.function(oid)
                                .map(function -> named("function", function.schema(), function.name()))
                                .orElse(Optional.of(Denials.opaque()))))
                .or(() -> first(
                        reach.types().stream(),
                        oid -> catalog.type(oid)
                                .map(type -> named("type", type.schema(), type.name()))
                                .orElse(Optional.of(Denials.opaque()))))
                .or(() -> first(reach.schemas().stream(), this::schema));
    }

    private Optional<Ruling.Deny> relations(Right right, Set<Integer> oids) {
        return first(
                oids.stream(),
                oid -> catalog.relation(oid)
                        .map(relation -> relation(right, relation))
                        .orElse(Optional.of(Denials.unknownRelation())));
    }

    private Optional<Ruling.Deny> relation(Right right, Relation relation) {
        return access.grantor(right, command, relation.schema(), relation.name())
                        .isPresent()
                ? Optional.empty()
                : Optional.of(Denials.relation(access, right, relation.name(), relation.qualifiedName()));
    }

    private static <T> Optional<Ruling.Deny> first(
            Stream<T> all, java.util.function.Function<T, Optional<Ruling.Deny>> refusal) {
        return all.flatMap(one -> refusal.apply(one).stream()).findFirst();
    }
}
