package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogObject;
import org.sallyport.catalog.Dependencies;
import org.sallyport.catalog.Function;
import org.sallyport.catalog.Reach;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Relation.Kind;
import org.sallyport.catalog.Type;
import org.sallyport.sql.SqlReader;
import org.sallyport.sql.Statement;

/** On a snapshot made by hand; that real servers do the same is in {@code MigrationsTest} and {@code DependenciesTest}. */
class ConsequencesTest {
    private static final int CUSTOMERS = 1;
    private static final int ORDERS = 2;
    private static final int ORDERS_I = 3;
    private static final int VIEW = 4;
    private static final int PARENT = 5;
    private static final int CHILD = 6;
    private static final int CALLING = 7;
    private static final int FEELING = 8;
    private static final int HIDDEN = 9;
    private static final int SHOWN = 10;
    private static final int LINES = 11;
    private static final int F = 20_001;
    private static final int HIDDEN_F = 20_002;
    private static final int MOOD = 30_001;
    private static final int OF_HIDDEN_TYPE = 30_002;
    private static final int HIDDEN_TYPE = 30_003;
    private static final int SEARCHED = 30_004;
    private static final int CAST = 30_005;

    private static final Catalog CATALOG = catalog();

    private static Catalog catalog() {
        CatalogObject key = new CatalogObject(2606, 77, 0);
        CatalogObject cast = new CatalogObject(2605, 78, 0);
        CatalogObject configuration = new CatalogObject(3602, 79, 0);
        CatalogObject publicSchema = new CatalogObject(2615, 2200, 0);
        CatalogObject hiddenSchema = new CatalogObject(2615, 2201, 0);
        Dependencies dependencies = new Dependencies(
                Map.of(
                        CatalogObject.relation(CUSTOMERS),
                        Set.of(CatalogObject.relation(VIEW), key),
                        CatalogObject.relation(SHOWN),
                        Set.of(CatalogObject.relation(HIDDEN)),
                        CatalogObject.function(F),
                        Set.of(CatalogObject.relation(CALLING), CatalogObject.function(HIDDEN_F)),
                        CatalogObject.type(MOOD),
                        Set.of(new CatalogObject(1259, FEELING, 2)),
                        CatalogObject.type(OF_HIDDEN_TYPE),
                        Set.of(CatalogObject.type(HIDDEN_TYPE)),
                        CatalogObject.type(SEARCHED),
                        Set.of(configuration),
                        CatalogObject.type(CAST),
                        Set.of(cast),
                        publicSchema,
                        Set.of(CatalogObject.relation(CUSTOMERS))),
                Map.of(
                        key,
                        CatalogObject.relation(ORDERS),
                        CatalogObject.relation(ORDERS_I),
                        CatalogObject.relation(ORDERS)),
                Map.of("public", publicSchema, "hidden", hiddenSchema),
                Map.of(configuration, "hidden"),
                Map.of(PARENT, Set.of(CHILD)),
                Map.of(CUSTOMERS, Set.of(ORDERS), ORDERS, Set.of(LINES)));
        List<Relation> relations = List.of(
                relation(CUSTOMERS, "public", "customers", Kind.TABLE),
                relation(ORDERS, "public", "orders", Kind.TABLE),
                relation(LINES, "hidden", "lines", Kind.TABLE),
                relation(ORDERS_I, "public", "orders_i", Kind.INDEX),
                relation(VIEW, "public", "view", Kind.VIEW),
                relation(PARENT, "public", "parent", Kind.TABLE),
                relation(CHILD, "hidden", "child", Kind.TABLE),
                relation(CALLING, "public", "calling", Kind.VIEW),
                relation(FEELING, "public", "feeling", Kind.TABLE),
                relation(SHOWN, "public", "shown", Kind.TABLE),
                relation(HIDDEN, "hidden", "of_shown", Kind.VIEW));
        return new Catalog(
                1,
                List.of("pg_catalog", "public"),
                relations,
                List.of(new Function(F, "public", "f"), new Function(HIDDEN_F, "hidden", "g")),
                List.of(
                        new Type(MOOD, "public", "mood", 0, false),
                        new Type(OF_HIDDEN_TYPE, "public", "outer_type", 0, false),
                        new Type(HIDDEN_TYPE, "hidden", "inner_type", 0, false),
                        new Type(SEARCHED, "public", "searched", 0, false),
                        new Type(CAST, "public", "casted", 0, false)),
                dependencies);
    }

    private static Relation relation(int oid, String schema, String name, Kind kind) {
        return new Relation(oid, schema, name, kind, List.of(), Set.of(), Set.of());
    }

    private static Statement statement(String sql) {
        return SqlReader.read(sql, List.of()).statements().get(0);
    }

    private static Consequences of(String sql) {
        return Consequences.of(statement(sql).reading(), CATALOG);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drop table customers cascade | orders view | true",
                "drop table customers | '' | true",
                "drop index orders_i | orders | true",
                "drop index orders_i cascade | orders | true",
                "alter table parent add column a int | child | true",
                "drop table customers, nobody cascade | orders view | false",
                "drop function f cascade | calling | true",
                "drop function nobody cascade | '' | false",
                "drop type mood cascade | feeling | true",
                "drop type public.mood cascade | feeling | true",
                "drop type hidden.mood cascade | '' | false",
                "drop schema public cascade | customers orders view | true",
                "drop schema nobody cascade | '' | false",
                "truncate customers cascade | orders lines | true",
                "truncate orders cascade | lines | true",
                "truncate customers | '' | true",
                "truncate nobody cascade | '' | false",
                "select * from customers | '' | true",
                "create view w as select * from customers | '' | true",
            })
    void reachesWhatDependsOnItWithCascade(String sql, String reached, boolean known) {
        Consequences consequences = of(sql);

        assertThat(consequences.relations(CATALOG).map(Relation::name).collect(Collectors.toSet()))
                .isEqualTo(reached.isEmpty() ? Set.of() : Set.of(reached.split(" ")));
        assertThat(consequences.known()).isEqualTo(known);
    }

    @Test
    void cascadesWhereTheWordIsThere() {
        assertThat(Consequences.cascades(
                        statement("drop table customers cascade").reading()))
                .isTrue();
        assertThat(Consequences.cascades(statement("drop table customers").reading()))
                .isFalse();
        assertThat(Consequences.cascades(statement("truncate customers cascade").reading()))
                .isTrue();
        assertThat(Consequences.cascades(statement("truncate customers").reading()))
                .isFalse();
        assertThat(Consequences.cascades(statement("select 1").reading())).isFalse();
    }

    @Test
    void reachesAtMostWhatDependsOnAnythingThatMayBeDefined() {
        Reach reach =
                Consequences.atMost(CATALOG, name -> name.schema().orElse("").equals("public"));

        assertThat(reach.relations()).contains(HIDDEN).doesNotContain(CHILD);
        assertThat(reach.functions()).containsExactly(HIDDEN_F);
        assertThat(reach.types()).contains(HIDDEN_TYPE);
        assertThat(reach.schemas()).containsExactly("hidden");
        assertThat(reach.opaque()).isTrue();
        assertThat(Consequences.atMost(CATALOG, name -> name.name().equals("f")).relations())
                .containsExactly(CALLING);
        assertThat(Consequences.atMost(CATALOG, name -> name.name().equals("mood"))
                        .relations())
                .containsExactly(FEELING);
    }

    @Test
    void relationsAtMostAreThoseThatAreDroppedOrEmptiedFromOneOfSome() {
        assertThat(Consequences.relationsAtMost(CATALOG, relation -> relation.oid() == CUSTOMERS)
                        .map(Relation::oid))
                .containsExactlyInAnyOrder(VIEW, ORDERS, LINES);
        assertThat(Consequences.relationsAtMost(CATALOG, relation -> relation.oid() == ORDERS)
                        .map(Relation::oid))
                .containsExactly(LINES);
        assertThat(Consequences.relationsAtMost(CATALOG, relation -> false)).isEmpty();
    }

    private final List<String> granting = new ArrayList<>();

    /** What somebody is told who may define and change what is in the schema public, and no more. */
    private String refusal(String sql) {
        granting.clear();
        List<Permission> may = List.of(
                new Permission(Right.DEFINE, new RelationPattern("public", "*", Set.of()), Set.of()),
                new Permission(Right.CHANGE, new RelationPattern("public", "*", Set.of()), Set.of()));
        Role role = new Role(
                "r",
                Set.of("g"),
                Set.of("shop"),
                Optional.empty(),
                may,
                List.of(),
                Optional.empty(),
                Map.of(),
                false,
                false,
                false);
        Grants grants =
                new Grants(new Access("shop", List.of(role), false), CATALOG, (rule, said) -> granting.add(said));
        return grants.refusal(statement(sql))
                .map(deny -> deny.refusal().message() + "; "
                        + deny.refusal().detail().orElse(""))
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drop table customers cascade | ''",
                "drop table shown cascade | may not define table hidden.of_shown",
                "drop table shown | ''",
                "alter table parent add column a int | may not define table hidden.child",
                "truncate customers | ''",
                "truncate customers cascade | may not change table hidden.lines",
                "truncate nobody cascade | may not change table hidden.lines",
                "drop function f cascade | may not define function hidden.g",
                "drop function f | ''",
                "drop function hidden.g | may not define function hidden.g",
                "drop type mood cascade | ''",
                "drop type outer_type cascade | may not define type hidden.inner_type",
                "drop type searched cascade | may not define schema hidden",
                "drop type casted cascade | what CASCADE would drop is not known",
                "drop type casted | ''",
                "drop table nobody cascade | what CASCADE would drop is not known",
                "drop schema public cascade | ''",
                "drop schema hidden cascade | may not define schema hidden",
                "create type pg_temp.t as enum ('a') | may not define type pg_temp.t",
            })
    void refusesWhatReachesBeyondTheRoles(String sql, String words) {
        assertThat(refusal(sql)).contains(words);
        if (words.isEmpty()) {
            assertThat(refusal(sql)).isEmpty();
        }
    }

    @Test
    void saysWhatGaveTheRight() {
        refusal("drop type mood");
        assertThat(granting).contains("gives define on public.mood");
        refusal("drop schema public");
        assertThat(granting).contains("gives define on schema public");
        refusal("drop table customers");
        assertThat(granting).contains("gives define on public.customers");
    }
}
