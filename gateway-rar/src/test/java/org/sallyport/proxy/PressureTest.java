package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** What is larger or slower than the gateway's memory: it holds back, it does not hold. */
class PressureTest {
    private static final long MIB = 1 << 20;

    /** What the kernel may hold on both connections, beside the gateway's own few buffers. */
    private static final long HELD_BY_SOCKETS = 32 * MIB;

    /** Nothing here needs more of the gateway's memory at once. */
    private static final long FEW_BUFFERS = 24 * MIB;

    private static final int STATEMENT_LIMIT = 80 << 20;

    @TempDir
    private static Path folder;

    private final PressureServer server = new PressureServer();
    private Listener listener;

    @BeforeEach
    void listen() throws Exception {
        listener = Listener.bind(
                new ListenerSettings(
                        "127.0.0.1",
                        0,
                        true,
                        RealServer.keyStore(folder),
                        new ListenerSettings.Limits(10, 10, 10, 10, Duration.ofSeconds(30), STATEMENT_LIMIT)),
                new ScriptedApplication(() -> RealServer.target(server.port(), ScramVerifier.PASSWORD)));
    }

    @AfterEach
    void stop() {
        listener.close();
        server.close();
    }

    private RawClient connect() throws IOException {
        RawClient client = new RawClient(listener.address().getPort());
        client.startup(3 << 16, Map.of("user", "agent", "database", "shop"))
                .password(ScriptedApplication.TOKEN)
                .flush();
        assertThat(client.drainUntil('Z')).isPositive();
        return client;
    }

    /** Waits until a counter stands still: whoever moves it is held back. */
    private static long settled(AtomicLong counter) throws InterruptedException {
        long before = -1;
        while (before != counter.get() || before == 0) {
            before = counter.get();
            TimeUnit.SECONDS.sleep(1);
        }
        return before;
    }

    private static long buffers() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    @Test
    void aClientThatDoesNotReadHoldsTheServerBack() throws Exception {
        try (RawClient client = connect()) {
            client.query("rows 128 1048576").flush();
            assertThat(settled(server.sent)).isLessThan(HELD_BY_SOCKETS);
            assertThat(buffers()).isLessThan(FEW_BUFFERS);
            assertThat(client.drainUntil('Z')).isGreaterThan(128 * MIB);
        }
    }

    @Test
    void aServerThatDoesNotReadHoldsTheClientBack() throws Exception {
        try (RawClient client = connect()) {
            client.query("deaf FROM STDIN").flush();
            assertThat(client.receive().type()).isEqualTo('G');
            var taken = new AtomicLong();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client, 128, taken));
            assertThat(settled(taken)).isLessThan(HELD_BY_SOCKETS);
            assertThat(buffers()).isLessThan(FEW_BUFFERS);
            server.hear();
            sending.get(60, TimeUnit.SECONDS);
            assertThat(client.copyDone().flush().drainUntil('Z')).isPositive();
            assertThat(server.received.get()).isGreaterThan(128 * MIB);
        }
    }

    /** One CopyData of so many MiB. */
    private static void send(RawClient client, int mebibytes, AtomicLong taken) {
        try {
            client.header('d', mebibytes * (int) MIB).flush();
            byte[] piece = new byte[(int) MIB];
            for (int i = 0; i < mebibytes; i++) {
                client.bytes(piece).flush();
                taken.addAndGet(piece.length);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFieldOfOneGiBPassesAndIsNotHeld() throws Exception {
        try (RawClient client = connect()) {
            long size = 1024 * MIB - 16;
            client.query("rows 1 " + size).flush();
            assertThat(client.drainUntil('Z')).isGreaterThan(size);
            assertThat(buffers()).isLessThan(FEW_BUFFERS);
        }
    }

    @Test
    void aCopyDataOfOneGiBPassesAndIsNotHeld() throws Exception {
        try (RawClient client = connect()) {
            client.query("copy FROM STDIN").flush();
            assertThat(client.receive().type()).isEqualTo('G');
            send(client, 1023, new AtomicLong());
            assertThat(client.copyDone().flush().drainUntil('Z')).isPositive();
            assertThat(server.received.get()).isGreaterThan(1023 * MIB);
            assertThat(buffers()).isLessThan(FEW_BUFFERS);
        }
    }

    @Test
    void aStatementOf64MiBPassesWhereTheLimitAllowsIt() throws Exception {
        try (RawClient client = connect()) {
            statement(client, 64);
            assertThat(client.drainUntil('Z')).isPositive();
            assertThat(server.received.get()).isEqualTo(64 * MIB + 1);
        }
    }

    private static void statement(RawClient client, int mebibytes) throws IOException {
        client.header('Q', mebibytes * (int) MIB + 1).flush();
        byte[] piece = new byte[(int) MIB];
        Arrays.fill(piece, (byte) ' ');
        for (int i = 0; i < mebibytes; i++) {
            client.bytes(piece).flush();
        }
        client.bytes(new byte[1]).flush();
    }

    @Test
    void aStatementOverTheLimitIsRefusedInWordsBeforeItIsHeld() throws Exception {
        try (RawClient client = connect()) {
            client.header('Q', STATEMENT_LIMIT + 1).flush();
            Message refusal = client.receive();
            assertThat(refusal.field('C')).hasValue("08P01");
            assertThat(refusal.field('M'))
                    .hasValueSatisfying(words ->
                            assertThat(words).contains(STATEMENT_LIMIT + 1 + " bytes", "at most " + STATEMENT_LIMIT));
        }
        assertThat(server.received.get()).isZero();
    }

    /** Counted they are: see ListenerTest; here, that no object is made for a row. */
    @Test
    void rowsThatNobodyNeedsToSeeAreForwardedWithoutAllocation() throws Exception {
        int rows = 1_000_000;
        var level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED); // its own records would be counted
        try (RawClient client = connect()) {
            long before = allocatedByEventLoops();
            client.query("rows " + rows + " 4").flush();
            assertThat(client.drainUntil('Z')).isGreaterThan(10L * rows);
            // The smallest object takes 16 bytes; what is left is for the buffers, thousands of rows each.
            assertThat((allocatedByEventLoops() - before) / (double) rows).isLessThan(4);
        } finally {
            ResourceLeakDetector.setLevel(level);
        }
    }

    private static long allocatedByEventLoops() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("multiThreadIoEventLoopGroup")) {
                allocated += threads.getThreadAllocatedBytes(thread.getId());
            }
        }
        assertThat(allocated).isPositive();
        return allocated;
    }
}
