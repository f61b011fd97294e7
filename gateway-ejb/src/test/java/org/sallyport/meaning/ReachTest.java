package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Everything;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Snapshots;
import org.sallyport.client.ServerVersion;
import org.sallyport.policy.Extent;
import org.sallyport.sql.SqlReader;

/** What a statement is said to reach, and that a real PostgreSQL locks nothing beyond it. */
@ParameterizedClass(name = "{0}")
@MethodSource("servers")
class ReachTest {
    private static final String MORE = """
            create table articles (id int primary key);
            create table prices (id int primary key, article int references articles on delete cascade on update cascade);
            create table rebates (price int references prices on delete set null);
            create table known (a int);
            create policy only_known on known using (exists (select from articles where id = a));
            alter table known enable row level security;
            create view all_articles as select * from articles;
            create view with_trigger as select 1 as a;
            create trigger instead instead of insert on with_trigger for each row execute function touch();
            create table noted (a int);
            create rule to_note as on delete to noted do also delete from articles where id = old.a;
            create domain doubled as int check (twice(value) > 0);
            create table doubles (a doubled);
            create domain numbered as int default nextval('numbers');
            create table numbereds (n numbered, t text);
            create view shown as select query_to_xml('select 1 from articles', true, false, '') as x;
            create view numbering as select nextval('numbers');
            create table texts (t text, v tsvector);
            create trigger vectors before insert on texts for each row
                execute function tsvector_update_trigger(v, 'pg_catalog.simple', t);""";

    // NullAway does not know who sets them.
    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private static Connection connection;

    private static Catalog catalog = Catalog.EMPTY;

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
            statement.execute(MORE);
        }
        catalog = Snapshots.within(connection);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws SQLException, IOException {
        connection.close();
        postgres.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select * from articles | articles | ",
                "select * from parent | parent child grandchild | ",
                "select * from events_2026 | events events_2026 events_january | ",
                "select * from other.names_of_names | names_of_names names customers | ",
                "select * from known | known articles | ",
                "insert into articles values (1), (2) | articles | ",
                "insert into prices values (1, 1) | articles prices | ",
                "insert into rebates values (1) | prices rebates | ",
                "update articles set id = 3 where id = 1 | articles prices rebates | ",
                "delete from articles where id = 3 | articles prices rebates | ",
                "delete from prices | prices rebates | ",
                "insert into all_articles values (5) | all_articles articles | ",
                "delete from all_articles where id = 5 | all_articles articles prices rebates | ",
                "insert into noted values (2) | articles noted prices rebates | ",
                "delete from noted | articles noted prices rebates | ",
                "insert into other.orders (customer) values (null) | customers numbers orders orders_id_seq | ",
                "insert into other.lines (of) values (null) | lines lines_line_seq orders orders_id_seq | ",
                "insert into events values (1, '2026-01-05') | events events_2026 events_january | ",
                "insert into other.events_january values (2, '2026-01-05') | events events_2026 events_january | ",
                "insert into tickets values (1, '2026-01-05') | events events_2026 events_january tickets | ",
                "with gone as (delete from tickets returning event) select * from gone | tickets | ",
                "insert into texts (t) values ('a') | texts | ",
                "insert into plain (a) values (1) | logged plain | opaque",
                "insert into with_trigger values (1) | with_trigger | opaque",
                "insert into doubles values (1) | doubles | opaque",
                "select * from doubles | doubles | ",
                "select * from computed | computed | opaque",
                "insert into numbereds (t) values ('a') | numbereds numbers | ",
                "select * from shown | shown | opaque",
                "select * from numbering | numbering numbers | ",
                "select pg_get_viewdef('names'::regclass) | '' | opaque",
                "select count(*) from pg_views where viewname = 'names' | pg_views | opaque",
                "select '1'::doubled | '' | opaque",
                "select array[1]::doubled[] | '' | opaque",
                "select twice(1) | '' | opaque",
                "select nextval('numbers') | '' | opaque",
                "select upper(name) from customers where id = 1 | customers | ",
                "explain select * from names | customers names | ",
                "create view newer as select * from articles | articles | ",
                "create or replace view all_articles as select * from articles | all_articles articles prices rebates | ",
                "declare c cursor with hold for select * from prices | prices | ",
            })
    void reachesWhatTheServerLocks(String sql, String reached, String opaque) throws Exception {
        Optional<Meaning> meaning = Optional.of(new Reader(connection)
                .ask(new Question(SqlReader.queries(sql, List.of()).get(0).text(), List.of())));
        Extent extent = Extent.of(SqlReader.read(sql, List.of()).statements().get(0), meaning, catalog);
        LockWitness.Findings findings = new LockWitness.Findings();

        assertThat(new LockWitness(connection, findings).run(sql, meaning.get()))
                .isTrue();
        assertThat(findings.misses).isEmpty();
        assertThat(names(extent)).isEqualTo(new TreeSet<>(words(reached)));
        assertThat(extent.opaque()).isEqualTo(opaque != null);
    }

    private static List<String> words(String words) {
        return words.isEmpty() ? List.of() : Arrays.asList(words.split(" "));
    }

    private static Set<String> names(Extent extent) {
        return extent.relations().stream()
                .map(oid -> catalog.relation(oid).orElseThrow())
                .filter(relation -> relation.kind() != Relation.Kind.INDEX)
                .map(Relation::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
