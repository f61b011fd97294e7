package org.sallyport.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.client.ServerVersion;

/** How the store is divided into days, from a store of before on. */
class StoreDaysTest {
    private static final String ROWS = """
            INSERT INTO session (id, identity, groups, connection, client_address, started, gateway_version, policy_version,
                                 journal, sequence, salt, commitment)
            SELECT gen_random_uuid(), 'agent ' || n, '{a,b}', 'shop', 'here', '2026-11-20 23:59:58Z'::timestamptz + n * interval '1 second',
                   '0.1', 'abc', gen_random_uuid(), n, '\\x01', '\\x02'
            FROM generate_series(1, 4) n;
            INSERT INTO session_end SELECT id, started + interval '1 day', 'left', journal, 100, salt, commitment FROM session;
            INSERT INTO statement (session_id, number, phase, text, parameters, kinds, verdict, rule, policy_version, refused_with,
                                   asked, decided, journal, sequence, salt, commitment)
            SELECT id, n, 'QUERY', 'SELECT ' || n, ARRAY[NULL, 'x'], '{SELECT}', 'DENY', 'rule', 'abc', '42501', started, started,
                   journal, n, salt, commitment
            FROM session, generate_series(1, 3) n;
            INSERT INTO outcome (session_id, number, command_tag, row_count, byte_count, duration_micros, completed, found,
                                 journal, sequence, salt, commitment)
            SELECT session_id, number, 'SELECT 1', 1, 2, 3, CASE number WHEN 3 THEN 'infinity' ELSE asked END, '{card=1}',
                   journal, 50 + number, salt, commitment
            FROM statement""";

    private EmbeddedPostgres postgres;
    private DataSource store;
    private Connection owner;

    @BeforeEach
    void start() throws SQLException {
        open(TestPostgres.start());
    }

    /** The store's owner is nobody special to its server. */
    private void open(EmbeddedPostgres started) throws SQLException {
        postgres = started;
        try (Connection superuser = postgres.getPostgresDatabase().getConnection();
                Statement statement = superuser.createStatement()) {
            statement.execute("CREATE ROLE keeper LOGIN; CREATE ROLE auditor");
            statement.execute("CREATE DATABASE kept OWNER keeper");
        }
        store = postgres.getDatabase("keeper", "kept");
        Flyway.configure()
                .dataSource(store)
                .locations("classpath:db/migration")
                .target("7")
                .load()
                .migrate();
        owner = store.getConnection();
    }

    @AfterEach
    void stop() throws SQLException, IOException {
        owner.close();
        postgres.close();
    }

    @Test
    void movesEveryRowIntoItsDay() throws SQLException {
        execute(ROWS);
        execute("GRANT SELECT ON statement TO auditor");
        List<String> before = contents();

        migrate();

        assertThat(contents()).isEqualTo(before).hasSize(4 + 4 + 12 + 12);
        assertThat(all("SELECT tableoid::regclass || ' ' || count(*) FROM session GROUP BY tableoid ORDER BY 1"))
                .containsExactly("session_2026_11_20 1", "session_2026_11_21 3");
        assertThat(all("SELECT tableoid::regclass || ' ' || count(*) FROM outcome GROUP BY tableoid ORDER BY 1"))
                .as("of no day is what is at no time")
                .containsExactly("outcome_2026_11_20 2", "outcome_2026_11_21 6", "outcome_other 4");
        assertThat(all("SELECT has_table_privilege('auditor', 'statement', 'SELECT')"))
                .containsExactly("t");
    }

    /** Nothing is lost where somebody has built on the tables: whoever it is has to decide. */
    @Test
    void leavesEverythingAsItWasWhereATableCannotBeMoved() throws SQLException {
        execute(ROWS);
        execute("CREATE VIEW reports AS SELECT text FROM statement");
        List<String> before = contents();

        assertThatThrownBy(this::migrate).hasMessageContaining("view reports depends on table statement");

        assertThat(contents()).isEqualTo(before);
        execute("DROP VIEW reports");
        migrate();
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void makesTheDaysToComeOnce() throws SQLException {
        migrate();

        assertThat(days()).isEqualTo(15);
        assertThat(addDays(14)).isZero();
        assertThat(addDays(16)).isEqualTo(2 * 5);
        assertThat(days()).isEqualTo(17);
    }

    /** A clock that was set forward or back; and a day that came while nobody could make its partition. */
    @Test
    void takesARowOfAnyTime() throws SQLException {
        migrate();
        String insert =
                "INSERT INTO session_end SELECT gen_random_uuid(), %s, 'left', gen_random_uuid(), 1, '\\x01', '\\x02'";
        for (String time : List.of("'1970-01-01'", "now()", "current_date + 15.5", "'2999-01-01'", "'infinity'")) {
            execute(insert.formatted(time.replace("15.5", "interval '15 days 12 hours'")));
        }
        assertThat(all("SELECT count(*) FROM session_end_other")).containsExactly("4");

        assertThat(addDays(16)).as("but for the day that has begun elsewhere").isEqualTo(2 * 5 - 1);
        execute(insert.formatted("current_date + interval '15 days 13 hours'"));

        assertThat(all("SELECT count(*) FROM session_end")).containsExactly("6");
        assertThat(all("SELECT count(*) FROM session_end_other")).containsExactly("5");
    }

    /** Those of before an upgrade, and those that are made after it. */
    @Test
    void haveTheirTablesIndexesWithWhatIsSetOfThem() throws SQLException {
        migrate();
        execute("SELECT add_day('statement', current_date - 1)");
        execute(
                "INSERT INTO statement (session_id, number, phase, text, parameters, kinds, verdict, rule, policy_version, asked, decided,"
                        + " journal, sequence, salt, commitment)"
                        + " SELECT gen_random_uuid(), n, 'QUERY', '', '{}', '{}', 'PERMIT', 'rule', 'abc', now() - n * interval '1 hour', now(),"
                        + " gen_random_uuid(), n, '', '' FROM generate_series(1, 72) n");

        StoreSchema.migrate(store);
        assertThat(addDays(16)).isEqualTo(2 * 5);

        assertThat(all("SELECT DISTINCT reloptions::text FROM pg_class WHERE relname ~ '^statement_.*_rule_idx$'"))
                .containsExactly("{autosummarize=on}");
        assertThat(
                        all(
                                "SELECT count(*) FROM pg_index i JOIN pg_inherits ON inhrelid = indrelid WHERE inhparent = 'statement'::regclass"
                                        + " GROUP BY indrelid HAVING count(*) <> (SELECT count(*) FROM pg_index WHERE indrelid = 'statement'::regclass)"))
                .isEmpty();
        execute("SET enable_seqscan = off");
        execute("SET enable_indexscan = off");
        assertThat(all("SELECT count(*) FROM statement WHERE rule = 'rule'")).containsExactly("72");
    }

    private int addDays(int ahead) throws SQLException {
        return StoreCalendar.addDays(store, ahead);
    }

    private int days() throws SQLException {
        return all("SELECT inhrelid FROM pg_inherits WHERE inhparent = 'statement'::regclass AND inhrelid <> 'statement_other'::regclass")
                .size();
    }

    static List<ServerVersion> servers() throws IOException {
        return ServerVersion.available().stream()
                .filter(server -> server.major() >= 14)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void areThereWhateverTheServersVersion(ServerVersion version) throws SQLException, IOException {
        owner.close();
        postgres.close();
        open(version.builder().start());
        execute(ROWS);
        List<String> before = contents();

        migrate();

        assertThat(contents()).isEqualTo(before).hasSize(4 + 4 + 12 + 12);
        assertThat(addDays(15)).isEqualTo(5);
        assertThat(all("SELECT records FROM plan_purge('shop', NULL, now(), true)"))
                .as("rows that nobody has recorded")
                .containsExactly("0");
        execute(
                "INSERT INTO purge SELECT gen_random_uuid(), 1, '', '', gen_random_uuid(), 'shop', NULL, ended_before, records, digest,"
                        + " holds, NULL, 'a test', now() FROM plan_purge('shop', NULL, now(), true)");
        assertThat(all("SELECT carry_out_purge(id) FROM purge")).containsExactly("t");
    }

    private void migrate() {
        Flyway.configure()
                .dataSource(store)
                .locations("classpath:db/migration")
                .target("9")
                .load()
                .migrate();
    }

    private List<String> contents() throws SQLException {
        List<String> contents = new ArrayList<>();
        for (String table : List.of("session", "session_end", "statement", "outcome")) {
            contents.addAll(all("SELECT t::text FROM " + table + " t ORDER BY 1"));
        }
        return contents;
    }

    private List<String> all(String sql) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
