package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Any bytes for the decoders: each either decodes them or throws {@link ProtocolException}, and the frame reader gives the same
 * messages whole and in pieces, and leaves no buffer. Run by {@code -Pfuzz}, and by {@code FuzzTest} with inputs of its own.
 */
public final class DecoderFuzz {
    private static final int LARGEST = 64;

    private static final List<Consumer<ByteBuf>> DECODERS = List.of(
            payload -> Parse.decode(payload, ClientEncoding.UTF8),
            payload -> Bind.decode(payload, ClientEncoding.UTF8),
            payload -> Execute.decode(payload, ClientEncoding.UTF8),
            payload -> Name.decode(payload, ClientEncoding.UTF8),
            payload -> Query.decode(payload, ClientEncoding.UTF8),
            payload -> Query.decode(payload, ClientEncoding.reported("SJIS")),
            FunctionCall::decode,
            StartupPacket::decode,
            ErrorFields::decode,
            ParameterStatus::decode,
            RowDescription::decode,
            CopyResponse::decode);

    private DecoderFuzz() {}

    /** Jazzer's entry; the first byte says in which pieces the others come. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        ByteBuf bytes = Unpooled.wrappedBuffer(input, 1, input.length - 1);
        for (Consumer<ByteBuf> decoder : DECODERS) {
            try {
                decoder.accept(bytes.duplicate());
            } catch (ProtocolException | UndecodableText | UnusableName declared) {
                // What is no message is said so.
            }
        }
        String whole = read(bytes, Integer.MAX_VALUE);
        String pieces = read(bytes, 1 + (input[0] & 0xff));
        if (!whole.equals(pieces)) {
            throw new IllegalStateException("read whole: " + whole + ", read in pieces: " + pieces);
        }
    }

    private static String read(ByteBuf bytes, int piece) {
        var allocator = new UnpooledByteBufAllocator(false);
        var seen = new Seen();
        var reader = new FrameReader(seen, LARGEST);
        Optional<String> violation = Optional.empty();
        ByteBuf in = bytes.duplicate();
        while (in.isReadable() && violation.isEmpty()) {
            int length = Math.min(piece, in.readableBytes());
            try {
                reader.read(allocator.buffer(length).writeBytes(in, length));
            } catch (ProtocolException declared) {
                violation = Optional.of(declared.violation());
            }
        }
        reader.close();
        if (allocator.metric().usedHeapMemory() != 0) {
            throw new IllegalStateException("buffers are left");
        }
        return seen.text.append(violation.orElse("")).toString();
    }

    /** Writes down what it gets, and frees it. */
    private static final class Seen implements FrameReader.Sink {
        private final StringBuilder text = new StringBuilder();

        @Override
        public boolean wants(byte type, long payload) {
            return type % 2 == 0;
        }

        @Override
        public void message(byte type, ByteBuf frame) {
            text.append(type).append(' ');
            forward(frame);
        }

        @Override
        public void forward(ByteBuf bytes) {
            text.append(ByteBufUtil.hexDump(bytes));
            bytes.release();
        }
    }
}
