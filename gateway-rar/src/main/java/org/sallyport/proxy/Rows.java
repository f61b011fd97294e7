package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that the server sends in answer to the gateway's own commands, as text. */
final class Rows {
    /** All of them, in bytes: of whoever has more tables than that the catalog does not fit the heap either. */
    private static final int MOST = 128 * 1024 * 1024;

    private final List<List<@Nullable String>> rows = new ArrayList<>();
    private long bytes;

    /** {@code Int16 count | (Int32 length | value)*}; length -1 is NULL. */
    void add(ByteBuf row) {
        bytes += row.readableBytes();
        if (bytes > MOST) {
            rows.clear();
            return;
        }
        int columns = row.readUnsignedShort();
        List<@Nullable String> values = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            int length = row.readInt();
            values.add(
                    length < 0
                            ? null
                            : row.readCharSequence(length, StandardCharsets.UTF_8)
                                    .toString());
        }
        rows.add(Collections.unmodifiableList(values));
    }

    boolean isTooLarge() {
        return bytes > MOST;
    }

    List<List<@Nullable String>> all() {
        return Collections.unmodifiableList(rows);
    }
}
