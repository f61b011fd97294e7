package org.sallyport.noninterference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.noninterference.Deafness.Secret;
import org.sallyport.noninterference.Twins.Pair;

/** Threats 56 to 63 in any order: nothing that is done with names of cursors and portals tells the twins apart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
class CursorGamesTest {
    private static final int GAMES = Integer.getInteger("sallyport.noninterference.games", 1500);
    private static final long SEED = Long.getLong("sallyport.noninterference.seed", new Random().nextLong(1L << 40));
    private static final int MOST_PLAYED = 6000;

    private final AtomicReference<Deafness> between = new AtomicReference<>();

    @SuppressWarnings("NullAway.Init")
    private Twins twins;

    @SuppressWarnings("NullAway.Init")
    private Pair agents;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        twins = Twins.ofSample(folder, decisions -> {
            between.set(new Deafness(decisions));
            return Objects.requireNonNull(between.get());
        });
        agents = twins.enter("agent");
    }

    @AfterAll
    void stop() throws IOException {
        agents.close();
        twins.close();
    }

    private static boolean showsMasked(Comparison comparison) {
        return comparison.zero().stream()
                .anyMatch(message -> message.type() == 'D' && message.payload().endsWith("********"));
    }

    @Test
    void nobodyWhoPlaysThemIsToldAnything() throws IOException {
        keep(Secret.NONE);
        System.out.println("games from seed " + SEED);
        List<String> leaks = new ArrayList<>();
        int masked = 0;
        int telling = 0;
        try (Pair direct = twins.passBy()) {
            for (long seed = SEED; seed < SEED + GAMES; seed++) {
                Comparison comparison = agents.play(CursorGame.of(seed));
                if (comparison.isLeak()) {
                    leaks.add("seed " + seed + "\n    " + comparison.difference() + "\n    " + comparison.zero());
                }
                masked += showsMasked(comparison) ? 1 : 0;
                telling += direct.play(CursorGame.of(seed)).isLeak() ? 1 : 0;
            }
        }
        System.out.println("games " + GAMES + ", telling past the gateway " + telling + ", with masked rows " + masked);
        assertThat(leaks).isEmpty();
        assertThat(telling).isGreaterThan(GAMES / 6);
        assertThat(masked).isGreaterThan(GAMES / 20);
    }

    /** Both sides have to hear what the other one does with names, or a game is lost. */
    @ParameterizedTest
    @EnumSource(names = {"PORTALS", "CURSORS"})
    void aSecretBetweenProtocolAndSqlIsMissed(Secret secret) {
        keep(secret);
        for (long seed = 0; seed < MOST_PLAYED; seed++) {
            Comparison comparison = agents.play(CursorGame.of(seed));
            if (comparison.isLeak()) {
                System.out.println(secret + ": seed " + seed + "\n    " + comparison.difference());
                return;
            }
        }
        assertThat(MOST_PLAYED).as(secret + " was not found").isNegative();
    }

    private void keep(Secret secret) {
        Objects.requireNonNull(between.get()).keep(secret);
    }
}
