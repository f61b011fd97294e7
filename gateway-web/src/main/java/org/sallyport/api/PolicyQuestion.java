package org.sallyport.api;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sallyport.identity.Identity;
import org.sallyport.policy.Circumstances;

/**
 * Who would send what: the body of a question about the policy.
 *
 * @param claims         of the token, for conditions
 * @param parameterTypes OIDs, zero for open ones
 * @param at             the time at which it would be sent; empty for now
 */
@Schema(description = "Who would send what")
public record PolicyQuestion(
        @Schema(required = true) String identity,
        @Schema(required = true) List<String> groups,
        Map<String, Object> claims,
        @Schema(required = true) String connection,
        @Schema(required = true) String sql,
        List<Integer> parameterTypes,
        Optional<Instant> at) {

    private static final Set<String> MEMBERS =
            Set.of("identity", "groups", "claims", "connection", "sql", "parameterTypes", "at");

    private static final int LARGEST_BODY = 1 << 20;

    Circumstances circumstances(Instant now) {
        Identity who = new Identity(identity, Set.copyOf(groups), claims, Instant.MAX);
        return new Circumstances(who, connection, at.orElse(now));
    }

    /** Reads the body strictly: what is missing, unknown or of another type is named. */
    static PolicyQuestion read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            throw new Refused(ProblemKind.TOO_LARGE);
        }
        JsonObject object = Body.parse(bytes);
        Set<String> unknown = new TreeSet<>(object.keySet());
        unknown.removeAll(MEMBERS);
        if (!unknown.isEmpty()) {
            throw invalid("Unknown members: " + String.join(", ", unknown) + ". Known are "
                    + String.join(", ", new TreeSet<>(MEMBERS)) + ".");
        }
        return new PolicyQuestion(
                text(object, "identity"),
                texts(object, "groups"),
                claims(object),
                text(object, "connection"),
                text(object, "sql"),
                numbers(object, "parameterTypes"),
                time(object, "at"));
    }

    private static Refused invalid(String detail) {
        return new Refused(ProblemKind.INVALID, detail);
    }

    private static String text(JsonObject object, String member) {
        if (object.get(member) instanceof JsonString text && !text.getString().isBlank()) {
            return text.getString();
        }
        throw invalid("`" + member + "` must be a text that is not empty.");
    }

    private static List<String> texts(JsonObject object, String member) {
        if (object.get(member) instanceof JsonArray array && array.stream().allMatch(JsonString.class::isInstance)) {
            return array.stream().map(item -> ((JsonString) item).getString()).toList();
        }
        throw invalid("`" + member + "` must be a list of texts.");
    }

    private static List<Integer> numbers(JsonObject object, String member) {
        JsonValue value = object.getOrDefault(member, JsonValue.EMPTY_JSON_ARRAY);
        if (value instanceof JsonArray array && array.stream().allMatch(PolicyQuestion::isOid)) {
            return array.stream()
                    .map(item -> (int) ((JsonNumber) item).longValue())
                    .toList();
        }
        throw invalid("`" + member + "` must be a list of OIDs.");
    }

    private static boolean isOid(JsonValue value) {
        return value instanceof JsonNumber number
                && number.isIntegral()
                && number.longValue() >= 0
                && number.longValue() <= 0xFFFF_FFFFL;
    }

    private static Optional<Instant> time(JsonObject object, String member) {
        if (!object.containsKey(member)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text(object, member)));
        } catch (DateTimeParseException e) {
            throw invalid("`" + member + "` must be a time such as 2026-11-26T10:00:00Z.");
        }
    }

    private static Map<String, Object> claims(JsonObject object) {
        JsonValue value = object.getOrDefault("claims", JsonValue.EMPTY_JSON_OBJECT);
        if (!(value instanceof JsonObject claims)) {
            throw invalid("`claims` must be an object.");
        }
        return plain(claims);
    }

    private static Map<String, Object> plain(JsonObject object) {
        Map<String, Object> plain = new LinkedHashMap<>();
        object.forEach((name, value) -> plain(value).ifPresent(known -> plain.put(name, known)));
        return plain;
    }

    /** As a token's claims are read; null is none. */
    private static Optional<Object> plain(JsonValue value) {
        return switch (value.getValueType()) {
            case OBJECT -> Optional.of(plain(value.asJsonObject()));
            case ARRAY -> {
                List<Object> items = new ArrayList<>();
                value.asJsonArray().forEach(item -> plain(item).ifPresent(items::add));
                yield Optional.of(items);
            }
            case STRING -> Optional.of(((JsonString) value).getString());
            case NUMBER -> {
                JsonNumber number = (JsonNumber) value;
                yield Optional.of(number.isIntegral() ? (Object) number.longValue() : (Object) number.doubleValue());
            }
            case TRUE -> Optional.of(true);
            case FALSE -> Optional.of(false);
            case NULL -> Optional.empty();
        };
    }
}
