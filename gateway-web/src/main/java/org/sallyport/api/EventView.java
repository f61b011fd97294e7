package org.sallyport.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sallyport.record.RecordedApproval;
import org.sallyport.record.RecordedSession;
import org.sallyport.record.RecordedStatement;
import org.sallyport.record.SessionEvent;

/**
 * Something that happened in a session, as the API shows it.
 *
 * @param event  started, asked, held, closed (somebody has decided, or nobody in time), decided, completed or ended
 * @param number of the statement that it happened to
 */
@JsonbPropertyOrder({"at", "event", "number", "asked", "approval", "decided", "outcome", "endReason"})
public record EventView(
        Instant at,
        String event,
        Optional<Long> number,
        Optional<Asked> asked,
        Optional<Approval> approval,
        Optional<Decided> decided,
        Optional<StatementView.OutcomeView> outcome,
        Optional<String> endReason) {

    /** What a client asked. */
    @JsonbPropertyOrder({"phase", "text", "parameters"})
    public record Asked(String phase, String text, List<@Nullable String> parameters) {}

    /** What a person was asked, and said. */
    @JsonbPropertyOrder({"id", "guardrail", "reason", "approverGroups", "state", "decidedBy", "decisionReason"})
    public record Approval(
            UUID id,
            String guardrail,
            String reason,
            List<String> approverGroups,
            Optional<String> state,
            Optional<String> decidedBy,
            Optional<String> decisionReason) {}

    /** What came of it. */
    @JsonbPropertyOrder({"verdict", "rule", "policyVersion", "kinds", "relations", "labels", "refusedWith"})
    public record Decided(
            String verdict,
            String rule,
            String policyVersion,
            List<String> kinds,
            List<String> relations,
            List<String> labels,
            Optional<String> refusedWith) {}

    static EventView of(SessionEvent event, RecordedSession session) {
        SessionEvent.Kind kind = event.kind();
        return new EventView(
                event.position().at(),
                kind.name().toLowerCase(Locale.ROOT),
                event.statement().map(RecordedStatement::number),
                event.statement().filter(s -> kind == SessionEvent.Kind.ASKED).map(EventView::asked),
                event.approval().map(approval -> approval(approval, kind == SessionEvent.Kind.CLOSED)),
                event.statement().filter(s -> kind == SessionEvent.Kind.DECIDED).map(EventView::decided),
                event.statement()
                        .filter(s -> kind == SessionEvent.Kind.COMPLETED)
                        .flatMap(RecordedStatement::outcome)
                        .map(StatementView.OutcomeView::of),
                session.end().filter(end -> kind == SessionEvent.Kind.ENDED).map(RecordedSession.End::reason));
    }

    private static Asked asked(RecordedStatement statement) {
        return new Asked(statement.phase(), statement.text(), statement.parameters());
    }

    /** What somebody said is told when he said it. */
    private static Approval approval(RecordedApproval approval, boolean closed) {
        return new Approval(
                approval.id(),
                approval.guardrail(),
                approval.reason(),
                approval.approverGroups(),
                Optional.of(approval.state()).filter(state -> closed),
                approval.decidedBy().filter(person -> closed),
                approval.decisionReason().filter(reason -> closed));
    }

    private static Decided decided(RecordedStatement statement) {
        return new Decided(
                statement.verdict(),
                statement.rule(),
                statement.policyVersion(),
                statement.kinds(),
                statement.touched().relations(),
                statement.touched().labels(),
                statement.refusedWith());
    }
}
