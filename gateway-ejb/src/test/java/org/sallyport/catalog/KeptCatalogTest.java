package org.sallyport.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.identity.AdjustableClock;
import org.sallyport.record.TestPostgres;

/** Against a real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptCatalogTest {

    private static final String SCHEMA = """
            create role reader login;
            create role helper;
            create schema side;
            create table side.hidden (id int);
            create type mood as enum ('fine');
            create domain short as text check (length(value) < 100);
            create table customers (id int primary key, ssn text, born date, feeling mood);
            create table orders (id int primary key, customer int, note short);
            create table events (id int, at date) partition by range (at);
            create table loose (id int, at date);
            create view contacts as select id from customers;
            create function answer() returns int language sql stable as 'select 1';
            create function watch() returns trigger language plpgsql as 'begin return new; end';
            create sequence numbers;
            create publication all_of_it;""";

    /** A catalog that is named, for its rows or for its number. */
    private static final Pattern NAMED = Pattern.compile("pg_catalog\\.(pg_[a-z_]++)(?!\\()");

    private final EmbeddedPostgres postgres = TestPostgres.start();
    private final AdjustableClock clock = new AdjustableClock(Instant.EPOCH);
    private final List<Connection> opened = new ArrayList<>();
    private final KeptCatalog kept = new KeptCatalog("shop", name -> open(), new CatalogReader(), clock);

    @BeforeAll
    void define() throws SQLException {
        execute(SCHEMA);
    }

    @AfterEach
    void forget() {
        kept.close();
        opened.clear();
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    private Connection open() throws SQLException {
        Connection connection = postgres.getDatabase("reader", "postgres").getConnection();
        opened.add(connection);
        return connection;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What a session finds that has not been there before. */
    private Catalog found() throws SQLException {
        try (Connection own = postgres.getDatabase("reader", "postgres").getConnection()) {
            return new CatalogReader().read(own);
        }
    }

    @Test
    void readsNothingAgainWhereNothingHasChanged() throws SQLException {
        // The first time it notes which tables have no partitions any more.
        execute("analyze");
        Catalog first = kept.read(0);

        execute("insert into orders values (1, 1, 'x')");
        execute("analyze");
        execute("vacuum");

        assertThat(kept.read(0)).isSameAs(first);
        assertThat(opened).hasSize(1);
        execute("delete from orders");
    }

    /** Each is done, told and undone again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table fresh (a int); drop table fresh",
                "alter table customers rename to people; alter table people rename to customers",
                "alter table customers rename ssn to number; alter table customers rename number to ssn",
                "alter table customers add extra text; alter table customers drop extra",
                "alter table customers alter born type timestamp; alter table customers alter born type date",
                "alter table orders add foreign key (customer) references customers; alter table orders drop constraint orders_customer_fkey",
                "alter table orders add constraint positive check (id > 0); alter table orders drop constraint positive",
                "alter table orders add constraint positive check (id > 0) not valid; alter table orders validate constraint positive; alter table orders drop constraint positive",
                "create unique index once on orders (note); drop index once",
                "create index lowered on customers (lower(ssn)); drop index lowered",
                "alter table orders alter customer set default 7; alter table orders alter customer drop default",
                "alter table orders add doubled int generated always as (id * 2) stored; alter table orders drop doubled",
                "alter table events attach partition loose for values from ('2026-01-01') to ('2027-01-01'); alter table events detach partition loose",
                "create or replace view contacts as select id from customers where id > 1; create or replace view contacts as select id from customers",
                "create rule nothing as on delete to orders do instead nothing; drop rule nothing on orders",
                "create trigger watched before insert on orders for each row execute function watch(); alter table orders disable trigger watched; drop trigger watched on orders",
                "create or replace function answer() returns int language sql volatile as 'select 2'; alter function answer() stable",
                "alter function answer() security definer; alter function answer() security invoker",
                "alter function answer() owner to helper; alter function answer() owner to postgres",
                "alter function answer() set schema side; alter function side.answer() set schema public",
                "create type pair as (a int, b text); drop type pair",
                "create type spans as range (subtype = date); drop type spans",
                "alter domain short add constraint long check (length(value) > 1); alter domain short drop constraint long",
                "create operator public.=== (leftarg = int, rightarg = int, function = int4eq); drop operator public.===(int, int)",
                "comment on column customers.ssn is 'label:pii.ssn'; comment on column customers.ssn is null",
                "alter table customers enable row level security; create policy own on customers using (id = 1); drop policy own on customers; alter table customers disable row level security",
                "create statistics together on id, customer from orders; drop statistics together",
                "alter publication all_of_it add table orders; alter publication all_of_it drop table orders",
                "alter sequence numbers owned by orders.id; alter sequence numbers owned by none",
                "alter schema side rename to other; alter schema other rename to side",
                "alter role helper rename to helpers; alter role helpers rename to helper",
                "alter role reader set search_path = side, public; grant usage on schema side to reader; revoke usage on schema side from reader; alter role reader reset search_path",
                "alter database postgres set search_path = side; alter database postgres reset search_path",
                "grant usage on schema side to helper; alter role reader set search_path = side; grant helper to reader; revoke helper from reader; alter role reader reset search_path; revoke usage on schema side from helper",
                "create extension hstore; drop extension hstore"
            })
    void seesWhateverIsDefined(String definitions) throws SQLException {
        for (String definition : definitions.split("; ")) {
            Catalog before = kept.read(0);

            execute(definition);

            Catalog after = kept.read(0);
            assertThat(after).as(definition).isNotSameAs(before);
            assertThat(after.sameAs(found())).as(definition).isTrue();
        }
    }

    @Test
    void seesWhatBeganBeforeItLookedAndWasCommittedAfter() throws SQLException {
        try (Connection early = postgres.getPostgresDatabase().getConnection();
                Statement definition = early.createStatement()) {
            early.setAutoCommit(false);
            definition.execute("create table early (a int)");
            execute("create table later (a int)");
            Catalog before = kept.read(0);
            assertThat(before.relation("public", "early")).isEmpty();

            early.commit();

            Catalog after = kept.read(0);
            assertThat(after).isNotSameAs(before);
            assertThat(after.relation("public", "early")).isPresent();
        }
        execute("drop table early, later");
    }

    @Test
    void seesWhatASavepointsTransactionBeganBeforeItLooked() throws SQLException {
        try (Connection early = postgres.getPostgresDatabase().getConnection();
                Statement definition = early.createStatement()) {
            early.setAutoCommit(false);
            definition.execute("insert into orders values (1, 1, '')");
            Savepoint savepoint = early.setSavepoint();
            definition.execute("alter table customers rename ssn to number");
            early.releaseSavepoint(savepoint);
            execute("create table later (a int)");
            kept.read(0);

            early.commit();

            assertThat(kept.read(0).sameAs(found())).isTrue();
        }
        execute("alter table customers rename number to ssn; drop table later; delete from orders");
    }

    /** As many rows as before, and the numbers of their transactions have the same sum. */
    @Test
    void seesWhatReplacesRowsOfLaterTransactions() throws SQLException {
        try (Connection early = postgres.getPostgresDatabase().getConnection();
                Statement definition = early.createStatement()) {
            early.setAutoCommit(false);
            definition.execute("select pg_catalog.pg_current_xact_id()");
            execute("alter table customers rename ssn to later");
            kept.read(0);

            definition.execute("alter table customers rename later to number");
            early.commit();

            assertThat(kept.read(0).sameAs(found())).isTrue();
        }
        execute("alter table customers rename number to ssn");
    }

    @Test
    void opensAnotherConnectionWhereItsOwnIsGone() throws SQLException {
        Catalog before = kept.read(0);
        execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'reader'");

        Catalog after = kept.read(0);

        assertThat(after.sameAs(before)).isTrue();
        assertThat(opened).hasSize(2);
        assertThat(opened.get(0).isClosed()).isTrue();
    }

    @Test
    void trustsNoConnectionThatNobodyUsedForLong() throws SQLException {
        kept.read(0);
        clock.advance(Duration.ofMinutes(1));
        kept.read(0);
        assertThat(opened).hasSize(1);

        clock.advance(Duration.ofMinutes(1).plusMillis(1));
        kept.read(0);
        assertThat(opened).hasSize(2);
        assertThat(opened.get(0).isClosed()).isTrue();

        clock.advance(Duration.ofMillis(-1));
        kept.read(0);
        assertThat(opened).hasSize(3);
    }

    @Test
    void readsAllAgainWhereItMayNotLook() throws SQLException {
        execute("revoke select on pg_catalog.pg_auth_members from public");

        Catalog first = kept.read(0);

        assertThat(kept.read(0).sameAs(first)).isTrue();
        assertThat(opened).hasSize(2);
        execute("grant select on pg_catalog.pg_auth_members to public");
    }

    @Test
    void readsAllAgainInAnotherEra() throws SQLException {
        Catalog first = kept.read(1);

        assertThat(kept.read(0)).isSameAs(first);
        assertThat(kept.read(2)).isNotSameAs(first);
        assertThat(opened).hasSize(2);
    }

    @Test
    void letsNobodyWaitForAnothersReading() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        KeptCatalog slow = new KeptCatalog(
                "shop",
                name -> {
                    if (calls.getAndIncrement() == 0) {
                        inside.countDown();
                        awaited(go);
                    }
                    return open();
                },
                new CatalogReader(),
                clock);
        CompletableFuture<Catalog> first = CompletableFuture.supplyAsync(() -> readFrom(slow));
        inside.await();

        Catalog second = slow.read(0);

        assertThat(first).isNotDone();
        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).isClosed()).isTrue();
        go.countDown();
        assertThat(first.get().sameAs(second)).isTrue();
        slow.close();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static Catalog readFrom(KeptCatalog kept) {
        try {
            return kept.read(0);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void saysSoWhereTheDatabaseDoesNotAnswerAndTriesAgain() throws SQLException {
        AtomicBoolean away = new AtomicBoolean(true);
        KeptCatalog broken = new KeptCatalog(
                "shop",
                name -> {
                    if (away.get()) {
                        throw new SQLException("no route", "08001");
                    }
                    return open();
                },
                new CatalogReader(),
                clock);
        assertThatThrownBy(() -> broken.read(0)).hasMessage("no route");

        away.set(false);

        assertThat(broken.read(0).sameAs(found())).isTrue();
        broken.close();
    }

    /** Else a change there would go unnoticed. */
    @Test
    void countsTheRowsOfEveryCatalogThatIsRead() throws SQLException {
        Set<String> named = new TreeSet<>();
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            new CatalogReader().read(sql -> {
                Matcher names = NAMED.matcher(sql);
                while (names.find()) {
                    named.add(names.group(1));
                }
                return Rows.of(statement.executeQuery(sql));
            });
        }

        assertThat(named).contains("pg_class", "pg_statistic_ext");
        assertThat(CatalogMark.CATALOGS).containsAll(named);
    }
}
