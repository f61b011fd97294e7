package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.RawClient;

/** What waits for a person is what PostgreSQL would run: also where its names stood for that when it was prepared, and do not any more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreparedBeforeNamesMovedTest {
    private static final String SCHEMA = """
            grant all on schema public to gateway;
            set role gateway;
            create table orders (id int);
            insert into orders values (1), (2);
            create table archive (id int);
            create function pay(int) returns text language plpgsql as 'begin return ''paid''; end';
            create schema if not exists mine;""";

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
              shop:
                server: {host: 127.0.0.1, port: $port, database: postgres, tls: disable}
                credential: shop-gateway
            roles:
              owners:
                groups: [owners]
                connections: [shop]
                unrestricted: true
              clerks:
                groups: [clerks]
                connections: [shop]
                may: [{read: [public.*, mine.*]}, {change: [public.*, mine.*]}, {call: [public.*, mine.*]}]
              minors:
                groups: [minors]
                connections: [shop]
                may: [{read: [mine.*]}, {change: [mine.*]}, {define: [mine.*]}]
            guardrails:
              - {name: orders, on: [DELETE], when: '"public.orders" in changed', do: hold, approvers: {groups: [dba]}}
              - {name: payments, on: [SELECT], when: '"public.pay" in functions', do: hold, approvers: {groups: [dba]}}
            """;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, SQLException {
        postgres = TestGateway.database(folder);
        asOwner("create role gateway login password 'gateway'; grant create on database postgres to gateway");
        gateway = TestGateway.open(folder, postgres, BUNDLE);
    }

    @AfterAll
    void close() throws IOException {
        gateway.close();
        postgres.close();
    }

    @BeforeEach
    void make() throws SQLException, IOException {
        asOwner(SCHEMA);
        try (RawClient client = enter("owners")) {
            // The gateway sees what has changed past it.
            client.query("CREATE TABLE news ()").answers();
            client.query("DROP TABLE news").answers();
        }
    }

    @AfterEach
    void drop() throws SQLException {
        asOwner("drop owned by gateway cascade; grant create on database postgres to gateway");
    }

    private void asOwner(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private RawClient enter(String group) throws IOException {
        RawClient client = new RawClient(gateway.port()).withPatience(Duration.ofSeconds(10));
        client.login(group, "shop", group);
        assertThat(client.query("SET search_path = mine, public").answers()).containsExactly("C:SET", "Z:I");
        return client;
    }

    private void make(String sql) throws IOException {
        try (RawClient maker = enter("owners")) {
            assertThat(maker.query(sql).answers()).doesNotContain("E:42501").contains("Z:I");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"owners", "clerks"})
    void aTableThatHidesWhatAGuardrailIsAboutDoesNotLeadAroundIt(String group) throws IOException {
        try (RawClient client = enter(group)) {
            client.parse("s", "DELETE FROM orders WHERE id = 1").sync();
            assertThat(client.answers()).containsExactly("1", "Z:I");
            client.parse("other", "DELETE FROM archive WHERE id = 1").sync();
            assertThat(client.answers()).containsExactly("1", "Z:I");
            make("CREATE TABLE mine.orders (id int)");

            assertThat(client.bind("", "s").execute("", 0).sync().answers()).contains("E:26000", "Z:I");
            // What nothing hides runs on.
            assertThat(client.bind("", "other").execute("", 0).sync().answers()).contains("C:DELETE 0");
            client.parse("again", "DELETE FROM orders WHERE id = 1").sync();
            assertThat(client.answers()).containsExactly("1", "Z:I");
            assertThat(client.bind("", "again").execute("", 0).sync().answers()).contains("C:DELETE 0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"owners", "clerks"})
    void aFunctionThatHidesWhatAGuardrailIsAboutDoesNotLeadAroundIt(String group) throws IOException {
        try (RawClient client = enter(group)) {
            client.parse("s", "SELECT pay(1)").sync();
            assertThat(client.answers()).containsExactly("1", "Z:I");
            make("CREATE FUNCTION mine.pay(int) RETURNS text LANGUAGE sql AS 'SELECT ''nothing'''");

            assertThat(client.bind("", "s").execute("", 0).sync().answers()).contains("E:26000", "Z:I");
            assertThat(client.query("SELECT pay(1)").answers()).contains("D:[nothing]");
        }
    }

    /** Bind looks the names up anew, and nobody is asked then; FETCH names the portal only. */
    @ParameterizedTest
    @ValueSource(strings = {"FETCH ALL FROM x", "MOVE 1 FROM x", "SELECT 1; FETCH ALL FROM x"})
    void aPortalOnAnotherPathIsNotFetchedBySql(String fetch) throws IOException {
        make("CREATE TABLE mine.orders AS SELECT 5 AS id");
        try (RawClient client = enter("minors")) {
            client.query("SET search_path = mine").answers();
            client.parse("s", "SELECT id FROM orders").sync();
            assertThat(client.answers()).containsExactly("1", "Z:I");
            client.query("BEGIN").answers();
            client.query("SET search_path = public").answers();
            client.bind("x", "s").sync();
            assertThat(client.answers()).containsExactly("2", "Z:T");
            assertThat(client.query(fetch).answers()).contains("E:42501").doesNotContain("D:[1]");
        }
    }

    @Test
    void whatWasDeclaredIsFetched() throws IOException {
        make("CREATE TABLE mine.orders AS SELECT 5 AS id");
        try (RawClient client = enter("minors")) {
            client.query("SET search_path = mine").answers();
            client.query("BEGIN").answers();
            assertThat(client.query("DECLARE c CURSOR FOR SELECT id FROM orders")
                            .answers())
                    .containsExactly("C:DECLARE CURSOR", "Z:T");
            assertThat(client.query("FETCH ALL FROM c").answers()).contains("D:[5]", "C:FETCH 1");
            assertThat(client.query("CLOSE c").answers()).contains("C:CLOSE CURSOR");
        }
    }

    /** What waits for the lock of a DROP, or is bound behind it, means what the dropped table has hidden. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM orders",
                "DELETE FROM \"orders\"",
                "COPY orders TO STDOUT",
                "DROP TABLE orders",
                "SELECT 1 FROM generate_series(1, 1) WHERE EXISTS (TABLE orders)"
            })
    void whoMayDropATableNeedsTheRightOnWhatItHides(String sql) throws IOException {
        make("CREATE TABLE mine.orders AS SELECT 5 AS id");
        try (RawClient client = enter("minors")) {
            assertThat(client.query(sql).answers()).containsExactly("E:42501", "Z:I");
            assertThat(client.query(sql.replace("\"orders\"", "mine.orders").replace(" orders", " mine.orders"))
                            .answers())
                    .doesNotContain("E:42501");
        }
    }
}
