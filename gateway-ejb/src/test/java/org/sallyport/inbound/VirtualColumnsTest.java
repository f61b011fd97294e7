package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogReader;
import org.sallyport.client.ServerVersion;
import org.sallyport.identity.Identity;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Question;
import org.sallyport.meaning.Reader;
import org.sallyport.policy.Access;
import org.sallyport.policy.Circumstances;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.Ruling;

/** Generated columns that the server computes when they are read, since PostgreSQL 18. */
class VirtualColumnsTest {
    private static final String SCHEMA = """
            create table people (id int primary key, ssn text, amount int, share int generated always as (100 / amount) virtual)""";

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
              shop:
                server: {host: 127.0.0.1, port: 5432, database: shop, tls: disable}
                credential: shop-gateway
            labels:
              pii.ssn: [shop/public.*.ssn]
            masks:
              pii.ssn: {keepLast: 4}
            roles:
              agents:
                groups: [agents]
                connections: [shop]
                may:
                  - read: [public.*]
            """;

    static List<ServerVersion> servers() throws IOException {
        return ServerVersion.available().stream()
                .filter(server -> server.major() >= 18)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void noLabelledColumnDecidesWhetherTheyAreComputed(ServerVersion version, @TempDir Path folder) throws Exception {
        Access access = PolicyBundle.load(Files.writeString(folder.resolve("policy.yaml"), BUNDLE))
                .access(new Circumstances(
                        new Identity("agent", Set.of("agents"), Map.of(), Instant.MAX), "shop", Instant.EPOCH))
                .orElseThrow();
        Judge judge = new Judge(PolicyBundle.load(folder.resolve("policy.yaml")));
        try (EmbeddedPostgres postgres = version.builder().start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            Catalog catalog = new CatalogReader().read(connection);
            connection.setReadOnly(false);
            connection.setAutoCommit(true);

            assertThat(ruling(judge, access, catalog, connection, "SELECT ssn, share FROM people"))
                    .isInstanceOf(Ruling.Permit.class);
            assertThat(ruling(
                            judge,
                            access,
                            catalog,
                            connection,
                            "SELECT CASE WHEN ssn = '1' THEN share END FROM people"))
                    .isInstanceOfSatisfying(
                            Ruling.Deny.class,
                            deny -> assertThat(deny.refusal().detail().orElseThrow())
                                    .contains("decides what is computed"));
        }
    }

    private static Ruling ruling(Judge judge, Access access, Catalog catalog, Connection connection, String sql)
            throws Exception {
        Meaning meaning = new Reader(connection).ask(new Question(sql, List.of()));
        Meant meant = new Meant(Map.of(sql, meaning), true, true, true);
        return judge.judge(access, "shop", catalog, new Judge.Text(sql, List.of()), meant)
                .ruling();
    }
}
