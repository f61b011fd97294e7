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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.approval.StoredDesk;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.record.ReadResults;
import org.sallyport.record.ResultChunkRecord;

/** What of results is recorded: what clients saw, but never a labelled value as it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(30)
class ResultsOnRecordTest {
    private static final String SSN = "123-45-6789";
    private static final String MASKED = "*******6789";

    private static final String SCHEMA = """
            create role gateway login password 'gateway';
            create table people (id int primary key, name text, ssn text);
            insert into people values (1, 'Ann', '123-45-6789');
            create table orders (id int primary key, amount int);
            insert into orders values (7, 50);
            grant all on people, orders to gateway;""";

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
              shop:
                server: {host: 127.0.0.1, port: $port, database: postgres, tls: disable}
                credential: shop-gateway
                record: {results: 1KiB}
              plain:
                server: {host: 127.0.0.1, port: $port, database: postgres, tls: disable}
                credential: shop-gateway
            labels:
              pii.ssn: [shop/public.people.ssn]
            masks:
              pii.ssn: {keepLast: 4}
            roles:
              agents:
                groups: [agents]
                connections: [shop, plain]
                may: [{read: [public.*]}, {change: [public.*]}]
                unmaskOnApproval: {labels: [pii.ssn], approvers: {groups: [privacy]}}
              seers:
                groups: [seers]
                connections: [shop]
                may: [{read: [public.*]}]
                unmask: [pii.ssn]
              free:
                groups: [free]
                connections: [shop]
                unrestricted: true
            """;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    private int before;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        postgres = TestGateway.database(folder);
        execute(SCHEMA);
        gateway = TestGateway.open(folder, postgres, BUNDLE);
    }

    @AfterAll
    void close() throws IOException {
        gateway.close();
        postgres.close();
    }

    @BeforeEach
    void look() {
        before = gateway.records().size();
    }

    private void execute(String sql) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private RawClient enter(String group, String connection) throws IOException {
        RawClient client = new RawClient(gateway.port()).withPatience(Duration.ofSeconds(10));
        client.login(group, connection, group);
        return client;
    }

    private List<String> recorded() {
        List<Object> records = gateway.records();
        return ReadResults.values(records.subList(before, records.size()));
    }

    private static List<String> values(RawClient client) throws IOException {
        return client.flush().receiveUntil('Z').stream()
                .filter(message -> message.type() == 'D')
                .flatMap(row -> row.columns().stream())
                .toList();
    }

    @Test
    void whatIsMaskedIsRecordedMasked() throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            assertThat(values(client.query("SELECT id, ssn FROM people"))).containsExactly("1", MASKED);
            client.parse("", "SELECT ssn FROM people")
                    .bind("", "")
                    .execute("", 0)
                    .sync();
            assertThat(values(client)).containsExactly(MASKED);
            client.query("COPY people (ssn) TO STDOUT").flush();
            client.receiveUntil('Z');
        }
        assertThat(recorded()).containsExactly("1", MASKED, MASKED, MASKED + "\n");
    }

    @Test
    void whatNeedsNoMaskIsRecordedToo() throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            // Its second verdict stands already.
            for (int i = 0; i < 2; i++) {
                client.parse("", "SELECT amount FROM orders WHERE id = 7")
                        .bind("", "")
                        .execute("", 0)
                        .sync();
                assertThat(values(client)).containsExactly("50");
            }
        }
        assertThat(recorded()).containsExactly("50", "50");
    }

    @Test
    void behindTheConnectionsLimitNothingIsRecorded() throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            assertThat(values(client.query("SELECT n FROM generate_series(1, 500) n")))
                    .hasSize(500);
        }
        assertThat(recorded()).hasSizeBetween(60, 100).startsWith("1", "2", "3");
    }

    /** On record it would be in the clear for everybody who may read that. */
    @ParameterizedTest
    @ValueSource(strings = {"seers", "free"})
    void nothingIsRecordedOfWhoeverSeesALabel(String group) throws IOException {
        try (RawClient client = enter(group, "shop")) {
            assertThat(values(client.query("SELECT ssn FROM people"))).containsExactly(SSN);
        }
        assertThat(recorded()).isEmpty();
    }

    @Test
    void whatAPersonHasLetThroughIsNotRecorded() throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            client.query("/* sallyport: unmask pii.ssn */ SELECT ssn FROM people");
            approve(client);
            assertThat(values(client)).containsExactly(SSN);
        }
        assertThat(recorded()).isEmpty();
    }

    private void approve(RawClient client) throws IOException {
        List<Message> told = client.flush().receiveUntil('N');
        Matcher held = Pattern.compile("statement held for approval (\\S+)")
                .matcher(told.get(told.size() - 1).field('M').orElse(""));
        assertThat(held.matches()).isTrue();
        gateway.desk().approve(UUID.fromString(held.group(1)), StoredDesk.approver("dana", "privacy"), "agreed");
    }

    @Test
    void dataThatMayHaveLabelsIsNotRecordedWhenItIsCopiedIn() throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            client.query("COPY people (id, ssn) FROM STDIN").flush();
            client.receive();
            client.copyData("9\t999-99-9999\n").copyDone();
            client.answers();
        }
        assertThat(recorded()).noneMatch(value -> value.contains("999"));
    }

    @Test
    void aConnectionWithoutALimitRecordsNoResults() throws IOException {
        try (RawClient client = enter("agents", "plain")) {
            assertThat(values(client.query("SELECT amount FROM orders"))).containsExactly("50");
        }
        assertThat(gateway.records().subList(before, gateway.records().size()))
                .noneMatch(ResultChunkRecord.class::isInstance);
    }
}
