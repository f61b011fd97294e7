package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.CopyTo;
import org.sallyport.contract.Mask;
import org.sallyport.contract.Visibility;
import org.sallyport.identity.Identity;
import org.sallyport.masking.ResultPlan;
import org.sallyport.meaning.Meaning;
import org.sallyport.policy.Access;
import org.sallyport.policy.Circumstances;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.Ruling;
import org.sallyport.record.StatementRecord;
import org.sallyport.sql.QueryText;
import org.sallyport.sql.SqlReader;

/** What an identity may do with columns that it must not see, told by what a PostgreSQL says that statements mean. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MaskedQueries {
    static final String SCHEMA = """
            create table people (
              id int primary key, name text not null, ssn text, email text unique, salary int, born date,
              region int, bonus int, total int generated always as (salary + bonus) stored,
              check (salary > bonus));
            comment on column people.born is 'When. label: pii.born';
            create table orders (id int primary key, person int references people (id), amount numeric);
            create table referring (id int primary key, email text references people (email) on delete set null);
            create table regions (id int primary key, name text);
            create table vetted (id int primary key, region int references regions (id), secret text);
            create view contacts as select id, name, ssn as number, upper(email) as mail from people;
            create view contacts2 as select c.number, c.name from contacts c join orders o on o.person = c.id;
            create view names as select id, name from people;
            create view numbered as select id from people where ssn like '1%';
            create view counted as select count(ssn) from people;
            create view failing as select id, 100 / salary as x from people;
            create view dumped as select query_to_xml('select 1', true, false, '')::text as x;
            create view measured as select attname, most_common_vals::text as v from pg_stats;
            create view harmless as select id, amount from orders;
            create materialized view kept as select id, ssn from people;
            create function nothing() returns trigger language plpgsql as 'begin return new; end';
            create table watched (id int primary key, ssn text);
            create trigger watch before insert on watched for each row execute function nothing();
            create table guarded (id int primary key, ssn text);
            alter table guarded enable row level security;
            create policy own on guarded using (ssn = current_user);
            create table rota (id int primary key);
            alter table rota enable row level security;
            create policy own on rota using (id in (select id from numbered));
            create table shifts (id int primary key);
            alter table shifts enable row level security;
            create policy own on shifts using (id in (select id from rota));
            create table desks (id int primary key);
            alter table desks enable row level security;
            create policy own on desks using (id in (select id from harmless));
            create table cards (id int primary key, number text, holder text);
            create table lost (number text);
            create view numbers_seen as select number from cards union all select 'none';
            create table part (id int, ssn text) partition by range (id);
            create table part1 partition of part for values from (0) to (10);
            create table plain (id int primary key, note text);
            create table paid (
              id int primary key, salary int, bonus int, note text, ssn text, check (salary > bonus));
            create table odd (id int primary key, ssn text, note text);
            alter table odd add check (ssn like '1%') not valid;
            create table aging (id int primary key, ssn text, note text, check (ssn < now()::text));
            create table places (id int primary key);
            create table stays (
              id int primary key, place int references places (id) on delete set null, ssn text, check (place > 1 or ssn > '1'));
            create table rooms (id int primary key);
            create table guests (room int references rooms (id) on delete cascade on update cascade, ssn text primary key);
            create table keys (ssn text references guests (ssn));
            create view ratios as select id, 100 / amount as ratio from orders;
            create function peeks(int, int) returns boolean language sql as
              'select exists (select from people where id = $1 and salary > $2)';
            create operator ### (leftarg = int, rightarg = int, function = peeks);
            create view peeking as select id from orders where id ### 1;
            create table summed (id int primary key, ssn text, tail text unique generated always as (right(ssn, 4)) stored);
            create table pairs (a int, b text, primary key (a, b));
            create table paired (id int primary key, a int, ssn text, foreign key (a, ssn) references pairs (a, b));
            create table tips (id int, visit text);
            create table persons (code text primary key, name text);
            create table visits (id int primary key, person text unique references persons (code), day date);
            create table called () inherits (visits);
            alter table tips add foreign key (visit) references visits (person);
            create table bills (id int, of_visit text references visits (person)) partition by range (id);
            create table bills1 partition of bills for values from (0) to (10);
            create table members (tenant int, code text, primary key (tenant, code));
            create table logins (id int primary key, tenant int, member text, foreign key (member, tenant) references members (code, tenant));
            create view latest as select id, of_visit as code from bills;
            create table grown (id int primary key);
            create sequence numbers;
            create view areas as select id from regions;
            create table moving (id int, ssn text) partition by range (id);
            create table moving1 partition of moving for values from (0) to (10);
            create table moving2 partition of moving for values from (10) to (20);
            alter table moving2 add check (ssn like '1%');
            create table mentions (id int, people int);
            create table sized (id int, ssn text, size int);
            create table sized1 (size int generated always as (length(ssn)) stored) inherits (sized);
            create table doubled (id int, ssn text, twice int generated always as (id * 2) stored);
            create table sorted (id int, ssn text) partition by list (ssn);
            create table sorted1 partition of sorted for values in ('1');
            create table cases (id int, memo text) partition by range (id);
            create table cases1 partition of cases for values from (0) to (10);
            comment on column cases1.memo is 'label: pii.born';
            create view early as select 'x'::text as ssn;
            create view late as select ssn from people;
            create or replace view early as select ssn from late;
            create view recounted as select * from counted;""";

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
              shop:
                server: {host: 127.0.0.1, port: 5432, database: shop, tls: disable}
                credential: shop-gateway
            labels:
              pii.ssn: [shop/public.*.ssn, shop/public.vetted.secret]
              pii.email: [shop/public.people.email]
              pii.pay: [shop/public.people.salary, shop/public.paid.salary, shop/public.vetted.region]
              pii.born: [shop/nowhere.nothing.nothing]
              pii.card: [shop/public.cards.number, shop/public.lost.number]
              pii.code: {columns: [shop/public.persons.code, shop/public.members.code], follow: [foreign-keys]}
            masks:
              pii.card: {hash: {key: masks}}
              pii.code: {keepLast: 2}
              pii.ssn: {keepLast: 4}
              pii.email: {redact: true}
              pii.pay: {'null': true}
              pii.born: {'null': true}
            roles:
              agents:
                groups: [agents, finders, counters]
                connections: [shop]
                may:
                  - read: [public.*]
                  - change: [public.*]
                  - define: [public.*]
              browsers:
                groups: [browsers]
                connections: [shop]
                may:
                  - read: [pg_catalog.pg_stats, pg_catalog.pg_class]
              finders:
                groups: [finders]
                connections: [shop]
                uses: {pii.ssn: [equality, group], pii.email: [predicate, order]}
              counters:
                groups: [counters]
                connections: [shop]
                uses: {pii.ssn: [count]}
            """;

    /** Made after the snapshot. */
    static final String LATER = "alter table grown add ssn text; create table newer (id int)";

    private Catalog catalog = Catalog.EMPTY;

    @SuppressWarnings("NullAway.Init")
    private PolicyBundle bundle;

    /** Of a database with the schema. */
    abstract Catalog snapshot() throws SQLException, IOException;

    /** What its server says that a query means. */
    abstract Meaning meaning(String query) throws SQLException;

    @BeforeAll
    void read(@TempDir Path folder) throws SQLException, IOException {
        bundle = PolicyBundle.load(Files.writeString(folder.resolve("policy.yaml"), BUNDLE));
        catalog = snapshot();
    }

    private Access access(String group) {
        Identity identity = new Identity("agent", Set.of(group), Map.of(), Instant.MAX);
        return bundle.access(new Circumstances(identity, "shop", Instant.EPOCH)).orElseThrow();
    }

    private Judgement judgement(String sql) throws SQLException {
        return judgement("agents", sql);
    }

    private Judgement judgement(String group, String sql) throws SQLException {
        return new Judge(bundle).judge(access(group), "shop", catalog, new Judge.Text(sql, List.of()), told(sql));
    }

    private Meant told(String sql) throws SQLException {
        Map<String, Meaning> meanings = new HashMap<>();
        for (QueryText query : SqlReader.queries(sql, List.of())) {
            meanings.put(query.text(), meaning(query.text()));
        }
        return new Meant(meanings, true, true, true);
    }

    /** {@code .} as it is, {@code 4} the last four, {@code h} a hash, {@code *} a fixed text, {@code 0} NULL, {@code #} hidden whole. */
    private static String shown(ResultPlan plan) {
        return plan.masks().stream().map(MaskedQueries::shown).collect(Collectors.joining());
    }

    private static String shown(Mask mask) {
        if (mask instanceof Mask.Clear) {
            return ".";
        }
        if (mask instanceof Mask.KeepLast) {
            return "4";
        }
        if (mask instanceof Mask.Constant) {
            return "*";
        }
        if (mask instanceof Mask.Hash) {
            return "h";
        }
        return mask instanceof Mask.Nothing ? "0" : "#";
    }

    /** What is allowed and what is refused, what is shown masked and what only looked at, through views too. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "SELECT name FROM people => public.people => ``",
                "SELECT ssn FROM people => public.people => pii.ssn",
                "SELECT p FROM people p => public.people => pii.born pii.email pii.pay pii.ssn",
                "SELECT id FROM people WHERE ssn = '1' => public.people => pii.ssn",
                "SELECT id FROM people ORDER BY email => public.people => pii.email",
                "SELECT total FROM people => public.people => pii.pay",
                "SELECT born FROM people => public.people => pii.born",
                "SELECT mail FROM contacts => public.contacts public.people => pii.email",
                "SELECT name FROM contacts2 => public.contacts public.contacts2 public.orders public.people => ``",
                "SELECT number FROM contacts2 => public.contacts public.contacts2 public.orders public.people => pii.ssn",
                "SELECT id FROM numbered => public.numbered public.people => pii.ssn",
                "SELECT amount FROM harmless => public.harmless public.orders => ``",
                "SELECT ssn FROM moving2 => public.moving2 => pii.ssn",
                "SELECT memo FROM cases => public.cases => pii.born",
                "SELECT size FROM sized => public.sized => pii.ssn",
                "SELECT twice FROM doubled => public.doubled => ``",
                "UPDATE people SET ssn = '1' WHERE id = 1 => public.people => pii.ssn",
                "UPDATE people SET name = 'x' WHERE id = 1 => public.people => ``",
                "INSERT INTO vetted (id, secret) VALUES (1, 'x') => public.vetted => pii.ssn",
                "EXPLAIN SELECT ssn FROM people => public.people => pii.ssn",
                "COPY (SELECT email FROM people) TO STDOUT => public.people => pii.email",
                "CREATE TABLE copied AS SELECT salary FROM people => public.copied public.people => pii.pay",
                "WITH p AS (SELECT ssn FROM people) SELECT count(*) FROM orders => public.orders public.people => pii.ssn",
            })
    void whatAStatementReachesIsForTheRecord(String sql, String relations, String labels) throws SQLException {
        StatementRecord.Touched touched = judgement(sql).touched();

        assertThat(String.join(" ", touched.relations())).isEqualTo(relations);
        assertThat(String.join(" ", touched.labels())).isEqualTo(labels);
    }

    /** Who may see a label touches it all the same; and a text that nobody could ask about, whatever its table has. */
    @Test
    void whoeverAsksAndHoweverLittleIsKnown() throws SQLException {
        assertThat(judgement("finders", "SELECT id FROM people WHERE email LIKE 'a%'")
                        .touched()
                        .labels())
                .containsExactly("pii.email");
        Judgement untold = new Judge(bundle)
                .judge(
                        access("agents"),
                        "shop",
                        catalog,
                        new Judge.Text("TRUNCATE contacts, paid, regions", List.of()),
                        Meant.NOTHING);
        assertThat(untold.touched().relations())
                .containsExactly("public.contacts", "public.paid", "public.people", "public.regions");
        assertThat(untold.touched().labels()).containsExactly("pii.email", "pii.pay", "pii.ssn");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "SELECT * FROM people => ..4*00..#",
                "SELECT ssn AS name, name AS ssn FROM people => 4.",
                "SELECT p.name, p.ssn FROM people p JOIN orders o ON o.person = p.id WHERE o.amount > 5 ORDER BY p.name => .4",
                "SELECT count(*), max(name) FROM people GROUP BY region => ..",
                "SELECT region, rank() OVER (PARTITION BY region ORDER BY name), ssn FROM people => ..4",
                "WITH p AS (SELECT id, ssn FROM people) SELECT o.amount, p.ssn FROM p JOIN orders o ON o.person = p.id => .4",
                "SELECT ssn FROM people UNION ALL SELECT 'none' => 4",
                "SELECT ssn FROM people UNION ALL SELECT email FROM people => #",
                "SELECT salary FROM people UNION ALL SELECT amount FROM orders => #",
                "SELECT 'x' || ssn, reverse(ssn), upper(name) FROM people => ##.",
                "SELECT CASE WHEN salary > 10 THEN 'rich' ELSE 'poor' END, salary::text FROM people => ##",
                "SELECT concat(name, ' ', ssn), coalesce(ssn, '-') || '!', upper(btrim(ssn)), '*' || right(ssn, 4) FROM people => ####",
                "SELECT CASE ssn WHEN '1' THEN 'a' WHEN '2' THEN 'b' END, ssn IN ('1', '2'), ssn = '1' OR ssn = '2' FROM people => ###",
                "SELECT CASE WHEN salary > 5 THEN 1 WHEN salary > 3 THEN 2 END, salary::text || ' EUR' FROM people => ##",
                "SELECT CASE WHEN ssn IN ('1', '2') THEN 'a' WHEN ssn IN ('3', '4') THEN 'b' ELSE name END FROM people => #",
                "SELECT greatest(ssn, 'x'), least(salary, 5) FROM people => ##",
                "SELECT (SELECT ssn FROM people p WHERE p.id = o.person) FROM orders o => 4",
                "SELECT p, p::text, (p).ssn, (p).name FROM people p => ##4.",
                "SELECT id, ssn FROM people WHERE id IN (SELECT person FROM orders) LIMIT 3 => .4",
                "SELECT number, mail, name FROM contacts WHERE id = 1 => 4#.",
                "SELECT * FROM contacts2 => 4.",
                "SELECT name FROM names => .",
                "SELECT * FROM kept => .4",
                "SELECT ssn FROM part1 => 4",
                "SELECT id, memo FROM cases => .0",
                "SELECT id, size, ssn FROM sized => .#4",
                "SELECT size, ssn FROM sized1 => #4",
                "SELECT id, twice, ssn FROM doubled => ..4",
                "SELECT ssn FROM early => 4",
                "SELECT id FROM people WHERE name = '***' FOR UPDATE => .",
                "UPDATE people SET name = '***' WHERE id = 1 RETURNING ssn => 4",
                "SELECT id FROM people WHERE name = 'x' FOR UPDATE => .",
                "UPDATE people SET name = 'x' WHERE id = 1 RETURNING name, ssn => .4",
                "UPDATE people SET ssn = '1', salary = 5, bonus = 1 WHERE id = 1 RETURNING total => #",
                "DELETE FROM plain WHERE id IN (SELECT id FROM people WHERE name = 'x') RETURNING note => .",
                "DELETE FROM vetted WHERE id = 1 RETURNING secret => 4",
                "DELETE FROM plain WHERE note = '***' AND id IN (SELECT id FROM vetted) RETURNING note => .",
                "INSERT INTO vetted (id, secret) VALUES (1, 'x') RETURNING secret => 4",
                "UPDATE odd SET ssn = '1', note = 'x' WHERE id = 1 RETURNING id => .",
                "UPDATE paid SET note = 'x' WHERE id = 1 RETURNING id => .",
                "INSERT INTO vetted (id, secret) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET secret = excluded.secret RETURNING id => .",
            })
    void labelledColumnsMayBeShown(String sql, String masks) throws SQLException {
        Judgement judgement = judgement(sql);

        assertThat(judgement.ruling())
                .isInstanceOfSatisfying(
                        Ruling.Permit.class,
                        permit -> assertThat(permit.visibility()).isEqualTo(Visibility.SHAPED));
        assertThat(judgement.plan().map(MaskedQueries::shown)).contains(masks);
    }

    /** A dictionary of what a mask with a secret makes of values that were chosen for it. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "SELECT number, id FROM cards => h.",
                "SELECT number FROM cards UNION ALL SELECT number FROM lost => h",
                "SELECT number FROM cards UNION ALL SELECT '4111' => #",
                "SELECT n FROM cards, LATERAL (VALUES (number), ('4111')) v (n) => #",
                "SELECT n FROM cards, LATERAL (VALUES (number)) v (n) => h",
                "SELECT number FROM cards UNION ALL SELECT holder FROM cards => #",
                "SELECT number FROM cards UNION ALL SELECT (4111 + id)::text FROM cards => #",
                "SELECT number FROM cards UNION ALL (SELECT number FROM lost UNION ALL SELECT x::text FROM generate_series(1, 9) x) => #",
                "WITH c AS (SELECT number FROM cards UNION ALL SELECT '4111') SELECT x.number FROM c x => #",
                "SELECT (SELECT number FROM cards UNION ALL SELECT '4111' LIMIT 1) => #",
                "SELECT number FROM numbers_seen => #",
            })
    void whatIsHashedShowsNoDictionary(String sql, String masks) throws SQLException {
        assertThat(judgement(sql).plan().map(MaskedQueries::shown)).contains(masks);
    }

    /** Threats 70 and 71; what is copied comes in the order of the table, without what is generated, or as it is named. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "COPY people TO STDOUT => ..4*00.. => SELECT \"id\", \"name\", \"ssn\", \"email\", \"salary\", \"born\", \"region\", \"bonus\" FROM ONLY \"people\"",
                "COPY public.people (ssn, id) TO STDOUT CSV => 4. => SELECT \"ssn\", \"id\" FROM ONLY \"public\".\"people\"",
                "COPY part1 TO STDOUT (FORMAT binary) => .4 => SELECT * FROM ONLY \"part1\"",
                "COPY (SELECT p, p.ssn FROM people p WHERE id IN (1, 2, 3, 4)) TO STDOUT => #4 => SELECT p, p.ssn FROM people p WHERE id IN (1, 2 )",
                "COPY (SELECT number FROM contacts) TO STDOUT => 4 => SELECT number FROM contacts",
                "COPY (UPDATE people SET name = 'x' RETURNING ssn) TO STDOUT => 4 => UPDATE people SET name = 'x' RETURNING ssn",
            })
    void labelledColumnsMayBeCopied(String sql, String masks, String query) throws SQLException {
        Judgement judgement = sql.contains("(SELECT") || sql.contains("(UPDATE")
                ? judgement(sql)
                : new Judge(bundle)
                        .judge(access("agents"), "shop", catalog, new Judge.Text(sql, List.of()), Meant.NOTHING);

        assertThat(judgement.plan().map(MaskedQueries::shown)).contains(masks);
        assertThat(judgement.plan().flatMap(ResultPlan::copy).map(CopyTo::query))
                .contains(query);
    }

    /** Threats 56 and 62: what is fetched later is shown as its query. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "DECLARE c CURSOR FOR SELECT id, ssn, upper(email) FROM people => .4# => SHAPED",
                "DECLARE c BINARY SCROLL CURSOR WITH HOLD FOR SELECT ssn FROM contacts2 c2 (ssn, name) => 4 => SHAPED",
                "DECLARE c CURSOR FOR SELECT id, amount FROM orders => .. => CLEAR",
            })
    void cursorsMayShowLabelledColumns(String sql, String masks, Visibility visibility) throws SQLException {
        Judgement judgement = judgement(sql);

        assertThat(judgement.plan().map(MaskedQueries::shown)).contains(masks);
        assertThat(judgement.ruling())
                .isInstanceOfSatisfying(
                        Ruling.Permit.class,
                        permit -> assertThat(permit.visibility()).isEqualTo(visibility));
        assertThat(judgement.isPlainPermit()).isTrue();
        assertThat(judgement.cursor()).isInstanceOf(CursorStep.Declare.class);
    }

    /** A count says how many there are, and no more; whatever shows a value says more. */
    @Test
    void whoMayCountAColumnIsToldTheNumber() throws SQLException {
        for (String sql : List.of(
                "SELECT count(ssn), count(DISTINCT ssn) FROM people",
                "SELECT region, count(DISTINCT ssn) AS n FROM people GROUP BY region HAVING count(ssn) > 1 ORDER BY n",
                "SELECT count(number) FROM contacts",
                "SELECT * FROM counted")) {
            Judgement judgement = judgement("counters", sql);
            assertThat(judgement.ruling()).as(sql).isInstanceOf(Ruling.Permit.class);
            assertThat(judgement.plan().map(ResultPlan::isClear)).as(sql).contains(true);
            assertThat(judgement("agents", sql).ruling()).as(sql).isInstanceOf(Ruling.Deny.class);
        }
        for (String sql : List.of(
                "SELECT min(ssn) FROM people",
                "SELECT array_agg(ssn) FROM people",
                "SELECT count(upper(ssn)) FROM people",
                "SELECT count(nullif(ssn, '123-45-6789')) FROM people",
                "SELECT count(ssn) FILTER (WHERE ssn = '123-45-6789') FROM people",
                "SELECT count(ssn) OVER (PARTITION BY id) FROM people",
                "SELECT count(p) FROM people p",
                "SELECT count(email) FROM people",
                "SELECT count(*) FROM people WHERE ssn = '123-45-6789'")) {
            assertThat(judgement("counters", sql).ruling()).as(sql).isInstanceOf(Ruling.Deny.class);
        }
    }

    @Test
    void columnsThatReferToALabelledOneCarryItsLabelWhereThatIsAskedFor() throws SQLException {
        Mask mask = new Mask.KeepLast(2);
        assertThat(masks("SELECT code, name FROM persons")).containsExactly(mask, new Mask.Clear());
        assertThat(masks("SELECT id, person, day FROM visits"))
                .containsExactly(new Mask.Clear(), mask, new Mask.Clear());
        assertThat(masks("SELECT id, of_visit FROM bills")).containsExactly(new Mask.Clear(), mask);
        assertThat(masks("SELECT id, of_visit FROM bills1")).containsExactly(new Mask.Clear(), mask);
        assertThat(masks("SELECT id, visit FROM tips")).containsExactly(new Mask.Clear(), mask);
        // A child has its parent's columns and not its keys.
        assertThat(masks("SELECT id, person FROM called")).containsExactly(new Mask.Clear(), mask);
        assertThat(masks("SELECT id, code FROM latest")).containsExactly(new Mask.Clear(), mask);
        // Of a key with several columns each follows its own.
        assertThat(masks("SELECT tenant, member FROM logins")).containsExactly(new Mask.Clear(), mask);
        assertThat(judgement("SELECT id FROM visits WHERE person = 'x'").ruling())
                .isInstanceOf(Ruling.Deny.class);
        assertThat(judgement("SELECT person FROM visits").touched().labels()).containsExactly("pii.code");
        // Others stay with their columns.
        assertThat(judgement("SELECT email FROM referring ORDER BY email").ruling())
                .isInstanceOf(Ruling.Permit.class);
    }

    private List<Mask> masks(String sql) throws SQLException {
        return judgement(sql).plan().orElseThrow().masks();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "COPY (SELECT id FROM people WHERE ssn = '1') TO STDOUT => column public.people.ssn is labelled and compared in a condition",
                "COPY (SELECT ssn FROM people ORDER BY ssn) TO STDOUT => column public.people.ssn is labelled and used to order rows",
                "COPY (SELECT ssn::int FROM people) TO STDOUT => something is applied to it, which may fail",
                "COPY (SELECT ssn FROM people) TO STDOUT (NULL '') => COPY data with labelled columns is masked in the formats",
                "DECLARE c CURSOR FOR SELECT id FROM people ORDER BY ssn => column public.people.ssn is labelled and used to order rows",
                "EXPLAIN SELECT ssn FROM people => public.people has labelled columns, so only a query of its own may touch it",
                "SELECT id FROM people WHERE ssn = '1' => column public.people.ssn is labelled and compared in a condition",
                "SELECT id FROM contacts WHERE number = '1' => column public.contacts.number is labelled and compared in a condition",
                "SELECT name FROM people ORDER BY salary => people.salary is labelled and used to order rows",
                "SELECT DISTINCT email FROM people => people.email is labelled and compared to leave out equal rows",
                "SELECT count(*) FROM people p JOIN people q USING (ssn) => people.ssn is labelled and compared in a condition",
                "SELECT sum(salary) FROM people => people.salary is labelled and aggregated",
                "SELECT 1 FROM people p WHERE p IS NOT NULL => a whole row of public.people is labelled and used in a condition",
                "SELECT id FROM people WHERE born < '2000-01-01' => column public.people.born is labelled",
                "SELECT id FROM people WHERE total > 5 => column public.people.total is labelled",
                "SELECT a = b FROM (SELECT ssn, 1 AS y FROM people) a, (SELECT '1'::text, 'x'::text) b => function record_eq is applied",
                "SELECT greatest(a, b) FROM (SELECT ssn, 1 AS y FROM people) a, (SELECT '1'::text, 'x'::text) b => something is applied",
                "SELECT lower(nullif(p.ssn, '1') || s.c || s.d) FROM people p, (SELECT 'x'::text COLLATE \"C\" AS c, 'y'::text COLLATE \"POSIX\" AS d) s => function lower is applied",
                "SELECT lower(coalesce(p.ssn, s.c, s.d)) FROM people p, (SELECT 'x'::text COLLATE \"C\" AS c, 'y'::text COLLATE \"POSIX\" AS d) s => function lower is applied",
                "SELECT nullif(ssn, '1') || name FROM people => function textcat is applied",
                "SELECT upper(CASE WHEN ssn = '1' THEN name END) FROM people => function upper is applied",
                "SELECT CASE WHEN ssn = '1' THEN upper(name) END FROM people => function upper is applied",
                "SELECT (ssn = '1')::text || name FROM people => function textcat is applied",
                "SELECT left(name, salary) || name FROM people => function textcat is applied",
                "SELECT CASE WHEN p.ssn = '1' THEN r.ratio END FROM people p, ratios r => something is applied",
                "SELECT ssn = ANY (string_to_array(name, ',')) FROM people => something is applied",
                "SELECT translate(ssn, name, 'x') FROM people => function translate is applied",
                "SELECT ssn::int FROM people => something is applied to it, which may fail",
                "SELECT born FROM people UNION ALL SELECT now() => something is applied to it, which may fail",
                "SELECT 1 / salary FROM people => function int4div is applied to it, which may fail",
                "SELECT CASE WHEN ssn LIKE '1%' THEN 1 END FROM people => function textlike is applied to it",
                "SELECT id FROM numbered => public.numbered is a view that does more with labelled columns than show them",
                "SELECT * FROM counted => public.counted is a view that does more",
                "SELECT * FROM measured => public.measured is a view over a system catalog that shows values of columns",
                "SELECT attname FROM measured => public.measured is a view over a system catalog",
                "SELECT * FROM dumped => public.dumped shows labelled columns through a view or function",
                "UPDATE people SET ssn = '*******4321', salary = 1, bonus = 0 WHERE id = 1 => what is to be written looks like what masks put",
                "INSERT INTO vetted (id, secret) VALUES (1, 'a'), (2, '***') => what is to be written looks like",
                "INSERT INTO vetted (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET secret = '*******4321' => what is to be written looks like",
                "SELECT id FROM failing => public.failing is a view that does more",
                "SELECT id FROM peeking => public.peeking shows labelled columns through a view or function",
                "SELECT id FROM guarded => which rows public.guarded has depends on labelled columns",
                "SELECT id FROM rota => which rows public.rota has depends on labelled columns",
                "SELECT id FROM shifts => which rows public.shifts has depends on labelled columns",
                "SELECT id FROM sorted1 => which rows public.sorted1 has depends on labelled columns",
                "SELECT * FROM recounted => public.recounted is a view over what may not be read",
                "SELECT ssn FROM people; EXPLAIN SELECT id FROM orders => beside queries, settings and transaction control only, and here stands EXPLAIN",
                "COPY (SELECT ssn FROM people) TO STDOUT; SELECT id FROM orders => touches labelled columns, and is no plain query, must be the only one",
                "INSERT INTO plain SELECT id, ssn FROM people => people.ssn is labelled and written to a table",
                "UPDATE people SET name = ssn => people.ssn is labelled and written to a table",
                "UPDATE people SET ssn = upper(ssn) => people.ssn is labelled and written to a table",
                "INSERT INTO people (id, name, email) VALUES (1, 'x', 'y') => a constraint of public.people compares",
                "UPDATE people SET email = 'x' WHERE id = 1 => a constraint of public.people compares",
                "UPDATE people SET bonus = 1 WHERE id = 1 => a constraint of public.people compares",
                "INSERT INTO referring VALUES (1, 'x') => a constraint of public.referring compares",
                "DELETE FROM people WHERE id = 1 => public.referring refers to public.people by labelled columns",
                "DELETE FROM regions WHERE id = 1 => public.vetted refers to public.regions by labelled columns",
                "UPDATE regions SET id = 2 WHERE id = 1 => public.vetted refers to public.regions by labelled columns",
                "INSERT INTO watched VALUES (1, 'x') => public.watched has labelled columns, and what else a change of it does",
                "INSERT INTO paid (id, bonus) VALUES (1, 9) ON CONFLICT (id) DO UPDATE SET bonus = 9 => a constraint of public.paid compares",
                "UPDATE odd SET note = 'x' WHERE id = 1 => a constraint of public.odd compares",
                "UPDATE aging SET note = 'x' WHERE id = 1 => a constraint of public.aging compares",
                "DELETE FROM places WHERE id = 1 => a constraint of public.stays compares",
                "DELETE FROM rooms WHERE id = 1 => public.keys refers to public.guests by labelled columns",
                "DELETE FROM areas WHERE id = 1 => public.vetted refers to public.regions by labelled columns",
                "UPDATE moving SET id = 11 WHERE id = 1 => a constraint of public.moving2 compares",
                "UPDATE summed SET ssn = '1234' WHERE id = 1 => a constraint of public.summed compares",
                "UPDATE paired SET a = 1 WHERE id = 1 => a constraint of public.paired compares",
                "EXPLAIN ANALYZE DELETE FROM regions WHERE id = 1 => public.vetted refers to public.regions by labelled columns",
                "COPY (DELETE FROM regions WHERE id = 1 RETURNING id) TO STDOUT => public.vetted refers to public.regions by labelled columns",
                "UPDATE names SET name = 'x' => public.names has labelled columns, and what else a change of it does",
            })
    void nothingElseMayBeDoneWithThem(String sql, String because) throws SQLException {
        Judgement judgement = judgement(sql);

        assertThat(judgement.ruling()).isInstanceOfSatisfying(Ruling.Deny.class, deny -> {
            assertThat(deny.rule()).isEqualTo("masking");
            assertThat(deny.refusal().detail().orElseThrow()).contains(because);
        });
    }

    /** 85: whatever a role may read. */
    @Test
    void catalogsThatShowValuesAreClosed() throws SQLException {
        assertThat(judgement("browsers", "SELECT attname FROM pg_stats").ruling())
                .isInstanceOfSatisfying(
                        Ruling.Deny.class,
                        deny -> assertThat(deny.refusal().detail().orElseThrow())
                                .contains("system catalog pg_stats shows values of labelled columns"));
        assertThat(judgement("browsers", "SELECT relname FROM pg_class").ruling())
                .isInstanceOf(Ruling.Permit.class);
    }

    /** Of which PostgreSQL has no tree, or which has more parameters than it is asked about. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "COPY referring FROM STDIN => a constraint of public.referring compares",
                "DELETE FROM regions WHERE id = 1 => public.vetted refers to public.regions by labelled columns",
                "ALTER TABLE referring ALTER email TYPE text USING 'x' => a constraint of public.referring compares",
                "COPY people TO STDOUT; SELECT id FROM orders => touches labelled columns, and is no plain query, must be the only one",
                "SELECT id FROM orders; FETCH ALL FROM c => a statement that reads from a cursor must be the only one",
                "CREATE INDEX ON plain (note) WHERE people IS NULL => labelled table people is named in a place that cannot be judged",
            })
    void changesAreKnownByTheTextToo(String sql, String because) {
        Judgement judgement = new Judge(bundle)
                .judge(
                        access("agents"),
                        "shop",
                        catalog,
                        new Judge.Text(sql, List.of()),
                        new Meant(Map.of(), true, false, true));

        assertThat(judgement.ruling()).isInstanceOfSatisfying(Ruling.Deny.class, deny -> {
            assertThat(deny.rule()).isEqualTo("masking");
            assertThat(deny.refusal().detail().orElseThrow()).contains(because);
        });
    }

    @Test
    void aColumnThatIsNewerThanTheSnapshotMayBeLabelled() throws SQLException {
        Judgement judgement = judgement("SELECT ssn FROM grown");

        assertThat(judgement.unknown()).isTrue();
        assertThat(judgement.ruling())
                .isInstanceOfSatisfying(
                        Ruling.Deny.class,
                        deny -> assertThat(deny.refusal().detail().orElseThrow())
                                .contains("a column that is not known yet may be labelled"));
        assertThat(judgement("SELECT id FROM grown").ruling()).isInstanceOf(Ruling.Permit.class);
        assertThat(judgement("SELECT id FROM newer").unknown()).isTrue();
        assertThat(judgement("SELECT id FROM newer").ruling()).isInstanceOf(Ruling.Deny.class);
        assertThat(judgement("SELECT last_value FROM numbers").unknown()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY regions FROM STDIN",
                "COPY rooms FROM STDIN",
                "ALTER TABLE orders ADD note text",
                "CREATE INDEX ON plain (note)",
                "CREATE INDEX ON mentions (people)",
                "CREATE TABLE made AS VALUES (1)",
            })
    void textsThatLabelledColumnsDoNotDecideRun(String sql) {
        Judgement judgement = new Judge(bundle)
                .judge(access("agents"), "shop", catalog, new Judge.Text(sql, List.of()), Meant.NOTHING);

        assertThat(judgement.ruling()).isInstanceOf(Ruling.Permit.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM harmless",
                "SELECT * FROM desks",
                "SELECT id FROM orders UNION ALL SELECT amount FROM orders",
                "INSERT INTO plain VALUES (1, 'x')",
                "UPDATE regions SET name = 'x' WHERE id = 1",
                "DELETE FROM orders WHERE id = 1",
                "SELECT id, note FROM plain WHERE note LIKE 'x%' ORDER BY note",
            })
    void whatTouchesNothingLabelledIsShownAsItIs(String sql) throws SQLException {
        assertThat(judgement(sql).ruling())
                .isInstanceOfSatisfying(
                        Ruling.Permit.class,
                        permit -> assertThat(permit.visibility()).isEqualTo(Visibility.CLEAR));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "SELECT id, ssn FROM people WHERE ssn = '1' AND id > 3 => true",
                "SELECT id FROM people WHERE ssn IN ('1', '2') => true",
                "SELECT p.id FROM people p JOIN part q USING (ssn) => true",
                "SELECT ssn, count(*) FROM people GROUP BY ssn => true",
                "SELECT count(*) FROM people GROUP BY ssn < '5' => false",
                "SELECT id FROM people ORDER BY lower(email) => true",
                "SELECT id FROM contacts WHERE number = '1' => true",
                "SELECT id FROM people WHERE email LIKE 'a%' ORDER BY email => true",
                "SELECT 'x' || email FROM people WHERE lower(email) = 'x' => true",
                "SELECT id FROM people WHERE ssn > '1' => false",
                "SELECT id FROM people WHERE ssn = '1' OR id = 1 => false",
                "SELECT id FROM people ORDER BY ssn => false",
                "SELECT max(email) FROM people => false",
                "SELECT id FROM people WHERE email = ssn => true",
                "SELECT id FROM people WHERE salary = 1 => false",
                "SELECT id FROM contacts WHERE mail = 'X' => false",
                "SELECT id FROM people p WHERE p = ROW(1, 'a', 'b', 'c', 1, null, 1, 1, 1)::people => false",
                "UPDATE people SET name = email => false",
            })
    void aRoleMayBeGivenSomeUses(String sql, boolean permitted) throws SQLException {
        assertThat(judgement("finders", sql).ruling())
                .isInstanceOf(permitted ? Ruling.Permit.class : Ruling.Deny.class);
    }
}
