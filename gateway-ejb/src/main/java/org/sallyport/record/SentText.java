package org.sallyport.record;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads texts that a client or server has sent: nearly all are in UTF-8. Others, as sessions with another {@code client_encoding} have
 * them, are kept as their bytes: characters in place of some would lose them.
 */
final class SentText {
    private SentText() {}

    /** The text, or its bytes as hexadecimal digits after {@code \x}. */
    static String of(byte[] value) {
        return read(value, value.length).orElseGet(() -> digits(value, value.length));
    }

    /** The text of the first bytes, which may be cut inside a character; empty where they are not UTF-8. */
    static Optional<String> read(byte[] value, int length) {
        String text = new String(value, 0, length, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 || isUtf8(value, length) ? Optional.of(text) : Optional.empty();
    }

    /** It does not say what it has replaced: the replacement may be the text's own. */
    private static boolean isUtf8(byte[] value, int length) {
        return !StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(value, 0, length), CharBuffer.allocate(length), length == value.length)
                .isError();
    }

    static String digits(byte[] value, int length) {
        return "\\x" + HexFormat.of().formatHex(value, 0, length);
    }
}
