package org.sallyport.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.ResultShape;
import org.sallyport.policy.Access;
import org.sallyport.policy.Label;
import org.sallyport.policy.Role;

class MaskPlannerTest {
    private static final int TEXT = 25;
    private static final Label LABEL =
            new Label("pii", List.of(new Label.ColumnPattern("shop", "public", "people", "ssn")), new Mask.KeepLast(4));
    private static final Role ROLE = new Role(
            "r",
            Set.of("g"),
            Set.of("shop"),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of(),
            false,
            false,
            false);
    private static final Relation PEOPLE = new Relation(
            7,
            "public",
            "people",
            Relation.Kind.TABLE,
            List.of(new Relation.Column(1, "id", 23), new Relation.Column(3, "ssn", TEXT)),
            Set.of(),
            Set.of());
    private static final Relation VIEW = new Relation(
            8,
            "public",
            "shown",
            Relation.Kind.VIEW,
            List.of(new Relation.Column(1, "ssn", TEXT)),
            Set.of(7),
            Set.of());
    private static final Catalog CATALOG =
            new Catalog(1, List.of("public"), List.of(PEOPLE, VIEW), List.of(), List.of());
    private static final Labelling LABELLING =
            Labelling.of(List.of(LABEL), new Access("shop", List.of(ROLE), false), CATALOG);

    private static ResultShape.Column column(int table, int attribute, int type) {
        return new ResultShape.Column("c", table, attribute, type, false);
    }

    private static MaskingPlan plan(ResultShape.Column... columns) {
        return MaskPlanner.plan(LABELLING, CATALOG, new ResultShape(1, 0, List.of(columns)));
    }

    /** By table, number of the column there and type; a system column is nobody's. */
    @ParameterizedTest
    @CsvSource({
        "7, 1, 23, Clear",
        "7, 3, 25, KeepLast",
        "7, 3, 23, Nothing",
        "7, -1, 27, Clear",
    })
    void aColumnOfATableHasItsOwnMask(int table, int attribute, int type, String mask) {
        assertThat(plan(column(table, attribute, type)))
                .isInstanceOfSatisfying(
                        MaskingPlan.Show.class,
                        show -> assertThat(show.masks())
                                .extracting(one -> one.getClass().getSimpleName())
                                .containsExactly(mask));
    }

    /** Of no table, of no column, of a table or a column that nobody knows, and of a view over a labelled one. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "7, 0", "9, 1", "7, 2", "8, 1", "8, -1"})
    void whereNobodyKnowsWhatItIsNothingIsShown(int table, int attribute) {
        MaskingPlan plan = plan(column(7, 1, 23), column(table, attribute, TEXT));

        assertThat(plan)
                .isInstanceOfSatisfying(
                        MaskingPlan.Refuse.class,
                        refuse -> assertThat(refuse.refusal().message()).contains("unknown origin"));
    }

    @Test
    void eachColumnIsPlannedInItsPlace() {
        assertThat(plan(column(7, 3, TEXT), column(7, 1, 23), column(7, 3, TEXT)))
                .isEqualTo(new MaskingPlan.Show(List.of(new Mask.KeepLast(4), new Mask.Clear(), new Mask.KeepLast(4))));
    }
}
