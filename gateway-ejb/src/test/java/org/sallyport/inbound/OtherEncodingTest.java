package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.RawClient;

/** A database in LATIN1: of a name it takes 63 characters where one in UTF-8 takes 63 bytes, so the gateway would take one for the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherEncodingTest {
    /** 62 bytes of UTF-8: to where a server in UTF-8 would cut the other. */
    private static final String OPEN = "é".repeat(31);

    private static final String SECRET = "é".repeat(40);

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
              shop:
                server: {host: 127.0.0.1, port: $port, database: latin, tls: disable}
                credential: shop-gateway
            labels:
              pii.ssn: [shop/public.*.ssn]
            masks:
              pii.ssn: {keepLast: 4}
            roles:
              readers:
                groups: [readers]
                connections: [shop]
                may: [{read: [public.*]}]
              clerks:
                groups: [clerks]
                connections: [shop]
                may: [{read: [public.$open, public.plain]}, {change: [public.$open]}]
            """;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, SQLException {
        postgres = TestGateway.database(folder);
        asOwner("postgres", "create database latin encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
        asOwner("latin", "create role gateway login password 'gateway'");
        gateway = TestGateway.open(folder, postgres, BUNDLE.replace("$open", OPEN));
    }

    @BeforeEach
    void make() throws SQLException {
        for (String table : List.of(OPEN, SECRET, "plain")) {
            asOwner("latin", "drop table if exists " + table);
        }
        asOwner("latin", "create table " + OPEN + " as select 1 as id, 'ö'::text as note");
        asOwner("latin", "create table " + SECRET + " as select 2 as id, 'x1234é6789'::text as ssn");
        asOwner("latin", "create table plain as select 3 as id, 'Größe'::text as note");
        asOwner("latin", "grant all on all tables in schema public to gateway");
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

    private String answers(String group, String... texts) throws IOException {
        StringBuilder answers = new StringBuilder();
        try (RawClient client = gateway.enter(group)) {
            for (String text : texts) {
                answers.append(client.query(text).flush().receiveUntil('Z'));
            }
        }
        return answers.toString();
    }

    @Test
    void aCopyOfOneTableIsNotJudgedAsThatOfAnother() throws IOException {
        assertThat(answers("readers", "COPY " + SECRET + " TO STDOUT"))
                .doesNotContain("1234")
                .contains("42501");
        assertThat(answers("readers", "COPY \"" + SECRET + "\" (ssn) TO STDOUT"))
                .doesNotContain("1234");
        assertThat(answers("readers", "COPY U&\"" + "\\00e9".repeat(40) + "\" TO STDOUT"))
                .doesNotContain("1234");
    }

    @Test
    void aChangeOfOneTableIsNotJudgedAsThatOfAnother() throws IOException, SQLException {
        assertThat(answers("clerks", "TRUNCATE " + SECRET)).contains("42501");
        try (Connection connection = postgres.getDatabase("postgres", "latin").getConnection();
                Statement statement = connection.createStatement();
                ResultSet left = statement.executeQuery("select count(*) from " + SECRET)) {
            assertThat(left.next()).isTrue();
            assertThat(left.getInt(1)).isOne();
        }
    }

    /** What texts have in common that differ in a value only does not tell these names apart. */
    @Test
    void aQueryIsNotJudgedByWhatWasSaidOfAnother() throws IOException {
        assertThat(answers(
                        "clerks",
                        "SELECT id FROM " + OPEN + " WHERE id > 0",
                        "SELECT id FROM " + SECRET + " WHERE id > 1"))
                .contains("42501");
    }

    @Test
    void whatTheServerSaysOfAQueryCounts() throws IOException {
        assertThat(answers("readers", "SELECT ssn FROM " + SECRET))
                .contains("6789")
                .doesNotContain("1234");
        assertThat(answers("clerks", "SELECT id FROM " + OPEN)).doesNotContain("42501");
        assertThat(answers("readers", "COPY plain TO STDOUT", "SELECT note FROM plain WHERE note = 'Größe'"))
                .doesNotContain("42501");
    }
}
