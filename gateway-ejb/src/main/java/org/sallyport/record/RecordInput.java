package org.sallyport.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RecordOutput} wrote. */
final class RecordInput {
    private final ByteBuffer bytes;

    RecordInput(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    byte tag() {
        return bytes.get();
    }

    long number() {
        return bytes.getLong();
    }

    UUID id() {
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    @Nullable
    UUID optionalId() {
        return bytes.get() == 0 ? null : id();
    }

    Instant instant() {
        return Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
    }

    @Nullable
    String optionalText() {
        int length = bytes.getInt();
        if (length < 0) {
            return null;
        }
        String text = new String(bytes(length), StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text with a NUL, which no table takes");
        }
        return text;
    }

    byte[] bytes() {
        return bytes(bytes.getInt());
    }

    private byte[] bytes(int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("a record that ends too early");
        }
        byte[] value = new byte[length];
        bytes.get(value);
        return value;
    }

    String text() {
        String text = optionalText();
        if (text == null) {
            throw new IllegalArgumentException("a text is missing in a record");
        }
        return text;
    }

    List<String> texts() {
        int count = bytes.getInt();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    List<@Nullable String> optionalTexts() {
        int count = bytes.getInt();
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(optionalText());
        }
        return texts;
    }
}
