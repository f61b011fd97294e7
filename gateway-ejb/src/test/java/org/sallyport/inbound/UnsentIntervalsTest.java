package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.client.RawClient;
import org.sallyport.client.ServerVersion;

/** Intervals that a server before PostgreSQL 15 takes, and fails to send: one in place of some values only would tell which. */
@Timeout(60)
class UnsentIntervalsTest {
    private static final String UNSENT = "interval '2147483647 hours 2147483647 minutes'";

    private static final String SCHEMA = """
            create role gateway login password 'gateway';
            create table people (id int primary key, ssn text);
            insert into people values (1, '123-45-6789'), (2, '987-65-4321');
            create type mood as enum ('sad', 'happy');
            create type pair as (i interval);
            create domain span as interval;
            create table own (i interval, p pair, s span, m mood);
            insert into own values ($1, row($1), $1, 'sad');
            grant all on people, own to gateway;""".replace("$1", UNSENT);

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
              shop:
                server: {host: 127.0.0.1, port: $port, database: postgres, tls: disable}
                credential: shop-gateway
            labels:
              pii.ssn: [shop/public.people.ssn]
            masks:
              pii.ssn: {keepLast: 4}
            roles:
              agents:
                groups: [agents]
                connections: [shop]
                may: [{read: [public.*]}]
            """;

    /** From the first on that says what a query means. */
    static List<ServerVersion> servers() throws IOException {
        return ServerVersion.available().stream()
                .filter(server -> server.major() >= 14)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whetherOneCanBeSentTellsNothing(ServerVersion version, @TempDir Path folder) throws Exception {
        try (EmbeddedPostgres postgres = TestGateway.database(folder, version.builder());
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            try (TestGateway gateway = TestGateway.open(folder, postgres, BUNDLE);
                    RawClient client = gateway.enter("agents")) {
                // The twin: without a labelled value it is the server that fails, or does not.
                assertThat(client.query("SELECT " + UNSENT).answers()).contains(version.major() < 15 ? "E:22008" : "T");
                for (String made : List.of(UNSENT, "i", "p", "s", "own", "ARRAY[i]", "ROW(i)")) {
                    String sql = "SELECT CASE WHEN ssn = '123-45-6789' THEN " + made
                            + " END FROM people, own WHERE people.id = ";
                    assertThat(client.query(sql + 1).answers())
                            .as(sql)
                            .isEqualTo(client.query(sql + 2).answers());
                }
                assertThat(client.query("SELECT ssn, upper(ssn), m FROM people, own WHERE id = 1")
                                .answers())
                        .contains("D:[*******6789, ********, sad]");
            }
        }
    }
}
