package org.sallyport.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NameTemplateTest {
    private static final Map<String, Object> CLAIMS =
            Map.of("repository", "acme/shop", "ref", "refs/heads/main", "run_id", 17L, "actor", "ann");

    @Test
    void fillsClaimsIn() {
        assertThat(NameTemplate.of("ci/{repository}").fill(CLAIMS)).contains("ci/acme/shop");
        assertThat(NameTemplate.of("{actor}-{run_id}").fill(CLAIMS)).contains("ann-17");
    }

    @Test
    void letsNoClaimSpeakItsWayIntoAnotherNameSpace() {
        assertThat(NameTemplate.of("{repository}").fill(CLAIMS)).isEmpty();
        assertThat(NameTemplate.of("ci-{repository}").fill(CLAIMS)).isEmpty();
        assertThat(NameTemplate.of("ci/{repository}/{actor}").fill(CLAIMS)).isEmpty();
    }

    /** Each looks like "ann", or shows nothing at all. */
    @Test
    void makesNoNameOfWhatDoesNotShow() {
        for (int unseen : new int[] {
            ' ', '\n', 0xa0, 0xad, 0x34f, 0x115f, 0x1160, 0x17b4, 0x180b, 0x200b, 0x202e, 0x2066, 0x2800, 0x3164,
            0xfe0f, 0xffa0, 0xe0041, 0xe0100
        }) {
            assertThat(NameTemplate.of("{actor}").fill(Map.of("actor", "ann" + Character.toString(unseen))))
                    .as("U+%04X", unseen)
                    .isEmpty();
        }
        assertThat(NameTemplate.of("{actor}").fill(Map.of("actor", "J\u00fcrgen\u6f22")))
                .isPresent();
    }

    @Test
    void makesNoNameOfMissingClaims() {
        assertThat(NameTemplate.of("ci/{workflow}").fill(CLAIMS)).isEmpty();
    }

    @Test
    void refusesWhatIsNoTemplate() {
        for (String text : List.of("", "{", "ci/{}", "{a}}", "a{b")) {
            assertThatIllegalArgumentException().isThrownBy(() -> NameTemplate.of(text));
        }
    }

    @Test
    void givesNoGroupWhereATemplatesClaimsAreAbsent() {
        GroupSource groups = new GroupSource.Templates(
                List.of(NameTemplate.of("ci"), NameTemplate.of("ref:{ref}"), NameTemplate.of("env:{environment}")));

        assertThat(groups.of(CLAIMS)).contains(Set.of("ci", "ref:refs/heads/main"));
    }
}
