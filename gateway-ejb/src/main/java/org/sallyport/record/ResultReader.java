package org.sallyport.record;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sallyport.record.RecordedResults.Column;
import org.sallyport.record.RecordedResults.Kind;
import org.sallyport.record.RecordedResults.Result;

/**
 * Reads a page of rows out of recorded messages, which may be cut anywhere (manual, "Message Formats").
 *
 * <pre>
 * message: Byte1 type | Int32 length (of itself and the payload) | payload
 * </pre>
 */
final class ResultReader {
    private static final int HEADER = 5;

    /** Of all values of a page: one row more is read, whatever it has. */
    private static final long MOST_CHARACTERS = 4L * 1024 * 1024;

    private final int first;
    private final int size;
    private final List<Result> results = new ArrayList<>();
    private byte[] pending = {};
    private int unread;
    private @Nullable Open open;
    private int row;
    private int taken;
    private long characters;
    private boolean more;
    private boolean ended;

    /** A result whose rows are being read. */
    private static final class Open {
        private final Kind kind;
        private final List<Column> columns;
        private final boolean binary;
        private final List<List<@Nullable String>> rows = new ArrayList<>();

        Open(Kind kind, List<Column> columns, boolean binary) {
            this.kind = kind;
            this.columns = columns;
            this.binary = binary;
        }
    }

    /** @param first row of the page; all results' rows count from 0 */
    ResultReader(int first, int size) {
        this.first = first;
        this.size = size;
    }

    /** Whether the page is full, and nothing more need be read. */
    boolean isFull() {
        return more;
    }

    /** The next part of the messages. */
    void accept(byte[] part) {
        if (more) {
            return;
        }
        append(part);
        ByteBuffer bytes = ByteBuffer.wrap(pending, 0, unread);
        while (!more && bytes.remaining() >= HEADER && bytes.remaining() > length(bytes)) {
            int end = bytes.position() + 1 + length(bytes);
            char type = (char) bytes.get();
            ByteBuffer payload = bytes.slice(bytes.position() + 4, end - bytes.position() - 4);
            message(type, payload);
            bytes.position(end);
        }
        unread = bytes.remaining();
        if (bytes.position() > 0) {
            System.arraycopy(pending, bytes.position(), pending, 0, unread);
        }
    }

    /** A message may be as large as all that is recorded: what is unread of it is not copied for each part. */
    private void append(byte[] part) {
        if (unread + part.length > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(unread + part.length, 2 * pending.length));
        }
        System.arraycopy(part, 0, pending, unread, part.length);
        unread += part.length;
    }

    private static int length(ByteBuffer bytes) {
        int length = bytes.getInt(bytes.position() + 1);
        if (length < 4) {
            throw new IllegalArgumentException("a recorded message of impossible length");
        }
        return length;
    }

    private void message(char type, ByteBuffer payload) {
        ended = false;
        switch (type) {
            case 'T' -> begin(Kind.ROWS, columns(payload), false);
            case 'H' -> begin(Kind.COPY_OUT, List.of(), payload.get() == 1);
            case 'G' -> begin(Kind.COPY_IN, List.of(), payload.get() == 1);
            case 'D' -> row(values(payload));
            case 'd' -> row(List.of(text(bytes(payload), open != null && open.binary, 0)));
            case 'V' -> {
                begin(Kind.FUNCTION, List.of(), false);
                byte @Nullable [] value = value(payload);
                row(Arrays.asList(value == null ? null : text(value, true, 0)));
                end(Optional.empty());
            }
            case 'C' -> end(Optional.of(string(payload)));
            default -> {
                // CopyDone says nothing that the command tag behind it does not say.
            }
        }
    }

    private void begin(Kind kind, List<Column> columns, boolean binary) {
        end(Optional.empty());
        ended = false;
        open = new Open(kind, columns, binary);
    }

    /** A result that has nothing on this page is not on it, unless it is empty and the page begins there. */
    private void end(Optional<String> tag) {
        ended = true;
        Open ending = open;
        open = null;
        if (ending != null && (!ending.rows.isEmpty() || row >= first)) {
            results.add(new Result(ending.kind, ending.columns, ending.rows, tag));
        }
    }

    private void row(List<@Nullable String> values) {
        if (open == null) {
            // Its description was not recorded.
            open = new Open(Kind.ROWS, List.of(), false);
        }
        if (row >= first) {
            if (taken == size || characters > MOST_CHARACTERS) {
                more = true;
                return;
            }
            open.rows.add(values);
            taken++;
            values.forEach(value -> characters += value == null ? 0 : value.length());
        }
        row++;
    }

    private List<@Nullable String> values(ByteBuffer payload) {
        List<Column> columns = open == null ? List.of() : open.columns;
        int count = payload.getShort() & 0xffff;
        List<@Nullable String> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] value = value(payload);
            boolean binary = i < columns.size() && columns.get(i).binary();
            values.add(
                    value == null
                            ? null
                            : text(value, binary, binary ? columns.get(i).type() : 0));
        }
        return values;
    }

    private static byte @Nullable [] value(ByteBuffer payload) {
        int length = payload.getInt();
        if (length < 0) {
            return null;
        }
        byte[] value = new byte[length];
        payload.get(value);
        return value;
    }

    private static String text(byte[] value, boolean binary, int type) {
        return binary
                ? BinaryValue.text(type, value).orElseGet(() -> SentText.digits(value, value.length))
                : SentText.of(value);
    }

    private static List<Column> columns(ByteBuffer payload) {
        int count = payload.getShort() & 0xffff;
        List<Column> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = string(payload);
            payload.position(payload.position() + 6);
            int type = payload.getInt();
            payload.position(payload.position() + 6);
            columns.add(new Column(name, type, payload.getShort() == 1));
        }
        return columns;
    }

    private static String string(ByteBuffer payload) {
        int end = payload.position();
        while (payload.get(end) != 0) {
            end++;
        }
        byte[] text = new byte[end - payload.position()];
        payload.get(text);
        payload.get();
        return SentText.of(text);
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return bytes;
    }

    /** The page, once everything was read or it is full. */
    RecordedResults page() {
        boolean cut = !more && (unread > 0 || open != null || (row > 0 && !ended));
        Open last = open;
        if (last != null && (!last.rows.isEmpty() || row >= first) && !(more && last.rows.isEmpty())) {
            results.add(new Result(last.kind, last.columns, last.rows, Optional.empty()));
        }
        return new RecordedResults(results, more ? Optional.of(first + taken) : Optional.empty(), cut);
    }
}
