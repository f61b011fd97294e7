package org.sallyport.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sallyport.contract.Detector;
import org.sallyport.contract.Sought;

/** Documents grown at random, with something to be found in them, stay documents and have it no more. */
class ScreenedJsonTest {
    private static final int DOCUMENTS = 20_000;
    private static final List<Detector> ALL = Stream.concat(
                    Stream.of(Sought.Known.values()).map(Sought.class::cast),
                    Stream.of(new Sought.Pattern("staff", "EMP-[0-9]+")))
            .map(sought -> new Detector(sought, true))
            .toList();
    private static final List<String> SECRETS = List.of(
            "ann@example.com", "4111111111111111", "123-45-6789", "DE89370400440532013000", "EMP-17", "(415) 555-2671");
    private static final List<String> WORDS =
            List.of("a", "", "\"", "\\", "/", "\n", "\u00e9", "\ud83d\ude00", "x y", "{", "]", ":", "17");

    @Test
    void stayJsonAndLoseWhatIsFound() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < DOCUMENTS; i++) {
            String document = value(random, 4);
            String shown = shown(document);
            assertThat(isAlike(parsed(document), parsed(shown)))
                    .as("seed %d: %s became %s", seed, document, shown)
                    .isTrue();
            for (String secret : SECRETS) {
                assertThat(texts(parsed(shown)))
                        .as("seed %d: %s", seed, document)
                        .noneMatch(text -> text.contains(secret));
            }
        }
    }

    private static String shown(String document) {
        ByteBuf out = Unpooled.buffer();
        JsonScreen screen = new JsonScreen(new Screen(ALL, new Findings()), false);
        assertThat(screen.mask(Unpooled.copiedBuffer(document, UTF_8), out))
                .as(document)
                .isTrue();
        return out.toString(UTF_8);
    }

    private static JsonValue parsed(String document) {
        try (JsonReader reader = Json.createReader(new StringReader(document))) {
            return reader.readValue();
        }
    }

    /** The same but for strings that hide something, in whose place a number may have stood. */
    private static boolean isAlike(JsonValue original, JsonValue shown) {
        if (original instanceof JsonObject object && shown instanceof JsonObject other) {
            return object.entrySet().stream()
                    .allMatch(entry ->
                            !other.containsKey(entry.getKey()) || isAlike(entry.getValue(), other.get(entry.getKey())));
        }
        if (original instanceof JsonArray array && shown instanceof JsonArray other) {
            return array.size() == other.size()
                    && Stream.iterate(0, i -> i + 1)
                            .limit(array.size())
                            .allMatch(i -> isAlike(array.get(i), other.get(i)));
        }
        return original.equals(shown)
                || (shown instanceof JsonString text && text.getString().contains("********"));
    }

    private static List<String> texts(JsonValue value) {
        if (value instanceof JsonObject object) {
            return Stream.concat(
                            object.keySet().stream(),
                            object.values().stream().flatMap(member -> texts(member).stream()))
                    .toList();
        }
        if (value instanceof JsonArray array) {
            return array.stream().flatMap(element -> texts(element).stream()).toList();
        }
        return List.of(value instanceof JsonString text ? text.getString() : value.toString());
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> List.of("null", "true", "false").get(random.nextInt(3));
            case 1 ->
                List.of("0", "-1.5e+3", "4111111111111111", "-4111111111111111", "12345678901234567890", "4.25")
                        .get(random.nextInt(6));
            case 6 -> "[" + list(random, depth, false) + "]";
            case 7 -> "{" + list(random, depth, true) + "}";
            default -> string(random, "");
        };
    }

    /** Keys that differ, so that no member takes another's place. */
    private static String list(Random random, int depth, boolean named) {
        StringBuilder list = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.append(named ? string(random, "k" + i + " ") + " : " : "")
                    .append(value(random, depth - 1))
                    .append(i > 1 ? " ,\n" : " ");
        }
        return list.toString();
    }

    /** A secret stands between blanks: next to a letter it would be none. */
    private static String string(Random random, String start) {
        StringBuilder text = new StringBuilder(start);
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(
                    random.nextInt(3) == 0
                            ? " " + SECRETS.get(random.nextInt(SECRETS.size())) + " "
                            : WORDS.get(random.nextInt(WORDS.size())));
        }
        StringBuilder quoted = new StringBuilder("\"");
        boolean escaping = random.nextInt(4) == 0;
        text.codePoints().forEach(character -> {
            boolean must = character < ' ' || character == '"' || character == '\\';
            boolean may = escaping && random.nextInt(3) == 0;
            for (char unit : Character.toChars(character)) {
                quoted.append(must || may ? "\\u%04x".formatted((int) unit) : String.valueOf(unit));
            }
        });
        return quoted.append('"').toString();
    }
}
