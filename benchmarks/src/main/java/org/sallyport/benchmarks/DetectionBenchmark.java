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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sallyport.contract.Detector;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskedType;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.Sought;
import org.sallyport.value.Masker;

/** One row of one value that is looked at for everything that the gateway knows, or for that and a pattern. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class DetectionBenchmark {
    private static final String PROSE =
            "The parcel was left with the neighbour, who will bring it round in the evening. ";
    private static final String BUSY =
            "Order 10482 of 2026-11-26, paid 59.90 by AB-1234, sent with DHL 00340434161094042557. ";

    @Param({"word", "prose", "busy", "found", "json", "long"})
    private String value = "";

    @Param({"copied", "known", "pattern"})
    private String detectors = "";

    private ByteBuf row = PooledByteBufAllocator.DEFAULT.directBuffer();
    private Masker masker = new Masker(List.of(), List.of());

    @Setup
    public void plan() {
        String text = text();
        row.writeByte('D')
                .writeInt(0)
                .writeShort(1)
                .writeInt(text.length())
                .writeCharSequence(text, StandardCharsets.US_ASCII);
        row.setInt(1, row.writerIndex() - 1);
        Stream<Sought> known = Stream.of(Sought.Known.values());
        Stream<Sought> pattern = Stream.of(new Sought.Pattern("staff", "EMP-[0-9]{4,6}"));
        List<Detector> all = (detectors.equals("pattern") ? Stream.concat(known, pattern) : known)
                .map(sought -> new Detector(sought, true))
                .toList();
        Mask mask = detectors.equals("copied") ? new Mask.Constant(text) : new Mask.Screened(all);
        int type = value.equals("json") ? MaskedType.JSONB.oid() : MaskedType.TEXT.oid();
        masker = new Masker(List.of(mask), Collections.nCopies(1, new ResultShape.Column("c", 0, 0, type, false)));
    }

    private String text() {
        return switch (value) {
            case "word" -> "delivered";
            case "prose" -> PROSE;
            case "busy" -> BUSY;
            case "found" -> "to ann@example.com, card 4111 1111 1111 1111, call +1 (415) 555-2671, please before 5";
            case "json" ->
                "{\"id\": 10482, \"name\": \"Ada Lovelace\", \"mail\": \"ada@example.com\", \"tags\": [\"a\", \"b\"]}";
            default -> BUSY.repeat(100);
        };
    }

    @Benchmark
    public int row() {
        ByteBuf shown = masker.mask(PooledByteBufAllocator.DEFAULT, row.readerIndex(0));
        int bytes = shown.readableBytes();
        shown.release();
        return bytes;
    }

    @TearDown
    public void release() {
        row.release();
    }
}
