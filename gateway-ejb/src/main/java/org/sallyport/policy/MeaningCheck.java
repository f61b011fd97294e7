package org.sallyport.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogObject;
import org.sallyport.catalog.Function;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Type;
import org.sallyport.meaning.Meaning;
import org.sallyport.sql.ObjectName;

/** Checks a query of a restricted identity by what the server says that it means. */
final class MeaningCheck {

    private final Access access;
    private final Catalog catalog;
    private final String command;
    private final BiConsumer<Role, String> granting;
    private final Set<String> showing = new HashSet<>();
    private boolean partly;

    /**
     * @param command  the kind of the statement
     * @param granting is told which roles gave what
     */
    MeaningCheck(Access access, Catalog catalog, String command, BiConsumer<Role, String> granting) {
        this.access = access;
        this.catalog = catalog;
        this.command = command;
        this.granting = granting;
    }

    /** Whether some of a table's columns are all that was given: an error's or a notice's text may show the others. */
    boolean isPartly() {
        return partly;
    }

    /** The parameters that name settings, and must name some that it may see; see {@link ShownSettings}. */
    Set<String> showing() {
        return showing;
    }

    Optional<Ruling.Deny> refusal(Meaning meaning) {
        return relations(meaning).or(() -> calls(meaning)).or(() -> types(meaning));
    }

    private Optional<Ruling.Deny> relations(Meaning meaning) {
        for (Map.Entry<Integer, Meaning.Use> used : meaning.relations().entrySet()) {
            Optional<Relation> relation = catalog.relation(used.getKey());
            Optional<Ruling.Deny> refusal =
                    relation.isEmpty() ? Optional.of(Denials.unknownRelation()) : use(relation.get(), used.getValue());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<Ruling.Deny> use(Relation relation, Meaning.Use use) {
        Optional<Role> describer = access.describer();
        if (describer.isPresent() && CatalogProfile.describes(relation, use)) {
            granting.accept(describer.get(), "the catalog: " + relation.qualifiedName());
            return Optional.empty();
        }
        for (Map.Entry<Meaning.Kind, Set<Integer>> change : use.changes().entrySet()) {
            Optional<Ruling.Deny> refusal =
                    columns(Right.CHANGE, change.getKey().name(), relation, change.getValue());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        boolean reads = use.reads() || use.changes().isEmpty();
        return reads ? columns(Right.READ, command, relation, use.read()) : Optional.empty();
    }

    private Optional<Ruling.Deny> columns(Right right, String kind, Relation relation, Set<Integer> columns) {
        Optional<Role> wholly = access.grantor(right, kind, relation.schema(), relation.name());
        if (wholly.isPresent()) {
            granting.accept(wholly.get(), right.verb() + " on " + relation.qualifiedName());
            return Optional.empty();
        }
        List<Optional<String>> needed = new ArrayList<>();
        for (int attribute : new TreeSet<>(columns)) {
            Optional<String> name = relation.column(attribute).map(Relation.Column::name);
            if (name.isEmpty()) {
                // The whole row, a column of the system's, or one that is new.
                return Optional.of(Denials.relation(access, right, relation.name(), relation.qualifiedName()));
            }
            needed.add(name);
        }
        if (needed.isEmpty()) {
            needed.add(Optional.empty());
        }
        partly = true;
        for (Optional<String> column : needed) {
            Optional<Role> grantor = access.grantor(right, kind, relation, column);
            if (grantor.isEmpty()) {
                return Optional.of(denied(right, relation, column));
            }
            granting.accept(
                    grantor.get(),
                    right.verb() + " on " + relation.qualifiedName()
                            + column.map(name -> "(" + name + ")").orElse(""));
        }
        return Optional.empty();
    }

    /** Names the column only to whom some of the table is open. */
    private Ruling.Deny denied(Right right, Relation relation, Optional<String> column) {
        boolean some =
                access.grantor(right, command, relation, Optional.empty()).isPresent();
        String table = relation.qualifiedName();
        return some && column.isPresent()
                ? Denials.column(access, right, relation.name(), table, "column " + column.get())
                : Denials.relation(access, right, relation.name(), table);
    }

    private Optional<Ruling.Deny> calls(Meaning meaning) {
        boolean changes = meaning.relations().values().stream()
                .anyMatch(use -> !use.changes().isEmpty());
        for (int oid : meaning.functions()) {
            Optional<Function> function = catalog.function(oid);
            if (function.isPresent()
                    && (mayCall(function.get(), changes)
                            || RestrictedSettings.mayChange(
                                    function.get(), meaning.settings().changed()))) {
                continue;
            }
            if (function.isPresent()
                    && RestrictedSettings.mayShow(
                            function.get(), meaning.settings().shown())) {
                meaning.settings().shown().stream()
                        .filter(name -> name.startsWith(Meaning.Settings.PARAMETER))
                        .forEach(showing::add);
            } else {
                return Optional.of(Denials.function(function.map(found -> ObjectName.of(found.schema(), found.name()))
                        .orElseGet(() -> ObjectName.of(Integer.toUnsignedString(oid)))));
            }
        }
        return meaning.operators().stream()
                .filter(operator -> !CatalogObject.isBuiltIn(operator))
                .findFirst()
                .map(operator -> Denials.function(ObjectName.of("of operator " + Integer.toUnsignedString(operator))));
    }

    private boolean mayCall(Function function, boolean changes) {
        if (Reviewed.function(function, changes)
                || Reviewed.givesBack(function, command)
                || (access.describer().isPresent() && CatalogProfile.describes(function))) {
            return true;
        }
        Optional<Role> caller = access.grantor(Right.CALL, command, function.schema(), function.name());
        caller.ifPresent(role -> granting.accept(role, "call of " + function.schema() + "." + function.name()));
        return caller.isPresent();
    }

    private Optional<Ruling.Deny> types(Meaning meaning) {
        Set<Integer> ofColumns = meaning.relations().keySet().stream()
                .flatMap(oid -> catalog.relation(oid).stream())
                .flatMap(relation -> relation.columns().stream())
                .map(Relation.Column::typeOid)
                .collect(Collectors.toSet());
        return meaning.types().stream()
                .filter(type -> !(CatalogObject.isBuiltIn(type)
                        ? isHarmlessHere(type, meaning)
                        : isOfColumn(type, meaning, ofColumns)))
                .findFirst()
                .map(type -> Denials.type(catalog.type(type)
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

    /**
     * A user's type is harmless where it is an enum, or only that of a column, and nothing is cast to it: a domain checks by functions.
     */
    private boolean isOfColumn(int type, Meaning meaning, Set<Integer> ofColumns) {
        return catalog.type(type).filter(Type::enumeration).isPresent()
                || (ofColumns.contains(type) && !meaning.casts().contains(type));
    }
}
