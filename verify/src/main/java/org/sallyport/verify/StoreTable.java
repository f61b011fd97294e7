package org.sallyport.verify;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sallyport.checkpoint.Checkpoint;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.journal.JournalHead;
import org.sallyport.journal.Seal;
import org.sallyport.record.Compression;
import org.sallyport.record.GrantRecord;
import org.sallyport.record.HoldRecord;
import org.sallyport.record.OutcomeRecord;
import org.sallyport.record.PurgeRecord;
import org.sallyport.record.RecordFormat;
import org.sallyport.record.ResultChunkKey;
import org.sallyport.record.ResultChunkRecord;
import org.sallyport.record.SessionEndRecord;
import org.sallyport.record.SessionRecord;
import org.sallyport.record.StatementKey;
import org.sallyport.record.StatementRecord;

/** The store's tables, and how a row of each becomes again the record that it was in the journal. */
enum StoreTable {
    SESSION(
            "session",
            "id",
            1,
            "id, identity, groups, array_lower(groups, 1), connection, client_address, started, gateway_version, policy_version") {
        @Override
        byte[] payload(UUID journal, RowFields row) throws SQLException {
            UUID id = row.id();
            String identity = row.text();
            List<String> groups = row.names();
            SessionRecord session = new SessionRecord(
                    id,
                    new SessionRecord.Caller(identity, groups),
                    row.text(),
                    row.text(),
                    row.instant(),
                    new SessionRecord.Versions(row.text(), row.text()));
            // A gateway writes them in order, and the record puts them in order again.
            require(session.groups().equals(groups), "groups");
            return RecordFormat.encode(session);
        }
    },

    STATEMENT(
            "statement",
            "session_id, number",
            2,
            "session_id, number, phase, text, parameters, array_lower(parameters, 1), asked, kinds, array_lower(kinds, 1), "
                    + "rule, policy_version, approval_id, refused_with, decided, relations, array_lower(relations, 1), "
                    + "labels, array_lower(labels, 1), decided_by, decision_reason, verdict") {
        @Override
        byte[] payload(UUID journal, RowFields row) throws SQLException {
            // What it touches, and that somebody decided, says by itself in which layout it was written.
            StatementKey key = new StatementKey(row.id(), row.number());
            StatementRecord.Asked asked = new StatementRecord.Asked(row.text(), row.text(), row.texts(), row.instant());
            List<String> kinds = row.names();
            String rule = row.text();
            String policyVersion = row.text();
            Optional<UUID> approval = row.optionalId();
            Optional<String> refusedWith = row.optionalText();
            Instant decided = row.instant();
            StatementRecord.Touched touched = new StatementRecord.Touched(row.names(), row.names());
            Optional<String> by = row.optionalText();
            Optional<String> reason = row.optionalText();
            Optional<StatementRecord.Held> held = approval.map(id -> new StatementRecord.Held(id, by, reason));
            StatementRecord statement = new StatementRecord(
                    key,
                    asked,
                    new StatementRecord.Decided(kinds, rule, policyVersion, held, refusedWith, decided),
                    touched);
            require(statement.verdict().equals(row.text()), "verdict");
            require(by.isEmpty() || approval.isPresent(), "decided_by");
            require(reason.isPresent() == by.isPresent(), "decision_reason");
            return RecordFormat.encode(statement);
        }
    },

    RESULT_CHUNK(
            "result_chunk",
            "session_id, number, chunk",
            3,
            "session_id, number, chunk, row_count, byte_count, at, encoding, content") {
        @Override
        byte[] payload(UUID journal, RowFields row) throws SQLException {
            ResultChunkKey key = new ResultChunkKey(row.id(), row.number(), Math.toIntExact(row.number()));
            return RecordFormat.encode(new ResultChunkRecord(
                    key,
                    row.number(),
                    row.number(),
                    row.instant(),
                    new Compression.Content(row.optionalText(), row.bytes())));
        }
    },

    OUTCOME(
            "outcome",
            "session_id, number",
            2,
            "session_id, number, command_tag, sql_state, row_count, byte_count, duration_micros, completed, found, "
                    + "array_lower(found, 1)") {
        @Override
        byte[] payload(UUID journal, RowFields row) throws SQLException {
            UUID session = row.id();
            long number = row.number();
            String tag = row.text();
            Optional<String> sqlState = row.optionalText();
            long rows = row.number();
            long bytes = row.number();
            Duration duration = Duration.of(row.number(), ChronoUnit.MICROS);
            Instant completed = row.instant();
            List<String> found = row.names();
            OutcomeRecord outcome = new OutcomeRecord(
                    session,
                    new StatementOutcome(number, tag, sqlState, rows, bytes, RecordFormat.found(found), duration),
                    completed);
            // A gateway writes them in order and in one way, and the record writes them so again.
            require(outcome.found().equals(found), "found");
            return RecordFormat.encode(outcome);
        }
    },

    SESSION_END("session_end", "session_id", 1, "session_id, ended, reason") {
        @Override
        byte[] payload(UUID journal, RowFields row) throws SQLException {
            return RecordFormat.encode(new SessionEndRecord(row.id(), row.instant(), row.text()));
        }
    },

    CHECKPOINT("checkpoint", "journal, sequence", 2, "covered, chain, at, key_id, signature") {
        @Override
        byte[] payload(UUID journal, RowFields row) throws SQLException {
            JournalHead head = new JournalHead(journal, row.number(), row.bytes());
            return RecordFormat.encode(
                    new Checkpoint(head, row.instant(), new Checkpoint.Signature(row.text(), row.bytes())));
        }
    },

    PURGE(
            "purge",
            "id",
            1,
            "id, connection, identity, ended_before, records, digest, holds, array_lower(holds, 1), requested_by, reason, at") {
        @Override
        byte[] payload(UUID journal, RowFields row) throws SQLException {
            return RecordFormat.encode(new PurgeRecord(
                    row.id(),
                    new PurgeRecord.Scope(row.optionalText(), row.optionalText(), row.instant()),
                    new PurgeRecord.Taken(row.number(), row.bytes()),
                    row.names(),
                    new PurgeRecord.Order(row.optionalText(), row.text(), row.instant())));
        }
    },

    LEGAL_HOLD("legal_hold", "id", 1, "id, act, session_id, connection, who, reason, at") {
        @Override
        byte[] payload(UUID journal, RowFields row) throws SQLException {
            return RecordFormat.encode(new HoldRecord(
                    row.id(),
                    HoldRecord.Act.of(row.text()),
                    new HoldRecord.Scope(row.optionalId(), row.optionalText()),
                    new HoldRecord.Word(row.text(), row.text(), row.instant())));
        }
    },

    ACCESS_GRANT(
            "access_grant",
            "id",
            1,
            "id, act, identity, connection, role, labels, array_lower(labels, 1), groups, array_lower(groups, 1), until, who, reason, at") {
        @Override
        byte[] payload(UUID journal, RowFields row) throws SQLException {
            UUID id = row.id();
            GrantRecord.Act act = GrantRecord.Act.of(row.text());
            GrantRecord.Given given =
                    new GrantRecord.Given(row.text(), row.text(), row.text(), row.names(), row.names(), row.instant());
            return RecordFormat.encode(new GrantRecord(
                    id, act, given, new GrantRecord.Word(row.optionalText(), row.text(), row.instant())));
        }
    },

    /** Records without their content. */
    PURGED("purged", "journal, sequence", 2, "purge") {
        @Override
        String seal() {
            return "NULL::bytea, commitment";
        }

        @Override
        Entry entry(long sequence, Seal seal, String place, UUID journal, RowFields row) throws SQLException {
            return new Entry(sequence, seal, null, row.optionalId(), place);
        }

        @Override
        byte[] payload(UUID journal, RowFields row) {
            throw new IllegalStateException("there is none");
        }
    },

    STRAY_RECORD("stray_record", "journal, sequence", 2, "payload") {
        @Override
        byte[] payload(UUID journal, RowFields row) throws SQLException {
            return row.bytes();
        }
    };

    private final String table;
    private final String key;
    private final int keyColumns;
    private final String columns;

    StoreTable(String table, String key, int keyColumns, String columns) {
        this.table = table;
        this.key = key;
        this.keyColumns = keyColumns;
        this.columns = columns;
    }

    abstract byte[] payload(UUID journal, RowFields row) throws SQLException;

    String table() {
        return table;
    }

    /** Whether it has a partition for each day. */
    boolean isKeptByDay() {
        return switch (this) {
            case SESSION, STATEMENT, RESULT_CHUNK, OUTCOME, SESSION_END -> true;
            default -> false;
        };
    }

    /** A journal's rows in its order. */
    String query() {
        return "SELECT sequence, " + seal() + ", " + key + ", " + columns + " FROM " + table
                + " WHERE journal = ? ORDER BY sequence";
    }

    String seal() {
        return "salt, commitment";
    }

    /** A row of {@link #query()}. */
    Entry entry(UUID journal, RowFields row) throws SQLException {
        long sequence = row.optionalNumber().orElse(0L);
        Seal seal = new Seal(row.bytesOrNone(), row.bytesOrNone());
        String place = "table " + table + ", " + key + " = " + row.words(keyColumns);
        return entry(sequence, seal, place, journal, row);
    }

    /** What is left of a row behind its key. */
    Entry entry(long sequence, Seal seal, String place, UUID journal, RowFields row) throws SQLException {
        return new Entry(sequence, seal, readable(journal, row), place);
    }

    /** Null where no gateway could have written the row: a value of a kind that none has. */
    private byte @Nullable [] readable(UUID journal, RowFields row) throws SQLException {
        try {
            return payload(journal, row);
        } catch (RuntimeException notARecord) {
            return null;
        } catch (SQLException e) {
            if (e.getSQLState() != null && e.getSQLState().startsWith("08")) {
                throw e;
            }
            return null;
        }
    }

    private static void require(boolean holds, String column) {
        if (!holds) {
            throw new IllegalArgumentException(column);
        }
    }
}
