package org.sallyport.api;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** A request's body, read strictly: one object with values under known names and no other. */
final class Body {
    /** Room for the longest reason with every character escaped, and some names. */
    private static final int LARGEST = 32 * 1024;

    private static final int LONGEST_NAME = 1000;

    private final JsonObject object;

    private Body(JsonObject object) {
        this.object = object;
    }

    static Body read(InputStream body, Set<String> members) throws IOException {
        Body read = of(body);
        for (Map.Entry<String, JsonValue> member : read.object.entrySet()) {
            if (!members.contains(member.getKey()) || !(member.getValue() instanceof JsonString)) {
                throw new Refused(
                        ProblemKind.INVALID,
                        "The body is an object with texts under these names, and no other: "
                                + String.join(", ", members.stream().sorted().toList()) + ".");
            }
        }
        return read;
    }

    /** With values of other kinds among its members, which are looked at where they are taken. */
    static Body readSome(InputStream body, List<String> members) throws IOException {
        Body read = of(body);
        if (!members.containsAll(read.object.keySet())) {
            throw new Refused(
                    ProblemKind.INVALID, "The body has only these members: " + String.join(", ", members) + ".");
        }
        return read;
    }

    private static Body of(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new Refused(ProblemKind.TOO_LARGE);
        }
        return new Body(parse(bytes));
    }

    static JsonObject parse(byte[] bytes) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return reader.readObject();
        } catch (
                RuntimeException
                        malformed) { // where it nests too deeply, or a number is too long, it is no JsonException
            throw new Refused(ProblemKind.INVALID, "The body is not a JSON object.");
        }
    }

    Reason reason() {
        return new Reason(text("reason").orElse(""));
    }

    /** A name of something, which is never empty. */
    Optional<String> name(String member) {
        return text(member).map(Body::requireName);
    }

    private static String requireName(String text) {
        if (text.isBlank() || text.length() > LONGEST_NAME || !text.codePoints().allMatch(Body::isShown)) {
            throw new Refused(
                    ProblemKind.INVALID, "A name has 1 to " + LONGEST_NAME + " characters, all of them to be seen.");
        }
        return text;
    }

    /** No name that anybody has contains others; in the log they would begin a line, or hide. */
    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** A list of names; none where it is not there. */
    List<String> names(String member) {
        JsonValue value = object.get(member);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray list)
                || list.isEmpty()
                || !list.stream().allMatch(JsonString.class::isInstance)) {
            throw new Refused(ProblemKind.INVALID, "Under " + member + " stands a list of names.");
        }
        return list.getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .map(Body::requireName)
                .toList();
    }

    /** A whole number, from 1 to a billion. */
    Optional<Long> number(String member) {
        JsonValue value = object.get(member);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof JsonNumber number)
                || !number.isIntegral()
                || number.bigIntegerValue().bitLength() > 30
                || number.longValue() < 1) {
            throw new Refused(ProblemKind.INVALID, "Under " + member + " stands a whole number above 0.");
        }
        return Optional.of(number.longValue());
    }

    Optional<UUID> id(String member) {
        return read(member, UUID::fromString, "an id");
    }

    Optional<Instant> time(String member) {
        return read(member, Question::time, "a time such as 2026-11-26T10:00:00Z");
    }

    private <T> Optional<T> read(String member, Function<String, T> meaning, String expected) {
        try {
            return text(member).map(meaning);
        } catch (IllegalArgumentException malformed) {
            throw new Refused(ProblemKind.INVALID, "Under " + member + " stands " + expected + ".");
        }
    }

    private Optional<String> text(String member) {
        JsonValue value = object.get(member);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof JsonString text)) {
            throw new Refused(ProblemKind.INVALID, "Under " + member + " stands a text.");
        }
        return Optional.of(text.getString());
    }
}
