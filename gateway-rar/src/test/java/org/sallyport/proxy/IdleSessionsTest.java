package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.internal.PlatformDependent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an idle session costs: with {@code -Ppressure} 10 000 of them, else a few hundred. */
class IdleSessionsTest {
    private static final int SESSIONS = Integer.getInteger("sallyport.pressure.sessions", 300);

    /** 10 000 sessions in 1 GiB of heap and buffers. */
    private static final double MAX_KIB_PER_SESSION = 1024 * 1024 / 10_000.0;

    /** Descriptors beside the sessions' two each. */
    private static final int OTHER_DESCRIPTORS = 500;

    @TempDir
    private static Path folder;

    private record Memory(long heap, long buffers, long resident) {
        static Memory now() throws IOException {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            return new Memory(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    PlatformDependent.usedDirectMemory(),
                    residentBytes());
        }

        private static long residentBytes() throws IOException {
            Path status = Path.of("/proc/self/status");
            return !Files.exists(status)
                    ? 0
                    : Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                            .sum();
        }

        /** KiB a session more than before. */
        private static double kib(long now, long before, int sessions) {
            return (now - before) / 1024.0 / sessions;
        }

        String since(Memory before, int sessions) {
            return "%d sessions, KiB each: heap %.1f, buffers %.1f, resident %.1f"
                    .formatted(
                            sessions,
                            kib(heap, before.heap, sessions),
                            kib(buffers, before.buffers, sessions),
                            kib(resident, before.resident, sessions));
        }

        double kibSince(Memory before, int sessions) {
            return kib(heap + buffers, before.heap + before.buffers, sessions);
        }
    }

    @Test
    @Timeout(600)
    void tenThousandIdleSessionsFitInOneGiB() throws Exception {
        assertThat(kibForEachOf(SESSIONS, false)).isLessThan(MAX_KIB_PER_SESSION);
    }

    @Test
    @Timeout(600)
    void soDoTheyOverTls() throws Exception {
        assertThat(kibForEachOf(SESSIONS, true)).isLessThan(MAX_KIB_PER_SESSION);
    }

    private static double kibForEachOf(int sessions, boolean tls) throws Exception {
        requireDescriptors(2L * sessions + OTHER_DESCRIPTORS);
        var level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED); // its own records would be counted
        Process peers = peers(sessions, tls);
        try (PrintStream toPeers = new PrintStream(peers.getOutputStream(), true, StandardCharsets.US_ASCII);
                BufferedReader fromPeers = peers.inputReader(StandardCharsets.US_ASCII)) {
            int serverPort = Integer.parseInt(fromPeers.readLine());
            var application = new ScriptedApplication(() -> RealServer.target(serverPort, ScramVerifier.PASSWORD));
            var limits = new ListenerSettings.Limits(sessions, sessions, 1000, 1000, Duration.ofSeconds(60), 1 << 20);
            try (Listener listener = Listener.bind(
                    new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), limits), application)) {
                Memory before = Memory.now();
                toPeers.println(listener.address().getPort());
                assertThat(fromPeers.readLine()).isEqualTo("ready");
                application.attempts.clear();
                application.outcomes.clear();
                Memory now = Memory.now();
                System.out.println((tls ? "over TLS: " : "plain: ") + now.since(before, sessions));
                return now.kibSince(before, sessions);
            }
        } finally {
            peers.destroyForcibly().waitFor();
            ResourceLeakDetector.setLevel(level);
        }
    }

    private static void requireDescriptors(long needed) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            assertThat(system.getMaxFileDescriptorCount())
                    .as("file descriptors; raise them with ulimit -n")
                    .isGreaterThanOrEqualTo(needed);
        }
    }

    private static Process peers(int sessions, boolean tls) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        IdlePeers.class.getName(),
                        Integer.toString(sessions),
                        Boolean.toString(tls)))
                .redirectError(Redirect.INHERIT)
                .start();
    }
}
