package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** Who gets in, and that nothing of whoever does not reaches the database or the record. */
@WithGateway
class AdmissionIT {
    private static final String REFUSED_AUTHORIZATION = "28000";
    private static final String NO_DATABASE = "3D000";

    private final Gateway gateway;
    private final Person dana;
    /** The application's name, by which the database's log tells this test's logins from others. */
    private final String marker = "admission-" + UUID.randomUUID();

    AdmissionIT(Gateway gateway) {
        this.gateway = gateway;
        dana = Person.dana(gateway);
    }

    @BeforeEach
    void logLogins() {
        var databases = gateway.databases();
        databases.execute("postgres", databases.superuser(), "ALTER SYSTEM SET log_connections = on");
        databases.execute("postgres", databases.superuser(), "SELECT pg_reload_conf()");
        Eventually.holds("the database logs logins", () -> {
            int before = gateway.databaseLog().length();
            logInDirectly();
            return gateway.databaseLog().substring(before).contains("connection authorized");
        });
    }

    private void logInDirectly() {
        try {
            gateway.connectDirectly("shop").close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reporting-agent", "migration-agent"})
    void letsPsqlInWithATokenOfTheRealProvider(String name) {
        Programs.Result result = psql("shop", name, gateway.token(name));
        assertThat(result.errors()).isEmpty();
        assertThat(result.output()).isEqualTo("120\n");
        assertThat(result.status()).isZero();
        assertThat(gateway.databaseLog()).contains(marker);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reporting-agent", "migration-agent"})
    void letsPgjdbcInWithATokenOfTheRealProvider(String name) throws SQLException {
        try (Connection connection = pgjdbc("shop", name, gateway.token(name));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM products")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(120);
        }
        assertThat(gateway.databaseLog()).contains(marker);
    }

    @Test
    void letsATokenOfNearlySixteenKibibytesIn() throws SQLException {
        String token = gateway.testIssuer()
                .sign(gateway.testIssuer()
                        .claims("wordy-agent", "reporting-agents")
                        .claim("padding", "x".repeat(11_500))
                        .build());
        assertThat(token.length()).isBetween(15_500, 16 * 1024);
        try (Connection connection = pgjdbc("shop", "wordy-agent", token)) {
            assertThat(connection.isValid(10)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refuses(Forgery forgery) throws IOException {
        String token = forgery.token(gateway.testIssuer(), "forger");
        assertEveryDriverIsRefused("shop", "forger", token, REFUSED_AUTHORIZATION, forgery.reason());
    }

    @ParameterizedTest
    @EnumSource
    void refusesPsqlWith(Forgery forgery) {
        String before = dana.youngestSession();
        String token = forgery.token(gateway.testIssuer(), "forger");
        Programs.Result result = psql("shop", "forger", token);
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors()).contains("FATAL:", forgery.reason()).doesNotContain(token);
        assertNothingHappened(before);
    }

    @Test
    void refusesATokenOfAGroupWithoutAccess() throws IOException {
        Agent stranger = Agent.in(gateway, "strangers");
        assertEveryDriverIsRefused("shop", stranger.name(), stranger.token(), NO_DATABASE, "not open to this identity");
    }

    @Test
    void refusesAConnectionThatTheRoleDoesNotName() throws IOException {
        Agent agent = Agent.in(gateway, "reporting-agents");
        assertEveryDriverIsRefused("bench", agent.name(), agent.token(), NO_DATABASE, "not open to this identity");
    }

    @Test
    void refusesAnUnknownDatabaseInTheSameWords() throws IOException {
        Agent agent = Agent.in(gateway, "reporting-agents");
        assertEveryDriverIsRefused("nowhere", agent.name(), agent.token(), NO_DATABASE, "not open to this identity");
    }

    @Test
    void refusesAUserNameThatIsNotTheTokens() throws IOException {
        Agent agent = Agent.in(gateway, "reporting-agents");
        assertEveryDriverIsRefused(
                "shop", "migration-agent", agent.token(), REFUSED_AUTHORIZATION, "user name does not match the token");
    }

    @Test
    void refusesAnEmptyToken() throws IOException {
        String before = dana.youngestSession();
        assertRefused(knock("shop", "reporting-agent", ""), REFUSED_AUTHORIZATION, "no token was sent");
        assertNothingHappened(before);
    }

    /** Threat 115: PostgreSQL would take the user's name for the database's; here it is no way around the check. */
    @Test
    void refusesAnEmptyDatabase() throws IOException {
        Agent agent = Agent.in(gateway, "operators");
        String before = dana.youngestSession();
        assertRefused(knock("", agent.name(), agent.token()), NO_DATABASE, "no database name specified");
        try (RawClient client = new RawClient(gateway.port())) {
            client.requestTls();
            client.startup(3 << 16, Map.of("user", agent.name(), "application_name", marker));
            client.flush().receive();
            List<Message> answers = client.password(agent.token()).flush().receiveUntil('Z');
            assertRefused(answers, NO_DATABASE, "no database name specified");
        }
        assertRefused(knock(agent.name(), agent.name(), agent.token()), NO_DATABASE, "not open to this identity");
        assertNothingHappened(before);
    }

    @Test
    void refusesAConnectionWithoutTls() throws IOException {
        Agent agent = Agent.in(gateway, "reporting-agents");
        String before = dana.youngestSession();
        assertThatThrownBy(() -> gateway.connect(
                                "shop",
                                agent.name(),
                                agent.token(),
                                Map.of("sslmode", "disable", "ApplicationName", marker))
                        .close())
                .isInstanceOfSatisfying(
                        PSQLException.class,
                        refusal -> assertFatal(refusal, REFUSED_AUTHORIZATION, "without TLS are refused"));
        assertNothingHappened(before);
    }

    @Test
    void refusesPsqlWithoutTls() {
        Agent agent = Agent.in(gateway, "reporting-agents");
        String before = dana.youngestSession();
        Map<String, String> environment = environment("shop", agent.name(), agent.token());
        environment.put("PGSSLMODE", "disable");
        Programs.Result result = Programs.run(environment, "psql", "-XAtc", "SELECT 1");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.errors()).contains("FATAL:", "without TLS are refused", "sslmode=require");
        assertNothingHappened(before);
    }

    private void assertEveryDriverIsRefused(String database, String user, String token, String sqlState, String reason)
            throws IOException {
        String before = dana.youngestSession();
        assertRefused(knock(database, user, token), sqlState, reason);
        assertThatThrownBy(() -> pgjdbc(database, user, token).close())
                .isInstanceOfSatisfying(PSQLException.class, refusal -> assertFatal(refusal, sqlState, reason));
        assertNothingHappened(before);
    }

    private static void assertFatal(PSQLException refusal, String sqlState, String reason) {
        ServerErrorMessage error = refusal.getServerErrorMessage();
        assertThat(error).isNotNull();
        assertThat(error.getSeverity()).isEqualTo("FATAL");
        assertThat(error.getSQLState()).isEqualTo(sqlState);
        assertThat(error.getMessage()).contains(reason);
    }

    /** The whole conversation was one FATAL, and then the connection was closed. */
    private static void assertRefused(List<Message> answers, String sqlState, String reason) {
        assertThat(answers).extracting(Message::type).containsExactly('E', '-');
        Message error = answers.get(0);
        assertThat(error.field('S')).contains("FATAL");
        assertThat(error.field('C')).contains(sqlState);
        assertThat(error.field('M').orElse("")).contains(reason);
    }

    private void assertNothingHappened(String youngestBefore) {
        assertThat(gateway.databaseLog()).doesNotContain(marker);
        assertThat(dana.youngestSession()).isEqualTo(youngestBefore);
    }

    private List<Message> knock(String database, String user, String token) throws IOException {
        try (RawClient client = new RawClient(gateway.port())) {
            client.requestTls();
            client.startup(3 << 16, Map.of("user", user, "database", database, "application_name", marker));
            assertThat(client.flush().receive().summary()).isEqualTo("R:3");
            return client.password(token).flush().receiveUntil('Z');
        }
    }

    private Connection pgjdbc(String database, String user, String token) throws SQLException {
        Map<String, String> settings = Map.of("ApplicationName", marker, "assumeMinServerVersion", "15");
        return gateway.connect(database, user, token, settings);
    }

    private Programs.Result psql(String database, String user, String token) {
        return Programs.run(environment(database, user, token), "psql", "-XAtwc", "SELECT count(*) FROM products");
    }

    private Map<String, String> environment(String database, String user, String token) {
        Map<String, String> environment = new HashMap<>(gateway.environment(database, user, token));
        environment.put("PGAPPNAME", marker);
        return environment;
    }
}
