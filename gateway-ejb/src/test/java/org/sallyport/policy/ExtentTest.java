package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogObject;
import org.sallyport.catalog.Dependencies;
import org.sallyport.catalog.Function;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Relation.Kind;
import org.sallyport.catalog.Ties;
import org.sallyport.catalog.Ties.ForeignKey;
import org.sallyport.meaning.Flow;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Meaning.Use;
import org.sallyport.sql.SqlReader;

/** On a snapshot made by hand; what real servers lock is in {@code ReachTest}. */
class ExtentTest {
    static final int ARTICLES = 1;
    private static final int PRICES = 2;
    private static final int REBATES = 3;
    static final int ARTICLES_I = 4;
    static final int NUMBERS = 5;
    static final int VIEW = 6;
    static final int PARENT = 7;
    private static final int CHILD = 8;
    static final int GUARDED = 9;
    static final int FOREIGN = 10;
    private static final int TRIGGERED = 11;
    private static final int RULED = 12;
    private static final int CHECKED = 13;
    static final int INDEXED = 14;
    private static final int OPAQUE_VIEW = 15;
    private static final int NUMBERED = 16;
    private static final int DOMAINED = 17;
    private static final int SYSTEM_VIEW = 18;
    private static final int REFERRED = 19;
    private static final int SIBLING = 20;
    static final int UNKNOWN = 99;

    static final int UPPER = 871;
    private static final int NEXTVAL = 1574;
    private static final int VIEWDEF = 1641;
    private static final int FORMAT_TYPE = 1081;
    private static final int QUERY_TO_XML = 2924;
    static final int SOMEBODYS = 20_001;
    private static final int OF_SOMEBODYS = 20_002;
    private static final int DOMAIN = 30_001;
    private static final int NUMBERED_DOMAIN = 30_002;

    static final Catalog CATALOG = catalog();

    private static Catalog catalog() {
        Ties ties = new Ties(
                Map.of(GUARDED, Set.of(ARTICLES)),
                Map.of(ARTICLES, Set.of(NUMBERS), NUMBERED_DOMAIN, Set.of(NUMBERS)),
                Set.of(
                        new ForeignKey(PRICES, ARTICLES, true, false),
                        new ForeignKey(REBATES, PRICES, false, true),
                        new ForeignKey(ARTICLES, REFERRED, false, false)),
                Set.of(RULED),
                Set.of(TRIGGERED),
                Map.of(INDEXED, Set.of(SOMEBODYS), VIEW, Set.of(UPPER, NEXTVAL)),
                Map.of(CHECKED, Set.of(QUERY_TO_XML), ARTICLES, Set.of(NEXTVAL)),
                Set.of(DOMAIN));
        Dependencies dependencies = new Dependencies(
                Map.of(),
                Map.of(
                        CatalogObject.relation(ARTICLES_I),
                        CatalogObject.relation(ARTICLES),
                        new CatalogObject(2606, 77, 0),
                        CatalogObject.relation(ARTICLES)),
                Map.of(),
                Map.of(),
                Map.of(PARENT, Set.of(CHILD, SIBLING)),
                Map.of(),
                ties);
        List<Relation> relations = List.of(
                relation(ARTICLES, Kind.TABLE),
                relation(PRICES, Kind.TABLE),
                relation(REBATES, Kind.TABLE),
                relation(REFERRED, Kind.TABLE),
                relation(ARTICLES_I, Kind.INDEX),
                relation(NUMBERS, Kind.SEQUENCE),
                new Relation(VIEW, "public", "view", Kind.VIEW, List.of(), Set.of(ARTICLES), Set.of()),
                new Relation(PARENT, "public", "parent", Kind.TABLE, List.of(), Set.of(), Set.of(CHILD, SIBLING)),
                new Relation(CHILD, "public", "child", Kind.TABLE, List.of(), Set.of(), Set.of(PARENT)),
                new Relation(SIBLING, "public", "sibling", Kind.TABLE, List.of(), Set.of(), Set.of(PARENT)),
                relation(GUARDED, Kind.TABLE),
                relation(FOREIGN, Kind.FOREIGN_TABLE),
                relation(TRIGGERED, Kind.TABLE),
                new Relation(RULED, "public", "ruled", Kind.TABLE, List.of(), Set.of(ARTICLES), Set.of()),
                relation(CHECKED, Kind.TABLE),
                relation(INDEXED, Kind.TABLE),
                new Relation(OPAQUE_VIEW, "public", "v", Kind.VIEW, List.of(), Set.of(Relation.OPAQUE), Set.of()),
                new Relation(NUMBERED, "public", "n", Kind.TABLE, column(NUMBERED_DOMAIN), Set.of(), Set.of()),
                new Relation(DOMAINED, "public", "d", Kind.TABLE, column(DOMAIN), Set.of(), Set.of()),
                new Relation(SYSTEM_VIEW, "pg_catalog", "pg_views", Kind.VIEW, List.of(), Set.of(), Set.of()));
        List<Function> functions = List.of(
                new Function(UPPER, "pg_catalog", "upper"),
                new Function(NEXTVAL, "pg_catalog", "nextval"),
                new Function(VIEWDEF, "pg_catalog", "pg_get_viewdef"),
                new Function(FORMAT_TYPE, "pg_catalog", "format_type"),
                new Function(QUERY_TO_XML, "pg_catalog", "query_to_xml"),
                new Function(SOMEBODYS, "public", "upper"),
                new Function(OF_SOMEBODYS, "public", "nextval"));
        return new Catalog(1, List.of("pg_catalog", "public"), relations, functions, List.of(), dependencies);
    }

    private static Relation relation(int oid, Kind kind) {
        return new Relation(oid, "public", "r" + oid, kind, List.of(), Set.of(), Set.of());
    }

    private static List<Relation.Column> column(int type) {
        return List.of(new Relation.Column(1, "a", type));
    }

    static Meaning meaning(Map<Integer, Use> uses, Set<Integer> functions, Set<Integer> types) {
        return new Meaning(
                Meaning.Kind.SELECT,
                new Meaning.Changes(Set.of(), false),
                uses,
                functions,
                Set.of(96),
                types,
                Set.of(),
                Set.of(),
                Meaning.Settings.NONE,
                List.of(),
                new Flow(List.of(), Map.of(), Map.of(), Set.of()));
    }

    private static Extent reading(int relation) {
        return Extent.of(meaning(Map.of(relation, new Use(true, Set.of(), Map.of())), Set.of(), Set.of()), CATALOG);
    }

    private static Extent changing(int relation, Meaning.Kind kind) {
        Use use = new Use(false, Set.of(), Map.of(kind, Set.of(0)));
        return Extent.of(meaning(Map.of(relation, use), Set.of(), Set.of()), CATALOG);
    }

    private static Extent calling(int function) {
        return Extent.of(meaning(Map.of(), Set.of(function), Set.of(DOMAIN)), CATALOG);
    }

    private static Extent knowing(Integer... relations) {
        return new Extent(Set.of(relations), false);
    }

    @Test
    void readingReachesIndexesHeirsAncestorsAndWhatViewsAndPoliciesRead() {
        assertThat(reading(ARTICLES)).isEqualTo(knowing(ARTICLES, ARTICLES_I));
        assertThat(reading(PARENT)).isEqualTo(knowing(PARENT, CHILD, SIBLING));
        assertThat(reading(CHILD)).isEqualTo(knowing(PARENT, CHILD));
        assertThat(reading(VIEW)).isEqualTo(knowing(VIEW, ARTICLES, ARTICLES_I));
        assertThat(reading(GUARDED)).isEqualTo(knowing(GUARDED, ARTICLES, ARTICLES_I));
        assertThat(reading(RULED)).isEqualTo(knowing(RULED));
    }

    @Test
    void changingFollowsForeignKeysAsFarAsRowsCascade() {
        assertThat(changing(ARTICLES, Meaning.Kind.INSERT)).isEqualTo(knowing(ARTICLES, ARTICLES_I, NUMBERS, REFERRED));
        assertThat(changing(ARTICLES, Meaning.Kind.UPDATE))
                .isEqualTo(knowing(ARTICLES, ARTICLES_I, NUMBERS, REFERRED, PRICES));
        assertThat(changing(ARTICLES, Meaning.Kind.DELETE))
                .isEqualTo(knowing(ARTICLES, ARTICLES_I, NUMBERS, PRICES, REBATES));
        assertThat(changing(PRICES, Meaning.Kind.INSERT)).isEqualTo(knowing(PRICES, ARTICLES, ARTICLES_I));
        assertThat(changing(PRICES, Meaning.Kind.DELETE)).isEqualTo(knowing(PRICES, REBATES));
        assertThat(changing(REFERRED, Meaning.Kind.DELETE)).isEqualTo(knowing(REFERRED, ARTICLES, ARTICLES_I));
    }

    @Test
    void changingReachesHeirsAndWhatStandsBehindViewsAndRules() {
        assertThat(changing(PARENT, Meaning.Kind.INSERT)).isEqualTo(knowing(PARENT, CHILD, SIBLING));
        assertThat(changing(CHILD, Meaning.Kind.INSERT)).isEqualTo(knowing(PARENT, CHILD));
        assertThat(changing(VIEW, Meaning.Kind.INSERT))
                .isEqualTo(knowing(VIEW, ARTICLES, ARTICLES_I, NUMBERS, REFERRED));
        assertThat(changing(RULED, Meaning.Kind.INSERT))
                .isEqualTo(knowing(RULED, ARTICLES, ARTICLES_I, NUMBERS, REFERRED, PRICES, REBATES));
        assertThat(changing(NUMBERED, Meaning.Kind.INSERT)).isEqualTo(knowing(NUMBERED, NUMBERS));
        assertThat(changing(GUARDED, Meaning.Kind.DELETE)).isEqualTo(knowing(GUARDED, ARTICLES, ARTICLES_I));
    }

    @ParameterizedTest
    @ValueSource(ints = {FOREIGN, INDEXED, OPAQUE_VIEW, SYSTEM_VIEW, UNKNOWN})
    void readingItMayGoOnToWhatNobodyCanKnow(int relation) {
        assertThat(reading(relation).opaque()).isTrue();
        assertThat(changing(relation, Meaning.Kind.INSERT).opaque()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {TRIGGERED, CHECKED, DOMAINED})
    void changingItMayGoOnToWhatNobodyCanKnow(int relation) {
        assertThat(reading(relation).opaque()).isFalse();
        assertThat(changing(relation, Meaning.Kind.DELETE).opaque()).isTrue();
    }

    @Test
    void knowsWhatReviewedFunctionsTouchOnly() {
        assertThat(calling(UPPER)).isEqualTo(knowing());
        assertThat(calling(FORMAT_TYPE)).isEqualTo(knowing());
        assertThat(calling(SOMEBODYS).opaque()).isTrue();
        assertThat(calling(NEXTVAL).opaque()).isTrue();
        assertThat(calling(VIEWDEF).opaque()).isTrue();
        assertThat(calling(QUERY_TO_XML).opaque()).isTrue();
        assertThat(calling(77).opaque()).isTrue();
    }

    @Test
    void ofWhatIsStoredOnlyTheServersOwnSequenceFunctionsAreKnown() {
        assertThat(Unreaching.storedFunction(NEXTVAL, CATALOG)).isTrue();
        assertThat(Unreaching.storedFunction(UPPER, CATALOG)).isTrue();
        assertThat(Unreaching.storedFunction(OF_SOMEBODYS, CATALOG)).isFalse();
        assertThat(Unreaching.storedFunction(QUERY_TO_XML, CATALOG)).isFalse();
        assertThat(Unreaching.storedFunction(77, CATALOG)).isFalse();
    }

    @Test
    void valuesOfADomainThatCallsSomebodysFunctionAreOpaque() {
        assertThat(Extent.of(withTypes(Set.of(DOMAIN), Set.of(), 96), CATALOG).opaque())
                .isTrue();
        assertThat(Extent.of(withTypes(Set.of(), Set.of(DOMAIN), 96), CATALOG).opaque())
                .isTrue();
        assertThat(Extent.of(withTypes(Set.of(23), Set.of(25), 96), CATALOG).opaque())
                .isFalse();
        assertThat(Extent.of(withTypes(Set.of(), Set.of(), 20_003), CATALOG).opaque())
                .isTrue();
    }

    private static Meaning withTypes(Set<Integer> casts, Set<Integer> inputs, int operator) {
        return new Meaning(
                Meaning.Kind.SELECT,
                new Meaning.Changes(Set.of(), false),
                Map.of(),
                Set.of(),
                Set.of(operator),
                Set.of(),
                casts,
                inputs,
                Meaning.Settings.NONE,
                List.of(),
                new Flow(List.of(), Map.of(), Map.of(), Set.of()));
    }

    private static Extent byText(String sql) {
        return Extent.of(SqlReader.read(sql, List.of()).statements().get(0), Optional.empty(), CATALOG);
    }

    @Test
    void aTextReachesWhatItsNamesDo() {
        assertThat(byText("select * from view")).isEqualTo(knowing(VIEW, ARTICLES, ARTICLES_I));
        assertThat(byText("select upper(a) from r1").opaque()).isTrue();
        assertThat(byText("select pg_catalog.upper(a) from r1")).isEqualTo(knowing(ARTICLES, ARTICLES_I));
        assertThat(byText("select 1 from nobody").opaque()).isTrue();
        assertThat(byText("delete from r2").relations()).containsExactlyInAnyOrder(PRICES, REBATES);
        assertThat(byText("insert into r2 values (1)").relations())
                .containsExactlyInAnyOrder(PRICES, ARTICLES, ARTICLES_I);
        assertThat(byText("truncate r2").relations()).containsExactlyInAnyOrder(PRICES, REBATES, ARTICLES, ARTICLES_I);
        assertThat(byText("copy r2 to stdout").relations()).containsExactlyInAnyOrder(PRICES);
        assertThat(byText("copy r2 from stdin").relations()).contains(ARTICLES);
    }

    @Test
    void whatAStatementPutsItsQuerysRowsIntoIsReachedToo() {
        Meaning meaning = meaning(Map.of(REBATES, new Use(true, Set.of(), Map.of())), Set.of(), Set.of());
        Extent extent = Extent.of(
                SqlReader.read("create or replace view view as select * from r3", List.of())
                        .statements()
                        .get(0),
                Optional.of(meaning),
                CATALOG);

        assertThat(extent.relations()).contains(REBATES, VIEW, ARTICLES);
    }
}
