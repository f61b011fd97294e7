package org.sallyport.proxy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Displaced;
import org.sallyport.contract.Parameter;

/**
 * The session's prepared statements and portals, as the server has them once it has answered everything sent so far.
 *
 * <p>Every change counts from when its message is sent. Changes of messages that the server skips after an error are taken
 * back, each by itself: messages of a later span may have changed the same name again by then, and those the server obeys.
 *
 * <p>What it keeps is limited: whoever prepares more and more fills this process, which is others' as well.
 */
final class Book {
    /**
     * A prepared statement.
     *
     * @param attempt the one to prepare it
     */
    record Statement(String sql, List<Integer> parameterTypes, long attempt) {
        long bytes() {
            return OBJECT_BYTES + 2L * sql.length() + 8L * parameterTypes.size();
        }

        int parameterType(int index) {
            return index < parameterTypes.size() ? parameterTypes.get(index) : 0;
        }
    }

    /** A bound statement; {@code run} is there once it was executed and suspended. */
    static final class Portal {
        private final String sql;
        private final List<Parameter> parameters;
        private final int span;
        private final Judging.Since since;
        private @Nullable Run run;
        private boolean abandoned;

        Portal(String sql, List<Parameter> parameters, int span, Judging.Since since) {
            this.sql = sql;
            this.parameters = List.copyOf(parameters);
            this.span = span;
            this.since = since;
        }

        /** The text is its statement's, as a rule. */
        long bytes() {
            long bytes = OBJECT_BYTES;
            for (Parameter parameter : parameters) {
                byte[] value = parameter.value();
                bytes += OBJECT_BYTES + (value == null ? 0 : value.length);
            }
            return bytes;
        }

        Judging.Since since() {
            return since;
        }

        String sql() {
            return sql;
        }

        List<Parameter> parameters() {
            return parameters;
        }

        @Nullable
        Run run() {
            return run;
        }

        void run(Run run) {
            if (!abandoned) {
                this.run = run;
            }
        }

        /** Nobody executes it any more; returns what it was executed as last. */
        @Nullable
        Run abandon() {
            Run last = run;
            run = null;
            abandoned = true;
            return last;
        }
    }

    /** A change of a name that was sent to the server and not answered yet. */
    interface Change {
        /** The server has made it, so what was before it does not count any more. */
        void made();

        /** The server has skipped it, so what was before it counts, unless a later message has changed the name again. */
        void takeBack();
    }

    /** What a name stands for after one message of a span; {@code thing} is null where that closed it. */
    private final class Version<T> implements Change {
        private final Map<String, Version<T>> names;
        private final String name;
        private final @Nullable T thing;
        private final long bytes;
        private final int span;
        private final CompletableFuture<Void> answered = new CompletableFuture<>();
        private @Nullable Version<T> before;
        private boolean takenBack;
        private boolean kept = true;

        Version(Map<String, Version<T>> names, String name, @Nullable T thing, long bytes, int span) {
            this.names = names;
            this.name = name;
            this.thing = thing;
            this.bytes = OBJECT_BYTES + 2L * name.length() + bytes;
            Book.this.bytes += this.bytes;
            this.span = span;
            this.before = names.put(name, this);
        }

        /** It and what was before it are not kept any more. */
        void drop() {
            for (Version<T> version = this; version != null; version = version.before) {
                if (version.kept) {
                    version.kept = false;
                    Book.this.bytes -= version.bytes;
                    Run last = version.thing instanceof Portal portal ? portal.abandon() : null;
                    if (last != null) {
                        abandoned.accept(last);
                    }
                }
            }
        }

        void dropBefore() {
            if (before != null) {
                before.drop();
                before = null;
            }
        }

        @Override
        public void made() {
            dropBefore();
            if (thing == null && names.remove(name, this)) {
                drop();
            }
            answered.complete(null);
        }

        @Override
        public void takeBack() {
            takenBack = true;
            Version<T> latest = names.get(name);
            while (latest != null && latest.takenBack) {
                Version<T> earlier = latest.before;
                latest.before = null;
                latest.drop();
                latest = earlier;
            }
            if (latest == null) {
                names.remove(name);
            } else {
                names.put(name, latest);
            }
            answered.complete(null);
        }
    }

    /** About what an object takes beside its content. */
    private static final int OBJECT_BYTES = 100;

    private final Map<String, Version<Statement>> statements = new HashMap<>();
    private final Map<String, Version<Portal>> portals = new HashMap<>();
    private final long limit;
    private final Consumer<Run> abandoned;

    private long bytes;

    /** Of the newest change: of what it changed nothing is kept for that. */
    private CompletableFuture<Void> newest = CompletableFuture.completedFuture(null);

    private int span;

    /**
     * @param limit     bytes, about; what is more than that makes it full
     * @param abandoned told of each run that its portal's end leaves behind
     */
    Book(long limit, Consumer<Run> abandoned) {
        this.limit = limit;
        this.abandoned = abandoned;
    }

    /** The present span of messages: each Sync and each Query ends one. */
    int span() {
        return span;
    }

    /** Ends the present span and returns it. */
    int endSpan() {
        return span++;
    }

    Change prepare(String name, Statement statement) {
        return change(statements, name, statement, statement.bytes());
    }

    Change bind(String name, Portal portal) {
        return change(portals, name, portal, portal.bytes());
    }

    Change closeStatement(String name) {
        return change(statements, name, null, 0);
    }

    Change closePortal(String name) {
        return change(portals, name, null, 0);
    }

    private <T> Change change(Map<String, Version<T>> names, String name, @Nullable T thing, long size) {
        Version<T> version = new Version<>(names, name, thing, size, span);
        newest = version.answered;
        return version;
    }

    /** About what it keeps. */
    long bytes() {
        return bytes;
    }

    /** Whether nothing more is to be prepared or bound before something is closed. */
    boolean isFull() {
        return bytes > limit;
    }

    /** Completes when the server has answered everything that was sent; null where it has. What others took the place of is then not kept. */
    @Nullable
    CompletableFuture<Void> unanswered() {
        return newest.isDone() ? null : newest;
    }

    /**
     * Completes when the server has answered what an earlier span did with a statement's name; null where it has. Before that nobody knows
     * what the name stands for to a message of this span; had a message of this one failed, the server would skip that.
     */
    @Nullable
    CompletableFuture<Void> unanswered(String statement) {
        return unanswered(statements, statement);
    }

    /** The same of a portal's name. */
    @Nullable
    CompletableFuture<Void> unansweredPortal(String portal) {
        return unanswered(portals, portal);
    }

    private <T> @Nullable CompletableFuture<Void> unanswered(Map<String, Version<T>> names, String name) {
        Version<T> version = names.get(name);
        if (version == null || version.span == span || version.answered.isDone()) {
            return null;
        }
        return version.answered;
    }

    /** Names that SQL may give to something else, at once: what has them then was not made by the protocol. */
    void displace(Displaced displaced) {
        if (displaced.equals(Displaced.NONE)) {
            return;
        }
        portals.values().removeIf(portal -> isDisplaced(portal, displaced.portals()));
        // What has no name no SQL can name.
        statements
                .values()
                .removeIf(statement -> !statement.name.isEmpty() && isDisplaced(statement, displaced.statements()));
    }

    private static boolean isDisplaced(Book.Version<?> version, Displaced.Names names) {
        boolean displaced = isAmong(version.name, names);
        if (displaced) {
            version.drop();
        }
        return displaced;
    }

    private static boolean isAmong(String name, Displaced.Names names) {
        return names.all() || names.name().filter(name::equals).isPresent();
    }

    /** Null where the name was not made by the protocol: by SQL's PREPARE, or not at all. */
    @Nullable
    Statement statement(String name) {
        return latest(statements, name);
    }

    /** Null where the name was not made by the protocol: by SQL's DECLARE, or not at all. */
    @Nullable
    Portal portal(String name) {
        return latest(portals, name);
    }

    /** No portal outlives its transaction, which ended with {@code ended}; later spans may already have begun. */
    void transactionOver(int ended) {
        portals.values().removeIf(newest -> isOver(newest, ended));
    }

    /** Forgets what is over among the versions of a name; says whether that was all. */
    private static boolean isOver(Version<Portal> newest, int ended) {
        Version<Portal> oldest = null;
        for (Version<Portal> version = newest; version != null; version = version.before) {
            boolean over = version.thing != null && version.thing.span <= ended;
            if (over) {
                break;
            }
            oldest = version;
        }
        if (oldest == null) {
            newest.drop();
            return true;
        }
        oldest.dropBefore();
        return false;
    }

    private static <T> @Nullable T latest(Map<String, Version<T>> names, String name) {
        Version<T> version = names.get(name);
        return version == null ? null : version.thing;
    }
}
