package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Function;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Relation.Column;
import org.sallyport.catalog.Type;
import org.sallyport.meaning.Flow;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Meaning.Use;
import org.sallyport.sql.Execution;
import org.sallyport.sql.SqlReader;
import org.sallyport.sql.Statement;

/** On a snapshot made by hand; {@code RightsTest} asks real servers. */
class GrantsTest {
    private static final int CUSTOMERS = 101;
    private static final int SHOWN = 102;
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int MOOD = 30_001;

    private static final Permission READ = may(Right.READ, "*");

    private final List<String> traced = new ArrayList<>();
    private Grants grants;

    @BeforeEach
    void begin() {
        grants = grants(READ);
    }

    private static Permission may(Right right, String name, String... columns) {
        return new Permission(right, new RelationPattern("public", name, Set.of(columns)), Set.of());
    }

    private Grants grants(Permission... may) {
        return grants(catalog("pg_catalog", "public"), may);
    }

    private Grants grants(Catalog catalog, Permission... may) {
        Role role = new Role(
                "r",
                Set.of("g"),
                Set.of("shop"),
                Optional.empty(),
                List.of(may),
                List.of(),
                Optional.empty(),
                Map.of(),
                false,
                false,
                false);
        return new Grants(
                new Access("shop", List.of(role), false), catalog, (rule, said) -> traced.add(rule + " " + said));
    }

    private static Catalog catalog(String... path) {
        return new Catalog(
                1,
                List.of(path),
                List.of(
                        new Relation(
                                CUSTOMERS,
                                "public",
                                "customers",
                                Relation.Kind.TABLE,
                                List.of(new Column(1, "id", INT4), new Column(2, "name", TEXT)),
                                Set.of(),
                                Set.of()),
                        new Relation(
                                SHOWN,
                                "public",
                                "shown",
                                Relation.Kind.VIEW,
                                List.of(new Column(1, "id", INT4)),
                                Set.of(CUSTOMERS),
                                Set.of())),
                List.of(new Function(871, "pg_catalog", "upper")),
                List.of(new Type(INT4, "pg_catalog", "int4", 0, false), new Type(MOOD, "public", "mood", 0, false)));
    }

    private static Statement statement(String sql) {
        return SqlReader.read(sql, List.of()).statements().get(0);
    }

    private static Statement execution(String execute, String prepare) {
        return Execution.of(SqlReader.read(execute, List.of()), SqlReader.read(prepare, List.of()))
                .statements()
                .get(0);
    }

    private static Meaning reading(Set<Integer> columns, Integer... inputs) {
        return new Meaning(
                Meaning.Kind.SELECT,
                new Meaning.Changes(Set.of(), false),
                Map.of(CUSTOMERS, new Use(true, columns, Map.of())),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(inputs),
                Meaning.Settings.NONE,
                List.of(),
                new Flow(List.of(), Map.of(), Map.of(), Set.of()));
    }

    private Optional<Ruling.Deny> refusal(String sql) {
        return grants.refusal(statement(sql));
    }

    /** Who gives locks back in a view, a default or a check gives back those of whoever comes by. */
    @Test
    void locksAreGivenBackByASelectOnly() {
        grants = grants(READ, may(Right.DEFINE, "*"));

        assertThat(refusal("SELECT pg_advisory_unlock_all()")).isEmpty();
        assertThat(refusal("SELECT pg_advisory_unlock(1)")).isPresent();
        assertThat(refusal("SELECT public.pg_advisory_unlock_all()")).isPresent();
        assertThat(refusal("CREATE VIEW v AS SELECT pg_advisory_unlock_all()")).isPresent();
        assertThat(refusal("ALTER TABLE customers ADD CHECK (pg_advisory_unlock_all() IS NULL)"))
                .isPresent();
    }

    /** Whoever sees it did not choose the table: a driver did. */
    @Test
    void whoAsksTheCatalogIsToldWhatGivesIt() {
        assertThat(refusal("SELECT oid FROM pg_catalog.pg_type")
                        .orElseThrow()
                        .refusal()
                        .hint())
                .hasValueSatisfying(hint -> assertThat(hint).contains("`catalog: true`"));
        assertThat(refusal("SELECT * FROM pg_catalog.pg_authid")
                        .orElseThrow()
                        .refusal()
                        .hint())
                .hasValueSatisfying(hint -> assertThat(hint).doesNotContain("catalog"));
    }

    @Test
    void namesTheRolesThatGaveSomething() {
        assertThat(grants.granting()).isEmpty();

        assertThat(grants.refusal(statement("SELECT id FROM customers"))).isEmpty();

        assertThat(grants.granting()).containsExactly("r");
        assertThat(traced).contains("r gives read on public.customers");
    }

    @Test
    void whatNoRoleGivesIsRefused() {
        assertThat(grants.refusal(statement("DELETE FROM customers"))).isPresent();
        assertThat(grants.refusal(statement("SELECT id FROM elsewhere.customers")))
                .isPresent();
        assertThat(grants(may(Right.CHANGE, "customers")).refusal(statement("SELECT id FROM customers")))
                .isPresent();
    }

    @Test
    void knowsThatSomeColumnsWereAllThatWasGiven() {
        assertThat(grants.refusal(statement("SELECT id FROM customers"), reading(Set.of(1))))
                .isEmpty();
        assertThat(grants.partly()).isFalse();

        Grants some = grants(may(Right.READ, "customers", "id"));
        assertThat(some.refusal(statement("SELECT id FROM customers"), reading(Set.of(1))))
                .isEmpty();
        assertThat(some.partly()).isTrue();
        assertThat(some.refusal(statement("SELECT name FROM customers"), reading(Set.of(2))))
                .isPresent();
    }

    @Test
    void onceSomeColumnsWereAllThatStaysSo() {
        Grants some = grants(may(Right.READ, "customers", "id"), may(Right.READ, "shown"));
        assertThat(some.refusal(statement("SELECT id FROM customers"), reading(Set.of(1))))
                .isEmpty();

        Meaning nothing = new Meaning(
                Meaning.Kind.SELECT,
                new Meaning.Changes(Set.of(), false),
                Map.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Meaning.Settings.NONE,
                List.of(),
                new Flow(List.of(), Map.of(), Map.of(), Set.of()));
        assertThat(some.refusal(statement("SELECT 1"), nothing)).isEmpty();

        assertThat(some.partly()).isTrue();
    }

    @Test
    void copyNeedsAllColumns() {
        Statement copy = statement("COPY (SELECT id FROM customers) TO STDOUT");

        assertThat(grants.refusal(copy, reading(Set.of(1)))).isEmpty();
        assertThat(grants(may(Right.READ, "customers", "id")).refusal(copy, reading(Set.of(1))))
                .isPresent();
    }

    @Test
    void whatIsAroundAQueryNeedsItsOwnRight() {
        Statement made = statement("CREATE TABLE public.made AS SELECT id FROM customers");

        assertThat(grants.refusal(made, reading(Set.of(1)))).isPresent();
        assertThat(grants(READ, may(Right.DEFINE, "*")).refusal(made, reading(Set.of(1))))
                .isEmpty();
    }

    @Test
    void aViewIsRefusedWhereWhatItShowsIsMoreThanItsMakerMayRead() {
        Statement view = statement("CREATE VIEW public.v AS SELECT id FROM customers");

        assertThat(grants(may(Right.DEFINE, "*")).refusal(view, reading(Set.of(1))))
                .isPresent();
        assertThat(grants(may(Right.DEFINE, "*")).refusal(view)).isPresent();
    }

    @Test
    void anExecutesNumberIsNoValueOfSomebodysType() {
        Statement number = execution("EXECUTE p (1)", "PREPARE p (int) AS SELECT id FROM customers WHERE id = $1");
        Statement text = execution("EXECUTE p ('1')", "PREPARE p (int) AS SELECT id FROM customers WHERE id = $1");

        assertThat(grants.refusal(number, reading(Set.of(1), INT4))).isEmpty();
        assertThat(grants.refusal(number, reading(Set.of(1), MOOD))).isPresent();
        assertThat(grants.refusal(number, reading(Set.of(1), INT4, 0))).isPresent();
        assertThat(grants.refusal(text, reading(Set.of(1), MOOD))).isEmpty();
        // By its text nobody knows what type it has.
        assertThat(grants.refusal(number)).isPresent();
        assertThat(grants.refusal(text)).isEmpty();
    }

    @Test
    void operatorsAreTheServersOwnWhereItsSchemaIsLookedIntoFirst() {
        assertThat(grants.refusal(statement("SELECT id FROM customers WHERE id = 1")))
                .isEmpty();
        assertThat(grants.refusal(statement("SELECT id FROM customers WHERE id ==> 1")))
                .isPresent();
        Catalog hijacked = catalog("public", "pg_catalog");
        assertThat(grants(hijacked, READ).refusal(statement("SELECT id FROM customers WHERE id = 1")))
                .isPresent();
        assertThat(grants(hijacked, READ).refusal(statement("SELECT id FROM customers")))
                .isEmpty();
    }

    @Test
    void ofDefinitionsOnlyTheOperatorsSchemaCounts() {
        Statement made = statement("CREATE TABLE public.t (id int CHECK (id = 1))");

        assertThat(grants(may(Right.DEFINE, "*")).refusal(made)).isEmpty();
        assertThat(grants(catalog("public", "pg_catalog"), may(Right.DEFINE, "*"))
                        .refusal(made))
                .isPresent();
    }

    @Test
    void whatCascadesToNothingReliesOnNothing() {
        Grants defining = grants(may(Right.DEFINE, "*"));

        assertThat(defining.reliesOnSnapshot(statement("SELECT id FROM customers")))
                .isFalse();
        assertThat(defining.reliesOnSnapshot(statement("DROP TABLE public.customers CASCADE")))
                .isFalse();
    }
}
