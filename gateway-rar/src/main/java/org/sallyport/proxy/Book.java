package org.sallyport.proxy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Parameter;

/**
 * The session's prepared statements and portals, as the server has them once it has answered everything sent so far.
 *
 * <p>Every change is made when its message is sent and returns what takes it back; the changes of messages that the server
 * skips after an error are taken back in reverse order.
 */
final class Book {
    /** A prepared statement. */
    record Statement(String sql, List<Integer> parameterTypes) {
        int parameterType(int index) {
            return index < parameterTypes.size() ? parameterTypes.get(index) : 0;
        }
    }

    /** A bound statement; {@code run} is there once it was executed and suspended. */
    static final class Portal {
        private final String sql;
        private final List<Parameter> parameters;
        private final int span;
        private @Nullable Run run;

        Portal(String sql, List<Parameter> parameters, int span) {
            this.sql = sql;
            this.parameters = List.copyOf(parameters);
            this.span = span;
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

        void run(@Nullable Run run) {
            this.run = run;
        }
    }

    private final Map<String, Statement> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();
    private int span;

    /** The present span of messages: each Sync and each Query ends one. */
    int span() {
        return span;
    }

    /** Ends the present span and returns it. */
    int endSpan() {
        return span++;
    }

    Runnable prepare(String name, Statement statement) {
        return put(statements, name, statement);
    }

    Runnable bind(String name, Portal portal) {
        return put(portals, name, portal);
    }

    Runnable closeStatement(String name) {
        return put(statements, name, null);
    }

    Runnable closePortal(String name) {
        return put(portals, name, null);
    }

    /** Null where the name was not made by the protocol: by SQL's PREPARE, or not at all. */
    @Nullable
    Statement statement(String name) {
        return statements.get(name);
    }

    /** Null where the name was not made by the protocol: by SQL's DECLARE, or not at all. */
    @Nullable
    Portal portal(String name) {
        return portals.get(name);
    }

    /** No portal outlives its transaction, which ended with {@code ended}; later spans may already have begun. */
    void transactionOver(int ended) {
        portals.values().removeIf(portal -> portal.span <= ended);
    }

    private static <T> Runnable put(Map<String, T> names, String name, @Nullable T thing) {
        T before = thing == null ? names.remove(name) : names.put(name, thing);
        return () -> {
            if (before == null) {
                names.remove(name);
            } else {
                names.put(name, before);
            }
        };
    }
}
