package org.sallyport.policy;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogObject;
import org.sallyport.catalog.Dependencies;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Ties;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Meaning.Kind;
import org.sallyport.sql.QueryFacts;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Statement;

/**
 * All relations that a query goes to, by a snapshot: those that it names, and those behind them (what views show, partitions and heirs,
 * rules, policies, the two ends of foreign keys as far as rows cascade), with the indexes and sequences of all. Rather one too many.
 *
 * @param opaque whether it may go on to what nobody can know: by a function or a trigger of somebody's, to another server, or by
 *               what the snapshot does not have
 */
public record Extent(Set<Integer> relations, boolean opaque) {
    private static final List<Kind> CHANGES = List.of(Kind.INSERT, Kind.UPDATE, Kind.DELETE);

    public Extent {
        relations = Set.copyOf(relations);
    }

    /** Of a query that the server has told about. */
    public static Extent of(Meaning meaning, Catalog catalog) {
        Spread spread = new Spread(catalog);
        spread.opaque = calls(meaning, catalog);
        meaning.relations().forEach((oid, use) -> {
            spread.reads(oid);
            use.changes().keySet().forEach(kind -> spread.changes(oid, kind));
        });
        return spread.whole();
    }

    /** Of a statement, by what the server has told about the query in it, or by its text. */
    public static Extent of(Statement statement, Optional<Meaning> meaning, Catalog catalog) {
        if (meaning.isEmpty()) {
            return of(statement.reading(), statement.kinds(), catalog);
        }
        Extent told = of(meaning.get(), catalog);
        return statement.reading() instanceof Reading.Containing containing
                ? told.with(of(containing.outer(), statement.kinds(), catalog))
                : told;
    }

    private static Extent of(Reading reading, Collection<String> kinds, Catalog catalog) {
        List<Relation> named = reading.relations().stream()
                .flatMap(name -> ResolvedName.of(name, catalog).relation().stream())
                .toList();
        boolean opaque = reading.query()
                .filter(facts -> named.size() < facts.relations().size() || calls(facts, catalog))
                .isPresent();
        return of(named, kinds, catalog).with(new Extent(Set.of(), opaque));
    }

    private static boolean calls(QueryFacts facts, Catalog catalog) {
        return facts.functions().stream().anyMatch(function -> !Reviewed.function(function, false, catalog));
    }

    private Extent with(Extent other) {
        Set<Integer> both = new HashSet<>(relations);
        both.addAll(other.relations);
        return new Extent(both, opaque || other.opaque);
    }

    /**
     * Of a statement that names the relations.
     *
     * @param kinds its own and those inside it; of others than queries nobody says what they do to rows, so it may be anything
     */
    public static Extent of(Collection<Relation> named, Collection<String> kinds, Catalog catalog) {
        Spread spread = new Spread(catalog);
        List<Kind> changes = CHANGES.stream()
                .filter(change -> kinds.stream().anyMatch(kind -> mayBe(kind, change)))
                .toList();
        for (Relation relation : named) {
            spread.reads(relation.oid());
            changes.forEach(change -> spread.changes(relation.oid(), change));
        }
        return spread.whole();
    }

    private static boolean mayBe(String kind, Kind change) {
        return switch (kind) {
            case "SELECT", "EXPLAIN", "DECLARE", "COPY TO" -> false;
            case "INSERT", "UPDATE", "DELETE" -> kind.equals(change.name());
            default -> true;
        };
    }

    private static boolean calls(Meaning meaning, Catalog catalog) {
        Set<Integer> types = catalog.dependencies().ties().types();
        return meaning.functions().stream().anyMatch(oid -> !Unreaching.function(oid, catalog))
                || meaning.operators().stream().anyMatch(oid -> !CatalogObject.isBuiltIn(oid))
                || meaning.casts().stream().anyMatch(types::contains)
                || meaning.inputs().stream().anyMatch(types::contains);
    }

    /** A relation that is read, or changed in a way. */
    private record Step(int oid, Optional<Kind> change) {}

    private static final class Spread {
        private final Catalog catalog;
        private final Dependencies dependencies;
        private final Ties ties;
        private final Set<Step> taken = new HashSet<>();
        private final Deque<Step> open = new ArrayDeque<>();
        private final Set<Integer> reached = new HashSet<>();
        private boolean opaque;

        Spread(Catalog catalog) {
            this.catalog = catalog;
            this.dependencies = catalog.dependencies();
            this.ties = dependencies.ties();
        }

        Extent whole() {
            while (!open.isEmpty()) {
                take(open.remove());
            }
            Set<Integer> all = new HashSet<>(reached);
            all.addAll(dependencies.own(reached));
            return new Extent(all, opaque);
        }

        void reads(int oid) {
            go(new Step(oid, Optional.empty()));
        }

        void changes(int oid, Kind change) {
            go(new Step(oid, Optional.of(change)));
        }

        private void go(Step step) {
            if (taken.add(step)) {
                open.add(step);
            }
        }

        private void take(Step step) {
            Optional<Relation> relation = catalog.relation(step.oid());
            opaque |= relation.isEmpty();
            relation.ifPresent(
                    found -> step.change().ifPresentOrElse(change -> changed(found, change), () -> read(found)));
        }

        private void read(Relation relation) {
            reached.add(relation.oid());
            // Whose part it is the server looks up; its other parts it leaves alone.
            reached.addAll(relation.kin());
            dependencies.descendants(Set.of(relation.oid())).forEach(this::reads);
            ties.policies().getOrDefault(relation.oid(), Set.of()).forEach(this::reads);
            if (relation.kind() == Relation.Kind.VIEW) {
                bases(relation).forEach(this::reads);
            }
            opaque |= relation.kind() == Relation.Kind.FOREIGN_TABLE
                    || Unreaching.leadsOn(relation)
                    || calls(ties.reading(), relation);
        }

        private void changed(Relation relation, Kind change) {
            int oid = relation.oid();
            reads(oid);
            dependencies.descendants(Set.of(oid)).forEach(heir -> changes(heir, change));
            defaults(relation);
            keys(oid, change);
            // Through a view its tables are changed alike; what other rules do is in their texts.
            List<Kind> behind = ties.ruled().contains(oid) ? CHANGES : List.of(change);
            bases(relation).forEach(base -> behind.forEach(kind -> changes(base, kind)));
            opaque |= ties.triggered().contains(oid)
                    || calls(ties.changing(), relation)
                    || relation.columns().stream()
                            .anyMatch(column -> ties.types().contains(column.typeOid()));
        }

        private void defaults(Relation relation) {
            Stream.concat(Stream.of(relation.oid()), relation.columns().stream().map(Relation.Column::typeOid))
                    .forEach(owner ->
                            ties.defaults().getOrDefault(owner, Set.of()).forEach(this::reads));
        }

        private boolean calls(Map<Integer, Set<Integer>> functions, Relation relation) {
            return functions.getOrDefault(relation.oid(), Set.of()).stream()
                    .anyMatch(function -> !Unreaching.storedFunction(function, catalog));
        }

        private Set<Integer> bases(Relation relation) {
            opaque |= relation.bases().contains(Relation.OPAQUE);
            Set<Integer> bases = new HashSet<>(relation.bases());
            bases.remove(Relation.OPAQUE);
            return bases;
        }

        private void keys(int oid, Kind change) {
            for (Ties.ForeignKey key : ties.keys()) {
                if (key.from() == oid && change != Kind.DELETE) {
                    reads(key.to());
                }
                if (key.to() == oid && change != Kind.INSERT) {
                    reads(key.from());
                    if (change == Kind.DELETE ? key.deletes() : key.updates()) {
                        // Whether it deletes rows or sets columns is not told apart.
                        changes(key.from(), change);
                        changes(key.from(), Kind.UPDATE);
                    }
                }
            }
        }
    }
}
