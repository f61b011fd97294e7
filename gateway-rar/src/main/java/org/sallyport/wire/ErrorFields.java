package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The fields of ErrorResponse and NoticeResponse, in order, by their code (manual, "Error and Notice Message Fields").
 * {@code (Byte1 code | String value)* | Byte1 0}.
 */
public record ErrorFields(Map<Character, String> values) {
    /** internal_error. */
    private static final String UNKNOWN = "XX000";

    private static final Predicate<String> SQL_STATE =
            Pattern.compile("[0-9A-Z]{5}").asMatchPredicate();

    public ErrorFields {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public static ErrorFields decode(ByteBuf payload) {
        Map<Character, String> values = new LinkedHashMap<>();
        while (true) {
            Buffers.requireBytes(payload, 1);
            byte code = payload.readByte();
            if (code == 0) {
                return new ErrorFields(values);
            }
            values.put((char) code, Buffers.readString(payload, ClientEncoding.LENIENT));
        }
    }

    /** Goes to the log and on record: a server that is none may say anything of any length there. */
    public String sqlState() {
        String said = values.getOrDefault('C', UNKNOWN);
        return SQL_STATE.test(said) ? said : UNKNOWN;
    }

    public String severity() {
        return values.getOrDefault('V', values.getOrDefault('S', "ERROR"));
    }

    /** Whether the connection ends with it. */
    public boolean isFatal() {
        return severity().equals("FATAL") || severity().equals("PANIC");
    }
}
