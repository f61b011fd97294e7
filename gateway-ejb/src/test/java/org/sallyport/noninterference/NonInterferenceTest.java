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
import org.sallyport.noninterference.Twins.Comparison;
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

    /** What came of a run. */
    private record Tally(int all, int permitted, int answered, int touching) {}

    @Test
    void nothingThatAnHonestAgentSendsTellsTheTwinsApartAndMostOfItIsPermitted() throws IOException {
        Tally tally = play(Profile.HONEST);
        System.out.println("honest: " + tally);
        assertThat(tally.all()).isPositive();
    }

    @Test
    void nothingThatAHostileAgentSendsTellsTheTwinsApart() throws IOException {
        Tally tally = play(Profile.HOSTILE);
        System.out.println("hostile: " + tally);
        assertThat(tally.touching()).isPositive();
    }

    private Tally play(Profile profile) throws IOException {
        List<String> leaks = new ArrayList<>();
        int permitted = 0;
        int answered = 0;
        int touching = 0;
        int statements = ONE ? 1 : STATEMENTS / 2;
        System.out.println(profile + " from seed " + SEED);
        try (Pair pair = twins.enter("agent")) {
            for (long seed = SEED; seed < SEED + statements; seed++) {
                Generated generated = Generated.of(seed, profile);
                Comparison comparison = pair.play(generated.scene());
                if (comparison.isLeak()) {
                    leaks.add(told(pair, seed, generated));
                }
                boolean touches = generated.touchesLabelled();
                touching += touches ? 1 : 0;
                permitted += touches && !comparison.isRefused() ? 1 : 0;
                answered += touches && !comparison.isFailed() ? 1 : 0;
            }
        }
        assertThat(leaks).isEmpty();
        return new Tally(statements, permitted, answered, touching);
    }

    private static String told(Pair pair, long seed, Generated leaking) {
        Tree smallest =
                new Shrinker(tree -> pair.play(leaking.with(tree).scene()).isLeak()).shrink(leaking.tree());
        Generated small = leaking.with(smallest);
        return "seed " + seed + "\n  " + leaking + "\n  shrunk: " + small + "\n    "
                + pair.play(small.scene()).difference();
    }
}
