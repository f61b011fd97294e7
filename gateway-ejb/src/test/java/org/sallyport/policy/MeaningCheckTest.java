package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Function;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Relation.Column;
import org.sallyport.catalog.Type;
import org.sallyport.meaning.Flow;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Meaning.Kind;
import org.sallyport.meaning.Meaning.Use;

/** By what a server might say; that servers do say so is in {@code ReaderTest} and {@code RecordedTreesTest}. */
class MeaningCheckTest {
    private static final int CUSTOMERS = 101;
    private static final int SECRET = 102;
    private static final int PG_CLASS = 1259;
    private static final int INT4 = 23;
    private static final int INT4_ARRAY = 1007;
    private static final int REGCLASS = 2205;
    private static final int REGCLASS_ARRAY = 2210;
    private static final int MOOD = 30_001;
    private static final int POSITIVE = 30_002;
    private static final int UPPER = 871;
    private static final int NEXTVAL = 1574;
    private static final int FORMAT_TYPE = 1081;
    private static final int OWN = 20_001;

    private static final Catalog CATALOG = new Catalog(
            1,
            List.of("pg_catalog", "public"),
            List.of(
                    table(
                            CUSTOMERS,
                            "public",
                            "customers",
                            new Column(1, "id", INT4),
                            new Column(2, "name", 25),
                            new Column(3, "ssn", MOOD)),
                    table(SECRET, "hidden", "secret", new Column(1, "value", 25)),
                    table(PG_CLASS, "pg_catalog", "pg_class", new Column(1, "oid", 26))),
            List.of(
                    new Function(UPPER, "pg_catalog", "upper"),
                    new Function(NEXTVAL, "pg_catalog", "nextval"),
                    new Function(FORMAT_TYPE, "pg_catalog", "format_type"),
                    new Function(OWN, "public", "upper")),
            List.of(
                    new Type(INT4, "pg_catalog", "int4", 0, false),
                    new Type(INT4_ARRAY, "pg_catalog", "_int4", INT4, false),
                    new Type(REGCLASS, "pg_catalog", "regclass", 0, false),
                    new Type(REGCLASS_ARRAY, "pg_catalog", "_regclass", REGCLASS, false),
                    new Type(MOOD, "public", "mood", 0, false),
                    new Type(POSITIVE, "public", "positive", 0, false)));

    private final List<String> granting = new ArrayList<>();
    private boolean partly;

    private static Relation table(int oid, String schema, String name, Column... columns) {
        return new Relation(oid, schema, name, Relation.Kind.TABLE, List.of(columns), Set.of(), Set.of());
    }

    private static Role role(boolean catalog, Permission... may) {
        return new Role(
                "r",
                Set.of("g"),
                Set.of("shop"),
                Optional.empty(),
                List.of(may),
                List.of(),
                Optional.empty(),
                Map.of(),
                catalog,
                false,
                false);
    }

    private static Permission may(Right right, String schema, String name, String... columns) {
        return new Permission(right, new RelationPattern(schema, name, Set.of(columns)), Set.of());
    }

    private static final Permission READ = may(Right.READ, "public", "*");

    private static Use reads(Integer... columns) {
        return new Use(true, Set.of(columns), Map.of());
    }

    private static Use changes(Kind kind, Integer... columns) {
        return new Use(false, Set.of(), Map.of(kind, Set.of(columns)));
    }

    /** The refusal's words; nothing where it is permitted. */
    private String check(Role role, Meaning meaning) {
        granting.clear();
        MeaningCheck check = new MeaningCheck(
                new Access("shop", List.of(role), false),
                CATALOG,
                meaning.kind().name(),
                (grantor, what) -> granting.add(grantor.name() + " " + what));
        Optional<Ruling.Deny> refusal = check.refusal(meaning);
        partly = check.isPartly();
        return refusal.map(deny -> deny.rule() + ": " + deny.refusal().message() + ": "
                        + deny.refusal().detail().orElse(""))
                .orElse("");
    }

    private String use(Role role, int relation, Use use) {
        Kind kind = use.changes().keySet().stream().findFirst().orElse(Kind.SELECT);
        return check(role, meaning(kind, Map.of(relation, use), Set.of(), Set.of(), Set.of(), Set.of()));
    }

    private static Meaning meaning(
            Kind kind,
            Map<Integer, Use> uses,
            Set<Integer> functions,
            Set<Integer> types,
            Set<Integer> casts,
            Set<Integer> inputs) {
        return new Meaning(
                kind,
                new Meaning.Changes(Set.of(kind), false),
                uses,
                functions,
                Set.of(96),
                types,
                casts,
                inputs,
                Meaning.Settings.NONE,
                List.of(),
                new Flow(List.of(), Map.of(), Map.of(), Set.of()));
    }

    @Test
    void aWholeTableIsReadWithoutAskingForColumns() {
        assertThat(use(role(false, READ), CUSTOMERS, reads(0, 1, 3, -6))).isEmpty();
        assertThat(granting).containsExactly("r read on public.customers");
        assertThat(partly).isFalse();
        assertThat(use(role(false, READ), SECRET, reads(1))).contains("may not read table hidden.secret");
        assertThat(use(role(false, READ), 999, reads(1))).contains("not known yet");
    }

    @Test
    void someOfItsColumnsAreReadOneByOne() {
        Role some = role(false, may(Right.READ, "public", "customers", "id", "name"));

        assertThat(use(some, CUSTOMERS, reads(1, 2))).isEmpty();
        assertThat(granting).containsExactly("r read on public.customers(id)", "r read on public.customers(name)");
        assertThat(partly).isTrue();
        assertThat(use(some, CUSTOMERS, reads(1, 3))).contains("may not read column ssn of table public.customers");
        assertThat(use(some, CUSTOMERS, reads(0))).contains("may not read table public.customers");
        assertThat(use(some, CUSTOMERS, reads(-6))).contains("may not read table public.customers");
        assertThat(use(some, CUSTOMERS, reads())).isEmpty();
        assertThat(granting).containsExactly("r read on public.customers");
        assertThat(use(some, SECRET, reads(1)))
                .contains("may not read table hidden.secret")
                .doesNotContain("value");
    }

    @Test
    void changesAskForTheRightToTheirKindAndColumns() {
        Role writes = role(
                false, new Permission(Right.CHANGE, new RelationPattern("public", "*", Set.of()), Set.of("UPDATE")));
        Role writesNames = role(false, may(Right.CHANGE, "public", "customers", "name"));

        assertThat(use(writes, CUSTOMERS, changes(Kind.UPDATE, 2))).isEmpty();
        assertThat(granting).containsExactly("r change on public.customers");
        assertThat(use(writes, CUSTOMERS, changes(Kind.DELETE, 0))).contains("may not change table public.customers");
        assertThat(use(writes, CUSTOMERS, new Use(true, Set.of(1), Map.of(Kind.UPDATE, Set.of(2)))))
                .contains("may not read table public.customers");
        assertThat(use(writesNames, CUSTOMERS, changes(Kind.UPDATE, 2))).isEmpty();
        assertThat(partly).isTrue();
        assertThat(use(writesNames, CUSTOMERS, changes(Kind.UPDATE, 1))).contains("may not change column id");
        assertThat(use(writesNames, CUSTOMERS, changes(Kind.DELETE, 0))).contains("may not change table");
        assertThat(use(role(false, READ), CUSTOMERS, changes(Kind.INSERT, 1))).contains("may not change table");
    }

    @Test
    void whatIsNeitherReadNorChangedIsRead() {
        Use named = new Use(false, Set.of(), Map.of());

        assertThat(use(role(false, READ), CUSTOMERS, named)).isEmpty();
        assertThat(use(role(false, READ), SECRET, named)).contains("may not read table hidden.secret");
    }

    @Test
    void theCatalogIsForWhoMayReadWhatDescribesTheDatabase() {
        assertThat(use(role(true), PG_CLASS, reads(1))).isEmpty();
        assertThat(granting).containsExactly("r the catalog: pg_catalog.pg_class");
        assertThat(use(role(false, READ), PG_CLASS, reads(1))).contains("may not read table pg_catalog.pg_class");
        assertThat(use(role(true), PG_CLASS, changes(Kind.UPDATE, 1))).contains("may not change table");
        assertThat(use(role(true), CUSTOMERS, reads(1))).contains("may not read table public.customers");
    }

    private String calls(Role role, Kind kind, int function) {
        Map<Integer, Use> uses = kind == Kind.SELECT ? Map.of() : Map.of(CUSTOMERS, changes(kind, 1));
        return check(role, meaning(kind, uses, Set.of(function), Set.of(), Set.of(), Set.of()));
    }

    @Test
    void functionsAreReviewedOrGiven() {
        Role caller = role(false, may(Right.CALL, "public", "upper"), may(Right.CHANGE, "public", "*"));

        assertThat(calls(caller, Kind.SELECT, UPPER)).isEmpty();
        assertThat(granting).isEmpty();
        assertThat(calls(caller, Kind.SELECT, OWN)).isEmpty();
        assertThat(granting).containsExactly("r call of public.upper");
        assertThat(calls(role(false, READ), Kind.SELECT, OWN))
                .startsWith("reviewed functions")
                .contains("public.upper");
        assertThat(calls(caller, Kind.SELECT, 77))
                .startsWith("reviewed functions")
                .contains("77");
        assertThat(calls(caller, Kind.SELECT, NEXTVAL)).contains("nextval");
        assertThat(calls(caller, Kind.INSERT, NEXTVAL)).isEmpty();
        assertThat(calls(caller, Kind.SELECT, FORMAT_TYPE)).contains("format_type");
        assertThat(calls(role(true), Kind.SELECT, FORMAT_TYPE)).isEmpty();
    }

    @Test
    void anOperatorOfSomebodysIsAFunctionOfSomebodys() {
        Meaning sorts = new Meaning(
                Kind.SELECT,
                new Meaning.Changes(Set.of(), false),
                Map.of(),
                Set.of(),
                Set.of(16_384),
                Set.of(),
                Set.of(),
                Set.of(),
                Meaning.Settings.NONE,
                List.of(),
                new Flow(List.of(), Map.of(), Map.of(), Set.of()));

        assertThat(check(role(false, READ), sorts))
                .startsWith("reviewed functions")
                .contains("of operator 16384");
    }

    private String types(Role role, Set<Integer> types, Set<Integer> casts, Set<Integer> inputs) {
        return check(role, meaning(Kind.SELECT, Map.of(CUSTOMERS, reads(1)), Set.of(), types, casts, inputs));
    }

    @Test
    void textBecomesReviewedTypesOnly() {
        Role reader = role(false, READ);
        Role describer = role(true, READ);

        assertThat(types(reader, Set.of(INT4, INT4_ARRAY), Set.of(INT4), Set.of(INT4, INT4_ARRAY)))
                .isEmpty();
        assertThat(types(reader, Set.of(REGCLASS), Set.of(), Set.of())).isEmpty();
        assertThat(types(reader, Set.of(REGCLASS), Set.of(REGCLASS), Set.of()))
                .startsWith("reviewed types")
                .contains("pg_catalog.regclass");
        assertThat(types(reader, Set.of(REGCLASS), Set.of(), Set.of(REGCLASS))).startsWith("reviewed types");
        assertThat(types(reader, Set.of(REGCLASS_ARRAY), Set.of(), Set.of(REGCLASS_ARRAY)))
                .startsWith("reviewed types");
        assertThat(types(describer, Set.of(REGCLASS, REGCLASS_ARRAY), Set.of(), Set.of(REGCLASS, REGCLASS_ARRAY)))
                .isEmpty();
        assertThat(types(reader, Set.of(78), Set.of(78), Set.of())).contains("78");
    }

    @Test
    void aTypeOfSomebodysIsHarmlessAsAColumnsAndNoOtherwise() {
        Role reader = role(false, READ);

        assertThat(types(reader, Set.of(MOOD), Set.of(), Set.of(MOOD))).isEmpty();
        assertThat(types(reader, Set.of(MOOD), Set.of(MOOD), Set.of())).contains("public.mood");
        assertThat(types(reader, Set.of(POSITIVE), Set.of(), Set.of())).contains("public.positive");
        assertThat(types(reader, Set.of(30_009), Set.of(), Set.of())).contains("30009");
    }
}
