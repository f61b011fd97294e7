package org.sallyport.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One message from the server: its type and its payload, one char for each byte. */
public record Message(char type, String payload) {

    /** A field of ErrorResponse or NoticeResponse. */
    public Optional<String> field(char code) {
        for (String field : payload.split("\0", -1)) {
            if (!field.isEmpty() && field.charAt(0) == code) {
                return Optional.of(utf8(field.substring(1)));
            }
        }
        return Optional.empty();
    }

    /** The columns of a DataRow as text; "NULL" for NULL. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>();
        int at = 2;
        while (at < payload.length()) {
            int length = int4(at);
            at += 4;
            columns.add(length < 0 ? "NULL" : utf8(payload.substring(at, at + length)));
            at += Math.max(0, length);
        }
        return columns;
    }

    private int int4(int at) {
        return payload.charAt(at) << 24
                | payload.charAt(at + 1) << 16
                | payload.charAt(at + 2) << 8
                | payload.charAt(at + 3);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** What of the message a client's user would see, and nothing that differs between sessions. */
    public String summary() {
        return switch (type) {
            case 'E', 'N' -> type + ":" + field('C').orElse("");
            case 'D' -> type + ":" + columns();
            case 'C' -> type + ":" + payload.substring(0, payload.length() - 1);
            case 'Z' -> type + ":" + payload;
            case 'R' -> type + ":" + int4(0);
            default -> String.valueOf(type);
        };
    }
}
