package org.sallyport.api;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** A request's body, read strictly: one object with texts under known names and no other. */
final class Body {
    /** Room for the longest reason with every character escaped, and some names. */
    private static final int LARGEST = 32 * 1024;

    private static final int LONGEST_NAME = 1000;

    private final JsonObject object;

    private Body(JsonObject object) {
        this.object = object;
    }

    static Body read(InputStream body, Set<String> members) throws IOException {
        byte[] bytes = body.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new Refused(ProblemKind.TOO_LARGE);
        }
        JsonObject object = parse(bytes);
        for (Map.Entry<String, JsonValue> member : object.entrySet()) {
            if (!members.contains(member.getKey()) || !(member.getValue() instanceof JsonString)) {
                throw new Refused(
                        ProblemKind.INVALID,
                        "The body is an object with texts under these names, and no other: "
                                + String.join(", ", members.stream().sorted().toList()) + ".");
            }
        }
        return new Body(object);
    }

    private static JsonObject parse(byte[] bytes) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return reader.readObject();
        } catch (JsonException malformed) {
            throw new Refused(ProblemKind.INVALID, "The body is not a JSON object.");
        }
    }

    Reason reason() {
        return new Reason(object.getString("reason", ""));
    }

    /** A name of something, which is never empty. */
    Optional<String> name(String member) {
        Optional<String> name = text(member);
        if (name.filter(text -> text.isBlank() || text.length() > LONGEST_NAME || text.indexOf('\0') >= 0)
                .isPresent()) {
            throw new Refused(ProblemKind.INVALID, "A name has 1 to " + LONGEST_NAME + " characters.");
        }
        return name;
    }

    Optional<UUID> id(String member) {
        return read(member, UUID::fromString, "an id");
    }

    Optional<Instant> time(String member) {
        return read(member, Instant::parse, "a time such as 2026-11-26T10:00:00Z");
    }

    private <T> Optional<T> read(String member, Function<String, T> meaning, String expected) {
        try {
            return text(member).map(meaning);
        } catch (IllegalArgumentException | DateTimeParseException malformed) {
            throw new Refused(ProblemKind.INVALID, "Under " + member + " stands " + expected + ".");
        }
    }

    private Optional<String> text(String member) {
        return object.containsKey(member) ? Optional.of(object.getString(member)) : Optional.empty();
    }
}
