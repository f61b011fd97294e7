package org.sallyport.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the fields of a record one after the other; {@link RecordInput} reads them in the same order. */
final class RecordOutput {
    private static final int USUAL_BYTES = 384;

    private ByteBuffer bytes = ByteBuffer.allocate(USUAL_BYTES);

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            bytes = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + more))
                    .put(bytes.flip());
        }
        return bytes;
    }

    void tag(RecordFormat.Tag tag) {
        room(1).put(tag.code());
    }

    void number(long value) {
        room(Long.BYTES).putLong(value);
    }

    void id(UUID value) {
        room(2 * Long.BYTES).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    }

    void optionalId(@Nullable UUID value) {
        room(1).put((byte) (value == null ? 0 : 1));
        if (value != null) {
            id(value);
        }
    }

    /** To the microsecond, as PostgreSQL keeps it. */
    void instant(Instant value) {
        number(ChronoUnit.MICROS.between(Instant.EPOCH, value));
    }

    /** int32 bytes, then UTF-8; -1 for null. */
    void text(@Nullable String value) {
        if (value == null) {
            room(Integer.BYTES).putInt(-1);
            return;
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + utf8.length).putInt(utf8.length).put(utf8);
    }

    void texts(List<? extends @Nullable String> values) {
        room(Integer.BYTES).putInt(values.size());
        values.forEach(this::text);
    }

    /** int32 length, then the bytes. */
    void bytes(byte[] value) {
        room(Integer.BYTES + value.length).putInt(value.length).put(value);
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
