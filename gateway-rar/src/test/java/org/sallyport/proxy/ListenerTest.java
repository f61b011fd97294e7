package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.sallyport.client.RawClient;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.Server;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.Target;
import org.sallyport.contract.Verdict;
import org.sallyport.contract.Visibility;

/** pgjdbc through a real listener to a real PostgreSQL; only the decisions are scripted. */
class ListenerTest {
    @TempDir
    private static Path folder;

    private static RealServer server;
    private static ListenerSettings.KeyStoreFile keyStore;

    private static final ListenerSettings.Limits LIMITS =
            new ListenerSettings.Limits(10, 6, 100, 100, Duration.ofSeconds(30), 1 << 20);

    private ScriptedApplication application;
    private Listener listener;

    @BeforeAll
    static void startServer() throws Exception {
        server = RealServer.start(folder);
        keyStore = RealServer.keyStore(folder);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void listen() throws Exception {
        application = new ScriptedApplication(server::target);
        listener = Listener.bind(new ListenerSettings("127.0.0.1", 0, false, keyStore, LIMITS), application);
        server.execute("DROP TABLE IF EXISTS t; CREATE TABLE t (id int PRIMARY KEY, secret text)");
    }

    @AfterEach
    void stopListening() {
        listener.close();
    }

    private Connection connect(String... properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", "agent");
        all.setProperty("password", ScriptedApplication.TOKEN);
        all.setProperty("sslmode", "require");
        for (int i = 0; i < properties.length; i += 2) {
            all.setProperty(properties[i], properties[i + 1]);
        }
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + listener.address().getPort() + "/shop", all);
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    @Test
    void refusesAWrongTokenWithItsDetailAndHint() {
        assertThatThrownBy(() -> connect("password", "another"))
                .asInstanceOf(InstanceOfAssertFactories.type(PSQLException.class))
                .satisfies(refused -> {
                    assertThat(refused.getSQLState()).isEqualTo("28000");
                    assertThat(refused.getServerErrorMessage().getHint()).isEqualTo("What next.");
                });
    }

    @Test
    void refusesATokenThatIsTooLongInWordsThatReachTheClient() {
        for (int length : new int[] {16 * 1024 + 1, 40_000, 60_000}) {
            assertThatThrownBy(() -> connect("password", "x".repeat(length)))
                    .asInstanceOf(InstanceOfAssertFactories.type(PSQLException.class))
                    .satisfies(refused -> assertThat(String.valueOf(refused.getServerErrorMessage()))
                            .contains("the token is longer than 16384 bytes"));
        }
    }

    @Test
    void refusesAClientWithoutTls() {
        assertThatThrownBy(() -> connect("sslmode", "disable"))
                .hasMessageContaining("connections without TLS are refused");
    }

    @Test
    void refusesClientsBeyondTheLimit() throws Exception {
        Connection[] connections = new Connection[10];
        for (int i = 0; i < connections.length; i++) {
            connections[i] = connect("user", "agent " + i % 2);
        }
        assertThatThrownBy(this::connect).hasMessageContaining("too many clients");
        for (Connection connection : connections) {
            connection.close();
        }
    }

    @Test
    void oneIdentityLeavesSeatsToOthers() throws Exception {
        Connection[] connections = new Connection[LIMITS.sessionsPerIdentity()];
        for (int i = 0; i < connections.length; i++) {
            connections[i] = connect();
        }
        assertThatThrownBy(this::connect)
                .hasMessageContaining("too many connections for role \"agent\"")
                .asInstanceOf(InstanceOfAssertFactories.type(PSQLException.class))
                .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("53300"));
        connect("user", "another").close();
        for (Connection connection : connections) {
            connection.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
    void carriesQueriesInEveryMode(String mode) throws Exception {
        try (Connection connection = connect("preferQueryMode", mode)) {
            for (int i = 0; i < 8; i++) {
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
                    insert.setInt(1, i);
                    insert.setString(2, "value " + i);
                    assertThat(insert.executeUpdate()).isOne();
                }
            }
            assertThat(value(connection, "SELECT string_agg(secret, ',' ORDER BY id) FROM t"))
                    .isEqualTo("value 0,value 1,value 2,value 3,value 4,value 5,value 6,value 7");
        }
    }

    @Test
    void carriesBatchesCursorsAndTransactions() throws Exception {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, 'x')")) {
                for (int i = 0; i < 1000; i++) {
                    insert.setInt(1, i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(1000);
            }
            try (PreparedStatement select = connection.prepareStatement("SELECT id FROM t ORDER BY id")) {
                select.setFetchSize(7);
                int expected = 0;
                try (ResultSet result = select.executeQuery()) {
                    while (result.next()) {
                        assertThat(result.getInt(1)).isEqualTo(expected++);
                    }
                }
                assertThat(expected).isEqualTo(1000);
            }
            connection.rollback();
            assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("0");
            connection.commit();
        }
        assertThat(application.outcomeOf("ORDER BY id").orElseThrow().rows()).isEqualTo(1000);
    }

    @Test
    void carriesCopyBothWays() throws Exception {
        try (Connection connection = connect()) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < 20_000; i++) {
                rows.append(i).append("\trow ").append(i).append('\n');
            }
            assertThat(copy.copyIn("COPY t FROM STDIN", new StringReader(rows.toString())))
                    .isEqualTo(20_000);
            StringWriter out = new StringWriter();
            assertThat(copy.copyOut("COPY t TO STDOUT", out)).isEqualTo(20_000);
            assertThat(out.toString()).isEqualTo(rows.toString());
            assertThatThrownBy(() -> copy.copyIn("COPY t FROM STDIN", new StringReader("not a number\tx\n")))
                    .hasMessageContaining("invalid input syntax");
            assertThat(value(connection, "SELECT 1")).isEqualTo("1");
        }
        assertThat(application.outcomeOf("COPY t TO").orElseThrow().rows()).isEqualTo(20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void refusesAStatementAndStaysUsable(String mode) throws Exception {
        try (Connection connection = connect("preferQueryMode", mode)) {
            assertThatThrownBy(() -> value(connection, "/*deny*/ SELECT 1"))
                    .asInstanceOf(InstanceOfAssertFactories.type(PSQLException.class))
                    .satisfies(refused -> {
                        assertThat(refused.getSQLState()).isEqualTo("42501");
                        assertThat(refused.getServerErrorMessage().getDetail()).isEqualTo("Rule \"test\".");
                        assertThat(refused.getServerErrorMessage().getHint()).isEqualTo("Do not.");
                    });
            assertThat(value(connection, "SELECT 2")).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void aRefusalInsideATransactionAbortsIt(String mode) throws Exception {
        try (Connection connection = connect("preferQueryMode", mode)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO t VALUES (1, 'x')");
                assertThatThrownBy(() -> statement.execute("/*deny*/ SELECT 1"))
                        .hasMessageContaining("permission denied");
                assertThatThrownBy(() -> statement.execute("SELECT 1"))
                        .hasMessageContaining("current transaction is aborted");
                connection.rollback();
            }
            assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("0");
        }
    }

    @Test
    void aFailingDeputyRefusesAndNothingReachesTheServer() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("/*standing*/ /*fail*/ INSERT INTO t VALUES (1, 'x')"))
                    .hasMessageContaining("could not decide");
            assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("0");
        }
    }

    @Test
    void runsWhatIsPermittedAlreadyWithoutAQuestion() throws Exception {
        try (Connection connection = connect("preferQueryMode", "simple")) {
            int asked = application.attempts.size();

            assertThat(value(connection, "SELECT 'standing' /*standing*/")).isEqualTo("standing");

            assertThat(application.attempts).hasSize(asked);
            StatementAttempt repeated = application.standing.get(0);
            assertThat(application.outcomes)
                    .anySatisfy(outcome -> assertThat(outcome.statement()).isEqualTo(repeated.id()));
        }
    }

    @Test
    void aFailingBeanRefusesAndNothingReachesTheServer() throws Exception {
        try (Connection connection = connect()) {
            try (Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("/*fail*/ INSERT INTO t VALUES (1, 'x')"))
                        .hasMessageContaining("could not decide");
            }
            assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void masksRowsInTextAndBinary(String binary) throws Exception {
        server.execute("INSERT INTO t VALUES (1, '123-45-6789'), (2, NULL), (3, 'ab'), (4, 'äöü€😀')");
        try (Connection connection = connect("binaryTransfer", binary, "prepareThreshold", "-1");
                PreparedStatement select =
                        connection.prepareStatement("/*mask*/ SELECT id, secret FROM t ORDER BY id")) {
            for (int round = 0; round < 3; round++) {
                try (ResultSet result = select.executeQuery()) {
                    StringBuilder seen = new StringBuilder();
                    while (result.next()) {
                        seen.append(result.getInt(1))
                                .append('=')
                                .append(result.getString(2))
                                .append(' ');
                    }
                    assertThat(seen).hasToString("1=*********89 2=null 3=** 4=***€😀 ");
                }
            }
        }
    }

    @Test
    void withholdsTheServersWordsWhereColumnsAreMasked() throws Exception {
        server.execute("INSERT INTO t VALUES (1, '123-45-6789')");
        try (Connection connection = connect()) {
            assertThatThrownBy(() -> value(connection, "/*mask*/ SELECT secret::int FROM t"))
                    .asInstanceOf(InstanceOfAssertFactories.type(PSQLException.class))
                    .satisfies(error -> {
                        assertThat(error.getSQLState()).isEqualTo("22P02");
                        assertThat(error.getMessage()).doesNotContain("6789").contains("withheld");
                    });
        }
    }

    @Test
    void aHeldStatementRunsOnceItIsPermitted() throws Exception {
        try (Connection connection = connect()) {
            CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return value(connection, "/*hold*/ INSERT INTO t VALUES (7, 'held') RETURNING id");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(application.holding.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.value("SELECT count(*) FROM t")).isEqualTo("0");
            application.held.values().forEach(verdict -> verdict.complete(new Verdict.Permit(Visibility.CLEAR, false)));
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("7");
            assertThat(server.value("SELECT count(*) FROM t")).isEqualTo("1");
        }
    }

    @Test
    void cancelWithdrawsAHeldStatement() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            CompletableFuture<Throwable> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    statement.execute("/*hold*/ INSERT INTO t VALUES (7, 'held')");
                    return new AssertionError("it ran");
                } catch (SQLException e) {
                    return e;
                }
            });
            assertThat(application.holding.await(30, TimeUnit.SECONDS)).isTrue();
            statement.cancel();
            assertThat(waiting.get(30, TimeUnit.SECONDS))
                    .hasMessageContaining("canceling statement due to user request");
            assertThat(application.held.values()).allMatch(CompletableFuture::isCancelled);
            assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("0");
        }
    }

    @Test
    void leavingWithdrawsAHeldStatement() throws Exception {
        Connection connection = connect();
        var waiting = CompletableFuture.runAsync(() -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("/*hold*/ INSERT INTO t VALUES (7, 'held')");
            } catch (SQLException expected) {
                assertThat(expected.getSQLState()).startsWith("08");
            }
        });
        assertThat(application.holding.await(30, TimeUnit.SECONDS)).isTrue();
        connection.abort(Runnable::run);
        CompletableFuture<Verdict> verdict =
                application.held.values().iterator().next();
        assertThat(verdict.handle((permitted, failure) -> failure != null).get(30, TimeUnit.SECONDS))
                .isTrue();
        waiting.get(30, TimeUnit.SECONDS);
    }

    @Test
    void cancelReachesARunningStatement() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1); // pgjdbc sends a CancelRequest
            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)"))
                    .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                    .extracting(SQLException::getSQLState)
                    .isEqualTo("57014");
            assertThat(value(connection, "SELECT 3")).isEqualTo("3");
        }
    }

    @Test
    void whatWasSentBeforeAHeldStatementIsAnsweredMeanwhile() throws Exception {
        try (RawClient client = new RawClient(listener.address().getPort())) {
            client.login("agent", "shop", ScriptedApplication.TOKEN);
            client.parse("", "SELECT 'before'").bind("", "").execute("", 0).sync();
            client.parse("", "/*hold*/ SELECT 'held'")
                    .bind("", "")
                    .execute("", 0)
                    .sync()
                    .flush();

            assertThat(client.answers()).contains("D:[before]");
            assertThat(application.holding.await(30, TimeUnit.SECONDS)).isTrue();
            application.held.values().forEach(verdict -> verdict.complete(new Verdict.Permit(Visibility.CLEAR, false)));
            assertThat(client.answers()).contains("D:[held]");
        }
    }

    @Test
    void aCompletionThatCannotBeRecordedIsWithheld() throws Exception {
        Connection connection = connect();
        assertThatThrownBy(() -> value(connection, "/*lose*/ INSERT INTO t VALUES (9, 'x') RETURNING id"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("could not be recorded");
    }

    @Test
    void theApplicationCanEndASession() throws Exception {
        Connection connection = connect();
        assertThat(value(connection, "SELECT 1")).isEqualTo("1");
        application.handles.values().forEach(handle -> handle.end(Refusal.of("28000", "token expired")));
        assertThatThrownBy(() -> {
                    while (true) {
                        value(connection, "SELECT 1");
                    }
                })
                .isInstanceOf(SQLException.class);
        assertThat(application.ends.poll(30, TimeUnit.SECONDS)).isEqualTo(SessionEnd.ENDED);
    }

    @Test
    void closingTellsEveryClientWhy() throws Exception {
        try (RawClient idle = new RawClient(listener.address().getPort());
                RawClient held = new RawClient(listener.address().getPort())) {
            idle.login("agent", "shop", ScriptedApplication.TOKEN);
            held.login("agent", "shop", ScriptedApplication.TOKEN);
            held.query("/*hold*/ DELETE FROM t").flush();
            assertThat(application.holding.await(30, TimeUnit.SECONDS)).isTrue();
            listener.close();
            assertThat(idle.receive().field('C')).hasValue("57P01");
            assertThat(held.receive().field('C')).hasValue("57P01");
            assertThat(idle.receive().type()).isEqualTo('-');
        }
        assertThat(application.ends).containsOnly(SessionEnd.SHUTDOWN).hasSize(2);
    }

    private void targetIs(Target target) throws Exception {
        listener.close();
        application = new ScriptedApplication(() -> target);
        listener = Listener.bind(new ListenerSettings("127.0.0.1", 0, false, keyStore, LIMITS), application);
    }

    @Test
    void logsInOverTlsWithACertificateThatIsTrusted() throws Exception {
        targetIs(server.target(Server.TlsMode.VERIFY_FULL, "127.0.0.1", Optional.of(RealServer.certificate(folder))));
        try (Connection connection = connect()) {
            assertThat(value(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .isEqualTo("t");
        }
    }

    @Test
    void refusesAServerWhoseCertificateIsNotTrusted() throws Exception {
        for (Server.TlsMode mode : List.of(Server.TlsMode.VERIFY_CA, Server.TlsMode.VERIFY_FULL)) {
            targetIs(server.target(mode, "127.0.0.1", Optional.empty()));
            assertThatThrownBy(this::connect).hasMessageContaining("the database cannot be reached");
        }
    }

    @Test
    void refusesAServerWhoseNameIsNotInItsCertificateOnlyWhereTheModeSaysSo() throws Exception {
        String otherName = "localhost"; // the certificate has the address alone
        Optional<Path> root = Optional.of(RealServer.certificate(folder));
        targetIs(server.target(Server.TlsMode.VERIFY_FULL, otherName, root));
        assertThatThrownBy(this::connect).hasMessageContaining("the database cannot be reached");
        targetIs(server.target(Server.TlsMode.VERIFY_CA, otherName, root));
        connect().close();
        targetIs(server.target(Server.TlsMode.REQUIRE, otherName, Optional.empty()));
        connect().close();
    }

    @Test
    void aServerThatCannotBeReachedIsAClearError() throws Exception {
        targetIs(RealServer.target(1, "x"));
        assertThatThrownBy(this::connect).hasMessageContaining("the database cannot be reached");
        assertThat(application.ends.poll(30, TimeUnit.SECONDS)).isEqualTo(SessionEnd.SERVER_LOST);
    }

    @Test
    void aWrongDatabasePasswordNeverShows() throws Exception {
        targetIs(RealServer.target(server.port(), "wrong"));
        assertThatThrownBy(this::connect)
                .hasMessageContaining("the database cannot be reached")
                .hasMessageNotContaining("gateway\"")
                .hasMessageNotContaining("wrong");
    }
}
