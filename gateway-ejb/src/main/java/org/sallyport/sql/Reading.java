package org.sallyport.sql;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sallyport.contract.CopyFormat;

/** What one statement does, as far as its text tells. */
public sealed interface Reading {

    /** The relations it names, in whatever way. */
    default Set<ObjectName> relations() {
        return Set.of();
    }

    /** What is known of the query that it is, or that stands in it. */
    default Optional<QueryFacts> query() {
        return Optional.empty();
    }

    /**
     * SELECT, VALUES, INSERT, UPDATE, DELETE or MERGE.
     *
     * @param plain its shape, if it is a SELECT that projects columns as they are
     * @param notPlain else what stands against it
     */
    record Query(QueryFacts facts, Optional<PlainSelect> plain, String notPlain) implements Reading {
        @Override
        public Set<ObjectName> relations() {
            return facts.relations();
        }

        @Override
        public Optional<QueryFacts> query() {
            return Optional.of(facts);
        }
    }

    /**
     * A statement with a query in it: EXPLAIN, DECLARE, COPY of a query, a view, a table made of a query.
     *
     * @param outer what it does besides running the query
     * @param inner a {@link Query}, or {@link Unreadable}
     */
    record Containing(Reading outer, Reading inner) implements Reading {
        @Override
        public Set<ObjectName> relations() {
            Set<ObjectName> all = new HashSet<>(outer.relations());
            all.addAll(inner.relations());
            return all;
        }

        @Override
        public Optional<QueryFacts> query() {
            return inner.query();
        }
    }

    /**
     * DECLARE, besides its query.
     *
     * @param hold whether the cursor outlives its transaction
     */
    record Declaration(String cursor, boolean hold) implements Reading {}

    /**
     * PREPARE, besides its query.
     *
     * @param types as it calls those of its first parameters, in order
     */
    record Preparation(String name, List<String> types) implements Reading {
        public Preparation {
            types = List.copyOf(types);
        }
    }

    /**
     * EXECUTE, besides the query that it runs.
     *
     * @param texts whether its arguments are texts or NULL, so that their types' input functions make values of them, and no cast does
     */
    record Execution(boolean texts) implements Reading {}

    /** DEALLOCATE: of all where no one is named, or that is not known exactly. */
    record Deallocation(Optional<String> name) implements Reading {}

    /** FETCH or MOVE: of a cursor that SQL declared, or of a portal of the protocol. */
    record Fetch(String cursor) implements Reading {}

    /** CLOSE of one of those; of all where none is named. */
    record Close(Optional<String> cursor) implements Reading {}

    /** Transaction control. */
    record Transaction() implements Reading {}

    /**
     * Nothing of interest to anyone, such as an empty statement; or what gives the session back what it began with. What that takes from
     * it (names, cursors, temporary tables) its kinds tell.
     */
    record Harmless() implements Reading {}

    /**
     * SET, SHOW or RESET of one setting.
     *
     * @param name   of the setting, as the manual spells it
     * @param local  whether it is SET LOCAL
     * @param values what SET sets it to; none for DEFAULT, SHOW and RESET, and where it is more than names, texts and numbers with commas
     *               between them
     */
    record Setting(Verb verb, String name, boolean local, List<String> values) implements Reading {
        /** The server cuts longer ones, and then means another schema. */
        private static final int LONGEST_NAME = 63;

        public Setting {
            values = List.copyOf(values);
        }

        /** What SET sets it to, where that is one value. */
        public Optional<String> value() {
            return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
        }

        /** Whether it gives the session a search path of schemas that it names, or its first one again. */
        public boolean namesPath() {
            boolean named = !values.isEmpty()
                    && values.stream()
                            .noneMatch(schema -> schema.startsWith("pg_temp")
                                    || schema.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME);
            return name.equals("search_path") && (verb == Verb.RESET || (verb == Verb.SET && named));
        }
    }

    /** What is done to a setting. */
    enum Verb {
        SET,
        SHOW,
        RESET
    }

    /** {@code COPY table FROM STDIN}. */
    record CopyIn(ObjectName table) implements Reading {
        @Override
        public Set<ObjectName> relations() {
            return Set.of(table);
        }
    }

    /**
     * {@code COPY table TO STDOUT}.
     *
     * @param columns in their order; none for all
     * @param format  of the data; empty where that is not known exactly
     */
    record CopyOut(ObjectName table, List<String> columns, Optional<CopyFormat> format) implements Reading {
        public CopyOut {
            columns = List.copyOf(columns);
        }

        @Override
        public Set<ObjectName> relations() {
            return Set.of(table);
        }
    }

    /**
     * {@code COPY (query) TO STDOUT}, besides the query.
     *
     * @param format of the data; empty where that is not known exactly
     */
    record CopyOfQuery(Optional<CopyFormat> format) implements Reading {}

    /**
     * {@code TRUNCATE}.
     *
     * @param cascades to the tables whose foreign keys refer to these
     */
    record Truncation(Set<ObjectName> tables, boolean cascades) implements Reading {
        public Truncation {
            tables = Set.copyOf(tables);
        }

        @Override
        public Set<ObjectName> relations() {
            return tables;
        }
    }

    /**
     * {@code LOCK TABLE}.
     *
     * @param shared whether the lock is one that every SELECT takes
     */
    record Lock(Set<ObjectName> tables, boolean shared) implements Reading {
        public Lock {
            tables = Set.copyOf(tables);
        }

        @Override
        public Set<ObjectName> relations() {
            return tables;
        }
    }

    /** Something other than a relation that can be defined: {@code name} of a schema has no schema. */
    record Thing(Sort sort, ObjectName name) {}

    /** What a {@link Thing} is. */
    enum Sort {
        SCHEMA,
        TYPE,
        FUNCTION
    }

    /**
     * CREATE, ALTER or DROP, and what else needs the same right.
     *
     * @param defines   relations created, altered or dropped
     * @param reads     further relations that it refers to
     * @param functions called in defaults, checks and index expressions
     * @param things    created, altered or dropped
     * @param cascades  whether it also drops all that depends on them
     */
    record Definition(
            Set<ObjectName> defines,
            Set<ObjectName> reads,
            Set<ObjectName> functions,
            Set<Thing> things,
            boolean cascades)
            implements Reading {
        public Definition {
            defines = Set.copyOf(defines);
            reads = Set.copyOf(reads);
            functions = Set.copyOf(functions);
            things = Set.copyOf(things);
        }

        /** Of relations. */
        public Definition(Set<ObjectName> defines, Set<ObjectName> reads, Set<ObjectName> functions) {
            this(defines, reads, functions, Set.of(), false);
        }

        static Definition of(ObjectName... relations) {
            return new Definition(new HashSet<>(List.of(relations)), Set.of(), Set.of());
        }

        static Definition of(Sort sort, ObjectName... names) {
            return of(sort, new HashSet<>(List.of(names)));
        }

        static Definition of(Sort sort, Set<ObjectName> names) {
            Set<Thing> things =
                    names.stream().map(name -> new Thing(sort, name)).collect(Collectors.toSet());
            return new Definition(Set.of(), Set.of(), Set.of(), things, false);
        }

        Definition cascading(boolean whether) {
            return new Definition(defines, reads, functions, things, whether);
        }

        @Override
        public Set<ObjectName> relations() {
            Set<ObjectName> all = new HashSet<>(defines);
            all.addAll(reads);
            return all;
        }
    }

    /** Not understood, or not meant to be; {@code reason} holds no literal of the text. */
    record Unreadable(String reason) implements Reading {}
}
