package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.record.StatementRecord;

/** What somebody may do by grant, and no longer, by a real PostgreSQL through the real listener. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(30)
class GrantedTest {
    private static final String SSN = "123-45-6789";
    private static final String MASKED = "*******6789";
    private static final String QUERY = "SELECT ssn FROM people WHERE id = 1";
    private static final Duration HOUR = Duration.ofHours(1);

    private static final String SCHEMA = """
            create role gateway login password 'gateway';
            create table people (id int primary key, ssn text, email text);
            insert into people values (1, '123-45-6789', 'ann@example.com');
            insert into people select n, '987-65-4321', 'ben@example.com' from generate_series(2, 1000) n;
            create table orders (id int primary key);
            insert into orders values (1);
            grant all on people, orders to gateway;""";

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
              shop:
                server: {host: 127.0.0.1, port: $port, database: postgres, tls: disable}
                credential: shop-gateway
                record: {results: 1MiB}
            labels:
              pii.ssn: [shop/public.people.ssn]
              pii.email: [shop/public.people.email]
            masks:
              pii.ssn: {keepLast: 4}
              pii.email: {redact: true}
            roles:
              agents:
                groups: [agents, others, jobs]
                connections: [shop]
                may: [{read: [public.people]}]
              clear:
                groups: [agents, guests]
                connections: [shop]
                unmask: [pii.ssn]
                byGrant: {approvers: {groups: [dba]}}
              guests:
                groups: [guests, jobs]
                connections: [shop]
                may: [{read: [public.*]}]
                unmask: ["*"]
                byGrant: {approvers: {groups: [dba]}}
              elsewhere:
                groups: [agents]
                connections: [shop]
                unmask: [pii.email]
                byGrant: {approvers: {groups: [board]}}
            """;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, SQLException {
        postgres = TestGateway.database(folder);
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
        }
        gateway = TestGateway.open(folder, postgres, BUNDLE);
    }

    @AfterAll
    void close() throws IOException {
        gateway.close();
        postgres.close();
    }

    private RawClient enter(String group) throws IOException {
        RawClient client = new RawClient(gateway.port()).withPatience(Duration.ofSeconds(10));
        assertThat(client.login(group, "shop", group)).extracting(Message::type).contains('Z');
        return client;
    }

    private static List<String> values(RawClient client) throws IOException {
        List<Message> answer = client.flush().receiveUntil('Z');
        assertThat(answer).as(answer.toString()).noneMatch(message -> message.type() == 'E');
        return answer.stream()
                .filter(message -> message.type() == 'D')
                .flatMap(row -> row.columns().stream())
                .toList();
    }

    private static String error(RawClient client) throws IOException {
        return client.flush().receiveUntil('Z').stream()
                .filter(message -> message.type() == 'E')
                .map(message -> message.field('M').orElse(""))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing was refused"));
    }

    /** The session is ended, and what the client is told last. */
    private static void assertEnded(RawClient client) throws IOException {
        List<Message> rest = client.receiveUntil('E');
        assertThat(rest.get(rest.size() - 1).field('M')).contains("the grant that this session rests on is over");
    }

    @Test
    void seesTheLabelWhileItIsGrantedInASessionThatRuns() throws IOException {
        try (RawClient client = enter("agents")) {
            assertThat(values(client.query(QUERY))).containsExactly(MASKED);
            UUID grant = gateway.grants().give("agents", "clear", HOUR, "pii.ssn");
            assertThat(values(client.query(QUERY))).containsExactly(SSN);
            assertThat(values(client.query("SELECT id, email FROM people WHERE ssn = '123-45-6789'")))
                    .containsExactly("1", "********");

            gateway.grants().revoke(grant);
            assertThat(values(client.query(QUERY))).containsExactly(MASKED);
            assertThat(error(client.query("SELECT id FROM people WHERE ssn = '123-45-6789'")))
                    .contains("could reveal masked values");
        }
    }

    @Test
    void eachUseIsOnRecord() throws IOException {
        try (RawClient client = enter("agents")) {
            UUID grant = gateway.grants().give("agents", "clear", HOUR, "pii.ssn");
            values(client.query("SELECT ssn AS shown FROM people WHERE id = 1"));
            values(client.query("SELECT id AS unused FROM people WHERE id = 1"));
            gateway.grants().revoke(grant);

            assertThat(rule("AS shown")).isEqualTo("agents, clear by grant " + grant);
            assertThat(rule("AS unused")).isEqualTo("agents");
        }
    }

    private String rule(String text) {
        return gateway.records().stream()
                .filter(StatementRecord.class::isInstance)
                .map(StatementRecord.class::cast)
                .filter(record -> record.text().contains(text))
                .reduce((first, last) -> last)
                .orElseThrow()
                .rule();
    }

    @Test
    void endsByItself() throws Exception {
        try (RawClient client = enter("agents")) {
            gateway.grants().give("agents", "clear", Duration.ofSeconds(2), "pii.ssn");
            assertThat(values(client.query(QUERY))).containsExactly(SSN);
            Thread.sleep(2050);
            assertThat(values(client.query(QUERY))).containsExactly(MASKED);
        }
    }

    /** Whatever was prepared, bound to a name or declared meanwhile shows nothing afterwards. */
    @Test
    void nothingThatWasMadeMeanwhileOutlastsIt() throws IOException {
        try (RawClient client = enter("agents")) {
            UUID grant = gateway.grants().give("agents", "clear", HOUR, "pii.ssn");
            client.parse("s", QUERY).sync();
            values(client);
            for (int i = 0; i < 3; i++) {
                assertThat(values(client.bind("", "s").execute("", 0).sync())).containsExactly(SSN);
                assertThat(values(client.query(QUERY))).containsExactly(SSN);
            }
            values(client.query("BEGIN"));
            values(client.query("DECLARE c CURSOR FOR SELECT ssn FROM people"));
            assertThat(values(client.query("FETCH 1 FROM c"))).containsExactly(SSN);

            gateway.grants().revoke(grant);
            client.query("FETCH 1 FROM c");
            assertThat(error(client)).contains("cursor");
            values(client.query("ROLLBACK"));
            assertThat(values(client.bind("", "s")
                            .describe('P', "")
                            .execute("", 0)
                            .sync()))
                    .containsExactly(MASKED);
            assertThat(values(client.query(QUERY))).containsExactly(MASKED);
        }
    }

    /** What is bound while it is granted and run when it is not: the run decides. */
    @Test
    void masksWhatWasBoundBeforeTheEnd() throws IOException {
        try (RawClient client = enter("agents")) {
            UUID grant = gateway.grants().give("agents", "clear", HOUR, "pii.ssn");
            values(client.query("BEGIN"));
            client.parse("", QUERY).bind("p", "").describe('P', "p").sync();
            values(client);
            gateway.grants().revoke(grant);
            assertThat(values(client.execute("p", 0).sync())).containsExactly(MASKED);
        }
    }

    /** A portal that gives more rows than were asked for is not over. */
    @Test
    void endsTheSessionThatIsBeingShownSomething() throws IOException {
        try (RawClient client = enter("agents")) {
            UUID grant = gateway.grants().give("agents", "clear", HOUR, "pii.ssn");
            values(client.query("BEGIN"));
            client.parse("", "SELECT ssn FROM people ORDER BY id")
                    .bind("p", "")
                    .execute("p", 1)
                    .sync();
            assertThat(values(client)).containsExactly(SSN);
            gateway.grants().revoke(grant);
            assertEnded(client);
        }
    }

    /** Whoever gives it longer gives it a second time. */
    @Test
    void anotherGrantOfTheSameKeepsItGoing() throws Exception {
        try (RawClient client = enter("agents")) {
            UUID grant = gateway.grants().give("agents", "clear", HOUR, "pii.ssn");
            UUID longer = gateway.grants().give("agents", "clear", HOUR.plus(HOUR), "pii.ssn");
            values(client.query("BEGIN"));
            client.parse("", "SELECT ssn FROM people ORDER BY id")
                    .bind("p", "")
                    .execute("p", 1)
                    .sync();
            assertThat(values(client)).containsExactly(SSN);
            gateway.grants().revoke(grant);
            Thread.sleep(300);
            assertThat(values(client.execute("p", 1).sync())).containsExactly("987-65-4321");
            gateway.grants().revoke(longer);
            assertEnded(client);
        }
    }

    @Test
    void endsTheSessionWhoseStatementStillRuns() throws IOException {
        try (RawClient client = enter("agents")) {
            UUID grant = gateway.grants().give("agents", "clear", HOUR, "pii.ssn");
            client.query("SELECT a.ssn FROM people a, people b, people c ORDER BY a.ssn || b.ssn || c.ssn LIMIT 1")
                    .flush();
            while (gateway.records().stream()
                    .noneMatch(record -> record instanceof StatementRecord statement
                            && statement.text().contains("people c"))) {
                Thread.onSpinWait();
            }
            gateway.grants().revoke(grant);
            assertEnded(client);
        }
    }

    /** A store that is away may have heard that the grant was taken back. */
    @Test
    void isWorthNothingWhereTheStoreIsAway() throws Exception {
        try (RawClient client = enter("agents")) {
            UUID grant = gateway.grants().give("agents", "clear", HOUR, "pii.ssn");
            assertThat(values(client.query(QUERY))).containsExactly(SSN);
            gateway.grants().away(true);
            Thread.sleep(1100);
            assertThat(values(client.query(QUERY))).containsExactly(MASKED);
            gateway.grants().away(false);
            assertThat(values(client.query(QUERY))).containsExactly(SSN);
            gateway.grants().revoke(grant);
        } finally {
            gateway.grants().away(false);
        }
    }

    @Test
    void opensAConnectionAndClosesItAgain() throws IOException {
        try (RawClient refused = new RawClient(gateway.port())) {
            assertThat(refused.login("guests", "shop", "guests").stream().map(Message::type))
                    .contains('E');
        }
        UUID grant = gateway.grants().give("guests", "guests", HOUR);
        try (RawClient client = enter("guests")) {
            assertThat(values(client.query("SELECT ssn AS guest FROM people WHERE id = 1")))
                    .containsExactly(SSN);
            assertThat(rule("AS guest")).isEqualTo("guests by grant " + grant);
            gateway.grants().revoke(grant);
            assertEnded(client);
        }
    }

    /** Labels alone let nobody in. */
    @Test
    void labelsOpenNoConnection() throws IOException {
        UUID grant = gateway.grants().give("guests", "clear", HOUR, "pii.ssn");
        try (RawClient refused = new RawClient(gateway.port())) {
            assertThat(refused.login("guests", "shop", "guests").stream().map(Message::type))
                    .contains('E');
        } finally {
            gateway.grants().revoke(grant);
        }
    }

    @Test
    void givesAWholeRoleToWhoHasAnother() throws IOException {
        try (RawClient client = enter("jobs")) {
            assertThat(error(client.query("SELECT id FROM orders"))).contains("permission denied");
            UUID grant = gateway.grants().give("jobs", "guests", HOUR);
            assertThat(values(client.query("SELECT id FROM orders"))).containsExactly("1");
            assertThat(rule("FROM orders")).isEqualTo("guests by grant " + grant);
            gateway.grants().revoke(grant);
            assertThat(error(client.query("SELECT id FROM orders"))).contains("permission denied");
            assertThat(values(client.query(QUERY))).containsExactly(MASKED);
        }
    }

    /** By the policy as it is: for whoever is in its groups, from whoever is among its approvers, and for labels that it sees. */
    @Test
    void isForNobodyElse() throws IOException {
        List<UUID> grants = List.of(
                gateway.grants().give("others", "clear", HOUR, "pii.ssn"),
                gateway.grants().give("agents", "elsewhere", HOUR, "pii.email"),
                gateway.grants().give("agents", "clear", HOUR, "pii.email"));
        try (RawClient other = enter("others");
                RawClient agent = enter("agents")) {
            assertThat(values(other.query(QUERY))).containsExactly(MASKED);
            assertThat(values(agent.query("SELECT ssn, email FROM people WHERE id = 1")))
                    .containsExactly(MASKED, "********");
        } finally {
            grants.forEach(gateway.grants()::revoke);
        }
    }
}
