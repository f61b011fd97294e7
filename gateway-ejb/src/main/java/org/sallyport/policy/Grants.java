package org.sallyport.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Function;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Type;
import org.sallyport.meaning.Meaning;
import org.sallyport.sql.ObjectName;
import org.sallyport.sql.QueryFacts;
import org.sallyport.sql.Reading;

/** Checks one statement of a restricted identity against its roles: what no role gives is refused. */
public final class Grants {

    private static final String DEFAULT_DENY = "default deny";

    private final Access access;
    private final Catalog catalog;
    private final Set<String> granting = new HashSet<>();

    public Grants(Access access, Catalog catalog) {
        this.access = access;
        this.catalog = catalog;
    }

    /** The names of the roles that gave the rights found so far. */
    public Set<String> granting() {
        return Set.copyOf(granting);
    }

    public Optional<Ruling.Deny> refusal(Reading reading) {
        if (reading instanceof Reading.Query query) {
            return facts(query.facts());
        }
        if (reading instanceof Reading.Containing containing) {
            return refusal(containing.outer()).or(() -> refusal(containing.inner()));
        }
        if (reading instanceof Reading.Setting setting) {
            return RestrictedSettings.refusal(setting);
        }
        if (reading instanceof Reading.CopyIn copy) {
            return first(Right.CHANGE, Set.of(copy.table()));
        }
        if (reading instanceof Reading.CopyOut copy) {
            return first(Right.READ, Set.of(copy.table()));
        }
        if (reading instanceof Reading.Truncation truncation) {
            return first(Right.CHANGE, truncation.tables());
        }
        if (reading instanceof Reading.Definition definition) {
            return definition(definition);
        }
        if (reading instanceof Reading.Unreadable unreadable) {
            return Optional.of(Refusals.unreadable(unreadable.reason()));
        }
        return Optional.empty();
    }

    /** By what the server says that the query means which the statement is, or which stands in it. */
    public Optional<Ruling.Deny> refusal(Reading reading, Meaning meaning) {
        Optional<Ruling.Deny> outer =
                reading instanceof Reading.Containing containing ? refusal(containing.outer()) : Optional.empty();
        return outer.or(() -> refusal(meaning));
    }

    private Optional<Ruling.Deny> refusal(Meaning meaning) {
        boolean changes = meaning.relations().values().stream().anyMatch(Meaning.Use::changes);
        return relations(meaning).or(() -> calls(meaning, changes)).or(() -> types(meaning));
    }

    private Optional<Ruling.Deny> relations(Meaning meaning) {
        for (Map.Entry<Integer, Meaning.Use> used : meaning.relations().entrySet()) {
            Optional<Relation> relation = catalog.relation(used.getKey());
            if (relation.isEmpty()) {
                return Optional.of(Refusals.deny(
                        DEFAULT_DENY,
                        "permission denied for a table that is not known yet",
                        "The statement names a table that the gateway's picture of the catalog does not have.",
                        "Try again; a table of an open transaction is known once that is committed."));
            }
            Optional<Ruling.Deny> refusal = use(relation.get(), used.getValue());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<Ruling.Deny> use(Relation relation, Meaning.Use use) {
        Optional<Role> describer = access.describer();
        if (describer.isPresent() && CatalogProfile.describes(relation, use)) {
            granting.add(describer.get().name());
            return Optional.empty();
        }
        ResolvedName name = new ResolvedName(relation.name(), List.of(relation.schema()), Optional.of(relation));
        Optional<Ruling.Deny> changing = use.changes() ? relation(Right.CHANGE, name) : Optional.empty();
        boolean reads = use.reads() || !use.changes();
        return changing.or(() -> reads ? relation(Right.READ, name) : Optional.empty());
    }

    private Optional<Ruling.Deny> calls(Meaning meaning, boolean changes) {
        for (int oid : meaning.functions()) {
            Optional<Function> function = catalog.function(oid);
            if (function.isEmpty() || !isHarmless(function.get(), changes)) {
                return Optional.of(functionRefusal(function.map(found -> ObjectName.of(found.schema(), found.name()))
                        .orElseGet(() -> ObjectName.of(Integer.toUnsignedString(oid)))));
            }
        }
        return meaning.operators().stream()
                .filter(operator -> !Reviewed.builtIn(operator))
                .findFirst()
                .map(operator -> functionRefusal(ObjectName.of("of operator " + Integer.toUnsignedString(operator))));
    }

    private boolean isHarmless(Function function, boolean changes) {
        return Reviewed.function(function, changes)
                || (access.describer().isPresent() && CatalogProfile.describes(function));
    }

    private Optional<Ruling.Deny> types(Meaning meaning) {
        Set<Integer> ofColumns = meaning.relations().keySet().stream()
                .flatMap(oid -> catalog.relation(oid).stream())
                .flatMap(relation -> relation.columns().stream())
                .map(Relation.Column::typeOid)
                .collect(Collectors.toSet());
        return meaning.types().stream()
                .filter(type -> !(Reviewed.builtIn(type)
                        ? isHarmlessHere(type, meaning)
                        : isOfColumn(type, meaning, ofColumns)))
                .findFirst()
                .map(type -> typeRefusal(catalog.type(type)
                        .map(found -> ObjectName.of(found.schema(), found.name()))
                        .orElseGet(() -> ObjectName.of(Integer.toUnsignedString(type)))));
    }

    /** PostgreSQL's own types do harm only where text becomes one of them. */
    private boolean isHarmlessHere(int type, Meaning meaning) {
        boolean takesText = meaning.inputs().contains(type) || meaning.casts().contains(type);
        return !takesText || catalog.type(type).filter(this::isReviewed).isPresent();
    }

    private boolean isReviewed(Type type) {
        Type element = catalog.type(type.element()).orElse(type);
        return Reviewed.type(element) || (access.describer().isPresent() && CatalogProfile.describes(element));
    }

    /** A user's type is harmless where it is only that of a column, and nothing is cast to it: a domain checks by functions. */
    private static boolean isOfColumn(int type, Meaning meaning, Set<Integer> ofColumns) {
        return ofColumns.contains(type) && !meaning.casts().contains(type);
    }

    private Optional<Ruling.Deny> definition(Reading.Definition definition) {
        return first(Right.DEFINE, definition.defines())
                .or(() -> first(Right.READ, definition.reads()))
                .or(() -> calls(definition.functions(), true));
    }

    private Optional<Ruling.Deny> facts(QueryFacts facts) {
        return first(Right.READ, facts.reads())
                .or(() -> first(Right.CHANGE, facts.changes()))
                .or(() -> calls(facts.functions(), !facts.changes().isEmpty()))
                .or(() -> types(facts))
                .or(() -> hiddenCalls(facts));
    }

    private Optional<Ruling.Deny> first(Right right, Collection<ObjectName> names) {
        return names.stream()
                .map(name -> ResolvedName.of(name, catalog))
                .flatMap(name -> relation(right, name).stream())
                .findFirst();
    }

    private Optional<Ruling.Deny> relation(Right right, ResolvedName name) {
        List<Role> grantors = new ArrayList<>();
        for (String schema : name.schemas()) {
            access.grantor(right, schema, name.name()).ifPresent(grantors::add);
        }
        // A name not in the snapshot may turn out to be in any of the schemas, so all must be allowed.
        if (!name.schemas().isEmpty() && grantors.size() == name.schemas().size()) {
            grantors.forEach(role -> granting.add(role.name()));
            return Optional.empty();
        }
        return Optional.of(Refusals.deny(
                DEFAULT_DENY,
                "permission denied for table " + name.name(),
                "role " + access.name() + " may not " + right.verb() + " table " + name.shown() + ".",
                "Ask for a role with " + right.verb() + " on it, or use the tables you may " + right.verb() + "."));
    }

    private Optional<Ruling.Deny> calls(Collection<ObjectName> functions, boolean changes) {
        return functions.stream()
                .filter(function -> !Reviewed.function(function, changes, catalog))
                .findFirst()
                .map(Grants::functionRefusal);
    }

    private static Ruling.Deny functionRefusal(ObjectName function) {
        return Refusals.deny(
                "reviewed functions",
                "permission denied for function " + function.name(),
                "function " + function + " is not on the list of reviewed functions, or may mean another one.",
                "Use plain columns, or built-in functions such as count, lower or date_trunc.");
    }

    private Optional<Ruling.Deny> types(QueryFacts facts) {
        return facts.types().stream()
                .filter(type -> !Reviewed.type(type, catalog)
                        && (access.describer().isEmpty() || !CatalogProfile.describes(type, catalog)))
                .findFirst()
                .map(Grants::typeRefusal);
    }

    private static Ruling.Deny typeRefusal(ObjectName type) {
        return Refusals.deny(
                "reviewed types",
                "permission denied for type " + type.name(),
                "a cast to " + type + " may run code that is not reviewed.",
                "Cast to a built-in type such as text, integer or timestamp.");
    }

    /** {@code t.f} calls {@code f(t)} where {@code t} has no such column. */
    private Optional<Ruling.Deny> hiddenCalls(QueryFacts facts) {
        return facts.qualified().stream()
                .filter(column -> isHiddenCall(column.name(), facts))
                .findFirst()
                .map(Grants::functionRefusal);
    }

    private boolean isHiddenCall(String name, QueryFacts facts) {
        Set<String> schemas = catalog.functionSchemas(name);
        boolean onlyBuiltIn = schemas.stream().allMatch("pg_catalog"::equals);
        if (schemas.isEmpty() || (onlyBuiltIn && facts.aliases().contains(name))) {
            return false;
        }
        return !isColumn(name, facts) && !Reviewed.function(ObjectName.of(name), false, catalog);
    }

    private boolean isColumn(String name, QueryFacts facts) {
        return facts.relations().stream()
                .flatMap(relation -> ResolvedName.of(relation, catalog).relation().stream())
                .anyMatch((Relation relation) -> relation.hasColumn(name));
    }
}
