package org.sallyport.inbound;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.inbound.Explanation.Call;
import org.sallyport.inbound.Explanation.Facts;
import org.sallyport.inbound.Explanation.Use;
import org.sallyport.meaning.Meaning;
import org.sallyport.policy.Extent;
import org.sallyport.policy.ResolvedName;
import org.sallyport.sql.QueryFacts;
import org.sallyport.sql.Reading;
import org.sallyport.sql.SqlReader;
import org.sallyport.sql.Statement;

/** Puts what is known of a text's statements into words. */
final class FactFinder {
    private static final List<String> WHOLE = List.of("*");

    private FactFinder() {}

    static List<Facts> facts(Judge.Text text, Meant meant, Catalog catalog) {
        return meant.told(SqlReader.read(text.sql(), text.parameterTypes())).statements().stream()
                .map(statement -> facts(statement, meant.of(statement), catalog))
                .toList();
    }

    private static Facts facts(Statement statement, Optional<Meaning> meaning, Catalog catalog) {
        Optional<String> unread = unread(statement.reading());
        String source = meaning.isPresent() ? "server" : unread.isEmpty() ? "text" : "nobody";
        List<Use> uses = new ArrayList<>(
                meaning.map(told -> uses(told, catalog)).orElseGet(() -> uses(statement.reading(), catalog)));
        List<Call> functions =
                meaning.map(told -> functions(told, catalog)).orElseGet(() -> functions(statement.reading()));
        Extent extent = Extent.of(statement, meaning, catalog);
        return new Facts(
                statement.kinds(),
                source,
                unread,
                uses,
                reaches(extent, uses, catalog),
                extent.opaque() || source.equals("nobody"),
                functions,
                statement.unbounded());
    }

    /** Indexes go with their tables. */
    private static List<String> reaches(Extent extent, List<Use> uses, Catalog catalog) {
        Set<String> used = uses.stream().map(Use::relation).collect(Collectors.toSet());
        return extent.relations().stream()
                .flatMap(oid -> catalog.relation(oid).stream())
                .filter(relation -> relation.kind() != Relation.Kind.INDEX)
                .map(Relation::qualifiedName)
                .filter(name -> !used.contains(name))
                .sorted()
                .toList();
    }

    private static Optional<String> unread(Reading reading) {
        if (reading instanceof Reading.Containing containing) {
            return unread(containing.inner());
        }
        return reading instanceof Reading.Unreadable unreadable ? Optional.of(unreadable.reason()) : Optional.empty();
    }

    private static List<Use> uses(Meaning meaning, Catalog catalog) {
        List<Use> uses = new ArrayList<>();
        new TreeMap<>(meaning.relations()).forEach((oid, use) -> {
            Optional<Relation> relation = catalog.relation(oid);
            Map<String, List<String>> changes = new TreeMap<>();
            use.changes().forEach((kind, columns) -> changes.put(kind.name(), columns(columns, relation)));
            uses.add(new Use(
                    relation.map(Relation::qualifiedName).orElse("OID " + Integer.toUnsignedString(oid)),
                    use.reads(),
                    columns(use.read(), relation),
                    changes));
        });
        return uses;
    }

    private static List<String> columns(Set<Integer> attributes, Optional<Relation> relation) {
        if (attributes.contains(0)) {
            return WHOLE;
        }
        return attributes.stream()
                .sorted()
                .map(attribute -> relation.flatMap(found -> found.column(attribute))
                        .map(Relation.Column::name)
                        .orElse("column " + attribute))
                .toList();
    }

    private static List<Use> uses(Reading reading, Catalog catalog) {
        Set<?> changed = reading.query().map(QueryFacts::changes).orElse(Set.of());
        return reading.relations().stream()
                .map(name -> new Use(
                        ResolvedName.of(name, catalog).shown(),
                        !changed.contains(name),
                        List.of(),
                        changed.contains(name) ? Map.of("CHANGE", WHOLE) : Map.of()))
                .sorted((one, other) -> one.relation().compareTo(other.relation()))
                .toList();
    }

    private static List<Call> functions(Meaning meaning, Catalog catalog) {
        return meaning.functions().stream()
                .flatMap(oid -> catalog.function(oid).stream())
                .map(Call::of)
                .distinct()
                .sorted(Comparator.comparing(Call::function))
                .toList();
    }

    private static List<Call> functions(Reading reading) {
        return reading.query().map(QueryFacts::functions).orElse(Set.of()).stream()
                .map(name -> Call.named(name.toString()))
                .sorted(Comparator.comparing(Call::function))
                .toList();
    }
}
