package org.sallyport.export;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.record.OutcomeRecord;
import org.sallyport.record.Recorder;
import org.sallyport.record.SessionEndRecord;
import org.sallyport.record.SessionRecord;
import org.sallyport.record.StatementKey;
import org.sallyport.record.StatementRecord;

/** Something to export. */
final class Events {
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123456Z");
    static final String HOSTILE = "SELECT 'a\nb\u2028\u202e</script>' -- \u00e9";

    private Events() {}

    /** A session with statements; the last one is refused. */
    static int record(Recorder recorder, int statements) {
        UUID id = UUID.randomUUID();
        recorder.begin(new SessionRecord(
                id,
                new SessionRecord.Caller("agent", Set.of("agents")),
                "shop",
                "127.0.0.1:4711",
                NOW,
                new SessionRecord.Versions("0", "0")));
        for (int number = 1; number <= statements; number++) {
            boolean refused = number == statements;
            recorder.intent(new StatementRecord(
                    new StatementKey(id, number),
                    new StatementRecord.Asked("QUERY", HOSTILE, List.of("a parameter"), NOW),
                    new StatementRecord.Decided(
                            List.of("SELECT"),
                            "rule",
                            "0",
                            Optional.empty(),
                            refused ? Optional.of("42501") : Optional.empty(),
                            NOW),
                    new StatementRecord.Touched(List.of("public.a"), List.of("pii.ssn"))));
            if (!refused) {
                recorder.outcome(new OutcomeRecord(
                        id,
                        new StatementOutcome(number, "SELECT 2", Optional.empty(), 2, 64, Duration.ofMillis(7)),
                        NOW));
            }
        }
        recorder.end(new SessionEndRecord(id, NOW, "TERMINATED"));
        return 2 * statements + 1;
    }

    static Event denied(long sequence) {
        return new Event(
                new UUID(1, 1),
                sequence,
                Event.Kind.STATEMENT,
                NOW,
                new Event.Session(new UUID(2, 2), "agent", List.of("agents"), "shop", "127.0.0.1:4711"),
                Optional.of(new Event.Statement(
                        7,
                        HOSTILE,
                        List.of("SELECT"),
                        List.of("public.a"),
                        List.of("pii.ssn"),
                        "rule",
                        "0",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("42501"))),
                Optional.empty(),
                Optional.empty());
    }
}
