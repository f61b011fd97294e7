package org.sallyport.inbound;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Intent;
import org.sallyport.contract.Parameter;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.ResultChunk;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.record.OutcomeRecord;
import org.sallyport.record.Pseudonyms;
import org.sallyport.record.Recorder;
import org.sallyport.record.ResultChunkRecord;
import org.sallyport.record.SessionEndRecord;
import org.sallyport.record.StatementKey;
import org.sallyport.record.StatementRecord;
import org.sallyport.record.StatementRecord.Asked;
import org.sallyport.record.StatementRecord.Decided;
import org.sallyport.record.StatementRecord.Held;
import org.sallyport.record.StatementRecord.Touched;
import org.sallyport.record.Transcript;

/** Puts what is decided and done on record. Thread-safe; does not block. */
final class Docket {
    private final Recorder recorder;
    private final String policyVersion;
    private final Discretion discretion;
    private final Clock clock;
    private final Pseudonyms pseudonyms = new Pseudonyms();

    Docket(Recorder recorder, String policyVersion, Discretion discretion, Clock clock) {
        this.recorder = recorder;
        this.policyVersion = policyVersion;
        this.discretion = discretion;
        this.clock = clock;
    }

    /**
     * What a decision says for the record.
     *
     * @param sql          the text that was judged
     * @param writesMasked whether it writes into masked columns
     * @param told         whether the server has said what it means
     */
    record Finding(
            String sql,
            List<String> kinds,
            String rule,
            Optional<Held> held,
            Touched touched,
            boolean writesMasked,
            boolean told) {}

    CompletionStage<Void> permit(Matter matter, Finding finding) {
        return recorder.intent(statement(matter, finding, Optional.empty()));
    }

    /** Of what writes nothing; none where it has to wait for room. */
    Optional<Intent> permitReading(Matter matter, Finding finding) {
        return recorder.readingIntent(statement(matter, finding, Optional.empty()));
    }

    CompletionStage<Void> deny(Matter matter, Finding finding, Refusal refusal) {
        return recorder.refusal(statement(matter, finding, Optional.of(refusal.sqlState())));
    }

    CompletionStage<Void> outcome(SessionId session, StatementOutcome outcome) {
        return recorder.outcome(new OutcomeRecord(session.value(), outcome, clock.instant()));
    }

    CompletionStage<Void> shown(SessionId session, ResultChunk chunk) {
        return recorder.result(new ResultChunkRecord(session.value(), chunk, clock.instant()));
    }

    /** It was permitted, but whoever asked had left by then: it did not run. */
    CompletionStage<Void> notRun(Matter matter) {
        long statement = matter.attempt().id();
        Optional<String> sqlState = Optional.of(Refusals.WITHDRAWN.sqlState());
        return outcome(matter.session().id(), new StatementOutcome(statement, "", sqlState, 0, 0, Duration.ZERO));
    }

    CompletionStage<Void> end(SessionId session, SessionEnd end) {
        return recorder.end(new SessionEndRecord(session.value(), clock.instant(), end.name()));
    }

    private StatementRecord statement(Matter matter, Finding finding, Optional<String> refusedWith) {
        StatementAttempt attempt = matter.attempt();
        Instant now = clock.instant();
        Words kept = kept(matter, finding, refusedWith.isPresent());
        return new StatementRecord(
                new StatementKey(matter.session().id().value(), attempt.id()),
                new Asked(
                        attempt.phase().name(),
                        kept.sql(),
                        matter.runs() ? kept.parameters() : List.of(),
                        matter.asked()),
                new Decided(
                        finding.kinds(),
                        refusedWith.isPresent()
                                ? finding.rule()
                                : Grounds.of(matter.session().access(), finding),
                        policyVersion,
                        finding.held(),
                        refusedWith,
                        now),
                finding.touched());
    }

    /** A statement's text and values as they may be kept. */
    record Words(String sql, List<@Nullable String> parameters) {}

    /**
     * What may be kept of a statement, here or elsewhere.
     *
     * @param refused whether it does not run, or may not
     */
    Words kept(Matter matter, Finding finding, boolean refused) {
        List<Parameter> parameters = matter.attempt().parameters();
        return discretion.hides(matter.session().access(), finding, refused)
                ? new Words(Transcript.of(finding.sql(), pseudonyms), Transcript.of(parameters, pseudonyms))
                : new Words(Transcript.of(finding.sql()), Transcript.of(parameters));
    }
}
