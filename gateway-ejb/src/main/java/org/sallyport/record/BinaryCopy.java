package org.sallyport.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into one table, each begun by {@link #row} and then given field by field, in the table's types. Closed
 * before {@link #end}, none of them is there.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">PostgreSQL's manual, COPY, "Binary Format"</a>
 */
final class BinaryCopy implements AutoCloseable {
    /** Written to the server at once; more only where a single row is longer. */
    private static final int USUAL_BYTES = 64 * 1024;

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int NULL = -1;
    private static final int TEXT_OID = 25;
    private static final long SERVERS_EPOCH =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final short NO_MORE_ROWS = -1;

    private final CopyIn copy;
    private ByteBuffer bytes = ByteBuffer.allocate(USUAL_BYTES);
    private int rowBegins;
    private short fields;

    /**
     * @param table   and its columns, in the order in which each row's fields come
     * @throws SQLException where the server refuses, or the connection's driver is not pgjdbc
     */
    BinaryCopy(Connection connection, String table) throws SQLException {
        copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " FROM STDIN (FORMAT binary)");
        room(SIGNATURE.length + 2 * Integer.BYTES)
                .put(SIGNATURE)
                .putInt(0) // no flags
                .putInt(0); // no extension of the header
        rowBegins = bytes.position();
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            bytes = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + more))
                    .put(bytes.flip());
        }
        return bytes;
    }

    /** Begins the next row. */
    void row() throws SQLException {
        finishRow();
        if (bytes.position() >= USUAL_BYTES / 2) {
            write();
        }
        rowBegins = bytes.position();
        fields = 0;
        room(Short.BYTES).putShort(fields);
    }

    private void finishRow() {
        if (bytes.position() > rowBegins) {
            bytes.putShort(rowBegins, fields);
        }
    }

    private void write() throws SQLException {
        copy.writeToCopy(bytes.array(), 0, bytes.position());
        bytes.clear();
    }

    private ByteBuffer field(int length) {
        fields++;
        return room(Integer.BYTES + Math.max(0, length)).putInt(length);
    }

    void number(long value) {
        field(Long.BYTES).putLong(value);
    }

    void id(@Nullable UUID value) {
        if (value == null) {
            field(NULL);
        } else {
            field(2 * Long.BYTES).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
        }
    }

    void instant(Instant value) {
        long seconds = value.getEpochSecond() - SERVERS_EPOCH;
        number(TimeUnit.SECONDS.toMicros(seconds) + TimeUnit.NANOSECONDS.toMicros(value.getNano()));
    }

    void bytes(byte[] value) {
        field(value.length).put(value);
    }

    void text(@Nullable String value) {
        if (value == null) {
            field(NULL);
        } else {
            bytes(value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A {@code text[]}: dimensions, whether there are NULLs, the elements' type; of the dimension its length and lower bound. */
    void texts(List<? extends @Nullable String> values) {
        int begins = field(0).position();
        room(5 * Integer.BYTES)
                .putInt(values.isEmpty() ? 0 : 1)
                .putInt(values.stream().anyMatch(Objects::isNull) ? 1 : 0)
                .putInt(TEXT_OID);
        if (!values.isEmpty()) {
            bytes.putInt(values.size()).putInt(1);
        }
        for (String value : values) {
            element(value);
        }
        bytes.putInt(begins - Integer.BYTES, bytes.position() - begins);
    }

    private void element(@Nullable String value) {
        if (value == null) {
            room(Integer.BYTES).putInt(NULL);
        } else {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            room(Integer.BYTES + utf8.length).putInt(utf8.length).put(utf8);
        }
    }

    /**
     * Has the server take the rows; returns how many it took.
     *
     * @throws SQLException where it refuses one, and so all of them
     */
    long end() throws SQLException {
        finishRow();
        room(Short.BYTES).putShort(NO_MORE_ROWS);
        write();
        return copy.endCopy();
    }

    /** Gives up what was not ended, so that the connection can be used again. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
