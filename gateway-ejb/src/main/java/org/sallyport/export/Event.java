package org.sallyport.export;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A record of the store as others get it. It holds nothing that the record does not, and no parameters.
 *
 * @param journal   with {@code sequence} the same whenever it is sent again
 * @param statement of a statement and its outcome
 */
record Event(
        UUID journal,
        long sequence,
        Kind kind,
        Instant at,
        Session session,
        Optional<Statement> statement,
        Optional<Outcome> outcome,
        Optional<String> endReason) {

    /** Which record it is. */
    enum Kind {
        SESSION,
        STATEMENT,
        OUTCOME,
        SESSION_END
    }

    /** Whose it is; texts are empty where the session's own record is not in the store. */
    record Session(UUID id, String identity, List<String> groups, String connection, String clientAddress) {
        Session {
            groups = List.copyOf(groups);
        }
    }

    /** What was asked and decided. */
    record Statement(
            long number,
            String text,
            List<String> kinds,
            List<String> relations,
            List<String> labels,
            String rule,
            String policyVersion,
            Optional<String> approval,
            Optional<String> decidedBy,
            Optional<String> refusedWith) {
        /** Receivers drop, or cut, what is much longer; the record has the whole. */
        static final int LONGEST_TEXT = 8 * 1024;

        Statement {
            text = text.length() <= LONGEST_TEXT ? text : cut(text) + " […]";
            kinds = List.copyOf(kinds);
            relations = List.copyOf(relations);
            labels = List.copyOf(labels);
        }

        /** Not inside a character: who reads strictly would refuse the half. */
        private static String cut(String text) {
            return text.substring(0, LONGEST_TEXT - (Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? 1 : 0));
        }
    }

    /** What came of it. */
    record Outcome(String commandTag, Optional<String> sqlState, long rows, long bytes, long micros) {}

    String id() {
        return journal + "/" + sequence;
    }

    boolean isDenied() {
        return statement.flatMap(Statement::refusedWith).isPresent();
    }

    /** With which it was refused, or has failed. */
    Optional<String> sqlState() {
        return outcome.flatMap(Outcome::sqlState).or(() -> statement.flatMap(Statement::refusedWith));
    }
}
