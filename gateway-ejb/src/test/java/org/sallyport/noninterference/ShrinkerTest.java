package org.sallyport.noninterference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is printed of a leak is short. */
class ShrinkerTest {
    private static final int BIG = 60;

    @ParameterizedTest
    @EnumSource(names = {"ORDER", "WHERE", "JOIN", "AGGREGATE", "SET_OPERATION"})
    void littleRemainsOfABigStatementButWhatIsWrongWithIt(Use wrong) {
        Tree big = big(wrong);

        Tree small = new Shrinker(tree -> tree.allUses().contains(wrong)).shrink(big);

        assertThat(small.allUses()).contains(wrong);
        assertThat(small.size()).isLessThan(big.size() / 2);
    }

    private static Tree big(Use use) {
        for (long seed = 0; ; seed++) {
            Tree tree = Generated.of(seed, Profile.HOSTILE).tree();
            if (tree.allUses().contains(use) && tree.size() > BIG) {
                return tree;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatMayNotBeLeftOutStays(Profile profile) {
        Tree tree = Generated.of(1, profile).tree();

        assertThat(new Shrinker(other -> other.equals(tree)).shrink(tree)).isEqualTo(tree);
        assertThat(Shrinker.candidates(tree).map(Tree::sql).toList()).isNotEqualTo(List.of());
    }
}
