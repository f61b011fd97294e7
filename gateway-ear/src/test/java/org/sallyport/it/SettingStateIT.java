package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/**
 * What a session is set to gives it nothing: settings and roles, threats 28, 30, 99 to 101 and 107. Each way is refused or changes
 * nothing, and what is honest about it passes.
 */
@WithGateway
class SettingStateIT {
    private static final List<String> RESTRICTED = List.of("reporting-agents", "migration-agents");

    private final Gateway gateway;
    private final GuardedGateway guarded;
    private final Treasure treasure;
    private final Siege siege;

    SettingStateIT(Gateway gateway, GuardedGateway guarded) throws SQLException {
        this.gateway = gateway;
        this.guarded = guarded;
        treasure = new Treasure(gateway);
        siege = new Siege(gateway, treasure);
    }

    @AfterEach
    void close() throws SQLException {
        treasure.close();
    }

    private RawClient client(String group) throws IOException {
        return gateway.rawClient("shop", Agent.in(gateway, group));
    }

    /** Every way in which a session's own setting is made. */
    private static Stream<String> inSession(String setting, String value) {
        String split = setting.substring(0, 3) + "' || '" + setting.substring(3);
        String call = "set_config('" + setting + "', '" + value + "', false)";
        return Stream.of(
                "SET " + setting + " = " + value,
                "SET SESSION " + setting + " TO '" + value + "'",
                "SET LOCAL " + setting.toUpperCase(Locale.ROOT) + " = '" + value + "'",
                "set/**/\"" + setting + "\" to " + value,
                "SELECT 1; SET " + setting + " = " + value,
                "SELECT " + call,
                "SELECT pg_catalog.set_config('" + split + "', '" + value + "', true)",
                "SELECT \"set_config\"(upper('" + setting + "'), '" + value + "', false)",
                "SELECT U&\"set\\005Fconfig\"(E'" + setting + "', $$" + value + "$$, false)",
                "WITH s AS MATERIALIZED (SELECT " + call + ") TABLE s",
                "EXPLAIN ANALYZE SELECT " + call,
                "DECLARE c CURSOR FOR SELECT " + call,
                "COPY (SELECT " + call + ") TO STDOUT",
                "PREPARE p AS SELECT " + call,
                "UPDATE pg_settings SET setting = '" + value + "' WHERE name = '" + setting + "'");
    }

    /** And those of a role, a database, the server and a function. */
    private static Stream<String> spellings(String setting, String value) {
        String to = " SET " + setting + " = " + value;
        return Stream.concat(
                inSession(setting, value),
                Stream.of(
                        "ALTER ROLE CURRENT_USER" + to,
                        "ALTER USER shop_gateway IN DATABASE shop" + to,
                        "ALTER ROLE ALL" + to,
                        "ALTER DATABASE shop" + to,
                        "ALTER SYSTEM" + to,
                        "CREATE FUNCTION pg_temp.loot() RETURNS int LANGUAGE sql" + to + " AS 'SELECT 1'",
                        "ALTER FUNCTION with_check_digit(text)" + to));
    }

    @ParameterizedTest
    @CsvSource({
        "role, postgres",
        "session_authorization, postgres",
        "session_replication_role, replica",
        "row_security, off",
        "default_transaction_read_only, off",
        "transaction_read_only, off",
        "standard_conforming_strings, off",
        "client_encoding, LATIN1",
        "backslash_quote, on"
    })
    void nobodyRestrictedMakesASettingThatMatters(String setting, String value) throws IOException, SQLException {
        List<String> before = treasure.state();
        for (String group : RESTRICTED) {
            try (RawClient client = client(group)) {
                for (String sql : spellings(setting, value).toList()) {
                    siege.refuse(sql, client);
                }
                siege.refuse("LOAD 'x'", client);
                assertThat(client.query("SELECT count(*) FROM products").answers())
                        .contains("D:[120]", "Z:I");
            }
        }
        assertThat(treasure.state()).isEqualTo(before);
    }

    /** Of an unrestricted session too, since guardrails read its statements by them. */
    @ParameterizedTest
    @CsvSource({"standard_conforming_strings, off, on", "client_encoding, LATIN1, UTF8"})
    void nobodyUnderGuardrailsMakesASettingByWhichStatementsAreRead(String setting, String value, String pinned)
            throws IOException, SQLException {
        List<String> before = treasure.state();
        for (String sql : inSession(setting, value).toList()) {
            try (RawClient client = client("operators")) {
                siege.refuse(sql, client);
                assertThat(client.query("SHOW " + setting).answers()).contains("D:[" + pinned + "]");
            }
        }
        assertThat(treasure.state()).isEqualTo(before);
    }

    /** A role's own settings give way to those with which the gateway begins its sessions. */
    @Test
    void aRolesOwnSettingsPullNoPin() throws IOException, SQLException {
        treasure.execute(
                "ALTER ROLE shop_gateway SET standard_conforming_strings = off",
                "ALTER ROLE shop_gateway SET client_encoding = 'LATIN1'");
        try (RawClient client = client("reporting-agents")) {
            assertThat(client.query("SELECT 'a\\', 'b'").answers()).contains("D:[a\\, b]");
            assertThat(client.query("SELECT name FROM products WHERE name = 'é\\' ORDER BY id USING <")
                            .answers())
                    .contains("C:SELECT 0");
        } finally {
            treasure.execute(
                    "ALTER ROLE shop_gateway RESET standard_conforming_strings",
                    "ALTER ROLE shop_gateway RESET client_encoding");
        }
    }

    /** What no text shows, the server reports: the session ends before its next statement is read wrongly. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN PERFORM set_config('standard_conforming_strings', 'off', false); END $$",
                "DO $$ BEGIN EXECUTE 'SET client_encoding = ''LATIN1'''; END $$"
            })
    void aPinThatIsPulledUnseenEndsTheSession(String sql) throws IOException {
        try (RawClient client = client("operators")) {
            List<Message> answers = client.query(sql).flush().receiveUntil('Z');
            assertThat(answers).as(answers.toString()).extracting(Message::type).endsWith('E', '-');
            assertThat(answers.get(answers.size() - 2).field('S')).contains("FATAL");
        }
    }

    /** The twin: what goes back to the pinned value, and what resets all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET standard_conforming_strings = on",
                "SET client_encoding TO 'utf-8'",
                "SET NAMES 'UTF8'",
                "RESET standard_conforming_strings",
                "RESET client_encoding",
                "RESET ALL",
                "DISCARD ALL"
            })
    void pinsStayWhereTheyAre(String sql) throws IOException {
        try (RawClient client = client("operators")) {
            assertThat(client.query(sql).answers()).contains("Z:I").noneMatch(answer -> answer.startsWith("E"));
            assertThat(client.query("SHOW standard_conforming_strings").answers())
                    .contains("D:[on]");
            assertThat(client.query("SHOW client_encoding").answers()).contains("D:[UTF8]");
            assertThat(client.query("SELECT 'a\\', 'b'").answers()).contains("D:[a\\, b]");
        }
    }

    /** Under the guardrails that come with the server. */
    @ParameterizedTest
    @CsvSource({"role, postgres", "session_authorization, postgres", "session_replication_role, replica"})
    void aGuardrailSeesASettingHoweverItIsMade(String setting, String value) throws IOException, SQLException {
        List<String> before = treasure.state();
        try (RawClient client = guarded.client(Agent.in(gateway, "operators"))) {
            for (String sql : spellings(setting, value).toList()) {
                siege.refuse(sql, client);
            }
            assertThat(client.query("SELECT session_user = current_user").answers())
                    .contains("D:[t]");
            assertThat(client.query("SHOW session_replication_role").answers()).contains("D:[origin]");
        }
        assertThat(treasure.state()).isEqualTo(before);
    }

    /** The twin: settings that are nobody's business. */
    @Test
    void everybodyMakesTheSettingsOfTheirOwnSession() throws IOException {
        for (String group : List.of("reporting-agents", "migration-agents", "operators")) {
            try (RawClient client = client(group)) {
                for (String sql : List.of(
                        "SET application_name = 'role'",
                        "SET statement_timeout = '20s'",
                        "SET LOCAL lock_timeout = 1000",
                        "SHOW transaction_read_only",
                        "RESET statement_timeout",
                        "SELECT 'SET ROLE postgres', 'set_config' AS role")) {
                    assertThat(client.query(sql).answers())
                            .as(sql)
                            .contains("Z:I")
                            .noneMatch(answer -> answer.startsWith("E"));
                }
            }
        }
    }

    /** 107: the same in the start-up packet. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-c role=postgres",
                "-c session_authorization=postgres",
                "-c session_replication_role=replica",
                "--row_security=off",
                "-c Default_Transaction_Read_Only=off",
                "-c standard_conforming_strings=off",
                "-c client_encoding=LATIN1",
                "-c backslash_quote=on",
                "-c application_name=x -c role=postgres"
            })
    void noRestrictedSessionBeginsWithASettingThatMatters(String options) throws IOException {
        for (String group : RESTRICTED) {
            assertThat(login(group, options))
                    .noneMatch(answer -> answer.startsWith("Z"))
                    .anyMatch(answer -> answer.startsWith("E"));
            assertThat(login(group, "-c application_name=x")).contains("Z:I");
        }
    }

    private List<String> login(String group, String options) throws IOException {
        Agent agent = Agent.in(gateway, group);
        try (RawClient client = new RawClient(gateway.port())) {
            client.requestTls();
            client.startup(3 << 16, Map.of("user", agent.name(), "database", "shop", "options", options))
                    .flush();
            List<Message> answers = new ArrayList<>(List.of(client.receive()));
            if (answers.get(0).type() == 'R') {
                client.password(agent.token()).flush();
                answers.addAll(client.receiveUntil('Z'));
            }
            return answers.stream().map(Message::summary).toList();
        }
    }
}
