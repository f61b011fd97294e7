package org.sallyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select * from t where a = 1 | select  *  from T where a=2 -- other",
                "select * from t where a = 'x' and b > 5 | select * from t where a = 'y''z' and b > 7",
                "select * from t where a = 'x' | select * from t where a = E'\\\\x41'",
                "select * from t where \"a\" = 1 limit 5 | select * from t where \"a\" = 9 limit 5",
                "insert into t values (1, 'a'), (2, 'b') | insert into t values (3, 'c'), (4, 'd')",
                "insert into t values ('1'::uuid) | insert into t values ('2'::uuid)",
                "select 1 where a in (1, 2) or b = 1.5 | select 1 where a in (3, 4) or b = 2.75",
                "select a from t where a = 1 for update | select a from t where a = 2 for update",
                "select 1 from t where (a = 1) for no key update | select 1 from t where (a = 2) for no key update",
                "update t set a = 1, b = 'x' where t.c = 2 and d < 3 | update t set a = 4, b = 'y' where t.c = 5 and d < 6",
                "update t set a = a - 1, b = t.b + 2 where c = 3 | update t set a = a - 4, b = t.b + 5 where c = 6",
                "delete from t where a = 1 or b in (2, 3) returning c | delete from t where a = 4 or b in (5, 6) returning c",
                "delete from s.t where s.t.a = 1 | delete from s.t where s.t.a = 2",
                "update t set a = 1 from u where t.b = u.b and u.c = 2 | update t set a = 3 from u where t.b = u.b and u.c = 4",
                "insert into t values (1) on conflict (a) do update set b = 2, c = t.c + 1"
                        + " | insert into t values (3) on conflict (a) do update set b = 4, c = t.c + 5",
                "insert into t values (-2147483647) | insert into t values (-2147483646)",
            })
    void textsThatDifferInTheirValuesHaveTheSame(String one, String other) {
        assertThat(Fingerprint.of(one)).isPresent().isEqualTo(Fingerprint.of(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delete from t where (a = 1) = (a = 2) | delete from t where (a = 1) = (a = 1)",
                "with x as (update t set a = 1) select 1 where b = 1 | with x as (update t set a = 2) select 1 where b = 1",
                "select * from t where a = 1 | select * from t where a = 3000000000",
                "select * from t where a = 1 | select * from t where a = 1.5",
                "select * from t where a = 1 | select * from t where a = '1'",
                "select * from t where a = 1 | select * from t where \"A\" = 1",
                "select * from t where a = 1 | select * from t where a = $1",
                "select * from t where a = 'x' | select * from t where a = x",
                "select * from t where a = 5 + 1 | select * from t where a = 6 + 1",
                "select * from t where a = 'x'::regclass | select * from t where a = 'y'::regclass",
                "select a, b from t order by 1 | select a, b from t order by 2",
                "select a, b from t group by a, 2 | select a, b from t group by a, 1",
                "select 1 where a in (select b, c from t order by b, 1) | select 1 where a in (select b, c from t order by b, 2)",
                "select * from t limit 1 | select * from t limit 2",
                "select f('a') | select f('b')",
                "select f(a, 1) | select f(a, 2)",
                "values (f(1)) | values (f(2))",
                "select '1'::numeric(10, 2) | select '1'::numeric(10, 3)",
                "insert into t values ('1'::numeric(5)) | insert into t values ('1'::numeric(6))",
                "select date '2020-01-01' | select date '2020-01-02'",
                "set application_name = 'x' | set application_name = 'y'",
                "select set_config('a', 'b', false) where a = 'x' | select set_config('a', 'b', false) where a = 'y'",
                "select 1 where a in (current_setting(text 'a')) | select 1 where a in (current_setting(text 'b'))",
                "select current_setting('a') where a = 'x' | select current_setting('a') where a = 'y'",
                "select * from t where 1 = 1 | select * from t where 1 = 2",
                "copy t from 'a' | copy t from 'b'",
                "alter role a password 'x' | alter role a password 'y'",
                "select a from t where b = 'x' 'y' | select a from t where b = 'z' 'y'",
                "insert into t values (1), (2) | insert into t values (1), (2), (3)",
                "insert into t values (-2147483648) | insert into t values (-2147483649)",
                "insert into t values (-9223372036854775808) | insert into t values (-9223372036854775809)",
                "update t set a = -1 where b = 2 | update t set a = -3 where b = 2",
                "update t set a = 1 where (a = 2) | update t set a = 1 where (a = 3)",
                "update t set a = 1 where a + 1 = a + 1 | update t set a = 1 where a + 1 = a + 2",
                "update t set a = 1 where a + 1 = 2 | update t set a = 1 where a + 1 = 3",
                "update t set a = 1 where true = 't' | update t set a = 1 where true = 'f'",
                "update t set a = 1 where not b = 2 | update t set a = 1 where not b = 3",
                "update t set a = 1 where b is distinct from c = 2 | update t set a = 1 where b is distinct from c = 3",
                "update t set a = 1 where 1 in (2) | update t set a = 1 where 1 in (3)",
                "update t set a = 1 where b not in (2) | update t set a = 1 where b not in (3)",
                "update t set a = 1 where array[b = 1 and b = 2] = array[b = 1 and b = 2]"
                        + " | update t set a = 1 where array[b = 1 and b = 2] = array[b = 1 and b = 3]",
                "delete from t where case when a = 1 and b = 2 then c end = 3 | delete from t where case when a = 1 and b = 4 then c end = 3",
                "delete from t where a = 1 is true | delete from t where a = 2 is true",
                "delete from t where a in (select 1 where b = 2) | delete from t where a in (select 1 where b = 3)",
                "delete from t where (select a from (values (1)) v) = (select a from (values (1)) v)"
                        + " | delete from t where (select a from (values (1)) v) = (select a from (values (2)) v)",
                "delete from t where a::text = 'x' | delete from t where a::text = 'y'",
                "delete from t where set_config('x', 'y', true) = b and c = 1 | delete from t where set_config('x', 'y', true) = b and c = 2",
                "insert into t values (1) on conflict (a) where b = 2 do update set c = 3"
                        + " | insert into t values (1) on conflict (a) where b = 4 do update set c = 3",
                "insert into t values (1) on conflict (a) do update set c = 3 where (t.a = 1) = (t.a = 1)"
                        + " | insert into t values (1) on conflict (a) do update set c = 3 where (t.a = 1) = (t.a = 2)",
                "with x as (insert into t select 1 on conflict (a) do update set b = 2 where (t.a = 1) = (t.a = 2)) select 1"
                        + " | with x as (insert into t select 1 on conflict (a) do update set b = 2 where (t.a = 1) = (t.a = 1)) select 1",
                "with recursive x(a) as (select 1 union all select 2 from x) search depth first by a set key"
                        + " update t set b = 1 where (b = 1) = (b = 1)"
                        + " | with recursive x(a) as (select 1 union all select 2 from x) search depth first by a set key"
                        + " update t set b = 1 where (b = 1) = (b = 2)",
                "delete from t where ((set).a = 1) is distinct from (set).a = 1"
                        + " | delete from t where ((set).a = 1) is distinct from (set).a = 2",
                "merge into t using u on t.a = u.a when matched and t.b = 1 then delete"
                        + " | merge into t using u on t.a = u.a when matched and t.b = 2 then delete",
            })
    void whatMayMeanSomethingStays(String one, String other) {
        assertThat(Fingerprint.of(one)).isPresent().isNotEqualTo(Fingerprint.of(other));
    }
}
