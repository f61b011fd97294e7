package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.ServerVersion;
import org.sallyport.sql.Script;
import org.sallyport.sql.SqlReader;

/**
 * Threat 4.2: the agent's text stands inside the gateway's own, as the body of a function. Whatever it looks like, nothing of it
 * runs: each text tries to end the body and then to do something that would be seen, most of it after a rollback too. The role
 * owns what it aims at, so that nothing but the question stands in its way.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("servers")
class BreakoutTest {
    private static final String SCHEMA = """
            create role agent login;
            create schema mine authorization agent;
            grant create on schema public to agent;
            set role agent;
            create table orders (id int primary key);
            insert into orders values (1), (2), (3);
            create sequence ran;
            create function effect() returns bigint language sql as 'select nextval(''public.ran'')';
            create procedure effects() language sql as 'select nextval(''public.ran'')';""";

    /** Whether the sequence is untouched, which no rollback would make it again, and what else an escape would leave. */
    private static final String TRACES = """
            select (select not is_called from public.ran)
               and (select count(*) = 3 from public.orders)
               and not exists (select from pg_class where relname = 'loot')
               and not exists (select from pg_proc where proname in ('loot', 'reading'))
               and not exists (select from pg_locks where locktype = 'advisory')
               and not exists (select from pg_largeobject_metadata)
               and not exists (select from pg_prepared_xacts)
               and not exists (select from pg_roles where rolname = 'loot')""";

    /** The same in the session that was asked. */
    private static final String TRACES_IN_SESSION = """
            select current_setting('work_mem') = '4MB' and current_user = 'agent'
               and coalesce(current_setting('my.loot', true), '') = ''
               and not exists (select from pg_prepared_statements where from_sql)
               and not exists (select from pg_cursors where name <> '' and is_holdable)
               and not exists (select from pg_listening_channels())
               and not exists (select from pg_class where relnamespace = pg_my_temp_schema())""";

    /** How a text may try to end what it stands in. */
    private static final List<String> OPENINGS = List.of(
            "",
            ";",
            "END",
            "; END;",
            "SELECT 1",
            "SELECT 1;",
            "SELECT 1; END;",
            "SELECT 1;END;",
            "SELECT 1\n;END;\n",
            "SELECT 1\r;\rEND\r;\r",
            "SELECT 1\u000B;\fEND\t;",
            "SELECT 1; end /* */ ;",
            "SELECT 1; eNd -- \n;",
            "SELECT 1;; END;;",
            "SELECT 1; END; END;",
            "SELECT 1; COMMIT;",
            "SELECT 1; END; COMMIT; BEGIN;",
            "SELECT 1; ROLLBACK TO SAVEPOINT reading; RELEASE reading;",
            "SELECT 1; ABORT AND CHAIN;",
            "RETURN 1; END;",
            "RETURN (SELECT 1); END;",
            "SELECT CASE WHEN true THEN 1 END; END;",
            "SELECT CASE WHEN true THEN 1; END;",
            "SELECT 1 AS \"end\"; END;",
            "BEGIN ATOMIC SELECT 1; END; END;",
            "SELECT 1; BEGIN ATOMIC SELECT 1; END; END;",
            "SELECT 1; BEGIN ATOMIC",
            "CREATE FUNCTION loot() RETURNS void BEGIN ATOMIC SELECT 1; END; END;",
            "SELECT 1); END;",
            "SELECT (1; END;",
            "SELECT [1; END;",
            "SELECT '; END;",
            "SELECT ''; END;",
            "SELECT '''; END; '; END;",
            "SELECT '\\'; END;",
            "SELECT E'\\'; END;",
            "SELECT E'\\\\'; END;",
            "SELECT e'\\047; END;",
            "SELECT N'\\'; END;",
            "SELECT B'1'; END;",
            "SELECT X'27'; END;",
            "SELECT U&'\\0027'; END;",
            "SELECT U&'!0027' UESCAPE '!'; END;",
            "SELECT U&'x' UESCAPE '''; END;",
            "SELECT 'a'\n'b'; END;",
            "SELECT 'a' -- x\n'; END; '; END;",
            "SELECT \"; END;",
            "SELECT 1 AS \"\"\"; END; \"; END;",
            "SELECT 1 AS U&\"\\0022\"; END;",
            "SELECT 1 AS \u201Cx\u201D; END;",
            "SELECT $$; END;",
            "SELECT $$ $$; END;",
            "SELECT $a$ $$ $A$; END;",
            "SELECT $a$ $a$; END;",
            "SELECT $1$; END;",
            "SELECT a$$ FROM (SELECT 1 AS a$$) x; END; $$",
            "SELECT $\u00E9$ $\u00E9$; END;",
            "SELECT 1 /* ; END;",
            "SELECT 1 /* /* */ ; END; */; END;",
            "SELECT 1 */; END; /*",
            "SELECT 1 /*/; END;*/; END;",
            "SELECT 1 -- \n; END;",
            "SELECT 1 --\r; END;",
            "SELECT 1 --\u2028; END;",
            "SELECT 1 --\u0085; END;",
            "SELECT 1 \\; END;",
            "SELECT 1 \\g\n",
            "\\q\n",
            "\\! true\n",
            "SELECT 1 {; END;}",
            "SELECT {fn user()}; END;",
            "SELECT ?; END;",
            "SELECT 1 ?? 2; END;",
            "SELECT :x; END;",
            "SELECT 1\u00A0; END;",
            "SELECT 1\uFF1B END\uFF1B",
            "SELECT 1\uD800; END;",
            "SELECT 1\0; END;",
            "SELECT '\0'; END;",
            "COPY orders FROM STDIN; END;",
            "WITH x AS (SELECT 1) SELECT 1; END;",
            "INSERT INTO orders VALUES (9) RETURNING 1; END;",
            "EXPLAIN ANALYZE SELECT 1; END;");

    /** What it would do then. */
    private static final List<String> PAYLOADS = List.of(
            "SELECT nextval('public.ran')",
            "DROP TABLE public.orders",
            "CREATE TABLE mine.loot (a int)",
            "DELETE FROM public.orders",
            "DO $x$ BEGIN PERFORM nextval('public.ran'); COMMIT; END $x$",
            "CALL public.effects()",
            "SET work_mem = '64kB'",
            "SELECT set_config('my.loot', 'x', false)",
            "LISTEN loot",
            "SELECT pg_advisory_lock(42)",
            "SELECT lo_from_bytea(0, 'loot')",
            "PREPARE loot AS SELECT 1",
            "DECLARE loot CURSOR WITH HOLD FOR SELECT nextval('public.ran')",
            "CREATE TEMP TABLE loot AS SELECT public.effect()",
            "CREATE FUNCTION mine.loot() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE ROLE loot",
            "COMMIT");

    /** How it would have the rest of the gateway's text be of no harm. */
    private static final List<String> CLOSINGS = List.of(
            "",
            ";",
            "; --",
            " --",
            "; /*",
            ";\n",
            "; BEGIN ATOMIC SELECT 1",
            "; CREATE FUNCTION pg_temp.reading() RETURNS void BEGIN ATOMIC SELECT 1",
            "; SELECT (",
            "; SELECT $$",
            "; SELECT '",
            "; SELECT E'\\",
            "; SELECT \"",
            "; SELECT CASE WHEN true THEN 1",
            "\0");

    // NullAway does not know who sets them.
    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private static Connection owner;

    @SuppressWarnings("NullAway.Init")
    private static Connection connection;

    /** Planned once: each is asked thousands of times. */
    @SuppressWarnings("NullAway.Init")
    private static PreparedStatement traces;

    @SuppressWarnings("NullAway.Init")
    private static PreparedStatement tracesInSession;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    private ServerVersion version;

    static List<ServerVersion> servers() throws IOException {
        return ServerVersion.available().stream()
                .filter(server -> server.major() >= 14)
                .toList();
    }

    @BeforeParameterizedClassInvocation
    static void start(ServerVersion version) throws IOException, SQLException {
        postgres = version.builder()
                .setServerConfig("max_prepared_transactions", "5")
                .start();
        owner = postgres.getPostgresDatabase().getConnection();
        try (Statement statement = owner.createStatement()) {
            statement.execute(SCHEMA);
            statement.execute("reset role");
        }
        traces = owner.prepareStatement(TRACES);
        connect();
    }

    private static void connect() throws SQLException {
        connection = postgres.getDatabase("agent", "postgres").getConnection();
        tracesInSession = connection.prepareStatement(TRACES_IN_SESSION);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        connection.close();
        owner.close();
        postgres.close();
    }

    /** Every opening with every payload, and with every closing. */
    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int opening = 0; opening < OPENINGS.size(); opening++) {
            for (int i = 0; i < PAYLOADS.size() + CLOSINGS.size(); i++) {
                String payload = PAYLOADS.get((i < PAYLOADS.size() ? i : opening) % PAYLOADS.size());
                String closing = CLOSINGS.get((i < PAYLOADS.size() ? opening + i : i) % CLOSINGS.size());
                texts.add(OPENINGS.get(opening) + " " + payload + closing);
            }
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingOfATextRuns(boolean inTransaction) throws SQLException {
        for (String text : texts()) {
            tryOut(text, 0, inTransaction);
        }
    }

    /** A parameter whose type is open puts the text into a PREPARE as well. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingOfATextWithParametersRuns(boolean inTransaction) throws SQLException {
        for (String opening : OPENINGS) {
            String text = opening.replaceFirst("SELECT ", "SELECT \\$1::int, ");
            for (String payload : PAYLOADS) {
                tryOut(text + " " + payload, 1, inTransaction);
            }
        }
    }

    private static void tryOut(String text, int parameters, boolean inTransaction) throws SQLException {
        connection.setAutoCommit(!inTransaction);
        if (inTransaction) {
            assertNoTrace(text);
        }
        Question question = new Question(text, Collections.nCopies(parameters, 0));
        try {
            Meaning unused = new Reader(connection).ask(question);
            assertOneStatement(text);
        } catch (Unanswered refused) {
            // as it should be
        } catch (SQLException lost) {
            connection.close();
            connect();
        }
        assertNoTrace(text);
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    /** The server told the meaning of one statement, so the gateway sees one as well. */
    private static void assertOneStatement(String text) {
        Script script = SqlReader.read(text);
        assertThat(script.unreadable()).as(text).isEmpty();
        assertThat(script.statements()).as(text).hasSize(1);
    }

    private static void assertNoTrace(String text) throws SQLException {
        assertThat(isTrue(traces)).as(text).isTrue();
        assertThat(isTrue(tracesInSession)).as(text).isTrue();
    }

    private static boolean isTrue(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Whoever looks for traces has to find them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select nextval('public.ran')",
                "delete from public.orders where id = 1",
                "create table mine.loot (a int)",
                "create function mine.loot() returns int language sql as 'select 1'",
                "select lo_create(0)",
            })
    void tracesAreFound(String sql) throws SQLException {
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
            assertThat(isTrue(traces)).isFalse();
            owner.rollback();
            statement.execute("select setval('public.ran', 1, false)");
        } finally {
            owner.setAutoCommit(true);
        }
        assertThat(isTrue(traces)).isTrue();
    }

    /** The honest twins: all of that is text like any other. */
    @Test
    void whatOnlyLooksLikeItIsAnswered() throws SQLException {
        connection.setAutoCommit(true);
        for (String text : List.of(
                "SELECT '; END; DROP TABLE orders; --'",
                "SELECT E'\\'; END; DROP TABLE orders; --'",
                "SELECT U&'\\0027; END; DROP TABLE orders; --'",
                "SELECT U&'!0027; END;' UESCAPE '!'",
                "SELECT $$; END; DROP TABLE orders; --$$",
                "SELECT $a$ $$; END; $A$ $a$",
                "SELECT 1 AS \"; END; DROP TABLE orders; --\"",
                "SELECT 1 AS U&\"\\0022; END;\"",
                "SELECT 1 /* ; END; DROP TABLE orders; /* -- */ */",
                "SELECT 1 -- ; END; DROP TABLE orders;",
                "SELECT 1 -- ; END;\r + 1",
                "SELECT CASE WHEN true THEN 1 END AS \"end\"",
                "SELECT 'a'\n'; END;'",
                "SELECT \"end\".atomic FROM (SELECT 1 AS atomic) AS \"end\"",
                "SELECT '{fn user()}', '?', ':x'")) {
            try {
                assertThat(new Reader(connection)
                                .ask(new Question(text, List.of()))
                                .relations())
                        .as(text)
                        .isEmpty();
            } catch (Unanswered refused) {
                fail(text + ": " + refused.getMessage());
            }
        }
    }
}
