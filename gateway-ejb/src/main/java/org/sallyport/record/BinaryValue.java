package org.sallyport.record;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads binary parameters of the types that drivers send most, so that whoever approves or audits a statement sees 40 and not
 * its bytes. The type is the one that Parse declared, by which the server reads them too.
 */
final class BinaryValue {
    private static final int BOOL = 16;
    private static final int INT8 = 20;
    private static final int INT2 = 21;
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int FLOAT4 = 700;
    private static final int FLOAT8 = 701;
    private static final int VARCHAR = 1043;
    private static final int UUID_TYPE = 2950;

    private BinaryValue() {}

    /** The value as PostgreSQL would print it; absent where the type is another or the bytes do not fit it. */
    static Optional<String> text(int typeOid, byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        return switch (typeOid) {
            case TEXT, VARCHAR -> SentText.read(value, value.length);
            case BOOL -> value.length == 1 ? Optional.of(value[0] == 0 ? "f" : "t") : Optional.empty();
            case INT2 -> value.length == 2 ? Optional.of(Short.toString(bytes.getShort())) : Optional.empty();
            case INT4 -> value.length == 4 ? Optional.of(Integer.toString(bytes.getInt())) : Optional.empty();
            case INT8 -> value.length == 8 ? Optional.of(Long.toString(bytes.getLong())) : Optional.empty();
            case FLOAT4 -> value.length == 4 ? Optional.of(Float.toString(bytes.getFloat())) : Optional.empty();
            case FLOAT8 -> value.length == 8 ? Optional.of(Double.toString(bytes.getDouble())) : Optional.empty();
            case UUID_TYPE ->
                value.length == 16
                        ? Optional.of(new UUID(bytes.getLong(), bytes.getLong()).toString())
                        : Optional.empty();
            default -> Optional.empty();
        };
    }
}
