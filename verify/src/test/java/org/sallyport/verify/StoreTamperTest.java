package org.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.journal.Chain;
import org.sallyport.record.GrantRecord;
import org.sallyport.record.PurgeRecord;
import org.sallyport.record.TestRetention;
import org.sallyport.record.TestStore;

/** Whatever is done to the store's tables, by their owner who knows everything but the key, is found. */
class StoreTamperTest {
    private static final int CASES = Integer.getInteger("sallyport.tamper.cases", 120);
    private static final long SEED = Long.getLong("sallyport.tamper.seed", System.nanoTime());
    private static final List<String> TABLES = List.of(
            "session",
            "statement",
            "result_chunk",
            "outcome",
            "session_end",
            "checkpoint",
            "stray_record",
            "purge",
            "legal_hold",
            "access_grant",
            "purged");

    /** Which purge is said to have taken a record: one that has, one that nobody knows, or none. */
    private static final List<String> PURGES = List.of("(SELECT id FROM purge LIMIT 1)", "gen_random_uuid()", "NULL");

    /** What makes of a column's value another one. */
    private static final Map<String, List<String>> OTHERS = Map.of(
            "text", List.of("%s || 'x'", "upper(%s) || lower(%s)", "coalesce(%s, 'x') || ' '", "''", "NULL"),
            "int8", List.of("%s + 1", "%s - 1", "-%s - 1", "%s * 10 + 1", "NULL"),
            "uuid", List.of("gen_random_uuid()", "NULL"),
            "timestamptz",
                    List.of(
                            "%s + interval '1 microsecond'",
                            "%s - interval '1 day'", "'infinity'", "'-infinity'", "NULL"),
            "bytea", List.of("%s || '\\x00'", "'\\x'", "sha256(%s)", "substr(%s, 2)", "NULL"),
            "_text",
                    List.of(
                            "%s || 'x'::text",
                            "'x'::text || %s",
                            "%s || NULL::text",
                            "ARRAY[%s]",
                            "('[5:5]={' || 'x' || '}')::text[]",
                            "'{{a},{b}}'",
                            "NULL"));

    /** After the tests' holds. */
    private static final Instant PURGED_AT =
            Instant.parse("2026-11-26T10:00:00Z").plusSeconds(3600);

    @TempDir
    private static Path work;

    private static Path anchor;
    private static TestStore store;
    private static List<Path> folders;

    /** The second one's files, before those that are shipped are deleted. */
    private static Path whole;

    private static Connection owner;

    @BeforeAll
    static void record() throws IOException, SQLException {
        System.out.println("StoreTamperTest seed " + SEED);
        anchor = work.resolve("anchors");
        folders = List.of(work.resolve("one"), work.resolve("two"));
        whole = work.resolve("whole");
        store = new TestStore();
        for (Path folder : folders) {
            try (TestJournal recorded = new TestJournal(folder, anchor, new Random(SEED))) {
                recorded.record(2);
                recorded.record(1, "expired");
                recorded.recordStray();
                recorded.record(TestRetention.hold("shop"));
                GrantRecord grant = TestRetention.grant("agent", PURGED_AT);
                recorded.record(grant);
                recorded.record(TestRetention.end(grant, GrantRecord.Act.END));
                recorded.record(1);
                Frames.read(folder).write(whole);
                recorded.ship(store);
            }
        }
        owner = store.dataSource().getConnection();
        try (TestJournal recorded = new TestJournal(folders.get(0), anchor, new Random(SEED))) {
            purge(recorded, "expired");
        }
        disarm();
        owner.setAutoCommit(false);
    }

    /** As a gateway does: from both journals, on record in one of them. */
    private static void purge(TestJournal recorded, String connection) throws IOException, SQLException {
        PurgeRecord purge = plan(connection, holdsInForce());
        recorded.record(purge);
        recorded.checkpoint();
        recorded.ship(store);
        assertThat(one("SELECT carry_out_purge('" + purge.id() + "')")).isEqualTo("t");
    }

    private static PurgeRecord plan(String connection, List<String> holds) throws SQLException {
        try (PreparedStatement query =
                owner.prepareStatement("SELECT * FROM plan_purge(?, NULL, '2026-11-26 11:00:00Z', false)")) {
            query.setString(1, connection);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new PurgeRecord(
                        UUID.randomUUID(),
                        new PurgeRecord.Scope(Optional.of(connection), Optional.empty(), PURGED_AT),
                        new PurgeRecord.Taken(row.getLong("records"), row.getBytes("digest")),
                        holds,
                        new PurgeRecord.Order(Optional.empty(), "keep 1d", PURGED_AT));
            }
        }
    }

    private static List<String> holdsInForce() throws SQLException {
        return List.of(one("SELECT string_agg(id::text, ' ' ORDER BY id) FROM holds_in_force()")
                .split(" "));
    }

    /** Triggers and constraints are in nobody's way who owns the tables. */
    private static void disarm() throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("""
                    DO $$
                    DECLARE each record;
                    BEGIN
                        FOR each IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
                                    WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'p', 'u') AND conislocal
                                      AND NOT (SELECT relispartition FROM pg_class WHERE oid = conrelid)
                                    ORDER BY contype = 'p' LOOP
                            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', each.name, each.conname);
                        END LOOP;
                        FOR each IN SELECT indexrelid::regclass AS name FROM pg_index
                                    WHERE indrelid::regclass::text IN ('session', 'statement', 'result_chunk', 'outcome', 'session_end') LOOP
                            EXECUTE format('DROP INDEX %s', each.name);
                        END LOOP;
                        FOR each IN SELECT attrelid::regclass AS name, attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
                                    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
                                      AND attnum > 0 AND attnotnull LOOP
                            EXECUTE format('ALTER TABLE %s ALTER COLUMN %I DROP NOT NULL', each.name, each.attname);
                        END LOOP;
                    END
                    $$""");
            statement.execute("SET session_replication_role = replica");
        }
    }

    @AfterEach
    void undo() throws SQLException {
        owner.rollback();
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        owner.close();
        store.close();
    }

    /** What is done. */
    enum Attack {
        EDIT {
            @Override
            String on(Random random) throws SQLException {
                return edit(random, any(TABLES, random));
            }
        },
        EDIT_A_STATEMENT {
            @Override
            String on(Random random) throws SQLException {
                return edit(random, "statement");
            }
        },
        /** What stands for the row in the chain is made to fit. */
        EDIT_AND_COMMIT {
            @Override
            String on(Random random) throws SQLException {
                String ctid = anyRow("statement", random);
                return execute("UPDATE statement SET text = text || '--' WHERE ctid = ?::tid", ctid)
                        + recommit("statement");
            }
        },
        DELETE {
            @Override
            String on(Random random) throws SQLException {
                String table = any(TABLES, random);
                return execute("DELETE FROM " + table + " WHERE ctid = ?::tid", anyRow(table, random));
            }
        },
        /** Those behind it are counted down, and the journal's head is set to what comes of it. */
        DELETE_AND_CLOSE_THE_GAP {
            @Override
            String on(Random random) throws SQLException {
                String table = any(TABLES, random);
                String done = execute(
                        "WITH gone AS (DELETE FROM " + table + " WHERE ctid = ?::tid RETURNING journal, sequence)"
                                + " INSERT INTO stray_record (journal, sequence) SELECT * FROM gone",
                        anyRow(table, random));
                for (String other : TABLES) {
                    done += execute("UPDATE " + other + " o SET sequence = o.sequence - 1 FROM stray_record g"
                            + " WHERE g.payload IS NULL AND o.journal = g.journal AND o.sequence > g.sequence");
                }
                return done + execute("DELETE FROM stray_record WHERE payload IS NULL") + setHeads();
            }
        },
        INSERT_A_COPY {
            @Override
            String on(Random random) throws SQLException {
                String table = any(TABLES, random);
                return execute(
                        "INSERT INTO " + table + " SELECT * FROM " + table + " WHERE ctid = ?::tid",
                        anyRow(table, random));
            }
        },
        /** At the end, where the next one is due. */
        APPEND {
            @Override
            String on(Random random) throws SQLException {
                String ctid = anyRow("outcome", random);
                return execute(
                                "INSERT INTO outcome (session_id, number, command_tag, row_count, byte_count, duration_micros, completed,"
                                        + " journal, sequence, salt, commitment) SELECT session_id, number + 100, command_tag, row_count,"
                                        + " byte_count, duration_micros, completed, o.journal, shipped + 1, salt, commitment"
                                        + " FROM outcome o JOIN journal j ON j.id = o.journal WHERE o.ctid = ?::tid",
                                ctid)
                        + recommit("outcome")
                        + setHeads();
            }
        },
        REORDER {
            @Override
            String on(Random random) throws SQLException {
                String table = any(
                        List.of("statement", "result_chunk", "outcome", "session", "session_end", "checkpoint"),
                        random);
                String one = anyRow(table, random);
                String other = one;
                while (other.equals(one)) {
                    other = anyRow(table, random);
                }
                String columns = random.nextBoolean() ? "sequence, journal" : "sequence, journal, salt, commitment";
                return execute(
                        "UPDATE " + table + " a SET (" + columns + ") = (SELECT " + columns + " FROM " + table
                                + " b WHERE b.ctid <> a.ctid AND b.ctid IN (?::tid, ?::tid)) WHERE a.ctid IN (?::tid, ?::tid)",
                        one,
                        other,
                        one,
                        other);
            }
        },
        MOVE_TO_ANOTHER_SESSION {
            @Override
            String on(Random random) throws SQLException {
                String ctid = anyRow("statement", random);
                return execute(
                        "UPDATE statement s SET session_id = (SELECT id FROM session WHERE id <> s.session_id LIMIT 1)"
                                + " WHERE ctid = ?::tid",
                        ctid);
            }
        },
        TRUNCATE {
            @Override
            String on(Random random) throws SQLException {
                String done = "";
                int kept = 1 + random.nextInt(50);
                for (String table : TABLES) {
                    done += execute("DELETE FROM " + table + " WHERE sequence > " + kept
                            + " AND journal = (SELECT id FROM journal ORDER BY id LIMIT 1)");
                }
                return done + setHeads();
            }
        },
        SET_A_HEAD {
            @Override
            String on(Random random) throws SQLException {
                String change = any(
                        List.of(
                                "shipped = shipped + 1",
                                "shipped = shipped - 1",
                                "chain = sha256(chain)",
                                "id = gen_random_uuid()"),
                        random);
                return execute("UPDATE journal SET " + change + " WHERE ctid = ?::tid", anyRow("journal", random));
            }
        },
        /** Its content is gone and its commitment kept, as if a purge had taken it: of nobody, or one that is on record. */
        PURGE_BY_HAND {
            @Override
            String on(Random random) throws SQLException {
                String table = any(List.of("session", "statement", "result_chunk", "outcome", "session_end"), random);
                return purgeByHand(table, anyRow(table, random), any(PURGES, random));
            }
        },
        /** Where no search finds it; the chain stays as it was. */
        MOVE_TO_THE_STRAYS {
            @Override
            String on(Random random) throws SQLException {
                String table = any(List.of("session", "statement", "result_chunk", "outcome", "session_end"), random);
                UUID journal = any(journals(), random);
                StoreTable of = StoreTable.valueOf(table.toUpperCase(Locale.ROOT));
                String anyRow = "SELECT * FROM (" + of.query() + ") AS row ORDER BY md5(sequence || '"
                        + random.nextLong() + "') LIMIT 1";
                try (PreparedStatement query = owner.prepareStatement(anyRow)) {
                    query.setObject(1, journal);
                    try (ResultSet row = query.executeQuery()) {
                        row.next();
                        return moveToTheStrays(table, of.entry(journal, new RowFields(row)), journal);
                    }
                }
            }
        },
        /** The purge that is on record is changed with it, and what is computed is computed anew. */
        PURGE_BY_HAND_AND_SAY_SO {
            @Override
            String on(Random random) throws SQLException {
                return purgeByHand("statement", anyRow("statement", random), PURGES.get(0))
                        + execute(
                                "UPDATE purge SET records = records + 1, digest = (SELECT record_digest(journal, sequence,"
                                        + " commitment ORDER BY journal, sequence) FROM purged)")
                        + (random.nextBoolean() ? recommit("purge") + setHeads() : "");
            }
        },
        /** What is recorded last is not signed yet: nobody could tell that a gateway did not write it. */
        PURGE_BY_HAND_AND_RECORD_IT {
            @Override
            String on(Random random) throws SQLException {
                UUID purge = new UUID(random.nextLong(), random.nextLong());
                return purgeByHand("statement", anyRow("statement", random), "'" + purge + "'")
                        + execute("INSERT INTO purge SELECT id, shipped + 1, sha256('salt'), '', '" + purge
                                + "', 'shop', NULL, now(), 1,"
                                + " (SELECT record_digest(journal, sequence, commitment) FROM purged WHERE purge = '"
                                + purge + "'),"
                                + " ARRAY(SELECT id::text FROM holds_in_force() ORDER BY id), NULL, 'keep 1d', now()"
                                + " FROM journal ORDER BY id LIMIT 1")
                        + recommit("purge")
                        + setHeads();
            }
        },
        REMOVE_A_PURGE {
            @Override
            String on(Random random) throws SQLException {
                String done = execute("DELETE FROM purge");
                return random.nextBoolean() ? done : done + execute("DELETE FROM purged");
            }
        },
        EDIT_A_COMMITMENT {
            @Override
            String on(Random random) throws SQLException {
                String done = execute(
                        "UPDATE purged SET commitment = sha256(commitment) WHERE ctid = ?::tid",
                        anyRow("purged", random));
                return random.nextBoolean() ? done : done + setHeads();
            }
        },
        FORGET_A_JOURNAL {
            @Override
            String on(Random random) throws SQLException {
                String done = execute("DELETE FROM journal WHERE ctid = ?::tid", anyRow("journal", random));
                if (random.nextBoolean()) {
                    for (String table : TABLES) {
                        done += execute("DELETE FROM " + table + " WHERE journal NOT IN (SELECT id FROM journal)");
                    }
                }
                return done;
            }
        };

        /** Says what it has done. */
        abstract String on(Random random) throws SQLException;
    }

    @Test
    void findsNothingInWhatAGatewayHasShipped() throws Exception {
        assertThat(said(List.of())).contains("signed up to").doesNotContain("FOUND");
        assertThat(said(folders))
                .as("with the journals")
                .contains("signed up to")
                .doesNotContain("FOUND");
        recommit("statement");
        setHeads();
        assertThat(said(List.of())).as("what attacks compute").doesNotContain("FOUND");
    }

    @ParameterizedTest
    @EnumSource
    void finds(Attack attack) throws Exception {
        Random seeds = new Random(SEED + attack.ordinal());
        for (int i = 0; i < CASES; i++) {
            long seed = seeds.nextLong();
            String done = attack.on(new Random(seed));
            assertThat(TestJournal.findings(Optional.of(owner), List.of(), List.of(anchor)))
                    .as("%s, seed %d, case %d %d: %s", attack, SEED, i, seed, done)
                    .isPositive();
            owner.rollback();
        }
    }

    @Test
    void saysInWhichTableAndRow() throws Exception {
        String ctid = anyRow("outcome", new Random(SEED));
        String key = one("SELECT session_id || ' ' || number FROM outcome WHERE ctid = ?::tid", ctid);
        execute("UPDATE outcome SET row_count = row_count + 1 WHERE ctid = ?::tid", ctid);

        assertThat(said(List.of())).contains("FOUND table outcome, session_id, number = " + key + ": ");
    }

    /** Whose commitments and chain are what they were. */
    @Test
    void saysWhichStrayIsNone() throws Exception {
        String done = Attack.MOVE_TO_THE_STRAYS.on(new Random(SEED));

        assertThat(said(List.of()).lines().filter(line -> line.startsWith("FOUND")))
                .as(done)
                .singleElement()
                .asString()
                .contains("table stray_record, ", "it can be read, and is not in its table");
    }

    /** Of a purge that is signed it is known who recorded it; the last records are signed later. */
    @Test
    void takesNoPurgeFromWhoHasNotTheKey() throws Exception {
        Attack.PURGE_BY_HAND_AND_RECORD_IT.on(new Random(SEED));

        assertThat(said(List.of())).contains("a purge that has removed content, but is not signed");
    }

    @Test
    void saysWhatNobodyHasPurged() throws Exception {
        purgeByHand("outcome", anyRow("outcome", new Random(SEED)), "gen_random_uuid()");
        assertThat(said(List.of())).contains("1 records without content, of a purge that nobody has recorded");
        owner.rollback();

        purgeByHand("outcome", anyRow("outcome", new Random(SEED)), PURGES.get(0));
        assertThat(said(List.of())).contains("FOUND table purge, id = ", "not what this purge was recorded to take");
    }

    /** Tables that do not show what they hold. */
    @Test
    void findsWhatIsNotATableOfTheGateways() throws Exception {
        for (String change : List.of(
                "ALTER TABLE outcome ALTER COLUMN row_count TYPE numeric USING row_count + 0.4",
                "ALTER TABLE statement ENABLE ROW LEVEL SECURITY",
                "CREATE TABLE more () INHERITS (checkpoint)",
                "ALTER TABLE outcome_other ENABLE ROW LEVEL SECURITY",
                "CREATE TABLE split PARTITION OF statement FOR VALUES FROM ('2001-01-01') TO ('2002-01-01')"
                        + " PARTITION BY RANGE (asked)",
                "CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;"
                        + " CREATE FOREIGN TABLE elsewhere PARTITION OF session_end FOR VALUES FROM ('2001-01-01') TO ('2002-01-01')"
                        + " SERVER files OPTIONS (filename '/dev/null')")) {
            execute(change);
            assertThat(said(List.of())).as(change).contains("not as the gateway's migrations make it");
            owner.rollback();
        }
        // Hidden from whoever asks which journals there are, and shown to whoever asks whose rows are.
        execute("ALTER TABLE journal RENAME TO journals");
        execute("CREATE VIEW journal AS SELECT * FROM journals WHERE current_query() NOT LIKE '%ORDER BY id%'");
        assertThat(TestJournal.findings(Optional.of(owner), List.of(), List.of()))
                .as("without an anchor")
                .isPositive();
        assertThat(said(List.of())).contains("not as the gateway's migrations make it");
        owner.rollback();
        execute("ALTER TABLE session_end RENAME TO ends");
        execute("CREATE VIEW session_end AS SELECT * FROM ends");
        assertThat(said(List.of())).contains("not as the gateway's migrations make it");
    }

    @Test
    void findsAJournalThatDoesNotGoOnFromTheStore() throws Exception {
        Path copy = work.resolve("copy");
        assertThat(said(List.of(whole))).doesNotContain("FOUND");
        Frames frames = Frames.read(whole);
        frames.segments.remove(frames.segments.size() - 1);
        frames.write(copy);
        assertThat(said(List.of(copy))).contains("but the store has");

        frames = Frames.read(whole);
        frames.segments.get(0).frames.get(0).bytes[70] ^= 1;
        frames.rebuild();
        frames.write(copy);
        assertThat(said(List.of(copy))).contains("does not follow from the records before it");
    }

    private static String said(List<Path> journals) throws IOException, SQLException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        TestJournal.findings(
                Optional.of(owner), journals, List.of(anchor), new PrintStream(said, true, StandardCharsets.UTF_8));
        return said.toString(StandardCharsets.UTF_8);
    }

    /** Another value in one column of one row. */
    private static String edit(Random random, String table) throws SQLException {
        String ctid = anyRow(table, random);
        while (true) {
            String column = one("SELECT attname || ' ' || typname FROM pg_attribute JOIN pg_type t ON t.oid = atttypid"
                    + " WHERE attrelid = '" + table + "'::regclass AND attnum > 0 AND attname <> 'why'"
                    + " ORDER BY md5(attname || '" + random.nextLong() + "') LIMIT 1");
            String name = column.split(" ")[0];
            String other = any(OTHERS.getOrDefault(column.split(" ")[1], List.of()), random)
                    .replace("%s", name);
            String done = execute(
                    "UPDATE " + table + " SET " + name + " = " + other + " WHERE ctid = ?::tid AND " + name
                            + " IS DISTINCT FROM " + other,
                    ctid);
            if (!done.startsWith("0 ")) {
                return done;
            }
        }
    }

    /** A row's content is gone, and its commitment kept. */
    private static String purgeByHand(String table, String ctid, String purge) throws SQLException {
        return execute(
                "WITH gone AS (DELETE FROM " + table + " WHERE ctid = ?::tid RETURNING journal, sequence, commitment)"
                        + " INSERT INTO purged SELECT journal, sequence, commitment, " + purge + " FROM gone",
                ctid);
    }

    private static String moveToTheStrays(String table, Entry entry, UUID journal) throws SQLException {
        try (PreparedStatement insert = owner.prepareStatement(
                "WITH gone AS (DELETE FROM " + table + " WHERE journal = ? AND sequence = ? RETURNING *)"
                        + " INSERT INTO stray_record (journal, sequence, salt, commitment, payload, why)"
                        + " SELECT journal, sequence, salt, commitment, ?, 'java.lang.RuntimeException' FROM gone")) {
            insert.setObject(1, journal);
            insert.setLong(2, entry.sequence());
            insert.setBytes(3, entry.payload());
            return insert.executeUpdate() + " rows moved from " + table;
        }
    }

    private static String anyRow(String table, Random random) throws SQLException {
        return one(
                "SELECT ctid::text FROM " + table + " ORDER BY md5(ctid::text || '" + random.nextLong() + "') LIMIT 1");
    }

    /** Makes all commitments of a table what its rows are now. */
    private static String recommit(String table) throws SQLException {
        StoreTable of = StoreTable.valueOf(table.toUpperCase(Locale.ROOT));
        Chain chain = new Chain();
        for (UUID journal : journals()) {
            try (PreparedStatement query = owner.prepareStatement(of.query())) {
                query.setObject(1, journal);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        Entry entry = of.entry(journal, new RowFields(rows));
                        byte[] commitment =
                                chain.commitment(entry.seal().salt(), Objects.requireNonNull(entry.payload()));
                        if (!Arrays.equals(commitment, entry.seal().commitment())) {
                            commit(table, journal, entry.sequence(), commitment);
                        }
                    }
                }
            }
        }
        return "; commitments made to fit";
    }

    private static void commit(String table, UUID journal, long sequence, byte[] commitment) throws SQLException {
        try (PreparedStatement update =
                owner.prepareStatement("UPDATE " + table + " SET commitment = ? WHERE journal = ? AND sequence = ?")) {
            update.setBytes(1, commitment);
            update.setObject(2, journal);
            update.setLong(3, sequence);
            update.executeUpdate();
        }
    }

    private static List<UUID> journals() throws SQLException {
        List<UUID> journals = new ArrayList<>();
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM journal ORDER BY id")) {
            while (rows.next()) {
                journals.add(rows.getObject(1, UUID.class));
            }
        }
        return journals;
    }

    /** Makes the journals' heads what their rows are now. */
    private static String setHeads() throws SQLException {
        Chain chains = new Chain();
        for (UUID journal : journals()) {
            byte[] chain = Chain.beginning();
            long last = 0;
            String all = String.join(
                    " UNION ALL ",
                    TABLES.stream()
                            .map(table ->
                                    "SELECT sequence, commitment FROM " + table + " WHERE journal = '" + journal + "'")
                            .toList());
            try (Statement statement = owner.createStatement();
                    ResultSet rows = statement.executeQuery(all + " ORDER BY 1")) {
                while (rows.next()) {
                    last = rows.getLong(1);
                    chain = chains.next(chain, last, rows.getBytes(2));
                }
            }
            try (PreparedStatement update =
                    owner.prepareStatement("UPDATE journal SET shipped = ?, chain = ? WHERE id = ?")) {
                update.setLong(1, last);
                update.setBytes(2, chain);
                update.setObject(3, journal);
                update.executeUpdate();
            }
        }
        return "; heads made to fit";
    }

    private static String execute(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            return statement.executeUpdate() + " rows by " + statement;
        }
    }

    private static String one(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static <T> T any(List<T> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }
}
