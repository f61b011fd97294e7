package org.sallyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepetitionTest {

    private static QueryText query(String sql, Integer... types) {
        return SqlReader.queries(sql, List.of(types)).get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insert into t values (1, 'a'), (2, 'b'), (3, 'c') | insert into t values (1, 'a'), (2, 'b')",
                "insert into t values (1), (2), (3000000000), (4) | insert into t values (1), (2), (3000000000)",
                "insert into t values (1), ('a'), (2), (3) returning a | insert into t values (1), ('a'), (2) returning a",
                "insert into t values (1), (null), (2), (default), (3), (null) | insert into t values (1), (null), (2), (default), (null)",
                "insert into t values (-1), (-2), (-3), (4) | insert into t values (-1), (-2), (4)",
                "insert into t values ($1, $2), ($3, $4), ($5, $6) | insert into t values ($1, $2), ($3, $4)",
                "select 1 where a in (1, 2, 3, 4) and b = $1 | select 1 where a in (1, 2) and b = $1",
                "select 1 where a in ($1, $2, $3, $4) and b = $5 | select 1 where a in ($1, $2) and b = $3",
                "select 1 where a in ('a'::uuid, 'b'::uuid, 'c'::uuid) | select 1 where a in ('a'::uuid, 'b'::uuid)",
                "insert into t values ('a'::varchar(5)), ('b'::varchar(5)), ('c'::varchar(7)), ('d'::varchar(5)), ('e'::varchar) | insert into t values ('a'::varchar(5)), ('b'::varchar(5)), ('c'::varchar(7)), ('e'::varchar)",
                "insert into t values ('a'::s.mood), ('b'::s.mood), ('c'::s.mood), ('d'::r.mood) | insert into t values ('a'::s.mood), ('b'::s.mood), ('d'::r.mood)",
                "insert into t values ('a'::\"Mood\"), ('b'::\"Mood\"), ('c'::mood), ('d'::\"Mood\") | insert into t values ('a'::\"Mood\"), ('b'::\"Mood\"), ('c'::mood)",
                "insert into t values ('1'::text::int), ('2'::text::int), ('3'::text::int), ('4'::text) | insert into t values ('1'::text::int), ('2'::text::int), ('4'::text)",
                "insert into t values ($1::int), ($2::int), ($3::text), ($4::int) | insert into t values ($1::int), ($2::int), ($3::text)",
            })
    void leavesOutWhatOnlyRepeats(String sql, String rest) {
        assertThat(query(sql)
                        .text()
                        .replaceAll(" +", " ")
                        .replaceAll(" ?, ?", ", ")
                        .replace(" )", ")"))
                .isEqualTo(rest);
    }

    /** What runs something, names something or refers to something is not left out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into t values (f(1)), (f(2)), (g(3))",
                "insert into t values (a), (b), (c)",
                "insert into t values ('a'::regclass), ('b'::regclass), ('c'::regclass)",
                "insert into t values ('a'::pg_catalog.regclass), ('b'::pg_catalog.regclass), ('c'::pg_catalog.regclass)",
                "insert into t values ((select 1)), ((select 2)), ((select 3))",
                "insert into t values (1 + 1), (1 + 2), (1 + 3)",
                "insert into t values (date 'a'), (date 'b'), (date 'c')",
                "insert into t values (1::numeric(5, 2)), (2::numeric(5, 2)), (3::numeric(5, 2))",
                "insert into t values ('a'::varchar(f)), ('b'::varchar(f)), ('c'::varchar(f))",
                "insert into t values ('a'::varchar(5), ('b'::varchar(5), ('c'::varchar(5)",
                "insert into t values ('{}'::int[]), ('{}'::int[]), ('{}'::int[])",
                "insert into t values ('a'::text::regclass), ('b'::text::regclass), ('c'::text::regclass)",
                "insert into t values ('a'::text || 'b'), ('b'::text || 'c'), ('c'::text || 'd')",
                "insert into t values (- -1), (- -2), (- -3)",
                "insert into t values (1 'a'), (2 'b'), (3 'c')",
                "insert into t values (\"null\"), (\"null\"), (\"null\")",
                "select 1 where a in (select 1)",
                "select 1 where a in (f(1), f(2), f(3))",
                "select 1 where a in (1, 2",
                "select f(1, 2, 3, 4)",
                "insert into t values (1), (2)",
            })
    void leavesTheRest(String sql) {
        List<QueryText> queries = SqlReader.queries(sql, List.of());

        assertThat(queries.isEmpty() ? sql : queries.get(0).text()).isEqualTo(sql);
    }

    /** What stands in the list decides what type it has where it is used. */
    @Test
    void aParameterWhoseTypeIsInferredStays() {
        assertThat(query("select 1 where a in ($1, $2, $3) and lower($3) = 'x'").text())
                .contains("a in ($1, $2, $3)");
        assertThat(query("select 1 where a in ($1, $2, $3) and lower($3) = 'x'", 25, 25, 25)
                        .text())
                .doesNotContain("$2, $3");
    }

    @Test
    void parametersOfOtherTypesAreOtherRows() {
        String sql = "insert into t values ($1), ($2), ($3), ($4)";

        QueryText query = query(sql, 23, 23, 20, 23);

        assertThat(query.text().replaceAll(" ?, ?", ", ")).isEqualTo("insert into t values ($1), ($2), ($3)");
        assertThat(query.types()).containsExactly(23, 23, 20);
    }

    /** As many as a message can hold. */
    @Test
    void aBatchOfManyRowsIsTheQuestionOfTwo() {
        String rows = IntStream.range(0, 65_535 / 3)
                .mapToObj(i -> "($" + (3 * i + 1) + ", $" + (3 * i + 2) + ", $" + (3 * i + 3) + ")")
                .collect(Collectors.joining(", "));
        Script script = SqlReader.read("insert into t (a, b, c) values " + rows, Collections.nCopies(65_535, 25));
        Statement statement = script.statements().get(0);

        assertThat(statement.query().orElseThrow().text())
                .isEqualTo("insert into t (a, b, c) values ($1, $2, $3), ($4, $5, $6)");
        assertThat(statement.query().orElseThrow().types()).hasSize(6).containsOnly(25);
        assertThat(statement.reading()).isInstanceOf(Reading.Query.class);
    }
}
