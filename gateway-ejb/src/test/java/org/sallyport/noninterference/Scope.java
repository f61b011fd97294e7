package org.sallyport.noninterference;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What can be named where an expression stands, the nearest first. Immutable. */
record Scope(List<Source> sources) {

    static final Scope NOTHING = new Scope(List.of());

    Scope {
        sources = List.copyOf(sources);
    }

    /**
     * A table, a view or a query in FROM.
     *
     * @param isTable whether it has a row type of its own
     */
    record Source(String alias, boolean isTable, List<Column> columns) {
        Source {
            columns = List.copyOf(columns);
        }

        boolean isLabelled() {
            return columns.stream().anyMatch(Column::labelled);
        }
    }

    /**
     * @param labelled whether a value of it has to be hidden
     * @param uses     what was done with labelled values to make it
     */
    record Column(String name, Type type, boolean labelled, Set<Use> uses) {
        /** Of a table. */
        Column(String name, Type type, boolean labelled) {
            this(name, type, labelled, Set.of());
        }

        /** Of a query. */
        static Column of(String name, Tree value, Type type) {
            Set<Use> uses = value.allUses();
            return new Column(name, type, !uses.isEmpty(), uses);
        }
    }

    /** A column of one of the sources. */
    record Reference(Source source, Column column) {}

    Scope and(Scope farther) {
        List<Source> all = new ArrayList<>(sources);
        all.addAll(farther.sources);
        return new Scope(all);
    }

    List<Reference> columns() {
        return sources.stream()
                .flatMap(source -> source.columns().stream().map(column -> new Reference(source, column)))
                .toList();
    }

    List<Reference> columns(Type type) {
        return columns().stream()
                .filter(reference -> reference.column().type() == type)
                .toList();
    }
}
