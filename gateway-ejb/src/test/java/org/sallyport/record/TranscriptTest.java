package org.sallyport.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sallyport.contract.Parameter;

class TranscriptTest {

    @Test
    void saysOfACutTextHowLongItWas() {
        String kept = Transcript.of("x".repeat(Transcript.LONGEST_TEXT + 7));

        assertThat(Transcript.abridged(kept, 3)).isEqualTo("xxx [… 262151 characters]");
        assertThat(Transcript.abridged("x".repeat(20), 3)).isEqualTo("xxx [… 20 characters]");
        assertThat(Transcript.abridged("xxxxx [… 6 characters]", 3)).isEqualTo("xxx [… 22 characters]");
        assertThat(Transcript.abridged("😀😀", 3)).isEqualTo("😀 [… 4 characters]");
        assertThat(Transcript.abridged("xxx", 3)).isEqualTo("xxx");
    }

    @Test
    void hidesPasswords() {
        assertThat(Transcript.of("ALTER ROLE bob PASSWORD 'sesame'")).isEqualTo("ALTER ROLE bob PASSWORD '***'");
    }

    @Test
    void cutsLongTextsAndSaysSo() {
        String kept = Transcript.of("x".repeat(Transcript.LONGEST_TEXT + 1));

        assertThat(kept).hasSizeLessThan(Transcript.LONGEST_TEXT + 40).endsWith("[… 262145 characters]");
    }

    @Test
    void rendersParameters() {
        assertThat(Transcript.of(List.of(text("7"), binary(1, 255), new Parameter(0, false, null), text("a\0b"))))
                .containsExactly("7", "\\x01ff", null, "a\uFFFDb");
    }

    @Test
    void readsBinaryParametersOfCommonTypes() {
        List<Parameter> bound = List.of(
                new Parameter(23, true, new byte[] {0, 0, 0, 40}),
                new Parameter(20, true, new byte[] {-1, -1, -1, -1, -1, -1, -1, -2}),
                new Parameter(21, true, new byte[] {1, 0}),
                new Parameter(16, true, new byte[] {1}),
                new Parameter(701, true, new byte[] {0x3f, (byte) 0xf8, 0, 0, 0, 0, 0, 0}),
                new Parameter(1043, true, "é\0".getBytes(StandardCharsets.UTF_8)),
                new Parameter(2950, true, new byte[16]));

        assertThat(Transcript.of(bound))
                .containsExactly("40", "-2", "256", "t", "1.5", "é\uFFFD", "00000000-0000-0000-0000-000000000000");
    }

    @Test
    void showsTheBytesOfBinaryParametersThatDoNotFitTheirType() {
        assertThat(Transcript.of(List.of(new Parameter(23, true, new byte[] {1, 2}))))
                .containsExactly("\\x0102");
    }

    /** As in a session with another client_encoding: a character in place of what cannot be read would lose it. */
    @Test
    void showsTheBytesOfTextsThatAreNotInUtf8() {
        Parameter latin = new Parameter(25, false, new byte[] {'G', 'r', (byte) 0xf6, (byte) 0xdf, 'e'});
        Parameter binary = new Parameter(25, true, new byte[] {(byte) 0xe9});
        Parameter cut = new Parameter(25, false, new byte[] {'a', (byte) 0xc3});

        assertThat(Transcript.of(List.of(latin, binary, cut, text("\uFFFD"))))
                .containsExactly("\\x4772f6df65", "\\xe9", "\\x61c3", "\uFFFD");
    }

    @Test
    void ofALongTextThatIsNotInUtf8AsMuchIsKeptAsOfABinaryValue() {
        byte[] value = new byte[Transcript.LONGEST_PARAMETER - 1];
        Arrays.fill(value, (byte) 0xe9);
        Parameter parameter = new Parameter(25, false, value);

        assertThat(Transcript.of(List.of(parameter)).get(0))
                .hasSizeLessThan(Transcript.LONGEST_PARAMETER + 40)
                .endsWith("[… 4095 bytes]");
        assertThat(Transcript.isWhole(List.of(parameter))).isFalse();
        assertThat(Transcript.isWhole(List.of(text("x".repeat(value.length))))).isTrue();
    }

    @Test
    void aTextThatIsCutInsideACharacterStaysText() {
        String kept = String.valueOf(
                Transcript.of(List.of(text("a" + "😀".repeat(10_000)))).get(0));

        assertThat(kept).startsWith("a😀").doesNotContain("\uFFFD").endsWith("[… 40001 bytes]");
    }

    @Test
    void boundsParameters() {
        List<Parameter> many = Collections.nCopies(65_535, text("x".repeat(100_000)));

        assertThat(Transcript.of(many))
                .hasSize(65_535)
                .endsWith("[not kept]")
                .satisfies(kept -> assertThat(
                                kept.stream().mapToInt(String::length).sum())
                        .isLessThan(2 * Transcript.LONGEST_PARAMETERS + 65_535 * 10));
    }

    /** A name that is longer than an index's key may be would keep its statement out of its table. */
    @Test
    void boundsNames() {
        StatementRecord.Touched touched = Transcript.of(
                Stream.concat(
                                Stream.of("x".repeat(100_000), "a\0b"),
                                IntStream.range(0, 9_998).mapToObj(i -> "public.t" + i))
                        .toList(),
                List.of("pii.ssn"));

        assertThat(touched.relations())
                .hasSize(Transcript.MOST_NAMES + 1)
                .contains("a\uFFFDb", "public.t0")
                .endsWith("[… 10000 names]")
                .allSatisfy(name -> assertThat(name).hasSizeLessThan(Transcript.LONGEST_NAME + 40));
        assertThat(touched.labels()).containsExactly("pii.ssn");
        assertThat(Transcript.of(List.of(), List.<String>of())).isSameAs(StatementRecord.Touched.NOTHING);
    }

    private static Parameter text(String value) {
        return new Parameter(0, false, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Parameter binary(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new Parameter(0, true, bytes);
    }
}
