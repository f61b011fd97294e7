package org.sallyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select 1|SELECT",
                "(select 1) union (select 2)|SELECT",
                "with x as (delete from t) select 1|SELECT,DELETE",
                "with x as (select 1) insert into t select * from x|INSERT",
                "explain analyze delete from t|EXPLAIN,DELETE",
                "explain (analyze) update t set a = 1|EXPLAIN,UPDATE",
                "explain delete from t|EXPLAIN",
                "alter user x password 'y'|ALTER ROLE",
                "drop group x|DROP ROLE",
                "alter system set x = 1|ALTER SYSTEM",
                "create or replace temp view v as select 1|CREATE VIEW",
                "create unlogged table t (a int)|CREATE TABLE",
                "create materialized view v as select 1|CREATE MATERIALIZED VIEW",
                "create user mapping for x server y|CREATE USER MAPPING",
                "drop database x|DROP DATABASE",
                "/* c */ -- d\\n drop /**/ database x|DROP DATABASE",
                "start transaction|BEGIN",
                "end|COMMIT",
                "abort|ROLLBACK",
                "rollback to savepoint a|ROLLBACK TO",
                "commit prepared 'x'|COMMIT PREPARED",
                "prepare transaction 'x'|PREPARE TRANSACTION",
                "prepare p as delete from t|PREPARE,DELETE",
                "copy t from stdin|COPY FROM",
                "copy (delete from t returning *) to stdout|COPY TO,DELETE",
                "set role x|SET ROLE",
                "set local role x|SET ROLE",
                "set session session authorization x|SET SESSION AUTHORIZATION",
                "create function f() returns int begin atomic delete from t; select 1; end|CREATE FUNCTION,DELETE,SELECT,COMMIT",
                "create rule r as on insert to t do also (delete from u; update v set a = 1)|CREATE RULE,DELETE,UPDATE",
                "merge into t using u on t.id = u.id when matched then delete|MERGE,DELETE",
                "insert into t select * from u on conflict (a) do update set b = 1|INSERT,UPDATE",
                "insert into t values (1) on conflict (a) do update set b = 1|INSERT",
                "select a into b from c|SELECT INTO",
                "(select a into b from c)|SELECT INTO",
                "(select insert into b from c) union select 1|SELECT INTO,INSERT",
                "with x as (insert into b values (1) returning a) select a from x|SELECT,INSERT",
                "select 1 as into|SELECT",
                "set \"Role\" = x|SET ROLE",
                "set local \"session_authorization\" = x|SET SESSION AUTHORIZATION",
                "select set_config('role', 'x', false)|SELECT,SET ROLE",
                "select a from t for update|SELECT",
                "select a from t for no key update nowait|SELECT",
                "explain (\"analyze\") delete from t|EXPLAIN,DELETE",
                "explain (verbose, U&\"an\\0061lyse\") delete from t|EXPLAIN,DELETE",
                "copy t to program 'x'|COPY TO,COPY PROGRAM",
                "copy t from program 'x' with (format csv)|COPY FROM,COPY PROGRAM",
                "copy t from '/etc/passwd'|COPY FROM,COPY FILE",
                "copy (select 1) to E'/tmp/x'|COPY TO,COPY FILE",
                "copy t (a) to stdout|COPY TO",
                "reset all|RESET,RESET ALL",
                "reset \"all\"|RESET",
                "discard all|DISCARD,DISCARD ALL",
                "discard plans|DISCARD",
                "vacuum full t|VACUUM,VACUUM FULL",
                "vacuum (verbose, \"full\") t|VACUUM,VACUUM FULL",
                "vacuum t|VACUUM",
                "create schema s grant all on public.t to public create view v as select 1|CREATE SCHEMA,GRANT,CREATE VIEW",
                "create schema s create trigger t before update on u for each row execute function f()|CREATE SCHEMA,CREATE TRIGGER",
                "create default conversion c for 'LATIN1' to 'UTF8' from f|CREATE CONVERSION",
                "create table t as execute p|CREATE TABLE,EXECUTE",
                "create trigger t instead of update or delete on u for each row execute function f()|CREATE TRIGGER",
                "with y as (with recursive x as (select 1 as a union all select a from x) search depth first by a set key update t set a = 1 returning a) select 1|SELECT,UPDATE",
                "with recursive x (insert) as (select 1) search depth first by insert set of update t set a = 1|INSERT,UPDATE",
                "with x as (update set set a = 1 returning a) select 1|SELECT,UPDATE",
                "revoke update on t from x|REVOKE",
                "alter user mapping superuser|ALTER ROLE",
                "create user \"mapping\" superuser|CREATE ROLE",
                "drop user mapping, x|DROP ROLE",
                "drop user mapping if exists for x server y|DROP USER MAPPING",
                "alter user mapping for x server y options (set a 'b')|ALTER USER MAPPING",
                "prepare transaction as delete from t|PREPARE,DELETE",
                "prepare transaction (int) as select $1|PREPARE",
                "prepare transaction U&'x'|PREPARE TRANSACTION",
                "alter default privileges revoke update on tables from x|ALTER DEFAULT PRIVILEGES",
            })
    void namesKinds(String sql, String kinds) {
        assertThat(SqlReader.read(sql.replace("\\n", "\n")).kinds()).containsExactly(kinds.split(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from t",
                "update t set a = 1",
                "delete from t where true",
                "delete from t where 1 = 1",
                "delete from t where 'a' = 'a'",
                "delete from t where id = id",
                "delete from t where not false",
                "delete from t where id = 1 or true",
                "delete from t where (id = 1 or (2 > 1))",
                "delete from t where exists (select 1)",
                "delete from t where $1",
                "delete from t where 1 in (1, 2)",
                "delete from t where true and not (id <> id)",
                "with x as (delete from t) select 1",
                "explain analyze delete from t",
                "delete from t where some ### unreadable '#'",
                "delete from only t where id = 1",
                "prepare p as delete from t where id = id",
                "merge into t using u on true when matched then delete",
                "merge into t using u on t.a = u.a when not matched by source then delete",
                "insert into t select * from u on conflict (a) do update set b = 1",
                "create function f() returns int begin atomic delete from t where id = 1; select 1; end",
                "delete from t where id = (id)",
                "delete from t where t.id = id",
                "delete from t where id is not distinct from id",
                "delete from t where id between id and (t.id)",
                "delete from t where id in (1, id)",
            })
    void seesChangesOfAllRows(String sql) {
        assertThat(SqlReader.read(sql).statements()).anyMatch(Statement::unbounded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from t where id = 1",
                "delete from t where id = $1 and true",
                "update t set a = 1 where id in (select id from u)",
                "with x as (delete from t where id = 1 returning *) select * from x",
                "merge into t using u on t.a = u.a when matched then delete",
                "insert into t values (1) on conflict (a) do update set b = 1",
                "explain delete from t",
                "select 1",
                "delete from t using u where t.id = u.id",
                "delete from t where id between 1 and id",
                "delete from t where id in (1, 2)",
            })
    void seesChangesOfSomeRows(String sql) {
        assertThat(SqlReader.read(sql).statements()).noneMatch(Statement::unbounded);
    }

    @Test
    void refusesNamesThatTakeTheParserLong() {
        assertThat(SqlReader.read("select a" + ".a".repeat(9) + " from t")
                        .statements()
                        .get(0)
                        .reading())
                .isEqualTo(new Reading.Unreadable("name of too many parts"));
        assertThat(SqlReader.read("select a.b, c.d, e.f, g.h, i.j, k.l, m.n, o.p, q.r from t")
                        .statements()
                        .get(0)
                        .reading())
                .isInstanceOf(Reading.Query.class);
    }

    @Test
    void findsTablesThatOthersMiss() {
        assertThat(reads("select * from orders join (select * from secret) secret on true"))
                .containsExactlyInAnyOrder("orders", "secret");
        assertThat(reads("select (select max(a) from b), exists (select 1 from c) from d where e in (select f from g)"
                        + " order by (select h from i) limit (select j from k)"))
                .containsExactlyInAnyOrder("b", "c", "d", "g", "i", "k");
        assertThat(reads("select a from b group by (select c from d) having count(*) > (select e from f)"))
                .containsExactlyInAnyOrder("b", "d", "f");
        assertThat(reads(
                        "select sum(a) filter (where b in (select c from d)) over (order by (select e from f)) from g"))
                .containsExactlyInAnyOrder("d", "f", "g");
        assertThat(reads("select x.a from t as x(a, b), json_to_recordset('[]') as y(c int)"))
                .containsExactly("t");
        assertThat(reads("insert into a values ((select b from c)) returning (select d from e)"))
                .containsExactlyInAnyOrder("c", "e");
        assertThat(reads("update a set b = (select c from d) from e, lateral (select f from g) h where a.x = e.x"))
                .containsExactlyInAnyOrder("a", "d", "e", "g");
        assertThat(reads("select array(select a from b), case (select c from d) when 1 then (select e from f) end"))
                .containsExactlyInAnyOrder("b", "d", "f");
    }

    @Test
    void scopesNamesOfWithQueries() {
        assertThat(reads("with a as (select * from a), b as (select * from a) select * from b"))
                .containsExactly("a");
        assertThat(reads("with recursive a as (select 1 union all select n + 1 from a) select * from a"))
                .isEmpty();
        assertThat(reads("select * from (with a as (select 1) select * from a) x join a on true"))
                .containsExactly("a");
        assertThat(reads("with a as (select 1) select * from public.a")).containsExactly("public.a");
    }

    @Test
    void takesNamesAsTheServerDoes() {
        assertThat(reads("select 1 from \"Weird \"\"name\"\"\"")).containsExactly("Weird \"name\"");
        assertThat(reads("select 1 from U&\"\\0074\"")).containsExactly("t");
        assertThat(reads("select 1 from PUBLIC.Orders")).containsExactly("public.orders");
        assertThat(reads("select 1 from top, qualify, pivot")).containsExactlyInAnyOrder("top", "qualify", "pivot");
    }

    @Test
    void splitsWhereTheServerSplits() {
        assertThat(SqlReader.read("select E'a\\'' ; drop table y; --'").kinds())
                .containsExactly("SELECT", "DROP TABLE");
        assertThat(SqlReader.read("select 'a\\' ; drop table y; --'").kinds()).containsExactly("SELECT", "DROP TABLE");
        assertThat(SqlReader.read(";;select 1;;").kinds()).containsExactly("SELECT");
        assertThat(SqlReader.read("begin; drop table t; end").kinds()).containsExactly("BEGIN", "DROP TABLE", "COMMIT");
        assertThat(SqlReader.read("select 1)").unreadable()).isPresent();
    }

    @Test
    void answersEvenToNonsense() {
        for (String sql : List.of(
                "",
                ";",
                "((((",
                "create function f() begin atomic " + ";".repeat(200_000),
                "create rule r as on insert to t do (" + ";".repeat(200_000),
                "explain ".repeat(50_000),
                "select 1;".repeat(50_000),
                "select " + "(".repeat(5000),
                "select " + "-".repeat(3),
                "\u0000")) {
            assertThat(SqlReader.read(sql)).isNotNull();
        }
        String deep = "select " + "f(".repeat(60) + "1" + ")".repeat(60);
        assertThat(SqlReader.read(deep).statements().get(0).reading()).isInstanceOf(Reading.Unreadable.class);
        String wide = "select 1" + " + 1".repeat(9000);
        assertThat(SqlReader.read(wide).statements().get(0).reading()).isInstanceOf(Reading.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select (c).ssn from c",
                "select * from t tablesample system (1)",
                "select a operator(public.+) b from t",
                "select mytype 'x'",
                "select xmlserialize(content a as text) from t",
                "select * from json_table('[]', '$' columns (a int path '$')) x",
                "select next value for s",
                "select * from db.public.t",
                "do $$ begin end $$",
                "call p()",
                "alter table t owner to x",
                "create extension x",
                "create recursive view v (a) as select 1",
                "create table t as execute p",
                "create table t as",
                "select 1 into local temp t",
                "select 1 into temp other.t",
                "select 1 into t from (select 2 into u) x",
                "copy (select 1 into t) to stdout",
                "copy (select 1) to '/tmp/x'",
                "explain create table t as select 1",
                "copy t from '/etc/passwd'",
                "copy t to program 'x'",
                "deallocate p q",
                "deallocate all p",
                "deallocate",
                "prepare p",
                "prepare p as",
                "prepare p as drop table t",
                "prepare p () as select 1",
                "prepare p ('int') as select 1",
                "prepare p (int,) as select 1",
                "prepare p (int = 1) as select 1",
                "prepare p (int as select 1",
                "prepare p as execute q",
                "prepare p.q as select 1",
                "prepare \"größe\" as select 1",
                "execute p",
                "execute p (1)",
                "explain execute p",
                "create temp view v as select 1",
                "create temp table s.t (a int)",
                "create table t (a int, inherits int)",
                "create table t (a int) inherits u",
                "create table t on commit x as select 1",
                "drop table t cascade cascade",
                "drop table t.u.v",
                "drop type int[]",
                "drop function f(int) from x",
                "drop owned by x",
                "alter table t enable trigger all",
                "alter table t drop column a cascade b",
                "alter table t add column a int,",
                "alter table t set logged",
                "alter domain d set not null",
                "comment on table t is",
                "comment on table t is $1",
                "create sequence s owned by t",
                "create sequence s increment by f(1)",
                "create type t as enum (a)",
                "create type t as (a int = 1)",
                "lock t in any mode",
                "vacuum",
                "vacuum (full) t, ",
                "analyze (f(1)) t",
                "reindex database x",
                "reindex system x",
            })
    void doesNotClaimToUnderstand(String sql) {
        assertThat(SqlReader.read(sql).statements().get(0).reading()).isInstanceOf(Reading.Unreadable.class);
    }

    /** What needs which right. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drop table if exists a, b.c cascade | a b.c | | | true",
                "drop index concurrently i restrict | i | | | false",
                "drop materialized view v cascade | v | | | true",
                "drop type a, b.c | | | TYPE:a TYPE:b.c | false",
                "drop schema a, \"B\" cascade | | | SCHEMA:a SCHEMA:B | true",
                "drop function f, s.g(int, out text) | | | FUNCTION:f FUNCTION:s.g | false",
                "alter table t drop a, add b int references u, drop constraint c cascade | t | u | | true",
                "alter table s.t rename to u | s.t s.u | | | false",
                "alter table t set schema s | t s.t | | | false",
                "alter table t attach partition p for values in ('a') | t p | | | false",
                "alter type s.a rename to b | | | TYPE:s.a TYPE:s.b | false",
                "alter sequence q owned by s.t.c | q s.t | | | false",
                "alter index i attach partition j | i j | | | false",
                "create table t (a int) inherits (p, s.q) | t p s.q | | | false",
                "create temp table t (a int) | pg_temp.t | | | false",
                "create type t as enum ('a') | | | TYPE:t | false",
                "create schema if not exists s | | | SCHEMA:s | false",
                "comment on column s.t.c is null | s.t | | | false",
                "comment on constraint c on domain d is 'x' | | | TYPE:d | false",
                "vacuum (full, analyze) t (a), u | t u | | | false",
                "reindex index concurrently i | i | | | false",
            })
    void saysWhatIsDefined(String sql, String defines, String reads, String things, boolean cascades) {
        Reading reading = SqlReader.read(sql).statements().get(0).reading();

        assertThat(reading).isInstanceOfSatisfying(Reading.Definition.class, definition -> {
            assertThat(definition.defines().stream().map(ObjectName::toString))
                    .containsExactlyInAnyOrder(words(defines));
            assertThat(definition.reads().stream().map(ObjectName::toString)).containsExactlyInAnyOrder(words(reads));
            assertThat(definition.things().stream().map(thing -> thing.sort() + ":" + thing.name()))
                    .containsExactlyInAnyOrder(words(things));
            assertThat(definition.cascades()).isEqualTo(cascades);
        });
    }

    private static String[] words(@Nullable String words) {
        return words == null ? new String[0] : words.split(" ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select id as as into stolen from t | SELECT INTO",
                "select t.as into stolen from t | SELECT INTO",
                "select id as into from t | SELECT",
                "select t.into from t | SELECT",
                "with insert as (select 1) select id into stolen from t | SELECT INTO",
                "with a as (select 1), delete as (select 2) select 3 | SELECT",
                "with recursive update as (select 1) insert into t select 1 | INSERT",
                "copy public.to from program 'x' | COPY FROM",
                "copy public.from to program 'x' | COPY TO",
            })
    void namesAreNoKeywords(String sql, String kind) {
        assertThat(SqlReader.read(sql).kinds().get(0)).isEqualTo(kind);
    }

    /** What the server is asked about. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select 1; | select 1",
                "explain (analyze, verbose) select 1 | select 1",
                "declare c cursor for /* x */ select $1 | select $1",
                "declare \"for\" insensitive no scroll cursor without hold for table t | table t",
                "copy (select 1) to stdout (format csv) | select 1",
                "create table t as select 1 with no data | select 1",
                "create unlogged table if not exists t (a, b) with (fillfactor = 70) as (values (1, 2)) | (values (1, 2))",
                "create or replace view v (a) with (security_barrier) as select 1 with cascaded check option | select 1",
                "create view v as select a with check option | select a",
                "create materialized view v as with data as (select 1) table data | with data as (select 1) table data",
                "create materialized view v as select no | select no",
                "select a, b into unlogged table public.t from u where a | select a, b from u where a",
                "select 1 into t | select 1",
                "(select 1 into table t) union select 2 | (select 1 ) union select 2",
                "create table t (a int) | ",
                "refresh materialized view v | ",
            })
    void findsTheQuery(String sql, String query) {
        assertThat(SqlReader.queries(sql, List.of()).stream()
                        .map(QueryText::text)
                        .toList())
                .isEqualTo(query == null ? List.of() : List.of(query));
    }

    private static List<String> reads(String sql) {
        Reading reading = SqlReader.read(sql).statements().get(0).reading();
        assertThat(reading).isInstanceOf(Reading.Query.class);
        return ((Reading.Query) reading)
                .facts().reads().stream().map(ObjectName::toString).toList();
    }

    @Test
    void readsWhatIsPrepared() {
        Statement prepare = SqlReader.read("PREPARE \"P\" (int, pg_catalog . \"Char\", numeric (5, 2) []) AS"
                        + " SELECT a FROM t WHERE b = $3 AND c = $1 AND d = $5")
                .statements()
                .get(0);

        assertThat(prepare.prepares()).isTrue();
        assertThat(prepare.kinds()).containsExactly("PREPARE");
        assertThat(prepare.reading().relations()).containsExactly(ObjectName.of("t"));
        QueryText query = prepare.query().orElseThrow();
        assertThat(query.text()).isEqualTo("SELECT a FROM t WHERE b = $2 AND c = $1 AND d = $3");
        assertThat(query.types()).containsExactly(0, 0, 0);
        assertThat(query.named()).containsExactly("int", "numeric ( 5 , 2 ) [ ]", "");
        assertThat(query.kind()).isEqualTo("SELECT");
    }

    /** In one text, the types alone may tell two of them apart. */
    @Test
    void tellsPreparedQueriesApartByTheirTypes() {
        List<QueryText> queries = SqlReader.queries(
                "PREPARE a (int) AS SELECT $1; PREPARE b (text) AS SELECT $1; PREPARE c AS SELECT $1", List.of(20));

        assertThat(queries).extracting(QueryText::text).containsOnly("SELECT $1");
        assertThat(queries).extracting(QueryText::key).doesNotHaveDuplicates();
        assertThat(queries).extracting(QueryText::types).containsOnly(List.of(0));
    }

    /** Rows that only repeat are not left out where nobody compares their types. */
    @Test
    void leavesNothingOutOfWhatIsPrepared() {
        String query = "SELECT 1 FROM t WHERE a IN ($1, $2, $3, $4)";

        assertThat(SqlReader.queries("PREPARE p (int, text) AS " + query, List.of()))
                .extracting(QueryText::text)
                .containsExactly(query);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "execute p|p",
                "EXECUTE \"P q\" ('a', 1, -2.5, null, true, E'\\n')|P q",
                "/* one */ execute p -- two|p"
            })
    void knowsWhatIsExecuted(String sql, String name) {
        assertThat(Execution.name(sql)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "",
                "execute",
                "execute p; select 1",
                "execute p (f())",
                "execute p ('a' || 'b')",
                "execute p (int '1')",
                "execute p ('1'::int)",
                "execute p (1) x",
                "execute p (- 'a')",
                "execute p ($1)",
                "execute p (a)",
                "execute p ((1))",
                "execute 'p'",
                "explain execute p"
            })
    void doesNotKnowWhatIsExecuted(String sql) {
        assertThat(Execution.name(sql)).isEmpty();
    }

    @Test
    void readsAnExecuteAsWhatItRuns() {
        Script script = Execution.of(
                SqlReader.read("EXECUTE p (1, 'x')"),
                SqlReader.read("PREPARE p AS DELETE FROM t WHERE id = $1 AND b = $2"));

        Statement statement = script.statements().get(0);
        assertThat(statement.executes()).isTrue();
        assertThat(statement.showsItsQuery()).isTrue();
        assertThat(statement.defines()).isFalse();
        assertThat(statement.unbounded()).isFalse();
        assertThat(statement.kinds()).containsExactly("EXECUTE", "DELETE");
        assertThat(statement.query().orElseThrow().text()).isEqualTo("DELETE FROM t WHERE id = $1 AND b = $2");
        assertThat(statement.tokens()).extracting(Token::text).contains("delete", "x");
        assertThat(((Reading.Containing) statement.reading()).outer()).isEqualTo(new Reading.Execution(false));
        assertThat(SqlReader.read("EXECUTE p").statements().get(0).defines()).isTrue();
    }

    /** As many as a function may have arguments. */
    @Test
    void aHundredParametersAreApart() {
        QueryText few = SqlReader.queries("select 1" + numbered(100), Collections.nCopies(100, 23))
                .get(0);
        assertThat(few.types()).hasSize(100).containsOnly(23);
        assertThat(few.places()).isEmpty();
    }

    /** Those of one type as one, where the client has said what they are; else where they stand. */
    @Test
    void moreParametersAreOneForEachTypeOrKnowTheirPlaces() {
        String sql = "select /* $1 */ '$2'" + numbered(101);
        List<Integer> types = new ArrayList<>(Collections.nCopies(101, 23));
        types.set(1, 25);
        QueryText shared = SqlReader.queries(sql, types).get(0);
        assertThat(shared.types()).containsExactly(23, 25);
        assertThat(shared.text()).startsWith("select /* $1 */ '$2' + $1 + $2 + $1 + $1");
        assertThat(shared.places()).isEmpty();

        types.set(100, 0);
        QueryText open = SqlReader.queries(sql, types).get(0);
        assertThat(open.text()).isEqualTo(sql);
        assertThat(open.types()).isEqualTo(types);
        assertThat(open.places()).hasSize(101);
        for (int i = 0; i < 101; i++) {
            assertThat(sql.substring(open.places().get(i))).startsWith("$" + (i + 1));
        }
        QueryText into = SqlReader.queries(sql.replaceFirst(" \\+", " into made +"), List.of())
                .get(0);
        assertThat(into.text().substring(into.places().get(0))).startsWith("$1");
        assertThat(into.text().substring(into.places().get(100))).startsWith("$101");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select $0", "select $65536", "select $9999999999"})
    void noMessageHasSuchAParameter(String sql) {
        assertThat(SqlReader.queries(sql, List.of())).isEmpty();
    }

    @Test
    void theHighestParameterIsOneLikeAnother() {
        assertThat(SqlReader.queries("select $65535", List.of()).get(0).text()).isEqualTo("select $1");
    }

    private static String numbered(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> " + $" + number)
                .collect(Collectors.joining());
    }
}
