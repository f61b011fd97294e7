package org.sallyport.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Structure;
import org.sallyport.contract.Mask;
import org.sallyport.policy.Access;
import org.sallyport.policy.Label;
import org.sallyport.policy.Role;

class ViewLabelsTest {
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

    private static Optional<String> closed(String definition) {
        Relation view = new Relation(
                20_001, "public", "v", Relation.Kind.VIEW, List.of(), Set.of(), Set.of(), definition, Structure.PLAIN);
        Catalog catalog = new Catalog(1, List.of("public"), List.of(view), List.of(), List.of());
        return Labelling.of(List.of(LABEL), new Access("shop", List.of(ROLE), false), catalog)
                .closed(view.oid());
    }

    /** Such as a server newer than this reader might have: nobody knows what it shows, though it depends on no table. */
    @Test
    void aViewWhoseDefinitionIsNotUnderstoodIsClosed() {
        assertThat(closed("a hash")).isPresent();
    }

    @Test
    void theServersOwnViewsAreReviewedAndNotRead() {
        assertThat(closed("")).isEmpty();
    }
}
