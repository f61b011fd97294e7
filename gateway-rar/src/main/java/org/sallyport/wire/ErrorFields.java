package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of ErrorResponse and NoticeResponse, in order, by their code (manual, "Error and Notice Message Fields").
 * {@code (Byte1 code | String value)* | Byte1 0}.
 */
public record ErrorFields(Map<Character, String> values) {

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

    public String sqlState() {
        return values.getOrDefault('C', "XX000");
    }

    public String severity() {
        return values.getOrDefault('V', values.getOrDefault('S', "ERROR"));
    }

    /** Whether the connection ends with it. */
    public boolean isFatal() {
        return severity().equals("FATAL") || severity().equals("PANIC");
    }
}
