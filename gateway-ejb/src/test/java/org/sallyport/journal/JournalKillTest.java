package org.sallyport.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 4's ground: whatever was called durable is there after SIGKILL. */
class JournalKillTest {
    private static final int KILLS = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"FSYNC", "OS"})
    void keepsWhatWasDurableWhenItsProcessIsKilled(Durability durability) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            long told = writeUntilKilled(durability, 50 + random.nextInt(200));
            try (Journal journal = Journal.open(settings(folder, durability))) {
                List<JournalRecord> records = journal.reader(1).read(Integer.MAX_VALUE, Long.MAX_VALUE);
                assertThat(journal.last()).as("seed %d", seed).isGreaterThanOrEqualTo(told);
                assertThat(records).hasSize((int) journal.last());
            }
        }
    }

    /** Returns the last record that the process called durable. */
    private long writeUntilKilled(Durability durability, int after) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString(),
                        durability.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long told = 0;
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                told = Long.parseLong(line);
                if (--after == 0) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        assertThat(after).as("lines before the end").isLessThanOrEqualTo(0);
        return told;
    }

    private static JournalSettings settings(Path folder, Durability durability) {
        return new JournalSettings(folder, durability, 1L << 30, 1 << 20, Duration.ofMinutes(1));
    }

    /** Appends without end; says which record is durable. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            Journal journal = Journal.open(settings(Path.of(arguments[0]), Durability.valueOf(arguments[1])));
            new Thread(journal).start();
            while (true) {
                CompletionStage<Void> durable = journal.append(new byte[300], false);
                long last = journal.last();
                durable.toCompletableFuture().join();
                System.out.println(last);
            }
        }
    }
}
