package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Meaning.Use;
import org.sallyport.sql.SqlReader;

/** On {@link ExtentTest}'s snapshot: what may go to the server before its intent is durable, as nothing is written by it. */
class WritesNothingTest {
    private static final Optional<Meaning> UNTOLD = Optional.empty();

    private static boolean writesNothing(String sql, Optional<Meaning> meaning) {
        return ReadOnly.is(SqlReader.read(sql), meaning, ExtentTest.CATALOG);
    }

    private static Optional<Meaning> reading(int relation) {
        return Optional.of(
                ExtentTest.meaning(Map.of(relation, new Use(true, Set.of(1), Map.of())), Set.of(), Set.of()));
    }

    private static Optional<Meaning> calling(int function) {
        return Optional.of(ExtentTest.meaning(Map.of(), Set.of(function), Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                ExtentTest.ARTICLES,
                ExtentTest.ARTICLES_I,
                ExtentTest.NUMBERS,
                ExtentTest.PARENT,
                ExtentTest.GUARDED
            })
    void aSelectOfPlainTablesDoesNot(int relation) {
        assertThat(writesNothing("SELECT a FROM t", reading(relation))).isTrue();
        assertThat(writesNothing("SELECT a FROM t", UNTOLD)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {ExtentTest.VIEW, ExtentTest.FOREIGN, ExtentTest.INDEXED, ExtentTest.UNKNOWN})
    void oneOfAnythingBehindWhichMoreMayStandMay(int relation) {
        assertThat(writesNothing("SELECT a FROM t", reading(relation))).isFalse();
    }

    @Test
    void oneThatCallsDoesNotWhereAllAreReviewed() {
        assertThat(writesNothing("SELECT upper('a')", calling(ExtentTest.UPPER)))
                .isTrue();
        assertThat(writesNothing("SELECT upper('a')", calling(ExtentTest.SOMEBODYS)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t FOR UPDATE",
                "SELECT a FROM t FOR KEY SHARE",
                "SELECT a FROM (SELECT a FROM t FOR SHARE) x",
                "SELECT a INTO u FROM t",
                "WITH x AS (DELETE FROM t RETURNING a) SELECT a FROM x",
                "EXPLAIN ANALYZE SELECT a FROM t",
                "SELECT a FROM t; SELECT a FROM t",
                "UPDATE t SET a = 1 WHERE a = 2",
                "SELECT (c).ssn FROM c",
                "COMMIT",
                "BEGIN; COMMIT",
                "",
            })
    void whatElseItIsTheServersWordDoesNotHelp(String sql) {
        assertThat(writesNothing(sql, reading(ExtentTest.ARTICLES))).isFalse();
    }

    @Test
    void whatTheServerSaysIsChangedIsNotReadOnly() {
        Meaning changing = ExtentTest.meaning(
                Map.of(ExtentTest.PARENT, new Use(true, Set.of(1), Map.of(Meaning.Kind.INSERT, Set.of(1)))),
                Set.of(),
                Set.of());

        assertThat(writesNothing("SELECT a FROM t", Optional.of(changing))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"BEGIN", "START TRANSACTION", "SAVEPOINT a", "RELEASE a", "ROLLBACK", "ROLLBACK TO a", "ABORT"})
    void whatBeginsATransactionOrTakesItBackDoesNot(String sql) {
        assertThat(writesNothing(sql, UNTOLD)).isTrue();
        assertThat(ReadOnly.are(SqlReader.read(sql).kinds())).isTrue();
    }

    @Test
    void kindsAloneTellOfOneStatementOnly() {
        assertThat(ReadOnly.are(List.of("BEGIN", "ROLLBACK"))).isFalse();
        assertThat(ReadOnly.are(List.of("COMMIT"))).isFalse();
        assertThat(ReadOnly.are(List.of("SELECT"))).isFalse();
        assertThat(ReadOnly.are(List.of())).isFalse();
    }
}
