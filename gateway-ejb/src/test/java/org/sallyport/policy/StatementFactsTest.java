package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Function;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Relation.Column;
import org.sallyport.catalog.Relation.Kind;
import org.sallyport.meaning.Flow;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Meaning.Use;
import org.sallyport.sql.SqlReader;
import org.sallyport.sql.Statement;

/** On a snapshot made by hand; {@code GuardrailConditionsTest} asks real servers. */
class StatementFactsTest {
    private static final int ORDERS = 1;
    private static final int PEOPLE = 2;
    private static final int VIEW = 3;
    private static final int PARENT = 4;
    private static final int CHILD = 5;
    private static final int UPPER = 871;
    private static final int OWN = 20_001;

    private static final Catalog CATALOG = new Catalog(
            1,
            List.of("pg_catalog", "public"),
            List.of(
                    relation(ORDERS, "orders", Kind.TABLE, Set.of(), Set.of(), "id", "total"),
                    relation(PEOPLE, "people", Kind.TABLE, Set.of(), Set.of(), "id", "email"),
                    relation(VIEW, "shown", Kind.VIEW, Set.of(ORDERS), Set.of(), "id", "total"),
                    relation(PARENT, "parent", Kind.TABLE, Set.of(), Set.of(CHILD), "id"),
                    relation(CHILD, "child", Kind.TABLE, Set.of(), Set.of(PARENT), "id")),
            List.of(new Function(UPPER, "pg_catalog", "upper"), new Function(OWN, "public", "own")),
            List.of());

    private static Relation relation(
            int oid, String name, Kind kind, Set<Integer> bases, Set<Integer> kin, String... columns) {
        List<Column> all = IntStream.range(0, columns.length)
                .mapToObj(i -> new Column(i + 1, columns[i], 23))
                .toList();
        return new Relation(oid, "public", name, kind, all, bases, kin);
    }

    private static Map<String, Object> byText(String sql) {
        return StatementFacts.of(statement(sql), Optional.empty(), CATALOG, true);
    }

    private static Statement statement(String sql) {
        return SqlReader.read(sql, List.of()).statements().get(0);
    }

    private static Map<String, Object> told(String sql, Map<Integer, Use> uses, Integer... functions) {
        Meaning meaning = new Meaning(
                Meaning.Kind.SELECT,
                new Meaning.Changes(Set.of(), false),
                uses,
                Set.of(functions),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Meaning.Settings.NONE,
                List.of(),
                new Flow(List.of(), Map.of(), Map.of(), Set.of()));
        return StatementFacts.of(statement(sql), Optional.of(meaning), CATALOG, true);
    }

    private static Use reading(Integer... attributes) {
        return new Use(true, Set.of(attributes), Map.of());
    }

    private static List<String> names(Map<String, Object> facts, String which) {
        assertThat(facts).containsKey(which);
        return ((List<?>) facts.getOrDefault(which, List.of()))
                .stream().map(String::valueOf).toList();
    }

    @Test
    void whatTheServerHasToldIsNamedColumnByColumn() {
        Map<String, Object> facts = told("SELECT upper(email) FROM people", Map.of(PEOPLE, reading(2)), UPPER);

        assertThat(names(facts, "kinds")).containsExactly("SELECT");
        assertThat(names(facts, "relations")).containsExactly("public.people");
        assertThat(names(facts, "changed")).isEmpty();
        assertThat(names(facts, "columns")).containsExactly("public.people.email");
        assertThat(names(facts, "functions")).containsExactly("pg_catalog.upper");
        assertThat(facts).containsEntry("unbounded", false);
    }

    @Test
    void aWholeRowIsAllOfItsColumns() {
        assertThat(names(told("SELECT p FROM people p", Map.of(PEOPLE, reading(0))), "columns"))
                .containsExactly("public.people.email", "public.people.id");
    }

    @Test
    void whatIsChangedIsSaidWithItsColumns() {
        Use use = new Use(true, Set.of(1), Map.of(Meaning.Kind.UPDATE, Set.of(2)));
        Map<String, Object> facts = told("UPDATE people SET email = '' WHERE id = 1", Map.of(PEOPLE, use));

        assertThat(names(facts, "changed")).containsExactly("public.people");
        assertThat(names(facts, "columns")).containsExactly("public.people.email", "public.people.id");
    }

    @Test
    void behindAViewStandAllColumnsOfItsTables() {
        Map<String, Object> facts = told("SELECT id FROM shown", Map.of(VIEW, reading(1)));

        assertThat(names(facts, "relations")).containsExactly("public.orders", "public.shown");
        assertThat(names(facts, "columns"))
                .containsExactly("public.orders.id", "public.orders.total", "public.shown.id", "public.shown.total");
    }

    @Test
    void withAViewItIsOnlyNamedNothingIsReadOfIt() {
        assertThat(names(told("SELECT 1 FROM shown", Map.of(VIEW, reading())), "columns"))
                .isEmpty();
    }

    @Test
    void withATableGoItsPartitionsAndParents() {
        assertThat(names(told("SELECT id FROM child", Map.of(CHILD, reading(1))), "relations"))
                .containsExactly("public.child", "public.parent");
        assertThat(names(told("SELECT id FROM parent", Map.of(PARENT, reading(1))), "columns"))
                .containsExactly("public.child.id", "public.parent.id");
    }

    @Test
    void whatTheSnapshotDoesNotHaveNobodyKnows() {
        Map<String, Object> facts = told("SELECT 1 FROM gone", Map.of(99, reading(1)));
        assertThat(facts).doesNotContainKeys("relations", "changed", "columns");
        assertThat(names(facts, "functions")).isEmpty();

        Map<String, Object> calls = told("SELECT gone()", Map.of(), 98);
        assertThat(calls).doesNotContainKey("functions").containsKeys("relations", "columns");
    }

    @Test
    void byItsTextEachColumnOfARelationCounts() {
        Map<String, Object> facts = byText("SELECT id, upper('a') FROM orders");

        assertThat(names(facts, "relations")).containsExactly("public.orders");
        assertThat(names(facts, "columns")).containsExactly("public.orders.id", "public.orders.total");
        assertThat(names(facts, "functions")).containsExactly("pg_catalog.upper");
    }

    @Test
    void byItsTextANameWithoutASchemaMayBeInAny() {
        assertThat(names(byText("SELECT elsewhere(1)"), "functions")).contains("public.elsewhere");
        assertThat(names(byText("SELECT own(1)"), "functions")).containsExactly("public.own");
        assertThat(names(byText("SELECT other.own(1)"), "functions")).containsExactly("other.own");
        assertThat(names(byText("SELECT o.own FROM orders o"), "functions")).containsExactly("public.own");
    }

    @Test
    void byItsTextWhatIsChangedIsTold() {
        assertThat(names(byText("DELETE FROM orders"), "changed")).containsExactly("public.orders");
        assertThat(byText("DELETE FROM orders")).containsEntry("unbounded", true);
        assertThat(byText("DELETE FROM orders WHERE id = 1")).containsEntry("unbounded", false);
        assertThat(names(byText("INSERT INTO orders SELECT id, id FROM people"), "changed"))
                .containsExactly("public.orders");
        assertThat(names(byText("INSERT INTO orders SELECT id, id FROM people"), "relations"))
                .containsExactly("public.orders", "public.people");
    }

    @Test
    void copyAndTruncateAndLockNameTheirTables() {
        assertThat(names(byText("COPY orders FROM STDIN"), "changed")).containsExactly("public.orders");
        assertThat(names(byText("COPY orders TO STDOUT"), "changed")).isEmpty();
        assertThat(names(byText("COPY orders TO STDOUT"), "relations")).containsExactly("public.orders");
        assertThat(names(byText("TRUNCATE orders, people"), "changed"))
                .containsExactly("public.orders", "public.people");
        assertThat(names(byText("LOCK TABLE people"), "changed")).isEmpty();
        assertThat(names(byText("LOCK TABLE people"), "relations")).containsExactly("public.people");
    }

    @Test
    void aDefinitionReadsAndDefines() {
        Map<String, Object> facts = byText("CREATE VIEW public.v AS SELECT upper(email) FROM people");

        assertThat(names(facts, "changed")).contains("public.v").doesNotContain("public.people");
        assertThat(names(facts, "relations")).contains("public.v", "public.people");
    }

    @Test
    void whatIsMadeOfAQueryHasTheQuerysFactsAndItsOwn() {
        Map<String, Object> facts =
                told("CREATE TABLE public.copy AS SELECT email FROM people", Map.of(PEOPLE, reading(2)));

        assertThat(names(facts, "changed")).containsExactly("public.copy");
        assertThat(names(facts, "columns")).containsExactly("public.people.email");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN", "SHOW timezone", "SET timezone = 'UTC'", "FETCH c", "CLOSE c"})
    void whatNamesNothingIsKnownToNameNothing(String sql) {
        Map<String, Object> facts = byText(sql);

        for (String of : StatementFacts.OF_NAMES) {
            assertThat(names(facts, of)).as(of).isEmpty();
        }
        assertThat(StatementFacts.of(statement(sql), Optional.empty(), CATALOG, false))
                .isEqualTo(facts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DO 'begin end'", "CALL own()", "LISTEN orders"})
    void ofWhatCannotBeReadNobodyKnowsAnything(String sql) {
        assertThat(byText(sql)).containsOnlyKeys("kinds", "unbounded");
    }

    @Test
    void behindDefinitionsThatNobodyElseSeesNobodyKnowsAnything() {
        Statement statement = statement("SELECT id FROM orders");

        assertThat(StatementFacts.of(statement, Optional.empty(), CATALOG, false))
                .containsOnlyKeys("kinds", "unbounded");
    }
}
