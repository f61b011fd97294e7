package org.sallyport.noninterference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.noninterference.Twins.Pair;

/** The generated statements would find a hole: each defence is switched off, one at a time, and that is noticed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class PlantedLeaksTest {
    private static final int MOST_PLAYED = 400;
    private static final long MOST_SEEDS = 200_000;

    private final AtomicReference<Sabotage> sabotage = new AtomicReference<>();

    @SuppressWarnings("NullAway.Init")
    private Twins twins;

    @SuppressWarnings("NullAway.Init")
    private Pair pair;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        twins = Twins.ofSample(folder, decisions -> {
            sabotage.set(new Sabotage(decisions, () -> twins == null ? Set.of() : twins.labelled()));
            return Objects.requireNonNull(sabotage.get());
        });
        pair = twins.enter("agent");
    }

    @AfterAll
    void stop() throws IOException {
        pair.close();
        twins.close();
    }

    @Test
    void thereAreAtLeastTwenty() {
        assertThat(PlantedLeak.values()).hasSizeGreaterThanOrEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource
    void aDefenceThatIsSwitchedOffIsMissed(PlantedLeak leak) {
        int played = 0;
        for (long seed = 0; seed < MOST_SEEDS && played < MOST_PLAYED; seed++) {
            Generated statement = Generated.of(seed, leak.profile());
            if (leak.concerns(statement)) {
                played++;
                Objects.requireNonNull(sabotage.get()).plant(leak, statement);
                Comparison comparison = pair.play(statement.scene());
                if (comparison.isLeak()) {
                    System.out.println(leak + ": statement " + played + ", seed " + seed + ", " + statement);
                    return;
                }
            }
        }
        assertThat(played)
                .as(leak + " was not found by " + played + " statements")
                .isNegative();
    }
}
