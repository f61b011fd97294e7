package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** Somebody with rights on some columns, where others carry labels, by a real PostgreSQL through the real listener. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(30)
class PartlyReadTest {
    private static final String SCHEMA = """
            create role gateway login password 'gateway';
            create table people (id int primary key, name text, pay int, ssn text);
            insert into people values (1, 'Ann', 5, '123-45-6789'), (2, 'Ben', 6, '987-65-4321');
            grant all on people to gateway;""";

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
              shop:
                server: {host: 127.0.0.1, port: $port, database: postgres, tls: disable}
                credential: shop-gateway
            labels: {pii.ssn: [shop/public.people.ssn], pii.other: [shop/public.others.*]}
            masks: {pii.ssn: {keepLast: 4}, pii.other: {redact: true}}
            roles:
              clerks:
                groups: [clerks, blind]
                connections: [shop]
                may: [{read: ["public.people(id, name, ssn)"]}, {change: ["public.people(name)"]}]
              seeing:
                groups: [clerks]
                connections: [shop]
                unmask: [pii.ssn]
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
        return gateway.enter(group);
    }

    private static List<String> values(RawClient client) throws IOException {
        List<Message> answer = client.flush().receiveUntil('Z');
        assertThat(answer).as(answer.toString()).noneMatch(message -> message.type() == 'E');
        return answer.stream()
                .filter(message -> message.type() == 'D')
                .flatMap(row -> row.columns().stream())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            SELECT count(id) FROM people                                   | 2
            SELECT upper(name) FROM people WHERE id = 1                    | ANN
            SELECT max(id) + 1 FROM people                                 | 3
            SELECT id FROM people UNION SELECT 7 ORDER BY id LIMIT 1       | 1
            SELECT name FROM people WHERE ssn = '123-45-6789'              | Ann
            UPDATE people SET name = name WHERE id = 1 RETURNING id * 10   | 10
            WITH p AS (SELECT count(ssn) AS n FROM people) SELECT n FROM p | 2
            """)
    void seesWhatIsMadeOfTheColumnsThatItMayRead(String sql, String value) throws IOException {
        try (RawClient client = enter("clerks")) {
            for (int i = 0; i < 2; i++) {
                assertThat(values(client.query(sql))).containsExactly(value);
                assertThat(values(client.parse("", sql)
                                .bind("", "")
                                .execute("", 0)
                                .sync()))
                        .containsExactly(value);
            }
            assertThat(values(client.query("EXPLAIN SELECT count(id) FROM people")))
                    .isNotEmpty();
        }
    }

    /** And nothing of what it may not, and errors without words. */
    @Test
    void seesNothingElse() throws IOException {
        try (RawClient client = enter("clerks")) {
            for (String sql : List.of("SELECT count(pay) FROM people", "SELECT sum(pay) FROM people")) {
                assertThat(client.query(sql).flush().receiveUntil('Z'))
                        .anyMatch(message -> message.field('C').equals(Optional.of("42501")));
            }
            assertThat(client.query("SELECT name::int FROM people").flush().receiveUntil('Z'))
                    .filteredOn(message -> message.type() == 'E')
                    .singleElement()
                    .satisfies(error -> assertThat(error.field('M').orElse("")).contains("withheld"));
        }
        try (RawClient client = enter("blind")) {
            assertThat(values(client.query("SELECT count(id) FROM people"))).containsExactly("2");
            assertThat(values(client.query("SELECT ssn, reverse(ssn) FROM people WHERE id = 1")))
                    .containsExactly("*******6789", "********");
        }
    }
}
