package org.sallyport.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.client.ServerVersion;

/** What a real PostgreSQL drops, alters and empties by CASCADE is what the snapshot says that it reaches. */
@ParameterizedClass
@MethodSource("servers")
class DependenciesTest {

    private static Catalog catalog = Catalog.EMPTY;

    // NullAway does not know who sets them.
    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private static Connection connection;

    @SuppressWarnings("NullAway.Init")
    private static Everything everything;

    @Parameter
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private ServerVersion version;

    static List<ServerVersion> servers() throws IOException {
        return ServerVersion.available().stream()
                .filter(server -> server.major() >= 14)
                .toList();
    }

    @BeforeParameterizedClassInvocation
    static void start(ServerVersion version) throws IOException, SQLException {
        postgres = version.builder().start();
        connection = postgres.getPostgresDatabase().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(Everything.SCHEMA);
        }
        try (Connection own = postgres.getPostgresDatabase().getConnection()) {
            catalog = new CatalogReader().read(own);
        }
        connection.setAutoCommit(false);
        everything = new Everything(connection);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws SQLException, IOException {
        connection.close();
        postgres.close();
    }

    @Test
    void aDroppedRelationTakesWhatTheSnapshotSays() throws SQLException {
        Map<Integer, String> kinds = new HashMap<>(everything.texts("""
                select oid, case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
                                         when 'c' then 'type' else 'table' end
                  from pg_class where oid >= 16384 and relkind in ('r', 'p', 'v', 'm', 'S', 'c')"""));
        // The server refuses to drop the sequence of an identity column.
        kinds.keySet().removeIf(oid -> relation(oid).name().equals("lines_line_seq"));
        assertThat(kinds).hasSizeGreaterThan(30);
        for (Map.Entry<Integer, String> entry : kinds.entrySet()) {
            String drop =
                    "drop " + entry.getValue() + " " + relation(entry.getKey()).qualifiedName() + " cascade";
            assertDrops(drop, CatalogObject.relation(entry.getKey()));
        }
    }

    @Test
    void aDroppedTypeFunctionIndexAndSchemaToo() throws SQLException {
        for (Type type : catalog.types()) {
            if (Integer.compareUnsigned(type.oid(), 16384) >= 0 && type.element() == 0) {
                assertDrops("drop type " + type.name() + " cascade", CatalogObject.type(type.oid()));
            }
        }
        for (Function function : catalog.functions()) {
            if (Integer.compareUnsigned(function.oid(), 16384) >= 0) {
                assertDrops("drop function " + function.name() + " cascade", CatalogObject.function(function.oid()));
            }
        }
        assertDrops(
                "drop index customers_other cascade",
                CatalogObject.relation(catalog.relation("public", "customers_other")
                        .orElseThrow()
                        .oid()));
        for (String schema : List.of("public", "other", "empty")) {
            assertDrops(
                    "drop schema " + schema + " cascade",
                    catalog.dependencies().schema(schema).orElseThrow());
        }
    }

    @Test
    void aTruncatedTableEmptiesWhatTheSnapshotSays() throws SQLException {
        Set<Integer> stored = everything.texts(Everything.STORAGE).keySet();
        for (Relation relation : catalog.relations()) {
            if (Integer.compareUnsigned(relation.oid(), 16384) < 0 || relation.kind() != Relation.Kind.TABLE) {
                continue;
            }
            Set<Integer> emptied =
                    everything.changed("truncate " + relation.qualifiedName() + " cascade", Everything.STORAGE);
            Set<Integer> told = new HashSet<>(catalog.dependencies().descendants(Set.of(relation.oid())));
            told.addAll(catalog.dependencies().referring(Set.of(relation.oid())));
            told.add(relation.oid());
            told.retainAll(stored);
            assertThat(names(told)).as(relation.qualifiedName()).isEqualTo(names(emptied));
        }
    }

    @Test
    void whatHasNoSchemaIsNotKnown() throws SQLException {
        try (Connection own = postgres.getDatabase("postgres", "template1").getConnection();
                Statement statement = own.createStatement()) {
            statement.execute("""
                    create type amount as (a int);
                    create function as_text(amount) returns text language sql as 'select $1.a';
                    create cast (amount as text) with function as_text(amount);
                    create schema extended;
                    create extension pgcrypto schema extended;""");
            Catalog other = new CatalogReader().read(own);
            int amount = other.relation("public", "amount").orElseThrow().oid();

            assertThat(other.dependencies()
                            .ofDropping(Set.of(CatalogObject.relation(amount)))
                            .opaque())
                    .isTrue();
            assertThat(other.dependencies()
                            .ofDropping(Set.of(
                                    other.dependencies().schema("extended").orElseThrow()))
                            .opaque())
                    .isTrue();
        }
    }

    private void assertDrops(String drop, CatalogObject dropped) throws SQLException {
        Reach reach = catalog.dependencies().ofDropping(Set.of(dropped));
        Set<Integer> relations = everything.changed(drop, Everything.RELATIONS);
        relations.remove(dropped.oid());
        if (drop.startsWith("drop index")) {
            // Named instead of its table.
            relations.remove(catalog.dependencies()
                    .parts()
                    .getOrDefault(dropped, dropped)
                    .oid());
        }
        assertThat(names(reach.relations())).as(drop).isEqualTo(names(relations));
        Set<Integer> functions = everything.changed(drop, Everything.FUNCTIONS);
        functions.remove(dropped.oid());
        assertThat(reach.functions()).as(drop).isEqualTo(functions);
        Set<Integer> types = everything.changed(drop, Everything.TYPES);
        types.remove(dropped.oid());
        assertThat(reach.types()).as(drop).isEqualTo(types);
        assertThat(reach.opaque()).as(drop).isFalse();
    }

    private Relation relation(int oid) {
        return catalog.relation(oid).orElseThrow();
    }

    private Set<String> names(Set<Integer> oids) {
        return oids.stream().map(oid -> relation(oid).qualifiedName()).collect(Collectors.toCollection(TreeSet::new));
    }
}
