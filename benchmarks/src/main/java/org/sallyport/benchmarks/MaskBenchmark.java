package org.sallyport.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskKey;
import org.sallyport.contract.MaskedType;
import org.sallyport.contract.ResultShape;
import org.sallyport.value.Masker;
import org.sallyport.wire.FrameReader;

/** One row of four texts, from the buffer that was read to the one that is written; the third text is masked. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(MaskBenchmark.ROWS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class MaskBenchmark {
    static final int ROWS = 512;

    private static final int MAX_MESSAGE = 1 << 20;

    /** What the adapter gathers of small rows before it hands them to the channel. */
    private static final int PAGE = 16 * 1024;

    private static final int MAX_ROW = 1024;
    private static final List<String> ROW =
            List.of("Ada Lovelace", "12 St James's Square", "4111 1111 1111 1111", "a note");
    private static final MaskKey KEY = new MaskKey(new byte[MaskKey.BYTES]);

    @Param({"forwarded", "all clear", "redact", "keepLast", "email", "hash", "tokenize"})
    private String mask = "";

    private final ByteBuf rows = rows();
    private final ByteBuf page = PooledByteBufAllocator.DEFAULT.directBuffer(PAGE + MAX_ROW);
    private long seen;
    private FrameReader reader = new FrameReader(new Forwarding(), MAX_MESSAGE);

    @Setup
    public void plan() {
        if (!mask.equals("forwarded")) {
            reader.close();
            List<Mask> masks = Stream.of(new Mask.Clear(), new Mask.Clear(), masked(), new Mask.Clear())
                    .map(Mask.class::cast)
                    .toList();
            ResultShape.Column text = new ResultShape.Column("c", 1, 1, MaskedType.TEXT.oid(), false);
            reader = new FrameReader(new Masking(new Masker(masks, Collections.nCopies(4, text))), MAX_MESSAGE);
        }
    }

    private Mask masked() {
        return switch (mask) {
            case "redact" -> new Mask.Constant(Mask.HIDDEN);
            case "keepLast" -> new Mask.KeepLast(4);
            case "email" -> new Mask.Email();
            case "hash" -> new Mask.Hash(KEY);
            case "tokenize" -> new Mask.Tokenize(KEY);
            default -> new Mask.Clear();
        };
    }

    @Benchmark
    public long row() {
        reader.read(rows.readerIndex(0).retain());
        return seen;
    }

    @TearDown
    public void release() {
        reader.close();
        rows.release();
        page.release();
    }

    /** What becomes of rows that no mask concerns. */
    private final class Forwarding implements FrameReader.Sink {
        @Override
        public boolean wants(byte type, long payload) {
            seen++;
            return false;
        }

        @Override
        public void message(byte type, ByteBuf frame) {
            throw new IllegalStateException("not wanted");
        }

        @Override
        public void forward(ByteBuf bytes) {
            seen += bytes.readableBytes();
            bytes.release();
        }
    }

    private final class Masking implements FrameReader.Sink {
        private final Masker masker;

        private Masking(Masker masker) {
            this.masker = masker;
        }

        @Override
        public boolean wants(byte type, long payload) {
            return true;
        }

        @Override
        public void message(byte type, ByteBuf frame) {
            if (masker.isClear()) {
                seen += frame.readableBytes();
            } else {
                int start = page.writerIndex() < PAGE
                        ? page.writerIndex()
                        : page.clear().writerIndex();
                masker.mask(frame, page);
                seen += page.writerIndex() - start;
            }
            frame.release();
        }

        @Override
        public void forward(ByteBuf bytes) {
            throw new IllegalStateException("wanted");
        }
    }

    private static ByteBuf rows() {
        ByteBuf rows = PooledByteBufAllocator.DEFAULT.directBuffer();
        for (int i = 0; i < ROWS; i++) {
            int start = rows.writerIndex();
            rows.writeByte('D').writeInt(0).writeShort(ROW.size());
            for (String value : ROW) {
                rows.writeInt(value.length()).writeCharSequence(value, StandardCharsets.US_ASCII);
            }
            rows.setInt(start + 1, rows.writerIndex() - start - 1);
        }
        return rows;
    }
}
