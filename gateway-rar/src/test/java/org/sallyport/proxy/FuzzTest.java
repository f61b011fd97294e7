package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.wire.DecoderFuzz;

/**
 * The short run of what {@code -Pfuzz} runs long: random inputs in place of Jazzer's, which follow what the code does with
 * them (threats 111, 112, 113). {@code -Dsallyport.fuzz.seed=N} runs one input again.
 */
class FuzzTest {
    private static final int INPUTS = 10_000;

    private final Logger log = Logger.getLogger("org.sallyport.proxy");

    /** Failures are logged, and failures are what this is about. */
    @BeforeEach
    void hush() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        log.setLevel(null);
    }

    @Test
    void aSessionSurvivesWhatEitherSideSends() {
        run(SessionFuzz::fuzzerTestOneInput);
    }

    @Test
    void theDecodersTakeAnyBytes() {
        run(DecoderFuzz::fuzzerTestOneInput);
    }

    private static void run(Consumer<byte[]> target) {
        Long one = Long.getLong("sallyport.fuzz.seed");
        long first = one == null ? System.nanoTime() : one;
        System.out.println("fuzz test: seed " + first);
        for (long seed = first; seed < first + (one == null ? INPUTS : 1); seed++) {
            Random random = new Random(seed);
            byte[] input = new byte[random.nextInt(400)];
            for (int i = 0; i < input.length; i++) {
                // NULs end strings, and small numbers are lengths that fit.
                input[i] = (byte) random.nextInt(random.nextBoolean() ? 256 : 6);
            }
            assertThatCode(() -> target.accept(input)).as("seed %d", seed).doesNotThrowAnyException();
        }
    }
}
