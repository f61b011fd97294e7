package org.sallyport.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sallyport.record.RecordedStatement;
import org.sallyport.record.StatementRecord;

/**
 * A statement with its verdict and its outcome, as the API shows it.
 *
 * @param state refused, running, completed, failed or unknown
 */
@JsonbPropertyOrder({
    "session",
    "number",
    "phase",
    "text",
    "parameters",
    "kinds",
    "relations",
    "labels",
    "verdict",
    "rule",
    "policyVersion",
    "approval",
    "decidedBy",
    "decisionReason",
    "refusedWith",
    "asked",
    "decided",
    "state",
    "outcome"
})
public record StatementView(
        UUID session,
        long number,
        String phase,
        String text,
        List<@Nullable String> parameters,
        List<String> kinds,
        List<String> relations,
        List<String> labels,
        String verdict,
        String rule,
        String policyVersion,
        Optional<UUID> approval,
        Optional<String> decidedBy,
        Optional<String> decisionReason,
        Optional<String> refusedWith,
        Instant asked,
        Instant decided,
        String state,
        Optional<OutcomeView> outcome) {

    /** What became of it. */
    @JsonbPropertyOrder({"commandTag", "sqlState", "rows", "bytes", "found", "micros", "completed"})
    public record OutcomeView(
            String commandTag,
            Optional<String> sqlState,
            long rows,
            long bytes,
            Map<String, Long> found,
            long micros,
            Instant completed) {

        static OutcomeView of(RecordedStatement.Outcome outcome) {
            return new OutcomeView(
                    outcome.commandTag(),
                    outcome.sqlState(),
                    outcome.rows(),
                    outcome.bytes(),
                    outcome.found(),
                    outcome.duration().toNanos() / 1000,
                    outcome.completed());
        }
    }

    /** @param over whether its session has ended */
    static StatementView of(RecordedStatement statement, boolean over) {
        return new StatementView(
                statement.session(),
                statement.number(),
                statement.phase(),
                statement.text(),
                statement.parameters(),
                statement.kinds(),
                statement.touched().relations(),
                statement.touched().labels(),
                statement.verdict(),
                statement.rule(),
                statement.policyVersion(),
                statement.approval(),
                statement.held().flatMap(StatementRecord.Held::decidedBy),
                statement.held().flatMap(StatementRecord.Held::reason),
                statement.refusedWith(),
                statement.asked(),
                statement.decided(),
                statement.state(over).name().toLowerCase(Locale.ROOT),
                statement.outcome().map(OutcomeView::of));
    }
}
