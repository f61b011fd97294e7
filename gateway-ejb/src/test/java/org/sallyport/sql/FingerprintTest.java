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
                "select * from t where 1 = 1 | select * from t where 1 = 2",
                "copy t from 'a' | copy t from 'b'",
                "alter role a password 'x' | alter role a password 'y'",
                "select a from t where b = 'x' 'y' | select a from t where b = 'z' 'y'",
                "insert into t values (1), (2) | insert into t values (1), (2), (3)",
            })
    void whatMayMeanSomethingStays(String one, String other) {
        assertThat(Fingerprint.of(one)).isPresent().isNotEqualTo(Fingerprint.of(other));
    }
}
