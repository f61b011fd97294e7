package org.sallyport.inbound;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.masking.LabelledColumns;
import org.sallyport.meaning.Meaning;
import org.sallyport.policy.Label;
import org.sallyport.policy.ResolvedName;
import org.sallyport.record.StatementRecord;
import org.sallyport.record.Transcript;
import org.sallyport.sql.Statement;

/** Finds what a text reaches, for the record: whoever asks later who has touched a label means those too who may see it. Thread-safe. */
final class Reachings {
    private static final int CACHED = 16;

    private final List<Label> labels;
    private final Recent<Seen, LabelledColumns> kept = new Recent<>(CACHED);

    Reachings(List<Label> labels) {
        this.labels = List.copyOf(labels);
    }

    private record Seen(String connection, long catalog) {}

    /** @param named the relations that the text names, or that its CASCADE reaches */
    StatementRecord.Touched of(String connection, Brief brief, Collection<String> named) {
        Catalog catalog = brief.catalog();
        LabelledColumns labelled = kept.get(
                new Seen(connection, catalog.version()),
                () -> new LabelledColumns(labels, connection, catalog),
                made -> catalog.version() != Catalog.EMPTY.version());
        Set<String> relations = new TreeSet<>(named);
        Set<String> touched = new TreeSet<>();
        for (Statement statement : brief.script().statements()) {
            Optional<Meaning> meaning = brief.meant().of(statement);
            Map<Integer, Meaning.Use> used = meaning.map(Meaning::relations).orElse(Map.of());
            used.forEach((oid, use) -> {
                touched.addAll(labelled.of(oid, use.read()));
                use.changes().values().forEach(columns -> touched.addAll(labelled.of(oid, columns)));
                behind(oid, catalog, relations);
            });
            for (Relation relation : told(statement, catalog)) {
                if (meaning.isEmpty()) {
                    // Which of its columns, the text alone does not say.
                    touched.addAll(labelled.of(relation.oid(), Set.of(LabelledColumns.ROW)));
                }
                behind(relation.oid(), catalog, relations);
            }
        }
        return Transcript.of(List.copyOf(relations), List.copyOf(touched));
    }

    private static List<Relation> told(Statement statement, Catalog catalog) {
        return statement.reading().relations().stream()
                .flatMap(name -> ResolvedName.of(name, catalog).relation().stream())
                .toList();
    }

    private static void behind(int view, Catalog catalog, Set<String> relations) {
        catalog.relation(view).map(Relation::bases).orElse(Set.of()).stream()
                .flatMap(base -> catalog.relation(base).stream())
                .forEach(base -> relations.add(base.qualifiedName()));
    }
}
