package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.RawClient;
import org.sallyport.contract.Admission;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.Deputy;
import org.sallyport.contract.GatewayListener;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.ResultChunk;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.contract.Verdict;
import org.sallyport.policy.PolicyBundle;

/** What is sent to the server before its intent is durable: what is known to write nothing, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadOnlyTest {
    private static final String SCHEMA = """
            create role gateway login password 'gateway';
            create sequence numbers;
            create table orders (id serial primary key, amount int);
            insert into orders (amount) values (50);
            create table items (id int primary key, order_id int references orders) partition by range (id);
            create table items_1 partition of items for values from (1) to (100);
            create view plain as select id from orders;
            create view counting as select nextval('numbers') as n from orders;
            create function noisy() returns int language plpgsql volatile as $$
              begin insert into orders (amount) values (1); return 1; end $$;
            create view calling as select noisy() from orders;
            create table guarded (id int);
            create policy noisy on guarded using (noisy() = 1);
            alter table guarded enable row level security;
            create materialized view summed as select sum(amount) from orders;
            grant all on all tables in schema public to gateway;
            grant all on all sequences in schema public to gateway;""";

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
              shop:
                server: {host: 127.0.0.1, port: $port, database: postgres, tls: disable}
                credential: shop-gateway
            roles:
              agents:
                groups: [agents]
                connections: [shop]
                may:
                  - {read: [public.*]}
                  - {change: [public.*]}
                  - {call: [public.noisy, pg_catalog.pg_advisory_lock]}
              free:
                groups: [free]
                connections: [shop]
                unrestricted: true
            """;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    private final Map<String, Boolean> early = new ConcurrentHashMap<>();

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        postgres = TestGateway.database(folder);
        execute(SCHEMA);
        Path file = Files.writeString(
                folder.resolve("policy.yaml"), BUNDLE.replace("$port", String.valueOf(postgres.getPort())));
        gateway = TestGateway.open(folder, PolicyBundle.load(file), "gateway", Watch::new);
    }

    @AfterAll
    void close() throws IOException {
        gateway.close();
        postgres.close();
    }

    private void execute(String... statements) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it was sent before its intent was durable; it must have been permitted. */
    private boolean isEarly(String group, String sql) throws IOException {
        try (RawClient client = new RawClient(gateway.port()).withPatience(Duration.ofSeconds(30))) {
            client.login(group, "shop", group);
            client.query("BEGIN").answers();
            client.query(sql).answers();
            client.query("ROLLBACK").answers();
        }
        assertThat(early).as("what is permitted, and asked about").containsKey(sql);
        return Boolean.TRUE.equals(early.remove(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT amount FROM orders WHERE id = 1",
                "SELECT count(*), upper('a') FROM orders o JOIN items i ON i.order_id = o.id",
                "WITH o AS (SELECT * FROM orders) SELECT max(id) FROM o",
                "SELECT last_value FROM numbers",
                "SELECT 1",
                "SELECT id FROM items ORDER BY id LIMIT 3"
            })
    void whatReadsTablesGoesAhead(String sql) throws IOException {
        assertThat(isEarly("agents", sql)).isTrue();
        // PostgreSQL thinks so too.
        execute("BEGIN READ ONLY", sql, "COMMIT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT n FROM counting",
                "SELECT noisy()",
                "SELECT * FROM calling",
                "SELECT * FROM guarded",
                "SELECT id FROM plain",
                "SELECT amount FROM orders WHERE id = 1 FOR UPDATE",
                "SELECT amount FROM orders FOR KEY SHARE",
                "SELECT pg_advisory_lock(7)",
                "WITH w AS (INSERT INTO orders (amount) VALUES (2) RETURNING id) SELECT id FROM w",
                "UPDATE orders SET amount = 51",
                "SELECT 1; SELECT 2",
                "SELECT 1; DELETE FROM orders",
                "COMMIT"
            })
    void whatMayWriteDoesNot(String sql) throws IOException {
        assertThat(isEarly("agents", sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT amount FROM orders", "SELECT noisy()", "COMMIT", "ROLLBACK PREPARED 'a'"})
    void whatNobodyHasAskedTheServerAboutDoesNot(String sql) throws IOException {
        assertThat(isEarly("free", sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAVEPOINT a", "BEGIN ISOLATION LEVEL SERIALIZABLE"})
    void whatOnlyBeginsGoesAheadOfAnybody(String sql) throws IOException {
        assertThat(isEarly("agents", sql)).isTrue();
        assertThat(isEarly("free", sql)).isTrue();
    }

    private CompletionStage<Verdict> seen(StatementAttempt attempt, CompletionStage<Verdict> judged) {
        // Before the session hears of it.
        return judged.thenApply(verdict -> {
            if (verdict instanceof Verdict.Permit permit) {
                early.put(attempt.sql(), permit.intent().isPresent());
            }
            return verdict;
        });
    }

    /** Sees what stands already. */
    private final class WatchedDeputy implements Deputy {
        private final Deputy deputy;

        WatchedDeputy(Deputy deputy) {
            this.deputy = deputy;
        }

        @Override
        public @Nullable CompletionStage<Verdict> judge(StatementAttempt attempt) {
            CompletionStage<Verdict> standing = deputy.judge(attempt);
            return standing == null ? null : seen(attempt, standing);
        }

        @Override
        public CompletionStage<Void> shown(ResultChunk chunk) {
            return deputy.shown(chunk);
        }

        @Override
        public CompletionStage<Void> finished(StatementOutcome outcome) {
            return deputy.finished(outcome);
        }

        @Override
        public void portal(String name) {
            deputy.portal(name);
        }

        @Override
        public void statement(String name) {
            deputy.statement(name);
        }

        @Override
        public void synced(boolean failed, TransactionStatus transaction) {
            deputy.synced(failed, transaction);
        }
    }

    /** Sees each verdict go by. */
    private final class Watch implements GatewayListener {
        private final GatewayListener application;

        Watch(GatewayListener application) {
            this.application = application;
        }

        @Override
        public CompletionStage<Admission> admit(ConnectionAttempt attempt) {
            return application
                    .admit(attempt)
                    .thenApply(admission -> admission instanceof Admission.Admitted in
                            ? new Admission.Admitted(
                                    in.caller(),
                                    in.groups(),
                                    in.target(),
                                    in.expires(),
                                    in.leeway(),
                                    new WatchedDeputy(in.deputy()))
                            : admission);
        }

        @Override
        public CompletionStage<Verdict> judge(SessionId session, StatementAttempt attempt) {
            return seen(attempt, application.judge(session, attempt));
        }

        @Override
        public MaskingPlan shape(SessionId session, ResultShape result) {
            return application.shape(session, result);
        }

        @Override
        public void ended(SessionId session, SessionEnd end) {
            application.ended(session, end);
        }
    }
}
