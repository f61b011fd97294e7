package org.sallyport.masking;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogObject;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Type;
import org.sallyport.meaning.Flow.Call;
import org.sallyport.meaning.Flow.Source;
import org.sallyport.meaning.Flow.Use;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Meaning.Kind;

/** Checks by its meaning that a query shows masked columns and does nothing else with them. */
final class FlowCheck {
    /** {@code interval}, and arrays of it. */
    private static final Set<Integer> INTERVALS = Set.of(1186, 1187);

    private final Labelling labelling;
    private final Catalog catalog;
    private final Meaning meaning;

    FlowCheck(Labelling labelling, Catalog catalog, Meaning meaning) {
        this.labelling = labelling;
        this.catalog = catalog;
        this.meaning = meaning;
    }

    /** Whether masked values are among what it reads or changes. */
    boolean touches() {
        return relations().stream().anyMatch(labelling::touches);
    }

    /** What stands against the query, as a sentence. */
    Optional<String> objection() {
        return closed().or(this::uses)
                .or(this::functions)
                .or(this::unsent)
                .or(this::virtual)
                .or(this::changes);
    }

    /** How its result is shown. */
    ResultPlan plan() {
        return new ResultPlan(
                meaning.columns(),
                meaning.flow().outputs().stream().map(labelling::mask).toList(),
                writes());
    }

    private boolean writes() {
        return meaning.relations().entrySet().stream()
                .anyMatch(relation -> relation.getValue().changes().entrySet().stream()
                        .filter(change -> change.getKey() != Kind.DELETE
                                && ChangeCheck.isReal(
                                        change.getKey(),
                                        change.getValue(),
                                        meaning.changes().kinds()))
                        .flatMap(change -> change.getValue().stream())
                        .anyMatch(column -> labelling.masks(new Source(relation.getKey(), column))));
    }

    private List<Relation> relations() {
        return meaning.relations().keySet().stream()
                .flatMap(oid -> catalog.relation(oid).stream())
                .sorted(Comparator.comparing(Relation::qualifiedName))
                .toList();
    }

    private Optional<String> closed() {
        return relations().stream()
                .flatMap(relation -> labelling.closed(relation.oid()).stream())
                .findFirst();
    }

    private Optional<String> uses() {
        for (Map.Entry<Source, Set<Use>> used : meaning.flow().uses().entrySet()) {
            Optional<Use> forbidden = new TreeSet<>(used.getValue())
                    .stream()
                            .filter(use -> labelling.forbids(used.getKey(), Set.of(use)))
                            .findFirst();
            if (forbidden.isPresent()) {
                Use use = forbidden.get();
                return Optional.of(name(used.getKey()) + " is labelled and " + words(use) + ".");
            }
        }
        return Optional.empty();
    }

    private String name(Source source) {
        Optional<Relation> relation = catalog.relation(source.relation());
        String table = relation.map(Relation::qualifiedName).orElse("a table");
        return relation.flatMap(found -> found.column(source.attribute()))
                .map(column -> "column " + table + "." + column.name())
                .orElse("a whole row of " + table);
    }

    private static String words(Use use) {
        return switch (use) {
            case EQUALITY -> "compared in a condition";
            case PREDICATE -> "used in a condition";
            case JOIN -> "used to join";
            case ORDER -> "used to order rows";
            case GROUP -> "used to group rows";
            case DISTINCT -> "compared to leave out equal rows";
            case COUNT -> "counted";
            case AGGREGATE -> "aggregated";
            case WINDOW -> "used in a window's definition";
            case LIMIT -> "used to limit rows";
            case ROWS -> "an argument of what makes rows";
            case CONFLICT -> "used to find conflicts";
            case WRITE -> "written to a table";
            case UNKNOWN -> "used in an unknown way";
        };
    }

    /** Whether a function fails tells something about what it was given; to whom any condition may be put, that is no secret. */
    private Optional<String> functions() {
        for (Map.Entry<Source, Set<Call>> applied : meaning.flow().applied().entrySet()) {
            if (labelling.forbids(applied.getKey(), Set.of(Use.PREDICATE)) && !TotalFunctions.all(applied.getValue())) {
                return Optional.of(name(applied.getKey()) + " is labelled and " + fallible(applied.getValue())
                        + " is applied to it, which may fail, or take long, for some values.");
            }
        }
        return Optional.empty();
    }

    /** There are values that some servers fail to send: whether one of them was made of a labelled one would tell something of that. */
    private Optional<String> unsent() {
        if (!catalog.traits().utf8()) {
            return made("in a database whose encoding is not UTF8");
        }
        return catalog.traits().intervals() || !mayHoldInterval()
                ? Optional.empty()
                : made("beside intervals, or what may hold some, by a server before PostgreSQL 15");
    }

    private boolean mayHoldInterval() {
        return meaning.types().stream().anyMatch(type -> INTERVALS.contains(type) || isMadeOfOthers(type))
                || meaning.relations().values().stream()
                        .anyMatch(use -> use.read().contains(0));
    }

    /** Somebody's composite, range or domain. */
    private boolean isMadeOfOthers(int type) {
        return !CatalogObject.isBuiltIn(type)
                && catalog.type(type).filter(Type::enumeration).isEmpty();
    }

    private Optional<String> made(String where) {
        return meaning.flow().outputs().stream()
                .flatMap(output -> output.derived().stream())
                .filter(source -> labelling.forbids(source, Set.of(Use.PREDICATE)))
                .findFirst()
                .map(source -> name(source)
                        + " is labelled and something is made of it " + where
                        + ": sending that may fail for some values.");
    }

    /** Of such columns nobody here knows whether they can be computed. */
    private Optional<String> virtual() {
        Optional<Source> deciding =
                meaning.flow().deciding().stream().filter(labelling::masks).findFirst();
        return relations().stream()
                .filter(relation -> deciding.isPresent() && relation.structure().virtual())
                .map(relation -> name(deciding.orElseThrow()) + " is labelled and decides what is computed, and "
                        + relation.qualifiedName() + " has virtual columns, which may fail.")
                .findFirst();
    }

    private String fallible(Set<Call> calls) {
        return calls.stream()
                .filter(call -> !TotalFunctions.all(Set.of(call)))
                .flatMap(call -> catalog.function(call.function()).stream())
                .map(function -> "function " + function.name())
                .sorted()
                .findFirst()
                .orElse("something");
    }

    /** Whether masked values are in the rows that it changes in the end. */
    boolean reaches() {
        ChangeCheck check = changeCheck();
        return changes(check).isPresent() || check.reaches();
    }

    /** What stands against what it changes. */
    Optional<String> changes() {
        return changes(changeCheck());
    }

    private ChangeCheck changeCheck() {
        return new ChangeCheck(labelling, catalog, meaning.changes().kinds());
    }

    private Optional<String> changes(ChangeCheck check) {
        return relations().stream()
                .flatMap(relation -> Optional.ofNullable(meaning.relations().get(relation.oid()))
                        .flatMap(use -> check.objection(relation, use.changes()))
                        .stream())
                .findFirst();
    }
}
