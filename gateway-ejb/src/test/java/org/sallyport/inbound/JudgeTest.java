package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.Visibility;
import org.sallyport.policy.Ruling;

class JudgeTest {

    private final Judge judge = new Judge(Shop.bundle());

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "rulings.csv", delimiter = '\t', numLinesToSkip = 1)
    void rules(String group, String sql, String verdict, String rule) {
        Ruling ruling = judge(group, sql).ruling();

        assertThat(ruling.getClass().getSimpleName()).as(ruling.toString()).isEqualTo(verdict);
        assertThat(ruling.rule()).isEqualTo(rule);
    }

    /** An operator of somebody's with the same symbol would come first. */
    @Test
    void operatorsInDefinitionsAreTheServersOwn() {
        String sql = "create table public.t (a int check (a > 0))";
        Catalog other = Shop.catalog().along(List.of("public", "pg_catalog"));

        assertThat(judge("migration-agents", sql).ruling()).isInstanceOf(Ruling.Permit.class);
        assertThat(judge.judge(Shop.access("migration-agents"), "shop", other, sql + " ")
                        .ruling()
                        .rule())
                .isEqualTo("reviewed functions");
    }

    @Test
    void refusesInPostgresWords() {
        Ruling.Deny deny = (Ruling.Deny)
                judge("reporting-agents", "delete from orders where id = 1").ruling();

        assertThat(deny.refusal())
                .isEqualTo(Refusal.of(
                        "42501",
                        "permission denied for table orders",
                        "Rule \"default deny\": role reporting may not change table public.orders.",
                        "Ask for a role with change on it, or use the tables you may change."));
    }

    @Test
    void neverShowsLiterals() {
        for (String sql : List.of(
                "select 'hunter2' from hidden.secret",
                "select xml 'hunter2'",
                "set role 'hunter2'",
                "select ssn || 'hunter2' from customers",
                "delete from orders where 'hunter2' = 'hunter2'",
                "alter role x password 'hunter2'",
                "select 'hunter2")) {
            assertThat(judge("writing-agents", sql).toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void tellsTheRecordWhatIsTouched() {
        Judgement judgement = judge("operators", "begin; with x as (delete from orders returning *) select * from x");

        assertThat(judgement.kinds()).containsExactly("BEGIN", "SELECT", "DELETE");
        assertThat(judgement.relations()).containsExactly("public.orders");
        assertThat(judgement.defines()).isFalse();
        assertThat(judgement.unknown()).isFalse();
        assertThat(judge("operators", "create table t (a int)").defines()).isTrue();
        assertThat(judge("reporting-agents", "select * from nowhere").unknown()).isTrue();
        assertThat(judge("operators", "select * from nowhere").unknown()).isFalse();
    }

    @Test
    void leavesMissingTablesToTheServerWhereRightsWouldAllowThem() {
        assertThat(judge("reporting-agents", "select * from nowhere").ruling())
                .isEqualTo(new Ruling.Permit("reporting", Visibility.SHAPED));
        assertThat(judge("support", "select * from nowhere").ruling()).isInstanceOf(Ruling.Deny.class);
        assertThat(judge("reporting-agents", "select * from hidden.nowhere").ruling())
                .isInstanceOf(Ruling.Deny.class);
    }

    @Test
    void masksByWhereColumnsComeFrom() {
        MaskingPlan plan = shape(
                "reporting-agents",
                column(Shop.CUSTOMERS, 1, 23),
                column(Shop.CUSTOMERS, 3, 25),
                column(Shop.CUSTOMERS, 4, 1043),
                column(Shop.CUSTOMERS, 5, 1700),
                column(Shop.ORDERS, 3, 1700),
                column(104, 2, 25),
                column(Shop.CUSTOMERS, -1, 27));

        assertThat(plan)
                .isEqualTo(new MaskingPlan.Show(List.of(
                        new Mask.Clear(),
                        new Mask.KeepLast(4),
                        new Mask.Constant("********"),
                        new Mask.Nothing(),
                        new Mask.Clear(),
                        new Mask.Constant("********"),
                        new Mask.Clear())));
    }

    @Test
    void givesTextMasksToTextTypesOnly() {
        assertThat(shape("reporting-agents", column(Shop.CUSTOMERS, 3, 23)))
                .isEqualTo(new MaskingPlan.Show(List.of(new Mask.Nothing())));
    }

    @Test
    void refusesResultsOfUnknownOrigin() {
        assertThat(shape("reporting-agents", column(0, 0, 25))).isInstanceOf(MaskingPlan.Refuse.class);
        assertThat(shape("reporting-agents", column(Shop.CUSTOMERS, 0, 25))).isInstanceOf(MaskingPlan.Refuse.class);
        assertThat(shape("reporting-agents", column(4711, 1, 25))).isInstanceOf(MaskingPlan.Refuse.class);
        assertThat(shape("reporting-agents", column(Shop.CUSTOMERS, 99, 25))).isInstanceOf(MaskingPlan.Refuse.class);
        assertThat(shape("reporting-agents", column(Shop.CONTACTS_VIEW, 2, 25))).isInstanceOf(MaskingPlan.Refuse.class);
    }

    @Test
    void masksNothingForWhoMaySeeAll() {
        assertThat(shape("migration-agents", column(Shop.CUSTOMERS, 3, 25), column(0, 0, 25)))
                .isEqualTo(new MaskingPlan.Show(List.of(new Mask.Clear(), new Mask.Clear())));
    }

    @Test
    void remembersJudgements() {
        assertThat(judge("reporting-agents", "select 1")).isSameAs(judge("reporting-agents", "select 1"));
        assertThat(judge("reporting-agents", "select 1")).isNotSameAs(judge("support", "select 1"));
    }

    private Judgement judge(String group, String sql) {
        return judge.judge(Shop.access(group), "shop", Shop.catalog(), sql);
    }

    private MaskingPlan shape(String group, ResultShape.Column... columns) {
        return judge.shape(Shop.access(group), "shop", Shop.catalog(), new ResultShape(1, 0, List.of(columns)));
    }

    private static ResultShape.Column column(int table, int attribute, int type) {
        return new ResultShape.Column("c", table, attribute, type, false);
    }
}
