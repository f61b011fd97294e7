package org.sallyport.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final int LIMIT = 1000;

    /** Wants every message but CopyData and DataRow, and writes down what it gets. */
    private static final class Collector implements FrameReader.Sink {
        private final List<String> messages = new ArrayList<>();
        private final ByteArrayOutputStream everything = new ByteArrayOutputStream();

        @Override
        public boolean wants(byte type, long payload) {
            return type != 'd' && type != 'D';
        }

        @Override
        public void message(byte type, ByteBuf frame) {
            messages.add((char) type + ByteBufUtil.hexDump(frame));
            forward(frame);
        }

        @Override
        public void forward(ByteBuf bytes) {
            everything.writeBytes(ByteBufUtil.getBytes(bytes));
            bytes.release();
        }
    }

    private static byte[] stream(Random random, int count) {
        ByteBuf stream = Unpooled.buffer();
        for (int i = 0; i < count; i++) {
            byte[] payload = new byte[random.nextInt(200)];
            random.nextBytes(payload);
            stream.writeByte("QPdDCZ".charAt(random.nextInt(6)))
                    .writeInt(payload.length + 4)
                    .writeBytes(payload);
        }
        return ByteBufUtil.getBytes(stream);
    }

    private static Collector read(byte[] stream, Random steps, int most) {
        Collector collector = new Collector();
        FrameReader reader = new FrameReader(collector, LIMIT);
        for (int at = 0; at < stream.length; ) {
            int step = Math.min(1 + (most == 1 ? 0 : steps.nextInt(most)), stream.length - at);
            reader.read(Unpooled.buffer(step).writeBytes(stream, at, step));
            at += step;
        }
        reader.close();
        return collector;
    }

    @Test
    void readsTheSameMessagesHoweverTheyAreSplit() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] stream = stream(random, 60);
        Collector whole = read(stream, random, stream.length);
        assertThat(whole.everything.toByteArray()).as("seed %d", seed).isEqualTo(stream);
        for (int most : new int[] {1, 2, 7, 64, 500}) {
            Collector split = read(stream, random, most);
            assertThat(split.messages).as("seed %d", seed).isEqualTo(whole.messages);
            assertThat(split.everything.toByteArray()).as("seed %d", seed).isEqualTo(stream);
        }
    }

    @Test
    void forwardsAMessageLargerThanAnyLimitWithoutHoldingIt() {
        Collector collector = new Collector();
        FrameReader reader = new FrameReader(collector, LIMIT);
        reader.read(Unpooled.buffer().writeByte('d').writeInt(1_000_004));
        for (int i = 0; i < 1000; i++) {
            reader.read(Unpooled.wrappedBuffer(new byte[1000]));
            assertThat(collector.everything.size()).isEqualTo(5 + (i + 1) * 1000);
        }
        reader.read(Unpooled.buffer().writeByte('Q').writeInt(4));
        assertThat(collector.messages).containsExactly("Q5100000004");
    }

    @Test
    void refusesAWantedMessageAboveTheLimitByItsHeaderAlone() {
        FrameReader reader = new FrameReader(new Collector(), LIMIT);
        ByteBuf header = Unpooled.buffer().writeByte('Q').writeInt(0x7fffffff);
        assertThatThrownBy(() -> reader.read(header))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("too large");
    }

    @Test
    void holdsNothingOnceItWasClosedByWhatItRead() {
        var allocator = new UnpooledByteBufAllocator(false);
        FrameReader[] reader = new FrameReader[1];
        reader[0] = new FrameReader(
                new FrameReader.Sink() {
                    @Override
                    public boolean wants(byte type, long payload) {
                        return true;
                    }

                    @Override
                    public void message(byte type, ByteBuf frame) {
                        frame.release();
                        reader[0].close();
                    }

                    @Override
                    public void forward(ByteBuf bytes) {
                        bytes.release();
                    }
                },
                100);

        reader[0].read(allocator.buffer().writeByte('X').writeInt(4).writeByte('Q'));

        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void refusesALengthThatCannotHoldItself() {
        for (int length : new int[] {3, 0, -1, Integer.MIN_VALUE}) {
            FrameReader reader = new FrameReader(new Collector(), LIMIT);
            ByteBuf header = Unpooled.buffer().writeByte('d').writeInt(length);
            assertThatThrownBy(() -> reader.read(header)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void forwardsWhatCameBeforeAViolationHoweverItWasSplit() {
        for (int length : new int[] {3, 2_000_000}) {
            Collector collector = new Collector();
            FrameReader reader = new FrameReader(collector, LIMIT);
            ByteBuf bytes =
                    Unpooled.buffer().writeByte('d').writeInt(4).writeByte('Q').writeInt(length);
            assertThatThrownBy(() -> reader.read(bytes)).isInstanceOf(ProtocolException.class);
            assertThat(collector.everything.size()).isEqualTo(5);
        }
    }
}
