package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.contract.Leeway;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.StatementAttempt;

/** Settings by start-up parameters and by {@code options} (threat 107), compared with a direct connection. */
class StartupSettingsTest {
    @TempDir
    private static Path folder;

    private static RealServer server;
    private static ScriptedApplication application;
    private static Listener unrestricted;
    private static Listener restricted;
    private static ScriptedApplication leavingAlone;
    private static Listener free;

    @BeforeAll
    static void start() throws Exception {
        server = RealServer.start(folder);
        application = new ScriptedApplication(server::target, Leeway.RESTRICTED);
        restricted = listen(application);
        leavingAlone = new ScriptedApplication(server::target, Leeway.FREE);
        free = listen(leavingAlone);
        unrestricted = listen(new ScriptedApplication(server::target, Leeway.GUARDED));
    }

    private static Listener listen(ScriptedApplication application) throws Exception {
        return Listener.bind(
                new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), RealServer.LIMITS),
                application);
    }

    @AfterAll
    static void stop() throws Exception {
        restricted.close();
        free.close();
        unrestricted.close();
        server.close();
    }

    private static RawClient through(Listener listener, String... parameters) throws Exception {
        RawClient client = new RawClient(listener.address().getPort());
        List<String> all = new ArrayList<>(List.of("user", "agent", "database", "shop"));
        all.addAll(List.of(parameters));
        client.startup(0x30000, all.toArray(String[]::new)).password(ScriptedApplication.TOKEN);
        return client;
    }

    private static RawClient direct(String... parameters) throws Exception {
        RawClient client = new RawClient(server.port());
        List<String> all = new ArrayList<>(List.of("user", "postgres", "database", "postgres"));
        all.addAll(List.of(parameters));
        return client.startup(0x30000, all.toArray(String[]::new));
    }

    /** How the start-up ended: the error's fields, or what the settings are. */
    private static List<String> outcome(RawClient client, String... shown) throws Exception {
        try (client) {
            for (Message message : client.flush().receiveUntil('Z')) {
                if (message.type() == 'E') {
                    return List.of("SCMDH"
                            .chars()
                            .mapToObj(code ->
                                    (char) code + message.field((char) code).orElse(""))
                            .toArray(String[]::new));
                }
            }
            List<String> values = new ArrayList<>();
            for (String name : shown) {
                values.addAll(client.query("SHOW " + name).answers());
            }
            return values;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-c work_mem=7MB",
                "-cwork_mem=7MB --search-path=pg_catalog",
                "--work-mem=7MB",
                "-c search_path=a,\\ c -c datestyle=German\\,\\ DMY",
                "-c my.var=x\\\\y",
                "-c My.Var=1 -c WORK_MEM=8MB",
                "-c a-b.c=1 -c my.var=a-b",
                "-c my.var= --",
                "-c intervalstyle=postgres_verbose",
                "-c geqo=off -c statement_timeout=5min",
                "",
                "   ",
            })
    void anUnrestrictedIdentityHasItsOptionsAsPostgresqlReadsThem(String options) throws Exception {
        String[] shown = {"work_mem", "search_path", "datestyle", "intervalstyle", "geqo", "statement_timeout", "my.var"
        };
        assertThat(outcome(through(unrestricted, "options", options, "my.var", "from the packet"), shown))
                .isEqualTo(outcome(direct("options", options, "my.var", "from the packet"), shown));
        assertThat(outcome(through(unrestricted, "options", options), shown))
                .isEqualTo(outcome(direct("options", options), shown));
    }

    @ParameterizedTest
    @CsvSource({
        "WORK_MEM, 7MB",
        "my.var, 1",
        "My.Var, it''s",
        "search_path, nowhere",
        "default_transaction_isolation, serializable",
        "session_preload_libraries, ''",
        "replication, OF",
        "replication, no",
        "extra_float_digits, 0",
        "no_such_setting, 1",
        "work-mem, 1",
        "a-b.c, 1",
        "work_mem, much",
        "work_mem, 1PB",
        "TimeZone, nowhere",
        "transaction_isolation, none",
        "port, 1",
        "is_superuser, on",
    })
    void anUnrestrictedIdentityMaySetAllThatPostgresqlTakes(String name, String value) throws Exception {
        String[] shown = {"work_mem", "search_path", "default_transaction_isolation", "extra_float_digits"};
        assertThat(outcome(through(unrestricted, name, value), shown)).isEqualTo(outcome(direct(name, value), shown));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-c work_mem        | 42601 | -c work_mem requires a value",
                "--work-mem 7MB     | 42601 | --work-mem requires a value",
                "-c                 | 42601 | invalid command-line argument for server process: -c",
                "foo                | 42601 | invalid command-line argument for server process: foo",
                "-S 100             | 42601 | invalid command-line argument for server process: -S",
                "-e                 | 42601 | invalid command-line argument for server process: -e",
                "-c user=postgres   | 42704 | unrecognized configuration parameter \"user\"",
                "-c database=x      | 42704 | unrecognized configuration parameter \"database\"",
                "-c options=x       | 42704 | unrecognized configuration parameter \"options\"",
                "-c replication=on  | 42704 | unrecognized configuration parameter \"replication\"",
                "--Replication=on   | 42704 | unrecognized configuration parameter \"Replication\"",
                "-c _pq_.x=1        | 42704 | unrecognized configuration parameter \"_pq_.x\"",
                "-c role=postgres   | 42501 | permission denied to set parameter \"role\" at start-up",
                "-c Session-Authorization=a | 42501 | permission denied to set parameter \"Session_Authorization\" at start-up",
                "-c client_encoding=LATIN1  | 0A000 | client_encoding must be UTF8",
                "-c standard-conforming-strings=off | 0A000 | standard_conforming_strings must be on",
            })
    void nobodysOptionsCarryMoreThanSettings(String options, String sqlState, String message) throws Exception {
        for (Listener listener : List.of(restricted, unrestricted)) {
            assertThat(outcome(through(listener, "options", options)))
                    .startsWith("SFATAL", "C" + sqlState, "M" + message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replication | true     | 42501 | replication connections are refused",
                "replication | database | 42501 | replication connections are refused",
                "replication | On       | 42501 | replication connections are refused",
                "replication | t        | 42501 | replication connections are refused",
                "replication | 1        | 42501 | replication connections are refused",
                "replication | maybe    | 22023 | invalid value for parameter \"replication\": \"maybe\"",
                "Replication | true     | 42704 | unrecognized configuration parameter \"Replication\"",
                "USER        | postgres | 42704 | unrecognized configuration parameter \"USER\"",
                "Database    | postgres | 42704 | unrecognized configuration parameter \"Database\"",
                "OPTIONS     | -c a.b=1 | 42704 | unrecognized configuration parameter \"OPTIONS\"",
                "_PQ_.x      | 1        | 42704 | unrecognized configuration parameter \"_PQ_.x\"",
                "Role        | postgres | 42501 | permission denied to set parameter \"Role\" at start-up",
            })
    void nobodysParametersPretendToBeTheProtocols(String name, String value, String sqlState, String message)
            throws Exception {
        for (Listener listener : List.of(restricted, unrestricted)) {
            assertThat(outcome(through(listener, name, value))).startsWith("SFATAL", "C" + sqlState, "M" + message);
        }
    }

    /** Threats 28 and 30 concern decisions, and about such a session none is made by how its statements are read. */
    @Test
    void aSessionThatPolicyLeavesAloneIsReadAsItAsksForAndRecordedAsThat() throws Exception {
        String[] parameters = {"client_encoding", "LATIN1", "standard_conforming_strings", "off"};
        String[] shown = {"client_encoding", "standard_conforming_strings"};
        assertThat(outcome(through(free, parameters), shown)).isEqualTo(outcome(direct(parameters), shown));
        assertThat(outcome(through(free), shown)).isEqualTo(outcome(direct(), shown));

        try (RawClient client = through(free, parameters)) {
            client.flush().receiveUntil('Z');
            assertThat(client.query("SELECT 'a\\'; SELECT 1 --'").answers())
                    .contains("D:[a'; SELECT 1 --]")
                    .doesNotContain("D:[1]");
            client.message('Q', data -> data.write("SELECT '\u00e9'\0".getBytes(StandardCharsets.ISO_8859_1)));
            assertThat(client.answers()).contains("D:[\uFFFD]");
            assertThat(client.query("SET client_encoding TO 'UTF8'").answers()).contains("S");
            assertThat(client.query("SELECT '\u00e9\u00e8'").answers()).contains("D:[\u00e9\u00e8]");
        }
        assertThat(leavingAlone.attempts)
                .extracting(StatementAttempt::sql)
                .contains("SELECT '\u00e9'", "SELECT '\u00e9\u00e8'");
    }

    /** Both of a setting that comes twice count, where PostgreSQL has them add up. */
    @Test
    void settingsAreMadeInPostgresqlsOrder() throws Exception {
        String[] parameters = {"DateStyle", "SQL", "options", "-c datestyle=DMY -c work_mem=7MB", "datestyle", "YMD"};
        assertThat(outcome(through(unrestricted, parameters), "datestyle", "work_mem"))
                .isEqualTo(outcome(direct(parameters), "datestyle", "work_mem"));
        String[] firstIsWrong = {"work_mem", "much", "work_mem", "7MB"};
        assertThat(outcome(through(unrestricted, firstIsWrong))).isEqualTo(outcome(direct(firstIsWrong)));
    }

    @Test
    void whatTheServerSaysOfTheGatewaysOwnRoleStaysThere() throws Exception {
        server.execute("ALTER ROLE gateway NOSUPERUSER CONNECTION LIMIT 0");
        try {
            assertThat(outcome(through(unrestricted, "work_mem", "7MB")))
                    .contains("C08001", "Mthe database cannot be reached");
        } finally {
            server.execute("ALTER ROLE gateway SUPERUSER CONNECTION LIMIT -1");
        }
    }

    @Test
    void replicationIsRefusedWhicheverOfSeveralAsksForIt() throws Exception {
        for (String[] parameters : new String[][] {
            {"replication", "database", "replication", "false"}, {"replication", "false", "replication", "true"}
        }) {
            assertThat(outcome(through(unrestricted, parameters))).contains("Mreplication connections are refused");
        }
    }

    @Test
    void aRestrictedIdentityMaySetAShortListOfSettings() throws Exception {
        String[] shown = {"application_name", "datestyle", "timezone", "statement_timeout", "client_min_messages"};
        String[] parameters = {
            "application_name",
            "reports",
            "DateStyle",
            "SQL",
            "TimeZone",
            "Asia/Tokyo",
            "client_encoding",
            "UTF8",
            "options",
            "-c statement_timeout=5min --client-min-messages=error -c standard_conforming_strings=on"
        };
        assertThat(outcome(through(restricted, parameters), shown)).isEqualTo(outcome(direct(parameters), shown));
    }

    @ParameterizedTest
    @CsvSource({
        "search_path, evil",
        "Search_Path, evil",
        "work_mem, 1GB",
        "my.var, 1",
        "session_preload_libraries, x",
        "client_min_messages, debug5",
        "default_transaction_read_only, off",
        "row_security, off",
        "session_replication_role, replica",
    })
    void aRestrictedIdentityIsToldWhichSettingItMayNotMake(String name, String value) throws Exception {
        List<String> refusal = List.of(
                "SFATAL",
                "C42501",
                "Mpermission denied to set parameter \"" + name + "\" at start-up",
                "DRule \"start-up\": restricted roles may use a short list of settings only.",
                "HLeave it out of the connection's parameters, its options and PGOPTIONS.");
        application.ends.clear();
        assertThat(outcome(through(restricted, name, value))).isEqualTo(refusal);
        assertThat(application.ends.take())
                .as("an admission that came to nothing")
                .isEqualTo(SessionEnd.ENDED);
        assertThat(outcome(through(restricted, "options", "-c " + name + "=" + value)))
                .isEqualTo(refusal);
    }
}
