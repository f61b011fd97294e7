package org.sallyport.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskKey;
import org.sallyport.contract.MaskedType;
import org.sallyport.contract.ResultShape;

/** What no PostgreSQL sends, what is bounded, and algorithms against values that others have computed. */
class ValueMasksTest {
    private static final Mask.Json JSON =
            new Mask.Json(List.of(new Mask.JsonPath(List.of("a", "b"), false), new Mask.JsonPath(List.of("s"), true)));

    private static @Nullable String shown(Mask mask, int typeOid, boolean binary, byte[] value) {
        ValueMask values = ValueMasks.of(mask, new ResultShape.Column("c", 0, 0, typeOid, binary), new Findings());
        ByteBuf shown = Unpooled.buffer();
        // Bytes of its neighbours stand before and behind a value.
        ByteBuf row = Unpooled.buffer().writeByte('"').writeBytes(value).writeByte('"');
        return values.mask(row.setIndex(1, 1 + value.length), shown) ? shown.toString(StandardCharsets.UTF_8) : null;
    }

    private static @Nullable String shown(Mask mask, MaskedType type, String value) {
        return shown(mask, type.oid(), false, value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void charactersAreCountedWhateverTheyAre() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] alphabet = {"a", "é", "€", "𝄞", "\u0301", "9"};
        for (int i = 0; i < 2000; i++) {
            String value = IntStream.range(0, random.nextInt(40))
                    .mapToObj(unused -> alphabet[random.nextInt(alphabet.length)])
                    .collect(Collectors.joining());
            int length = value.codePointCount(0, value.length());
            int kept = random.nextInt(6);
            int shown = length <= kept ? 0 : kept;
            String hidden = String.valueOf(Mask.SENTINEL).repeat(length - shown);
            String last = value.substring(value.offsetByCodePoints(value.length(), -shown));
            String first = value.substring(0, value.offsetByCodePoints(0, shown));

            assertThat(shown(new Mask.KeepLast(kept), MaskedType.TEXT, value))
                    .as("seed %d", seed)
                    .isEqualTo(hidden + last);
            assertThat(shown(new Mask.KeepFirst(kept), MaskedType.TEXT, value))
                    .as("seed %d", seed)
                    .isEqualTo(first + hidden);
        }
    }

    /** Sample 7 of NIST's for FF1: AES-256, no tweak. */
    @Test
    void tokensAreThoseOfTheStandard() {
        MaskKey key = new MaskKey(
                HexFormat.of().parseHex("2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94"));

        assertThat(shown(new Mask.Tokenize(key), MaskedType.TEXT, "0123456789")).isEqualTo("6657667009");
        assertThat(shown(new Mask.Tokenize(key), MaskedType.TEXT, "01-23 45-67 89"))
                .isEqualTo("66-57 66-70 09");
    }

    @Test
    void hashesAreThoseOfTheStandard() {
        Mask hash = new Mask.Hash(new MaskKey("a key of thirty-two characters..".getBytes(StandardCharsets.US_ASCII)));

        assertThat(shown(hash, MaskedType.TEXT, "ada")).isEqualTo("79370ab703459816533a28ae5cd78e45");
        assertThat(shown(hash, MaskedType.INT8, "17")).isEqualTo("4427111597723829302");
        String large = "x".repeat(1000);
        assertThat(shown(hash, MaskedType.TEXT, large)).isNotEqualTo(shown(hash, MaskedType.TEXT, large + "x"));
    }

    @ParameterizedTest
    @CsvSource({"5, false", "6, true", "64, true", "65, false"})
    void tokenizesAsManyDigitsAsIsSafe(int digits, boolean tokenized) {
        Mask tokenize = new Mask.Tokenize(new MaskKey(new byte[MaskKey.BYTES]));

        assertThat(shown(tokenize, MaskedType.TEXT, "1".repeat(digits)))
                .matches(tokenized ? "[0-9]{" + digits + "}" : "\\*{8}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "]",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":{\"b\":",
                "{\"a\":{\"b\":1}",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":1,}",
                "{\"s\":[1,2",
                "{\"s\":\"open",
                "{\"s\":\"open\\",
                "{\"x\":[}",
                "1 2",
                "'a'",
                "{\"a\":1]",
                "[1}",
            })
    void whatIsNoJsonIsNotShown(String document) {
        assertThat(shown(JSON, MaskedType.JSON, document)).isNull();
    }

    @Test
    void aVersionOfJsonbThatIsNotKnownIsNotShown() {
        assertThat(shown(JSON, MaskedType.JSONB.oid(), true, "\u0001{}".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("\u0001{}");
        assertThat(shown(JSON, MaskedType.JSONB.oid(), true, "\u0002{}".getBytes(StandardCharsets.US_ASCII)))
                .isNull();
        assertThat(shown(JSON, MaskedType.JSONB.oid(), true, new byte[0])).isNull();
    }

    @Test
    void jsonIsReadAsDeepAndAsLargeAsIsBounded() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(shown(JSON, MaskedType.JSON, "{\"x\":" + deep + "}")).isEqualTo("{\"x\":" + deep + "}");
        assertThat(shown(JSON, MaskedType.JSON, "{\"a\":{\"b\":" + deep + "}}"))
                .isEqualTo("{\"a\":{\"b\":\"********\"}}");
        assertThat(shown(JSON, MaskedType.JSON, deep)).isNull();
        String atMost = "[".repeat(JsonMask.MOST_DEPTH - 1) + "{\"s\":1}" + "]".repeat(JsonMask.MOST_DEPTH - 1);
        assertThat(shown(JSON, MaskedType.JSON, atMost)).isEqualTo(atMost.replace("1", "\"********\""));
        assertThat(shown(JSON, MaskedType.JSON, "[" + atMost + "]")).isNull();
        assertThat(shown(JSON, MaskedType.JSON, "[" + " ".repeat(JsonMask.MOST_BYTES - 2) + "]"))
                .isNotNull();
        assertThat(shown(JSON, MaskedType.JSON, "[" + " ".repeat(JsonMask.MOST_BYTES - 1) + "]"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1082, 20240101",
        "1082, 2024-13-01",
        "1082, 2024-02-30",
        "1082, 2024-00-01",
        "1082, 0000-01-01",
        "1082, 12345678-01-01",
        "1082, 2024-01-01x",
        "1082, 2024-01-01 00:00:00",
        "1114, 2024-01-01",
        "1114, 2024-01-01 24:00:00",
        "1114, 2024-01-01 00:00:00+00",
        "1184, 2024-01-01 00:00:00",
        "1184, 2024-01-01 00:00:00 UTC",
        "1184, 2024-01-01 00:00:00+",
        "1184, 2024-01-01 00:00:00+aa",
        "1184, 2024-01-01 00:00:00+01:02:03:04",
        "1114, ''",
    })
    void whatIsNoDateIsNotShown(int type, String text) {
        assertThat(shown(new Mask.ToPeriod(Mask.Period.YEAR), type, false, text.getBytes(StandardCharsets.US_ASCII)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "1e5", "abc", "1 000", "0x10", "1f", "99999999999999999999", "--1", "Infinity"})
    void whatIsNoWholeNumberIsNotShown(String text) {
        for (MaskedType type : List.of(MaskedType.INT8, MaskedType.NUMERIC)) {
            assertThat(shown(new Mask.ToStep(10), type, text)).as(type.name()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(MaskedType.class)
    void aValueOfAnotherLengthThanItsTypeHasIsNotShownInBinary(MaskedType type) {
        byte[] three = {1, 2, 3};
        for (Mask mask : List.of(
                new Mask.ToPeriod(Mask.Period.YEAR), new Mask.Hash(new MaskKey(new byte[MaskKey.BYTES])), JSON)) {
            if (!type.isText() && type != MaskedType.JSON) {
                assertThat(shown(mask, type.oid(), true, three))
                        .as(mask.toString())
                        .isNull();
            }
        }
    }

    @Test
    void anArrayOfAnotherTypeThanItsColumnSaysIsNotShown() {
        byte[] array =
                HexFormat.of().parseHex("00000001" + "00000000" + "00000017" + "00000001" + "00000001" + "0000000100");

        assertThat(shown(new Mask.KeepLast(1), MaskedType.TEXT.arrayOid(), true, array))
                .isNull();
        assertThat(shown(
                        new Mask.KeepLast(1),
                        MaskedType.TEXT.arrayOid(),
                        false,
                        "no array".getBytes(StandardCharsets.US_ASCII)))
                .isNull();
    }
}
