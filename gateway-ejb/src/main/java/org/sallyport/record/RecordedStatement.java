package org.sallyport.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A statement as the record knows it.
 *
 * @param number      counts the session's attempts from 1
 * @param parameters  as text, or as hexadecimal digits after {@code \x}; null is SQL NULL
 * @param touched     what it reaches, as far as that was known when it was decided
 * @param verdict     {@code PERMIT} or {@code DENY}
 * @param held        what became of it meanwhile, where it was held
 * @param refusedWith the SQLSTATE of a denied one
 * @param outcome     absent for a denied statement, one that still runs, and one whose outcome is unknown
 */
public record RecordedStatement(
        UUID session,
        long number,
        String phase,
        String text,
        List<@Nullable String> parameters,
        List<String> kinds,
        StatementRecord.Touched touched,
        String verdict,
        String rule,
        String policyVersion,
        Optional<StatementRecord.Held> held,
        Optional<String> refusedWith,
        Instant asked,
        Instant decided,
        Optional<Outcome> outcome) {

    public RecordedStatement {
        parameters = Collections.unmodifiableList(parameters);
        kinds = List.copyOf(kinds);
    }

    /** What is known of how it ended. */
    public enum State {
        REFUSED,
        RUNNING,
        COMPLETED,
        FAILED,
        /** It was let run, and then its session ended: whether it took effect only the database could tell. */
        UNKNOWN
    }

    public Optional<UUID> approval() {
        return held.map(StatementRecord.Held::approval);
    }

    /** The same with so many characters of its text, and about as many of its parameters. */
    RecordedStatement abridged(int characters) {
        return new RecordedStatement(
                session,
                number,
                phase,
                Transcript.abridged(text, characters),
                Transcript.abridged(parameters, characters),
                kinds,
                touched,
                verdict,
                rule,
                policyVersion,
                held,
                refusedWith,
                asked,
                decided,
                outcome);
    }

    /** @param over whether its session has ended */
    public State state(boolean over) {
        if (refusedWith.isPresent()) {
            return State.REFUSED;
        }
        return outcome.map(known -> known.sqlState().isPresent() ? State.FAILED : State.COMPLETED)
                .orElse(over ? State.UNKNOWN : State.RUNNING);
    }

    /**
     * What became of it.
     *
     * @param found what detectors found in values, and how often
     */
    public record Outcome(
            String commandTag,
            Optional<String> sqlState,
            long rows,
            long bytes,
            Map<String, Long> found,
            Duration duration,
            Instant completed) {
        public Outcome {
            found = Map.copyOf(found);
        }

        static Outcome of(OutcomeRecord outcome) {
            return new Outcome(
                    outcome.commandTag(),
                    outcome.sqlState(),
                    outcome.rows(),
                    outcome.bytes(),
                    RecordFormat.found(outcome.found()),
                    outcome.duration(),
                    outcome.completed());
        }
    }

    static RecordedStatement of(StatementRecord statement, Optional<OutcomeRecord> outcome) {
        return new RecordedStatement(
                statement.key().session(),
                statement.key().number(),
                statement.phase(),
                statement.text(),
                statement.parameters(),
                statement.kinds(),
                statement.touched(),
                statement.verdict(),
                statement.rule(),
                statement.policyVersion(),
                statement.held(),
                statement.refusedWith(),
                statement.asked(),
                statement.decided(),
                outcome.map(Outcome::of));
    }
}
