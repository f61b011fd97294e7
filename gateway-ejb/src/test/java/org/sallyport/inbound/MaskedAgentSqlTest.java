package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogReader;
import org.sallyport.catalog.Relation;
import org.sallyport.contract.Visibility;
import org.sallyport.identity.Identity;
import org.sallyport.meaning.Flow.Source;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Question;
import org.sallyport.meaning.Reader;
import org.sallyport.meaning.Unanswered;
import org.sallyport.policy.Access;
import org.sallyport.policy.Circumstances;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.Ruling;
import org.sallyport.record.TestPostgres;
import org.sallyport.sql.AgentSql;
import org.sallyport.sql.QueryText;
import org.sallyport.sql.Script;
import org.sallyport.sql.SqlReader;

/**
 * What of the statements that agents' tools write somebody may run who must not see some columns. Prints the figures of docs/masking.md, and
 * what is refused for which reason.
 */
class MaskedAgentSqlTest {
    private static final Set<String> LABELLED =
            Set.of("email", "title", "description", "note", "notes", "body", "bio", "phone", "first_name", "last_name");

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
              tool:
                server: {host: 127.0.0.1, port: 5432, database: tool, tls: disable}
                credential: tool-gateway
            labels:
              personal: [%s]
            masks:
              personal: {keepLast: 2}
            roles:
              agents:
                groups: [agents]
                connections: [tool]
                catalog: true
                may:
                  - read: ["*.*"]
                  - change: ["*.*"]
                  - define: ["*.*"]
            """.formatted(String.join(
            ", ",
            LABELLED.stream()
                    .sorted()
                    .map(column -> "'tool/*.*.%s'".formatted(column))
                    .toList()));

    private final Map<String, Integer> refused = new TreeMap<>();
    private int touching;
    private int using;
    private int permitted;

    @Test
    void statementsThatOnlyShowMaskedColumnsRun(@TempDir Path folder) throws IOException, SQLException {
        PolicyBundle bundle = PolicyBundle.load(Files.writeString(folder.resolve("policy.yaml"), BUNDLE));
        Identity identity = new Identity("agent", Set.of("agents"), Map.of(), Instant.MAX);
        Access access = bundle.access(new Circumstances(identity, "tool", Instant.EPOCH))
                .orElseThrow();
        try (EmbeddedPostgres postgres = TestPostgres.start()) {
            for (AgentSql tool : AgentSql.read()) {
                try (Connection connection = database(postgres, tool)) {
                    Catalog catalog = catalog(connection, postgres, tool);
                    for (AgentSql.Text text : tool.texts()) {
                        judge(new Judge(bundle), access, catalog, connection, text);
                    }
                }
            }
        }
        refused.forEach((reason, count) -> System.out.println(count + " " + reason));
        int honest = touching - using;
        System.out.printf(
                "%d queries touch tables with labelled columns, %d of them do more with one than show it; of the other %d run %d%n",
                touching, using, honest, permitted);
        assertThat(honest).isGreaterThan(300);
        assertThat(permitted / (double) honest).isGreaterThanOrEqualTo(0.93);
    }

    private void judge(Judge judge, Access access, Catalog catalog, Connection connection, AgentSql.Text text)
            throws SQLException {
        Script script = SqlReader.read(text.sql(), text.types());
        Optional<QueryText> query =
                script.statements().size() == 1 ? script.statements().get(0).query() : Optional.empty();
        Optional<Meaning> meaning = query.flatMap(asked -> meaning(connection, asked));
        if (meaning.isEmpty()) {
            return;
        }
        boolean touches = meaning.get().relations().keySet().stream()
                .flatMap(oid -> catalog.relation(oid).stream())
                .filter(relation -> !relation.schema().equals("pg_catalog")
                        && !relation.schema().equals("information_schema"))
                .flatMap(relation -> relation.columns().stream())
                .anyMatch(column -> LABELLED.contains(column.name()));
        if (!touches) {
            return;
        }
        touching++;
        boolean uses = meaning.get().flow().uses().keySet().stream().anyMatch(source -> isLabelled(source, catalog));
        if (uses || writes(meaning.get(), catalog)) {
            using++;
            return;
        }
        Meant meant = new Meant(Map.of(query.orElseThrow().text(), meaning.get()), true, true, true);
        Ruling ruling = judge.judge(access, "tool", catalog, new Judge.Text(text.sql(), text.types()), meant)
                .ruling();
        if (ruling instanceof Ruling.Permit permit) {
            assertThat(permit.visibility()).as(text.sql()).isEqualTo(Visibility.SHAPED);
            permitted++;
        } else if (ruling instanceof Ruling.Deny deny) {
            String reason = deny.refusal().detail().orElse("").replaceAll("[\\w\"]+\\.[\\w\"]+(\\.\\w+)?", "…");
            refused.merge(reason, 1, Integer::sum);
            System.out.println("REFUSED " + reason + " :: " + text.sql().replace('\n', ' '));
        }
    }

    private static boolean writes(Meaning meaning, Catalog catalog) {
        return meaning.relations().entrySet().stream()
                .anyMatch(relation -> relation.getValue().changes().values().stream()
                        .flatMap(Set::stream)
                        .anyMatch(attribute -> isLabelled(new Source(relation.getKey(), attribute), catalog)));
    }

    private static boolean isLabelled(Source source, Catalog catalog) {
        Optional<Relation> relation = catalog.relation(source.relation());
        return relation.isPresent()
                && relation.get().columns().stream()
                        .anyMatch(column -> LABELLED.contains(column.name())
                                && (source.attribute() == 0 || source.attribute() == column.attribute()));
    }

    private static Optional<Meaning> meaning(Connection connection, QueryText query) {
        try {
            return Optional.of(new Reader(connection).ask(new Question(query.text(), query.types())));
        } catch (Unanswered | SQLException e) {
            return Optional.empty();
        }
    }

    private static Connection database(EmbeddedPostgres postgres, AgentSql tool) throws SQLException {
        try (Connection owner = postgres.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute("create database \"" + tool.tool() + "\"");
        }
        Connection connection = postgres.getDatabase("postgres", tool.tool()).getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(tool.schema());
        }
        return connection;
    }

    /** As the session sees it that the tool's schema has set. */
    private static Catalog catalog(Connection session, EmbeddedPostgres postgres, AgentSql tool) throws SQLException {
        try (Connection connection =
                        postgres.getDatabase("postgres", tool.tool()).getConnection();
                Statement asking = session.createStatement();
                Statement statement = connection.createStatement();
                ResultSet path = asking.executeQuery("show search_path")) {
            path.next();
            statement.execute("set search_path to " + path.getString(1));
            return new CatalogReader().read(connection);
        }
    }
}
