package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.client.RawClient;
import org.sallyport.record.ReadResults;
import org.sallyport.record.StatementRecord;

/** Labelled values that somebody compares or writes are not on record as they are, however they are sent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(30)
class ValuesOnRecordTest {
    /** What nobody may find. */
    private static final String SECRET = "987-65-4321";

    private static final String SCHEMA = """
            create role gateway login password 'gateway';
            create table people (id int primary key, name text, ssn text);
            insert into people values (1, 'Ann', '123-45-6789');
            create table orders (id int primary key, note text);
            insert into orders values (7, 'urgent');
            grant all on people, orders to gateway;""";

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
              shop:
                server: {host: 127.0.0.1, port: $port, database: postgres, tls: disable}
                credential: shop-gateway
                record: {results: 64KiB}
            labels:
              pii.ssn: [shop/public.people.ssn]
            masks:
              pii.ssn: {keepLast: 4}
            roles:
              agents:
                groups: [agents, users]
                connections: [shop]
                may: [{read: [public.*]}, {change: [public.*]}]
              users:
                groups: [users]
                connections: [shop]
                uses: {pii.ssn: [equality, predicate]}
              seers:
                groups: [seers]
                connections: [shop]
                may: [{read: [public.*]}, {change: [public.*]}]
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
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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

    private RawClient enter(String group) throws IOException {
        return gateway.enter(group);
    }

    private List<Object> records() {
        List<Object> records = gateway.records();
        return records.subList(before, records.size());
    }

    private List<StatementRecord> statements() {
        return records().stream()
                .filter(StatementRecord.class::isInstance)
                .map(StatementRecord.class::cast)
                .toList();
    }

    /** Permitted or not; {@code @} stands for the secret. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                agents | SELECT id FROM people WHERE ssn = '@'
                agents | SELECT id FROM people WHERE ssn LIKE E'@%'
                agents | SELECT id FROM people WHERE ssn = $q$@$q$
                agents | UPDATE people SET ssn = '@' WHERE id = 1
                agents | INSERT INTO people (id, ssn) VALUES (11, '@')
                agents | SELECT id FROM people WHERE ssn = '@' -- @
                agents | SELECT id FROM people WHERE ssnn = '@'
                agents | SELECT id FROM peeple WHERE ssn = '@'
                agents | SELEC id FROM people WHERE ssn = '@'
                agents | SELECT id FROM people WHERE ssn = '@
                agents | EXECUTE search('@')
                agents | DO $$ BEGIN DELETE FROM people WHERE ssn = '@'; END $$
                agents | SELECT 1; SELECT id FROM people WHERE ssn = '@'
                users  | SELECT id FROM people WHERE ssn = '@'
                users  | SELECT id FROM people WHERE ssn IN ('x', '@')
                seers  | SELECT id FROM people WHERE ssn = '@' OR id = 98765
                seers  | UPDATE people SET ssn = '@' WHERE id = 12
                free   | SELECT id FROM people WHERE ssn = '@'
                free   | SELECT id FROM "people" WHERE ssn = '@'
                free   | DO $$ BEGIN DELETE FROM people WHERE ssn = '@'; END $$
                free   | SELEC id FROM people WHERE ssn = '@'
                """)
    void noValueStandsInATextOnRecord(String group, String sql) throws IOException {
        String asked = sql.replace("@", SECRET);
        try (RawClient client = enter(group)) {
            client.query(asked).answers();
            client.parse("", asked).bind("", "").execute("", 0).sync();
            client.answers();
        }
        assertThat(statements()).as("texts on record").hasSizeGreaterThanOrEqualTo(2);
        assertNothingTells();
    }

    @ParameterizedTest
    @CsvSource({"agents", "users", "seers", "free"})
    void noValueStandsAmongParameters(String group) throws IOException {
        try (RawClient client = enter(group)) {
            for (String sql : List.of(
                    "SELECT id FROM people WHERE ssn = $1",
                    "UPDATE people SET ssn = $1 WHERE id = 13",
                    "INSERT INTO people (id, ssn) SELECT 14, $1 WHERE false")) {
                client.parse("", sql).bind("", "", SECRET).execute("", 0).sync();
                client.answers();
            }
        }
        assertThat(statements()).isNotEmpty();
        assertNothingTells();
    }

    @ParameterizedTest
    @CsvSource({"agents", "seers", "free"})
    void noValueStandsInCopiedData(String group) throws IOException {
        try (RawClient client = enter(group)) {
            client.query("COPY people (id, ssn) FROM STDIN").flush();
            if (client.receive().type() == 'G') {
                client.copyData("15\t" + SECRET + "\n").copyFail("no");
            }
            client.flush().receiveUntil('Z');
        }
        assertNothingTells();
    }

    private void assertNothingTells() {
        for (StatementRecord statement : statements()) {
            assertThat(statement.text()).doesNotContain("987-65");
            assertThat(statement.parameters()).noneMatch(value -> value != null && value.contains("987-65"));
        }
        assertThat(ReadResults.values(records())).noneMatch(value -> value.contains("987-65"));
        List<byte[]> payloads = gateway.payloads();
        for (byte[] payload : payloads.subList(before, payloads.size())) {
            assertThat(new String(payload, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
        }
    }

    @Test
    void equalValuesLookEqualForAsLongAsTheGatewayRuns() throws IOException {
        try (RawClient client = enter("users")) {
            client.query("SELECT id FROM people WHERE ssn = '" + SECRET + "'").answers();
            client.parse("", "SELECT id FROM people WHERE ssn = $1")
                    .bind("", "", SECRET)
                    .execute("", 0)
                    .sync();
            client.answers();
            client.query("SELECT id FROM people WHERE ssn = 'another'").answers();
        }
        String hidden = String.valueOf(statements().get(1).parameters().get(0));
        assertThat(hidden).matches("\\[hidden [0-9a-f]{12}]");
        assertThat(statements().get(0).text()).isEqualTo("SELECT id FROM people WHERE ssn = '" + hidden + "'");
        assertThat(statements().get(2).text()).contains("[hidden ").doesNotContain(hidden);
    }

    /** What touches no labelled value stays readable. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                agents | SELECT note FROM orders WHERE note = 'urgent' AND id = 7
                agents | SELECT ssn FROM people WHERE name = 'Ann' AND id = 1
                agents | UPDATE people SET name = 'Bea' WHERE id = 1
                agents | SELECT pg_read_file('/etc/passwd')
                seers  | SELECT note FROM orders WHERE note = 'urgent'
                free   | UPDATE orders SET note = 'later' WHERE id = 7
                """)
    void whatTouchesNoLabelledValueStaysReadable(String group, String sql) throws IOException {
        try (RawClient client = enter(group)) {
            client.query(sql).answers();
        }
        assertThat(statements()).extracting(StatementRecord::text).containsExactly(sql);
    }
}
