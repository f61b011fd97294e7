package org.sallyport.record;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sallyport.checkpoint.Checkpoint;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.journal.JournalHead;
import org.sallyport.record.StatementRecord.Asked;
import org.sallyport.record.StatementRecord.Decided;
import org.sallyport.record.StatementRecord.Held;
import org.sallyport.record.StatementRecord.Touched;

/**
 * How what is recorded stands in the journal: a tag, then the fields in the order of the constructors. A tag's layout never
 * changes; another layout is another tag.
 */
public final class RecordFormat {
    private RecordFormat() {}

    /** The kinds of records. */
    enum Tag {
        SESSION('s'),
        STATEMENT('q'),
        RESULT_CHUNK('r'),
        STATEMENT_WITH_TOUCHED('t'),
        STATEMENT_WITH_DECISION('a'),
        OUTCOME('o'),
        OUTCOME_WITH_FINDINGS('f'),
        SESSION_END('e'),
        CHECKPOINT('c'),
        PURGE('p'),
        LEGAL_HOLD('h'),
        GRANT('g');

        private final byte code;

        Tag(char code) {
            this.code = (byte) code;
        }

        byte code() {
            return code;
        }
    }

    public static byte[] encode(SessionRecord session) {
        RecordOutput out = new RecordOutput();
        out.tag(Tag.SESSION);
        out.id(session.id());
        out.text(session.identity());
        out.texts(session.groups());
        out.text(session.connection());
        out.text(session.clientAddress());
        out.instant(session.started());
        out.text(session.gatewayVersion());
        out.text(session.policyVersion());
        return out.bytes();
    }

    public static byte[] encode(StatementRecord statement) {
        RecordOutput out = new RecordOutput();
        Tag tag = tag(statement);
        out.tag(tag);
        out.id(statement.key().session());
        out.number(statement.key().number());
        out.text(statement.phase());
        out.text(statement.text());
        out.texts(statement.parameters());
        out.instant(statement.asked());
        out.texts(statement.kinds());
        out.text(statement.rule());
        out.text(statement.policyVersion());
        out.optionalId(statement.approval().orElse(null));
        out.text(statement.refusedWith().orElse(null));
        out.instant(statement.decided());
        if (tag != Tag.STATEMENT) {
            out.texts(statement.touched().relations());
            out.texts(statement.touched().labels());
        }
        if (tag == Tag.STATEMENT_WITH_DECISION) {
            out.text(statement.held().flatMap(Held::decidedBy).orElse(null));
            out.text(statement.held().flatMap(Held::reason).orElse(null));
        }
        return out.bytes();
    }

    private static Tag tag(StatementRecord statement) {
        if (statement.held().flatMap(Held::decidedBy).isPresent()) {
            return Tag.STATEMENT_WITH_DECISION;
        }
        return statement.touched().isNothing() ? Tag.STATEMENT : Tag.STATEMENT_WITH_TOUCHED;
    }

    public static byte[] encode(OutcomeRecord outcome) {
        RecordOutput out = new RecordOutput();
        boolean findings = !outcome.found().isEmpty();
        out.tag(findings ? Tag.OUTCOME_WITH_FINDINGS : Tag.OUTCOME);
        out.id(outcome.key().session());
        out.number(outcome.key().number());
        out.text(outcome.commandTag());
        out.text(outcome.sqlState().orElse(null));
        out.number(outcome.rows());
        out.number(outcome.bytes());
        out.number(TimeUnit.NANOSECONDS.toMicros(outcome.duration().toNanos()));
        out.instant(outcome.completed());
        if (findings) {
            out.texts(outcome.found());
        }
        return out.bytes();
    }

    public static byte[] encode(ResultChunkRecord chunk) {
        RecordOutput out = new RecordOutput();
        out.tag(Tag.RESULT_CHUNK);
        out.id(chunk.key().session());
        out.number(chunk.key().number());
        out.number(chunk.key().chunk());
        out.number(chunk.rows());
        out.number(chunk.bytes());
        out.instant(chunk.at());
        out.text(chunk.content().encoding().orElse(null));
        out.bytes(chunk.content().bytes());
        return out.bytes();
    }

    public static byte[] encode(SessionEndRecord end) {
        RecordOutput out = new RecordOutput();
        out.tag(Tag.SESSION_END);
        out.id(end.session());
        out.instant(end.ended());
        out.text(end.reason());
        return out.bytes();
    }

    public static byte[] encode(Checkpoint checkpoint) {
        RecordOutput out = new RecordOutput();
        out.tag(Tag.CHECKPOINT);
        out.id(checkpoint.head().journal());
        out.number(checkpoint.head().sequence());
        out.bytes(checkpoint.head().chain());
        out.instant(checkpoint.at());
        out.text(checkpoint.signature().key());
        out.bytes(checkpoint.signature().bytes());
        return out.bytes();
    }

    public static byte[] encode(PurgeRecord purge) {
        RecordOutput out = new RecordOutput();
        out.tag(Tag.PURGE);
        RetentionRecordFormat.write(out, purge);
        return out.bytes();
    }

    public static byte[] encode(HoldRecord hold) {
        RecordOutput out = new RecordOutput();
        out.tag(Tag.LEGAL_HOLD);
        RetentionRecordFormat.write(out, hold);
        return out.bytes();
    }

    public static byte[] encode(GrantRecord grant) {
        RecordOutput out = new RecordOutput();
        out.tag(Tag.GRANT);
        GrantRecordFormat.write(out, grant);
        return out.bytes();
    }

    public static boolean isCheckpoint(byte[] bytes) {
        return isOf(Tag.CHECKPOINT, bytes);
    }

    public static boolean isPurge(byte[] bytes) {
        return isOf(Tag.PURGE, bytes);
    }

    public static boolean isHold(byte[] bytes) {
        return isOf(Tag.LEGAL_HOLD, bytes);
    }

    private static boolean isOf(Tag tag, byte[] bytes) {
        return bytes.length > 0 && bytes[0] == tag.code;
    }

    /** @throws RuntimeException where the bytes are not those of a record */
    public static Object decode(byte[] bytes) {
        RecordInput in = new RecordInput(bytes);
        byte code = in.tag();
        if (code == Tag.STATEMENT.code) {
            return statement(in, Tag.STATEMENT);
        } else if (code == Tag.STATEMENT_WITH_TOUCHED.code) {
            return statement(in, Tag.STATEMENT_WITH_TOUCHED);
        } else if (code == Tag.STATEMENT_WITH_DECISION.code) {
            return statement(in, Tag.STATEMENT_WITH_DECISION);
        } else if (code == Tag.OUTCOME.code) {
            return outcome(in, false);
        } else if (code == Tag.OUTCOME_WITH_FINDINGS.code) {
            return outcome(in, true);
        } else if (code == Tag.RESULT_CHUNK.code) {
            return resultChunk(in);
        } else if (code == Tag.SESSION.code) {
            return session(in);
        } else if (code == Tag.SESSION_END.code) {
            return new SessionEndRecord(in.id(), in.instant(), in.text());
        } else if (code == Tag.CHECKPOINT.code) {
            return checkpoint(in);
        } else if (code == Tag.PURGE.code) {
            return RetentionRecordFormat.purge(in);
        } else if (code == Tag.LEGAL_HOLD.code) {
            return RetentionRecordFormat.hold(in);
        } else if (code == Tag.GRANT.code) {
            return GrantRecordFormat.grant(in);
        }
        throw new IllegalArgumentException("a record of an unknown kind " + code);
    }

    private static ResultChunkRecord resultChunk(RecordInput in) {
        ResultChunkKey key = new ResultChunkKey(in.id(), in.number(), Math.toIntExact(in.number()));
        return new ResultChunkRecord(
                key,
                in.number(),
                in.number(),
                in.instant(),
                new Compression.Content(optional(in.optionalText()), in.bytes()));
    }

    private static SessionRecord session(RecordInput in) {
        UUID id = in.id();
        var caller = new SessionRecord.Caller(in.text(), in.texts());
        String connection = in.text();
        String client = in.text();
        return new SessionRecord(
                id, caller, connection, client, in.instant(), new SessionRecord.Versions(in.text(), in.text()));
    }

    private static StatementRecord statement(RecordInput in, Tag tag) {
        StatementKey key = new StatementKey(in.id(), in.number());
        Asked asked = new Asked(in.text(), in.text(), in.optionalTexts(), in.instant());
        List<String> kinds = in.texts();
        String rule = in.text();
        String policyVersion = in.text();
        Optional<UUID> approval = optional(in.optionalId());
        Optional<String> refusedWith = optional(in.optionalText());
        Instant at = in.instant();
        Touched touched = tag == Tag.STATEMENT ? Touched.NOTHING : new Touched(in.texts(), in.texts());
        Optional<String> by = tag == Tag.STATEMENT_WITH_DECISION ? optional(in.optionalText()) : Optional.empty();
        Optional<String> reason = tag == Tag.STATEMENT_WITH_DECISION ? optional(in.optionalText()) : Optional.empty();
        Optional<Held> held = approval.map(id -> new Held(id, by, reason));
        return new StatementRecord(key, asked, new Decided(kinds, rule, policyVersion, held, refusedWith, at), touched);
    }

    /** @param findings whether they stand at the end */
    private static OutcomeRecord outcome(RecordInput in, boolean findings) {
        UUID session = in.id();
        long number = in.number();
        String tag = in.text();
        Optional<String> sqlState = optional(in.optionalText());
        long rows = in.number();
        long bytes = in.number();
        Duration duration = Duration.of(in.number(), ChronoUnit.MICROS);
        Instant completed = in.instant();
        Map<String, Long> found = findings ? found(in.texts()) : Map.of();
        return new OutcomeRecord(
                session, new StatementOutcome(number, tag, sqlState, rows, bytes, found, duration), completed);
    }

    /**
     * Of {@code label=count}.
     *
     * @throws RuntimeException where a text is not of that form
     */
    public static Map<String, Long> found(List<String> texts) {
        Map<String, Long> found = new TreeMap<>();
        for (String text : texts) {
            int count = text.lastIndexOf('=');
            found.put(text.substring(0, count), Long.valueOf(text.substring(count + 1)));
        }
        return found;
    }

    private static Checkpoint checkpoint(RecordInput in) {
        JournalHead head = new JournalHead(in.id(), in.number(), in.bytes());
        return new Checkpoint(head, in.instant(), new Checkpoint.Signature(in.text(), in.bytes()));
    }

    private static <T> Optional<T> optional(@Nullable T value) {
        return Optional.ofNullable(value);
    }
}
