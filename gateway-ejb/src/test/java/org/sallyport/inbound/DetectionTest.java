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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.approval.Outcome;
import org.sallyport.approval.StoredDesk;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.record.OutcomeRecord;

/** What detectors do to results without labels, by a real PostgreSQL through the real listener. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(30)
class DetectionTest {
    private static final String SCHEMA = """
            create role gateway login password 'gateway';
            create table notes (
              id int primary key, text text, short varchar(60), fixed char(24), doc json, docb jsonb, tags text[], email text, code text);
            insert into notes values (
              1, 'card 4111 1111 1111 1111 of ann@example.com', 'EMP-17 called', '4111111111111111',
              '{"to": "ann@example.com", "card": 4111111111111111}', '{"to": "ann\\u0040example.com", "n": 1}',
              '{"ordinary","pay 4111111111111111, now"}', 'ann@example.com', 'ssn 123-45-6789');
            insert into notes values (2, repeat('x', 1100000), 'nothing', 'nothing', '1', '1', '{}', null, null);
            create table people (id int primary key, ssn text, mail text);
            insert into people values (1, '123-45-6789', 'ann@example.com');
            create view shown as select id, text from notes;
            create table mails (mail text primary key);
            insert into mails values ('ann@example.com');
            create table late (mail text unique deferrable initially deferred);
            insert into late values ('ann@example.com');
            create function tells(text) returns int language plpgsql as 'begin raise notice ''it is %'', $1; return 1; end';
            grant all on notes, people, shown, mails, late to gateway;""";

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
              shop:
                server: {host: 127.0.0.1, port: $port, database: postgres, tls: disable}
                credential: shop-gateway
              other:
                server: {host: 127.0.0.1, port: $port, database: postgres, tls: disable}
                credential: shop-gateway
            labels:
              pii.ssn: [shop/public.people.ssn]
              pii.mail: [shop/public.people.mail]
            masks:
              pii.ssn: {keepLast: 4}
              pii.mail: {redact: true}
            roles:
              agents:
                groups: [agents]
                connections: [shop, other]
                may: [{read: [public.*]}, {change: [public.*]}]
                unmask: [pii.mail]
                unmaskOnApproval: {labels: [pii.ssn], approvers: {groups: [privacy]}}
              noting:
                groups: [noting]
                connections: [shop]
                may: [{read: [public.*]}, {call: [public.tells]}]
                unmask: ["*"]
              watched:
                groups: [watched]
                connections: [shop]
                may: [{read: [public.*]}]
              free:
                groups: [free]
                connections: [shop]
                unrestricted: true
            patterns:
              staff: 'EMP-[0-9]+'
            detection:
              - {find: [card, email, staff], do: alert}
              - {find: [ssn, card, email], connections: [shop], roles: [agents, noting], do: mask}
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

    private RawClient enter(String group, String connection) throws IOException {
        RawClient client = new RawClient(gateway.port()).withPatience(Duration.ofSeconds(10));
        client.login(group, connection, group);
        return client;
    }

    private static List<String> values(RawClient client) throws IOException {
        List<Message> answer = client.flush().receiveUntil('Z');
        assertThat(answer).noneMatch(message -> message.type() == 'E');
        return answer.stream()
                .filter(message -> message.type() == 'D')
                .flatMap(row -> row.columns().stream())
                .toList();
    }

    private static RawClient run(RawClient client, String sql, @Nullable String... values) {
        return client.parse("", sql).bind("", "", values).execute("", 0).sync();
    }

    private List<String> lastFound() {
        List<List<String>> outcomes = gateway.records().stream()
                .filter(OutcomeRecord.class::isInstance)
                .map(record -> ((OutcomeRecord) record).found())
                .toList();
        return outcomes.get(outcomes.size() - 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
                text                          | card ******** of ********                        | card=1,email=1
                short                         | EMP-17 called                                    | staff=1
                fixed                         | ********                                         | card=1
                doc                           | {"to": "********", "card": "********"}           | card=1,email=1
                docb                          | {"n": 1, "to": "********"}                       | email=1
                tags                          | {ordinary,"pay ********, now"}                   | card=1
                email                         | ********                                         | email=1
                code                          | ssn ********                                     | ssn=1
                upper(email)                  | ********                                         | email=1
                id                            | 1                                                |
                coalesce((select text from notes where id = 1), text) | card ******** of ********          | card=1,email=1
                """)
    void masksAndCountsWhatItFinds(String column, String shown, @Nullable String found) throws IOException {
        String sql = "SELECT " + column + " FROM notes WHERE id = ";
        try (RawClient client = enter("agents", "shop")) {
            assertThat(values(client.query(sql + "1")))
                    .hasSize(1)
                    .allSatisfy(value -> assertThat(value.strip()).isEqualTo(shown));
            assertThat(lastFound()).isEqualTo(found == null ? List.of() : List.of(found.split(",")));
            for (int i = 0; i < 2; i++) {
                assertThat(values(run(client, sql + "$1::int", "1")))
                        .allSatisfy(value -> assertThat(value.strip()).isEqualTo(shown));
                assertThat(lastFound()).isEqualTo(found == null ? List.of() : List.of(found.split(",")));
            }
        }
    }

    @Test
    void readsBinaryJson() throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            client.parse("", "SELECT docb, doc FROM notes WHERE id = 1");
            client.message('B', data -> {
                data.writeShort(0);
                data.writeShort(0);
                data.writeShort(0);
                data.writeShort(1);
                data.writeShort(1);
            });
            assertThat(values(client.execute("", 0).sync()))
                    .containsExactly(
                            "\u0001{\"n\": 1, \"to\": \"********\"}", "{\"to\": \"********\", \"card\": \"********\"}");
        }
    }

    @Test
    void leavesColumnsWithALabelToTheirMasks() throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            assertThat(values(client.query("SELECT ssn, mail, 'x ' || id FROM people")))
                    .containsExactly("*******6789", "ann@example.com", "x 1");
            assertThat(lastFound()).isEmpty();
            assertThat(values(client.query("SELECT p.mail, n.email, p.ssn FROM people p JOIN notes n ON p.id = n.id")))
                    .containsExactly("ann@example.com", "********", "*******6789");
        }
    }

    @Test
    void leavesWhatAPersonAgreedTo() throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            client.query("/* sallyport: unmask pii.ssn */ SELECT upper(ssn) FROM people");
            List<Message> told = client.flush().receiveUntil('N');
            String message = told.get(told.size() - 1).field('M').orElse("");
            var id = UUID.fromString(message.substring(message.lastIndexOf(' ') + 1));
            assertThat(gateway.desk().approve(id, StoredDesk.approver("dana", "privacy"), "agreed"))
                    .isInstanceOf(Outcome.Done.class);
            assertThat(values(client)).containsExactly("123-45-6789");
        }
    }

    @Test
    void looksAtWhatChangesReturn() throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            assertThat(values(client.query("UPDATE notes SET short = short WHERE id = 1 RETURNING email")))
                    .containsExactly("********");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"agents,other", "watched,shop"})
    void onlyCountsWhereTheRuleSaysSo(String who) throws IOException {
        String[] parts = who.split(",");
        try (RawClient client = enter(parts[0], parts[1])) {
            assertThat(values(client.query("SELECT email, code FROM notes WHERE id = 1")))
                    .containsExactly("ann@example.com", "ssn 123-45-6789");
            assertThat(lastFound()).containsExactly("email=1");
        }
    }

    @Test
    void looksAtNothingOfSomebodyUnrestricted() throws IOException {
        try (RawClient client = enter("free", "shop")) {
            assertThat(values(client.query("SELECT email FROM notes WHERE id = 1")))
                    .containsExactly("ann@example.com");
            assertThat(lastFound()).isEmpty();
        }
    }

    @Test
    void showsNullInPlaceOfWhatIsTooLongToBeLookedAt() throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            assertThat(values(client.query("SELECT text, short FROM notes WHERE id = 2")))
                    .containsExactly("NULL", "nothing");
        }
        try (RawClient client = enter("watched", "shop")) {
            assertThat(values(client.query("SELECT text FROM notes WHERE id = 2"))
                            .get(0))
                    .hasSize(1_100_000);
        }
    }

    /** They are about data without labels, and an agent needs their words. */
    @Test
    void hidesInErrorsAndNoticesWhatItFindsAndNothingElse() throws IOException {
        String[] statements = {
            "SELECT email, code::int FROM notes WHERE id = 1",
            "UPDATE notes SET id = email::int WHERE id = 1",
            "INSERT INTO mails SELECT email FROM notes WHERE id = 1",
        };
        for (String sql : statements) {
            try (RawClient client = enter("agents", "shop")) {
                for (boolean simple : new boolean[] {true, false}) {
                    Message error = errors(simple ? client.query(sql) : run(client, sql))
                            .get(0);
                    String told = error.field('M').orElse("") + error.field('D').orElse("");
                    assertThat(told).contains("********").doesNotContain("123-45-6789", "ann@example.com");
                    assertThat(told)
                            .containsAnyOf("invalid input syntax for type integer", "violates unique constraint");
                    assertThat(error.field('C').orElse("")).matches("22P02|23505");
                }
            }
            try (RawClient client = enter("free", "shop")) {
                Message error = errors(client.query(sql)).get(0);
                assertThat(error.field('M').orElse("") + error.field('D').orElse(""))
                        .containsAnyOf("123-45-6789", "ann@example.com");
            }
        }
        try (RawClient client = enter("agents", "shop")) {
            assertThat(errors(client.query("SELECT 'abc'::int")).get(0).field('M'))
                    .contains("invalid input syntax for type integer: \"abc\"");
        }
        try (RawClient client = enter("noting", "shop")) {
            List<Message> answer = client.query("SELECT tells(email) FROM notes WHERE id = 1")
                    .flush()
                    .receiveUntil('Z');
            assertThat(answer)
                    .filteredOn(message -> message.type() == 'N')
                    .singleElement()
                    .satisfies(notice -> assertThat(notice.field('M')).contains("it is ********"));
        }
    }

    /** A constraint that is looked at with the transaction's end speaks late. */
    @Test
    void hidesInErrorsThatComeLate() throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            client.query("BEGIN").flush().receiveUntil('Z');
            client.query("INSERT INTO late VALUES ('ann@example.com')").flush().receiveUntil('Z');
            Message error = errors(client.query("COMMIT")).get(0);
            assertThat(error.field('C')).contains("23505");
            assertThat(error.field('D').orElse("")).contains("********").doesNotContain("ann@example.com");
        }
    }

    private static List<Message> errors(RawClient client) throws IOException {
        return client.flush().receiveUntil('Z').stream()
                .filter(message -> message.type() == 'E')
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY notes (email, id, code) TO STDOUT",
                "COPY notes (email, id, code) TO STDOUT (FORMAT csv)",
                "COPY (SELECT email, id, code FROM notes ORDER BY id) TO STDOUT",
                "COPY (SELECT email, id, code FROM notes ORDER BY id) TO STDOUT WITH CSV HEADER",
            })
    void looksAtWhatIsCopied(String sql) throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            for (boolean simple : new boolean[] {true, false}) {
                String data = copied(simple ? client.query(sql) : run(client, sql));
                assertThat(data).contains("********", "ssn ********").doesNotContain("ann@example.com", "123-45");
                assertThat(lastFound()).containsExactly("email=1", "ssn=1");
            }
        }
        try (RawClient client = enter("free", "shop")) {
            assertThat(copied(client.query(sql))).contains("ann@example.com", "123-45-6789");
        }
    }

    @Test
    void looksAtWhatIsCopiedInBinary() throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            assertThat(copied(client.query("COPY (SELECT email FROM notes WHERE id = 1) TO STDOUT (FORMAT binary)")))
                    .contains("********")
                    .doesNotContain("ann@example.com");
        }
    }

    private static String copied(RawClient client) throws IOException {
        List<Message> answer = client.flush().receiveUntil('Z');
        assertThat(answer).as(answer.toString()).noneMatch(message -> message.type() == 'E');
        return answer.stream()
                .filter(message -> message.type() == 'd')
                .map(Message::payload)
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY notes (email) TO STDOUT (NULL '')",
                "COPY notes (email) TO STDOUT; SELECT 1",
            })
    void refusesToCopyWhatCannotBeLookedAt(String sql) throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            Message error = errors(client.query(sql)).get(0);
            assertThat(error.field('D').orElse("")).contains("Rule \"detection\"");
        }
        try (RawClient client = enter("watched", "shop")) {
            assertThat(copied(client.query(sql))).contains("ann@example.com");
        }
    }

    /** Its result has no columns. */
    @Test
    void refusesFunctionCalls() throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            client.call(870, "ANN@EXAMPLE.COM");
            assertThat(errors(client).get(0).field('D').orElse("")).contains("Rule \"detection\"");
            assertThat(values(client.query("SELECT lower('ANN@EXAMPLE.COM')"))).containsExactly("********");
        }
    }

    @Test
    void goesOnThroughPortalsPipelinesAndSeveralStatements() throws IOException {
        try (RawClient client = enter("agents", "shop")) {
            assertThat(values(client.query(
                            "SELECT email FROM notes WHERE id = 1; SELECT 'to bob@example.com'; SHOW datestyle")))
                    .startsWith("********", "to ********");
            client.query("BEGIN").flush().receiveUntil('Z');
            client.parse("s", "SELECT email FROM notes ORDER BY id")
                    .bind("p", "s")
                    .execute("p", 1);
            client.parse("t", "SELECT code FROM notes WHERE id = 1")
                    .bind("", "t")
                    .execute("", 0)
                    .sync();
            assertThat(values(client)).containsExactly("********", "ssn ********");
            assertThat(values(client.execute("p", 0).sync())).containsExactly("NULL");
            client.query("COMMIT").flush().receiveUntil('Z');
        }
    }
}
