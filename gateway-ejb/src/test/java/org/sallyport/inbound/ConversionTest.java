package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.RawClient;

/** Databases with texts that the server fails to send in UTF-8: a query that makes such a one of some values only would tell which. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ConversionTest {
    /** Encodings, and of each a text that is none in UTF-8. */
    private static final Map<String, String> ENCODINGS =
            Map.of("sql_ascii", "\\xc8", "win1252", "\\x81", "euc_jp", "\\xfefe");

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
            $connections
            labels:
              pii.ssn: ["*/public.people.ssn"]
            masks:
              pii.ssn: {keepLast: 4}
            roles:
              agents:
                groups: [agents, users]
                connections: [$names]
                may: [{read: [public.*]}, {change: [public.*]}]
              users:
                groups: [users]
                connections: [$names]
                uses: {pii.ssn: [equality, predicate, count]}
            """;

    private static final String CONNECTION =
            "  $name: {server: {host: 127.0.0.1, port: $port, database: $name, tls: disable}, credential: shop-gateway}";

    @SuppressWarnings("NullAway.Init")
    private EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, SQLException {
        postgres = TestGateway.database(folder);
        asOwner("postgres", "create role gateway login password 'gateway'");
        for (Map.Entry<String, String> encoding : ENCODINGS.entrySet()) {
            String name = encoding.getKey();
            asOwner(
                    "postgres",
                    "create database " + name + " encoding '" + name
                            + "' lc_collate 'C' lc_ctype 'C' template template0");
            asOwner(name, "create table people (id int primary key, ssn text)");
            asOwner(name, "insert into people values (1, '123-45-6789'), (2, '987-65-4321')");
            asOwner(
                    name,
                    "create table odd as select convert_from('" + encoding.getValue() + "', '" + name + "') as text");
            asOwner(name, "grant all on all tables in schema public to gateway");
        }
        String connections = ENCODINGS.keySet().stream()
                .map(name -> CONNECTION.replace("$name", name))
                .collect(Collectors.joining("\n"));
        String bundle =
                BUNDLE.replace("$connections", connections).replace("$names", String.join(", ", ENCODINGS.keySet()));
        gateway = TestGateway.open(folder, postgres, bundle);
    }

    @AfterAll
    void close() throws IOException {
        gateway.close();
        postgres.close();
    }

    private void asOwner(String database, String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private RawClient enter(String group, String connection) throws IOException {
        RawClient client = new RawClient(gateway.port());
        client.login(group, connection, group);
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sql_ascii", "win1252", "euc_jp"})
    void whetherSomethingCanBeSentTellsNothing(String connection) throws IOException {
        String guess = "CASE WHEN p.ssn = '123-45-6789' THEN o.text ELSE 'x' END";
        try (RawClient client = enter("agents", connection)) {
            // The twin: without a labelled value it is the server that fails.
            assertThat(client.query("SELECT text FROM odd").answers()).contains("T");
            for (String sql : List.of(
                    "SELECT " + guess + " FROM people p, odd o WHERE p.id = $1",
                    "SELECT s.t FROM (SELECT p.id, " + guess + " AS t FROM people p, odd o) s WHERE s.id = $1",
                    "SELECT ARRAY[" + guess + "] FROM people p, odd o WHERE p.id = $1",
                    "COPY (SELECT " + guess + " FROM people p, odd o WHERE p.id = $1) TO STDOUT",
                    "UPDATE people p SET id = p.id FROM odd o WHERE p.id = $1 RETURNING " + guess,
                    "SELECT left(ssn, 1) FROM people WHERE id = $1",
                    "SELECT p FROM people p WHERE id = $1")) {
                List<String> first = client.query(sql.replace("$1", "1")).answers();
                assertThat(first)
                        .as(sql)
                        .isEqualTo(client.query(sql.replace("$1", "2")).answers());
                assertThat(first).as(sql).contains("E:42501");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sql_ascii", "win1252", "euc_jp"})
    void valuesAreShownAsEverywhere(String connection) throws IOException {
        try (RawClient client = enter("agents", connection)) {
            assertThat(client.query("SELECT id, ssn FROM people WHERE id = 1").answers())
                    .contains("D:[1, *******6789]");
            assertThat(client.query("COPY people TO STDOUT").answers()).contains("C:COPY 2");
        }
        // To whom any condition may be put, that one too.
        try (RawClient client = enter("users", connection)) {
            assertThat(client.query("SELECT reverse(ssn) FROM people WHERE ssn LIKE '1%'")
                            .answers())
                    .contains("D:[********]");
            assertThat(client.query("SELECT count(ssn) FROM people").answers()).contains("D:[2]");
        }
    }
}
