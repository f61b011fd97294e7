package org.sallyport.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sallyport.catalog.Relation.Kind;
import org.sallyport.record.TestPostgres;

/** Against a real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogReaderTest {

    private static final String SCHEMA = """
            create schema "Odd";
            create table "Odd"."Table" (a int);
            create table customers (id int primary key, gone int, ssn text, email varchar(80));
            alter table customers drop column gone;
            create view contacts as select id, email from customers;
            create view contacts_of_contacts as select * from contacts;
            create materialized view frozen as select ssn from customers;
            create view harmless as select 1 as one;
            create table events (id int, at date) partition by range (at);
            create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01');
            create table parent (a int);
            create table child (b int) inherits (parent);
            create table grandchild (c int) inherits (child);
            create function reads_all() returns bigint language sql as 'select count(*) from customers';
            create view computed as select reads_all() as n;
            create function lower(customers) returns text language sql as 'select ''x''';
            create function of_the_owner() returns int stable security definer language plpgsql as 'begin return 1; end';
            create sequence numbers;
            create role agent login;
            grant usage on schema "Odd" to agent;
            alter role agent set search_path = "Odd", public;""";

    private final EmbeddedPostgres postgres = TestPostgres.start();
    private Catalog catalog =
            new Catalog(0, java.util.List.of(), java.util.List.of(), java.util.List.of(), java.util.List.of());

    @BeforeAll
    void read() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            catalog = new CatalogReader().read(connection);
        }
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    @Test
    void knowsColumnsByAttributeNumber() {
        Relation customers = relation("customers");

        assertThat(customers.kind()).isEqualTo(Kind.TABLE);
        assertThat(customers.columns())
                .containsExactly(
                        new Relation.Column(1, "id", 23),
                        new Relation.Column(3, "ssn", 25),
                        new Relation.Column(4, "email", 1043));
        assertThat(customers.column(2)).isEmpty();
    }

    @Test
    void knowsWhatRunsWhereAFunctionIsCalled() {
        Function definer = function("public", "of_the_owner");

        assertThat(definer.volatility()).isEqualTo(Function.Volatility.STABLE);
        assertThat(definer.language()).isEqualTo("plpgsql");
        assertThat(definer.owner()).isEqualTo("postgres");
        assertThat(definer.definer()).isTrue();
        assertThat(function("public", "reads_all"))
                .returns(Function.Volatility.VOLATILE, Function::volatility)
                .returns("sql", Function::language)
                .returns(false, Function::definer);
        assertThat(function("pg_catalog", "int4pl")).returns(Function.Volatility.IMMUTABLE, Function::volatility);
    }

    private Function function(String schema, String name) {
        return catalog.functions().stream()
                .filter(function ->
                        function.schema().equals(schema) && function.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void followsViewsToTheirTables() {
        assertThat(relation("contacts").kind()).isEqualTo(Kind.VIEW);
        assertThat(relation("contacts").bases())
                .containsExactly(relation("customers").oid());
        assertThat(relation("contacts_of_contacts").bases())
                .containsExactlyInAnyOrder(
                        relation("customers").oid(), relation("contacts").oid());
        assertThat(relation("frozen").bases())
                .containsExactly(relation("customers").oid());
        assertThat(relation("harmless").bases()).isEmpty();
        assertThat(relation("customers").bases()).isEmpty();
    }

    @Test
    void knowsThatFunctionsInViewsHideWhatTheyReach() {
        assertThat(relation("computed").bases()).contains(Relation.OPAQUE);
    }

    @Test
    void knowsPartitionsAndHeirsBothWays() {
        assertThat(relation("events").kin())
                .containsExactly(relation("events_2026").oid());
        assertThat(relation("events_2026").kin())
                .containsExactly(relation("events").oid());
        assertThat(relation("parent").kin())
                .containsExactlyInAnyOrder(
                        relation("child").oid(), relation("grandchild").oid());
        assertThat(relation("grandchild").kin())
                .containsExactlyInAnyOrder(
                        relation("child").oid(), relation("parent").oid());
    }

    @Test
    void resolvesNamesThroughTheSearchPath() throws SQLException {
        assertThat(catalog.searchPath()).containsExactly("pg_catalog", "public");
        assertThat(catalog.resolve("pg_class")).map(Relation::schema).contains("pg_catalog");
        assertThat(catalog.resolve("Table")).isEmpty();
        assertThat(catalog.relation("Odd", "Table")).isPresent();
        assertThat(relation("numbers").kind()).isEqualTo(Kind.SEQUENCE);
        assertThat(relation("customers_pkey").kind()).isEqualTo(Kind.INDEX);
        try (Connection agent = postgres.getDatabase("agent", "postgres").getConnection()) {
            assertThat(new CatalogReader().read(agent).searchPath()).containsExactly("pg_catalog", "Odd", "public");
        }
    }

    @Test
    void knowsWhereFunctionsAre() {
        assertThat(catalog.functionSchemas("lower")).containsExactlyInAnyOrder("pg_catalog", "public");
        assertThat(catalog.functionSchemas("query_to_xml")).containsExactly("pg_catalog");
        assertThat(catalog.functionSchemas("reads_all")).containsExactly("public");
        assertThat(catalog.functionSchemas("nowhere")).isEmpty();
    }

    @Test
    void saysTheSameOfTheSameAndAnotherOfAnother() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            Catalog again = new CatalogReader().read(connection);

            assertThat(again.sameAs(catalog)).isTrue();
            assertThat(again.version()).isNotEqualTo(catalog.version());
        }
        try (Connection template = postgres.getTemplateDatabase().getConnection()) {
            assertThat(new CatalogReader().read(template).sameAs(catalog)).isFalse();
        }
    }

    private Relation relation(String name) {
        return catalog.relation("public", name).orElseThrow();
    }
}
