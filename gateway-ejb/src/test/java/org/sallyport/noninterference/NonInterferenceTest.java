package org.sallyport.noninterference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.noninterference.Twins.Pair;

/**
 * Statements made by chance, each by a seed of its own. {@code -Dsallyport.noninterference.seed=} runs one again,
 * {@code -Dsallyport.noninterference.statements=} more of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(3600)
class NonInterferenceTest {
    private static final int STATEMENTS = Integer.getInteger("sallyport.noninterference.statements", 4000);
    private static final long SEED = Long.getLong("sallyport.noninterference.seed", new Random().nextLong(1L << 40));
    private static final int VACUUM_EVERY = 100;
    private static final int PERMITTED_PERCENT = 80;
    private static final boolean ONE = System.getProperty("sallyport.noninterference.seed") != null;

    @SuppressWarnings("NullAway.Init")
    private Twins twins;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        twins = Twins.ofSample(folder, UnaryOperator.identity());
    }

    @AfterAll
    void stop() throws IOException {
        twins.close();
    }

    /**
     * What came of a run; of the statements that touch a labelled table how many were permitted, and how many succeeded.
     *
     * @param shown those that show nothing labelled, and so are answered as by the server itself
     */
    private record Tally(int all, int touching, int permitted, int answered, int shown) {
        Tally plus(Generated statement, Comparison comparison, boolean shown) {
            boolean touches = statement.touchesLabelled();
            return new Tally(
                    all + 1,
                    touching + (touches ? 1 : 0),
                    permitted + (touches && !comparison.isRefused() ? 1 : 0),
                    answered + (touches && !comparison.isFailed() ? 1 : 0),
                    this.shown + (shown ? 1 : 0));
        }
    }

    /** Who refuses everything, or hides everything, tells nothing either. */
    @Test
    void nothingThatAnHonestAgentSendsTellsTheTwinsApartAndMostOfItIsPermitted() throws IOException, SQLException {
        Tally tally = play(Profile.HONEST);

        if (!ONE) {
            assertThat(tally.permitted()).isGreaterThanOrEqualTo(tally.all() * PERMITTED_PERCENT / 100);
            assertThat(tally.shown()).isPositive();
        }
    }

    @Test
    void nothingThatAHostileAgentSendsTellsTheTwinsApart() throws IOException, SQLException {
        Tally tally = play(Profile.HOSTILE);

        if (!ONE) {
            assertThat(tally.permitted()).isPositive().isLessThan(tally.touching());
        }
    }

    private Tally play(Profile profile) throws IOException, SQLException {
        List<String> leaks = new ArrayList<>();
        Tally tally = new Tally(0, 0, 0, 0, 0);
        int statements = ONE ? 1 : STATEMENTS / 2;
        System.out.println(profile + " from seed " + SEED);
        try (Pair pair = twins.enter("agent");
                Pair direct = twins.passBy()) {
            for (long seed = SEED; seed < SEED + statements; seed++) {
                if ((seed - SEED) % VACUUM_EVERY == 0) {
                    twins.vacuum();
                }
                Generated statement = Generated.of(seed, profile);
                Comparison comparison = pair.play(statement.scene());
                if (comparison.isLeak()) {
                    leaks.add(told(pair, seed, statement));
                }
                boolean shown = statement.showsAll() && !comparison.isFailed();
                if (shown) {
                    assertThat(comparison.zero())
                            .as("seed %d: %s", seed, statement)
                            .isEqualTo(direct.play(statement.scene()).zero());
                }
                tally = tally.plus(statement, comparison, shown);
            }
        }
        System.out.println(profile + ": " + tally);
        assertThat(leaks).isEmpty();
        return tally;
    }

    private static String told(Pair pair, long seed, Generated leaking) {
        Tree smallest =
                new Shrinker(tree -> pair.play(leaking.with(tree).scene()).isLeak()).shrink(leaking.tree());
        Generated small = leaking.with(smallest);
        return "seed " + seed + "\n  " + leaking + "\n  shrunk: " + small + "\n    "
                + pair.play(small.scene()).difference();
    }
}
