package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogReader;
import org.sallyport.catalog.Everything;
import org.sallyport.catalog.Relation;
import org.sallyport.identity.Identity;
import org.sallyport.policy.Access;
import org.sallyport.policy.Circumstances;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.Ruling;
import org.sallyport.record.TestPostgres;

/** Definitions by somebody who may define one schema, and what a real PostgreSQL then does to the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationsTest {
    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport}
            connections:
              shop:
                server: {host: db, database: shop}
                credential: shop-gateway
            roles:
              public:
                groups: [public]
                connections: [shop]
                may:
                  - read: [public.*]
                  - change: [public.*]
                  - define: [public.*]
              all:
                groups: [all]
                connections: [shop]
                may:
                  - change: ["*.*"]
                  - define: ["*.*"]
            """;

    private final EmbeddedPostgres postgres = TestPostgres.start();
    private Catalog catalog = Catalog.EMPTY;

    @SuppressWarnings("NullAway.Init")
    private PolicyBundle bundle;

    @SuppressWarnings("NullAway.Init")
    private Connection connection;

    @SuppressWarnings("NullAway.Init")
    private Everything everything;

    @BeforeAll
    void read(@TempDir Path folder) throws SQLException, IOException {
        bundle = PolicyBundle.load(Files.writeString(folder.resolve("policy.yaml"), BUNDLE));
        connection = postgres.getPostgresDatabase().getConnection();
        try (Statement statement = connection.createStatement();
                Connection own = postgres.getPostgresDatabase().getConnection()) {
            statement.execute(Everything.SCHEMA);
            catalog = new CatalogReader().read(own);
        }
        connection.setAutoCommit(false);
        everything = new Everything(connection);
    }

    @AfterAll
    void stop() throws SQLException, IOException {
        connection.close();
        postgres.close();
    }

    @Test
    void whatIsPermittedReachesNothingElse() throws SQLException {
        List<String> permitted = new ArrayList<>();
        List<String> denied = new ArrayList<>();
        for (String sql : statements()) {
            boolean permits = permits("public", sql);
            (permits ? permitted : denied).add(sql);
            if (permits) {
                assertThat(changedOutside(sql)).as(sql).isEmpty();
            }
        }
        assertThat(permitted).hasSizeGreaterThan(60);
        assertThat(denied).hasSizeGreaterThan(20);
    }

    /** But for columns: of those it is not known what depends on which. */
    @Test
    void whatReachesNothingElseIsPermitted() throws SQLException {
        for (String sql : statements()) {
            if (!sql.contains("drop column") && changedOutside(sql).isEmpty()) {
                assertThat(permits("public", sql)).as(sql).isTrue();
            }
        }
    }

    @Test
    void whoMayDefineAllIsRefusedNothing() {
        assertThat(statements()).allMatch(sql -> permits("all", sql));
        assertThat(permits("all", "drop schema public, other cascade")).isTrue();
    }

    private List<String> statements() {
        List<String> statements = new ArrayList<>();
        for (Relation relation : catalog.relations()) {
            if (relation.schema().equals("public")) {
                statements.addAll(statements(relation));
            }
        }
        for (String type : List.of("mood", "positive", "even", "pair")) {
            statements.add("drop type public." + type + " cascade");
        }
        for (String function : List.of("twice", "over_twice", "touch", "reading", "of_view")) {
            statements.add("drop function public." + function + " cascade");
        }
        return statements;
    }

    private static List<String> statements(Relation relation) {
        String name = relation.qualifiedName();
        List<String> statements = new ArrayList<>();
        switch (relation.kind()) {
            case VIEW ->
                statements.add("drop " + (relation.name().equals("frozen") ? "materialized " : "") + "view " + name
                        + " cascade");
            case SEQUENCE -> statements.add("drop sequence " + name + " cascade");
            case TABLE -> {
                statements.add("drop table " + name + " cascade");
                statements.add("truncate " + name + " cascade");
                statements.add("alter table " + name + " add column added int");
                boolean fixed = Set.of("typed", "grandchild").contains(relation.name());
                relation.columns().stream()
                        .filter(column -> !fixed && !isFixed(relation.name(), column.name()))
                        .forEach(column ->
                                statements.add("alter table " + name + " drop column " + column.name() + " cascade"));
            }
            default -> {
                // made and dropped with its table
            }
        }
        return statements.stream()
                .filter(sql -> !sql.contains("typed add column") && !sql.contains("events_2026 add"))
                .toList();
    }

    /** The server drops no column that a table is partitioned by or inherits. */
    private static boolean isFixed(String table, String column) {
        return (table.equals("events") && column.equals("at"))
                || (table.equals("parted") && column.equals("id"))
                || table.equals("events_2026")
                || (table.equals("child") && column.equals("a"));
    }

    private Set<String> changedOutside(String sql) throws SQLException {
        Set<Integer> changed = new HashSet<>(everything.changed(sql, Everything.RELATIONS));
        changed.addAll(everything.changed(sql, Everything.STORAGE));
        return changed.stream()
                .map(oid -> catalog.relation(oid).orElseThrow())
                .filter(relation -> !relation.schema().equals("public") && !isEmptiedAsHeir(relation, sql))
                .map(Relation::qualifiedName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As PostgreSQL has it, a right to a parent's rows is one to those of its partitions and heirs. */
    private boolean isEmptiedAsHeir(Relation relation, String sql) {
        return relation.kin().stream()
                .flatMap(oid -> catalog.relation(oid).stream())
                .anyMatch(kin -> sql.startsWith("truncate " + kin.qualifiedName() + " "));
    }

    private boolean permits(String group, String sql) {
        Identity identity = new Identity("agent", Set.of(group), Map.of(), Instant.MAX);
        Access access = bundle.access(new Circumstances(identity, "shop", Instant.EPOCH))
                .orElseThrow();
        return new Judge(bundle).judge(access, "shop", catalog, sql).ruling() instanceof Ruling.Permit;
    }
}
