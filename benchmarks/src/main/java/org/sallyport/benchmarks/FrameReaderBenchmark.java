package org.sallyport.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sallyport.wire.Bind;
import org.sallyport.wire.ClientEncoding;
import org.sallyport.wire.Execute;
import org.sallyport.wire.FrameReader;
import org.sallyport.wire.Parse;
import org.sallyport.wire.Query;

/** The codec: what one buffer from a channel costs until all its messages are forwarded or decoded. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class FrameReaderBenchmark {
    private static final int BUFFER = 64 * 1024;
    private static final int MAX_MESSAGE = 1 << 20;
    private static final String SQL = "SELECT abalance FROM pgbench_accounts WHERE aid = ";

    private final ByteBuf rows = rows();
    private final ByteBuf query = message(buffer(), 'Q', SQL + "1234567;\0");
    private final ByteBuf extended = extended();
    private final Counting counting = new Counting();
    private final FrameReader reader = new FrameReader(counting, MAX_MESSAGE);

    /** Rows of about 100 bytes, 624 to a buffer. */
    @Benchmark
    public long forwardsRows() {
        return read(rows);
    }

    @Benchmark
    public long decodesAQuery() {
        return read(query);
    }

    /** Parse, Bind, Describe, Execute and Sync in one buffer, as libpq sends them. */
    @Benchmark
    public long decodesAnExtendedQuery() {
        return read(extended);
    }

    private long read(ByteBuf bytes) {
        reader.read(bytes.readerIndex(0).retain());
        return counting.seen;
    }

    @TearDown
    public void release() {
        reader.close();
        rows.release();
        query.release();
        extended.release();
    }

    /** Forwards rows, decodes everything else. */
    private static final class Counting implements FrameReader.Sink {
        private long seen;

        @Override
        public boolean wants(byte type, long payload) {
            seen += payload;
            return type != 'D' || payload < 10;
        }

        @Override
        public void message(byte type, ByteBuf frame) {
            ByteBuf payload = frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
            seen += switch (type) {
                case 'Q' -> Query.decode(payload, ClientEncoding.UTF8).sql().length();
                case 'P' -> Parse.decode(payload, ClientEncoding.UTF8).sql().length();
                case 'B' -> Bind.decode(payload, ClientEncoding.UTF8).values().size();
                case 'E' ->
                    Execute.decode(payload, ClientEncoding.UTF8).portal().length();
                default -> 1;
            };
            frame.release();
        }

        @Override
        public void forward(ByteBuf bytes) {
            seen += bytes.readableBytes();
            bytes.release();
        }
    }

    private static ByteBuf buffer() {
        return PooledByteBufAllocator.DEFAULT.directBuffer(BUFFER);
    }

    private static ByteBuf rows() {
        ByteBuf rows = buffer();
        while (rows.writableBytes() >= 105) {
            message(rows, 'D', "x".repeat(100));
        }
        return rows;
    }

    private static ByteBuf extended() {
        ByteBuf batch = message(buffer(), 'P', "\0" + SQL + "$1;\0\0\0");
        message(batch, 'B', "\0\0\0\0\0\1\0\0\0\7" + "1234567" + "\0\1\0\0");
        message(batch, 'D', "P\0");
        message(batch, 'E', "\0\0\0\0\0");
        return message(batch, 'S', "");
    }

    private static ByteBuf message(ByteBuf buffer, char type, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        return buffer.writeByte(type).writeInt(4 + bytes.length).writeBytes(bytes);
    }
}
