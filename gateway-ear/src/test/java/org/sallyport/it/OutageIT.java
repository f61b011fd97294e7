package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.util.PSQLException;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** The database, the identity provider's keys and the store go away while clients work, and come back. */
@WithGateway
class OutageIT {
    private static final int CLIENTS = 4;
    /** Past this a client's user thinks that it hangs. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    private static final String READ = "SELECT count(*) FROM products";

    private final Gateway gateway;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    OutageIT(Gateway gateway) {
        this.gateway = gateway;
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void clientsAreToldWhenTheDatabaseGoesAndServedWhenItIsBack() throws Exception {
        AtomicInteger done = new AtomicInteger();
        List<Future<SQLException>> workers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            workers.add(threads.submit(() -> readUntilRefused(done)));
        }
        Eventually.holds("all clients work", () -> done.get() > 10 * CLIENTS);
        gateway.databases().close();
        try {
            for (Future<SQLException> worker : workers) {
                assertTold(worker.get(BOUND.toSeconds(), TimeUnit.SECONDS), "57P0[123]|08.*");
            }
            assertTold(newcomerRefused(), "57P0[123]|08.*");
        } finally {
            gateway.databases().start();
        }
        Eventually.holds("newcomers are served again", BOUND, this::servesNewcomers);
        assertThat(gateway.api().get("/health/ready").statusCode()).isEqualTo(200);
    }

    private SQLException readUntilRefused(AtomicInteger done) throws SQLException {
        Agent agent = Agent.in(gateway, "reporting-agents");
        try (Connection connection = gateway.connect("shop", agent.name(), agent.token());
                Statement statement = connection.createStatement()) {
            while (true) {
                try {
                    statement.executeQuery(READ).close();
                    done.incrementAndGet();
                } catch (SQLException told) {
                    return told;
                }
            }
        }
    }

    /** In words of the server's or the gateway's own, not just by a connection that breaks. */
    private static void assertTold(SQLException told, String sqlStates) {
        assertThat((Throwable) told).isInstanceOf(PSQLException.class);
        assertThat(((PSQLException) told).getServerErrorMessage())
                .as(told.toString())
                .isNotNull();
        assertThat(told.getSQLState()).matches(sqlStates);
        assertThat(told.getMessage()).isNotBlank();
    }

    private SQLException newcomerRefused() throws Exception {
        Agent agent = Agent.in(gateway, "reporting-agents");
        Future<SQLException> attempt = threads.submit(() -> catchThrowableOfType(
                SQLException.class,
                () -> gateway.connect("shop", agent.name(), agent.token()).close()));
        SQLException refused = attempt.get(BOUND.toSeconds(), TimeUnit.SECONDS);
        assertThat((Throwable) refused).as("a newcomer's refusal").isNotNull();
        return refused;
    }

    private boolean servesNewcomers() {
        Agent agent = Agent.in(gateway, "reporting-agents");
        try (Connection connection = gateway.connect("shop", agent.name(), agent.token());
                Statement statement = connection.createStatement()) {
            return statement.execute(READ);
        } catch (SQLException notYet) {
            return false;
        }
    }

    @Test
    void withdrawsWhatIsHeldWhenItsDatabaseGoes() throws Exception {
        Person dana = Person.dana(gateway);
        Agent agent = Agent.in(gateway, "migration-agents");
        Fields held;
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.query("DELETE FROM order_items").flush();
            held = dana.awaitHeld(agent.name());
            gateway.databases().close();
            try {
                List<Message> answers = client.receiveUntil('-');
                assertThat(answers).extracting(Message::type).endsWith('E', '-');
            } finally {
                gateway.databases().start();
            }
        }
        Eventually.holds(
                "the approval is withdrawn",
                () -> dana.approval(held.text("id")).text("state").equals("withdrawn"));
        Eventually.holds("newcomers are served again", BOUND, this::servesNewcomers);
        try (Connection direct = gateway.connectDirectly("shop")) {
            assertThat(count(direct, "order_items")).isPositive();
        }
    }

    @Test
    void knownKeysGoOnWhileTheIssuerIsAwayAndUnknownOnesAreRefused() throws SQLException {
        TestIssuer issuer = gateway.testIssuer();
        JWTClaimsSet claims = issuer.claims("patient-agent", "reporting-agents").build();
        String known = issuer.sign(claims);
        gateway.connect("shop", "patient-agent", known).close();
        issuer.answer(false);
        try {
            issuer.rotate();
            String unknown = issuer.sign(claims);
            assertThatThrownBy(() ->
                            gateway.connect("shop", "patient-agent", unknown).close())
                    .isInstanceOfSatisfying(SQLException.class, refused -> {
                        assertThat(refused.getSQLState()).isIn("57P03", "28000");
                        assertThat(refused.getMessage()).containsAnyOf("cannot be reached", "signature not valid");
                    });
            gateway.connect("shop", "patient-agent", known).close();
            Eventually.holds(
                    "the refusal says that the provider cannot be reached",
                    () -> reasonFor(unknown).contains("identity provider cannot be reached"));
            gateway.connect("shop", "patient-agent", known).close();
        } finally {
            issuer.answer(true);
        }
        String fresh = issuer.sign(claims);
        Eventually.holds("the new key is fetched", () -> reasonFor(fresh).isEmpty());
        assertThat(reasonFor(known)).as("the key that was withdrawn").contains("signature not valid");
    }

    /** Empty where the token lets its holder in. */
    private String reasonFor(String token) {
        try {
            gateway.connect("shop", "patient-agent", token).close();
            return "";
        } catch (SQLException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    /** The journal carries on: clients notice nothing, and afterwards the store has it all. */
    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void nothingIsLostAndNobodyWaitsWhileTheStoreIsAway() throws Exception {
        Person dana = Person.dana(gateway);
        try (Shelf shelf = new Shelf(gateway)) {
            String insert = "INSERT INTO " + shelf.name() + " VALUES (?)";
            AtomicInteger numbers = new AtomicInteger(1000);
            AtomicBoolean enough = new AtomicBoolean();
            List<Future<Integer>> workers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                workers.add(threads.submit(() -> writeUntil(enough, insert, numbers)));
            }
            Eventually.holds("all clients write", () -> numbers.get() > 1000 + 10 * CLIENTS);
            gateway.store().close();
            try {
                int before = numbers.get();
                Eventually.holds("all clients go on", BOUND, () -> numbers.get() > before + 50 * CLIENTS);
                assertThat(servesNewcomers()).isTrue();
                try (Connection connection = connectAs(Agent.in(gateway, "migration-agents"));
                        Statement statement = connection.createStatement()) {
                    statement.execute("SELECT 'quince' FROM " + shelf.name());
                }
                HttpResponse<String> unread = gateway.api().get("/api/v1/sessions", dana.token());
                assertThat(unread.statusCode()).isEqualTo(503);
                assertThat(unread.headers().firstValue("Content-Type")).contains("application/problem+json");
                assertHeldStatementIsRefused();
                assertThat(gateway.api().get("/health/ready").statusCode()).isEqualTo(200);
            } finally {
                gateway.store().start();
            }
            enough.set(true);
            int written = 0;
            for (Future<Integer> worker : workers) {
                written += worker.get(BOUND.toSeconds(), TimeUnit.SECONDS);
            }
            List<String> values = shelf.values().stream()
                    .filter(n -> n > 1000)
                    .map(String::valueOf)
                    .toList();
            assertThat(values).hasSize(written);
            Eventually.holds(
                    "the store has caught up", BOUND, () -> recorded(shelf).containsAll(values));
            assertThat(recorded(shelf)).as("nothing twice").hasSameSizeAs(values);
            assertThat(gateway.server().output()).as("no literal is logged").doesNotContain("quince");
        }
    }

    private List<String> recorded(Shelf shelf) {
        try {
            return recordedNumbers(shelf.name());
        } catch (SQLException notYet) {
            return List.of();
        }
    }

    /** Whoever approves reads from the store. */
    private void assertHeldStatementIsRefused() throws Exception {
        try (Connection connection = connectAs(Agent.in(gateway, "migration-agents"));
                Statement statement = connection.createStatement()) {
            Future<SQLException> refusal = threads.submit(
                    () -> catchThrowableOfType(SQLException.class, () -> statement.execute("DELETE FROM order_items")));
            SQLException refused = refusal.get(BOUND.toSeconds(), TimeUnit.SECONDS);
            assertThat((Throwable) refused)
                    .as("refusal of what must be approved")
                    .isNotNull();
            assertTold(refused, "58.*");
        }
    }

    private Connection connectAs(Agent agent) throws SQLException {
        return gateway.connect("shop", agent.name(), agent.token());
    }

    private int writeUntil(AtomicBoolean enough, String insert, AtomicInteger numbers) throws SQLException {
        int written = 0;
        try (Connection connection = connectAs(Agent.in(gateway, "migration-agents"));
                PreparedStatement statement = connection.prepareStatement(insert)) {
            while (!enough.get()) {
                statement.setInt(1, numbers.incrementAndGet());
                written += statement.executeUpdate();
            }
        }
        return written;
    }

    /** The parameters of the recorded INSERTs into a table. */
    private List<String> recordedNumbers(String table) throws SQLException {
        List<String> numbers = new ArrayList<>();
        try (Connection store =
                        gateway.store().connect("sallyport", gateway.store().superuser());
                PreparedStatement statement = store.prepareStatement(
                        "SELECT unnest(parameters) FROM statement WHERE text LIKE ? AND verdict = 'PERMIT'")) {
            statement.setString(1, "INSERT INTO " + table + "%");
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getString(1));
                }
            }
        }
        return numbers;
    }

    private static int count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}
