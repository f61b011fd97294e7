package org.sallyport.contract;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a permitted statement.
 *
 * @param statement  the {@link StatementAttempt#id()}
 * @param commandTag CommandComplete's tag; with several statements in one Query their tags, joined by {@code "; "}, the
 *                   first where they are very many; empty where none completed
 * @param sqlState   the error's SQLSTATE; absent where it succeeded
 * @param rows       rows sent to the client, or taken from it by COPY
 * @param bytes      bytes of those rows' messages
 * @param found      what detectors found in values, and how often, by {@link Sought#label()}
 * @param duration   from the statement's release to the server until its completion
 */
public record StatementOutcome(
        long statement,
        String commandTag,
        Optional<String> sqlState,
        long rows,
        long bytes,
        Map<String, Long> found,
        Duration duration) {

    public StatementOutcome {
        found = Map.copyOf(found);
    }

    /** Of one in whose results nothing was found. */
    public StatementOutcome(
            long statement, String commandTag, Optional<String> sqlState, long rows, long bytes, Duration duration) {
        this(statement, commandTag, sqlState, rows, bytes, Map.of(), duration);
    }
}
