package org.sallyport.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.contract.Detector;
import org.sallyport.contract.Sought;

class ScreenTest {
    private static final List<Detector> ALL = Stream.of(Sought.Known.values())
            .map(known -> new Detector(known, true))
            .toList();

    private final Findings findings = new Findings();

    private @Nullable String shown(List<Detector> detectors, String value) {
        return shown(new TextScreen(new Screen(detectors, findings)), value);
    }

    private static @Nullable String shown(ValueMask mask, String value) {
        ByteBuf in = Unpooled.copiedBuffer(value, UTF_8);
        ByteBuf out = Unpooled.buffer();
        return mask.mask(in, out) ? out.toString(UTF_8) : null;
    }

    private @Nullable String json(List<Detector> detectors, String value) {
        return shown(new JsonScreen(new Screen(detectors, findings), false), value);
    }

    /** The numbers are the schemes' own examples; the keys are made up. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                card  | 4111111111111111
                card  | 4111 1111 1111 1111
                card  | 4111-1111-1111-1111
                card  | 4222222222222
                card  | 378282246310005
                card  | 3782 822463 10005
                card  | 5555555555554444
                card  | 2223003122003222
                card  | 6011111111111117
                card  | 3530111333300000
                card  | 30569309025904
                card  | 3056 930902 5904
                card  | 6205500000000000004
                ssn   | 123-45-6789
                iban  | DE89370400440532013000
                iban  | DE89 3704 0044 0532 0130 00
                iban  | GB29 NWBK 6016 1331 9268 19
                iban  | gb29nwbk60161331926819
                iban  | NO9386011117947
                iban  | MT84MALT011000012345MTLCAST001S
                email | ann@example.com
                email | ann.o'neil+tag@mail.example.co.uk
                email | a@b.cd
                email | x@xn--bcher-kva.xn--p1ai
                phone | +49 30 1234567
                phone | +14155552671
                phone | +1 (415) 555-2671
                phone | +44 20-7946-0958
                phone | (415) 555-2671
                phone | (415)555-2671
                phone | 415-555-2671
                phone | 415.555.2671
                key   | AKIAIOSFODNN7EXAMPLE
                key   | ghp_0123456789abcdefghijABCDEFGHIJ012345
                key   | github_pat_11AAAAAAA0aaaaaaaaaaaa_bbbbbbbbbbbbbbbbbbbbbbbbbb
                key   | glpat-0123456789abcdefghij
                key   | sk_live_0123456789abcdefABCDEF
                key   | sk-proj-0123456789abcdefghij-ABCDEFGHIJ_k
                key   | xoxb-0123456789-abcdefghijkl
                key   | AIzaSyA0123456789abcdefghijklmnopqrstuv
                jwt   | eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U
                jwt   | eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0In0.
                """)
    void findsAndHidesWhereverItStands(String label, String value) {
        for (String around :
                List.of("%s", "a %s.", "(%s)", "x=%s;", "\u5361\u53f7%s\u3002", "%s, %1$s", "\u00e9\n%s\n")) {
            Findings before = new Findings();
            String text = around.formatted(value);
            String shown = shown(new TextScreen(new Screen(ALL, before)), text);
            assertThat(shown).as(text).isEqualTo(text.replace(value, "********"));
            assertThat(before.counts()).as(text).containsOnlyKeys(label);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "an ordinary note about order 17, paid on 2026-11-26 10:07:08.123456+00",
                "4111111111111112",
                "4111 1111 1111 1112",
                "4111-1111 1111-1111",
                "41111 11111 111111",
                "x4111111111111111",
                "41111111111111111111",
                "0.4111111111111111",
                "4111111111111111.5",
                "1764151628123",
                "1764151628123456789",
                "550e8400-e29b-41d4-a716-446655440000",
                "41111111-1111-1111-1111-111111111111",
                "aaaaaaaa-aaaa-aaaa-4111-111111111111",
                "9999999999999995",
                "000-12-3456",
                "666-12-3456",
                "912-12-3456",
                "123-00-4567",
                "123-45-0000",
                "123-45-67890",
                "0123-45-6789",
                "1-123-45-6789",
                "123-45-6789-0",
                "123456789",
                "DE89370400440532013001",
                "DE8937040044053201300",
                "DE893704004405320130000",
                "ZZ89370400440532013000",
                "xDE89370400440532013000",
                "version AB12 of the file",
                "user@host",
                "@example.com",
                "ann@.com",
                "ann@example.c",
                "ann@example.123",
                "a @ b.com",
                "npm i @scope/package.json",
                "+49",
                "+1234567",
                "1+12345678901",
                "2026-11-26T10:07:08+01:00",
                "+1234567890123456",
                "155-555-2671",
                "415-155-2671",
                "415-555-26711",
                "415-555.2671",
                "10.0.0.1, 192.168.100.200",
                "f(x) + (100) 200",
                "AKIAIOSFODNN7EXAMPL",
                "AKIAIOSFODNNAEXAMPLX",
                "ghp_tooshort1",
                "sk-some-long-name-without-any-number-in-it",
                "my_sk_live_0123456789abcdefABCDEF",
                "eyJhbGciOiJIUzI1NiJ9",
                "eyJhbGciOiJIUzI1NiJ9.cGxhaW4",
                "-----BEGIN CERTIFICATE-----",
                "----- 17 -----",
            })
    void leavesWhatOnlyLooksLikeIt(String value) {
        assertThat(shown(ALL, value)).isEqualTo(value);
        assertThat(findings.counts()).isEmpty();
    }

    @Test
    void hidesAPrivateKeyToItsEnd() {
        String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow0IBAAKCAQEA0Z3VS5JJcds3xfn\n";
        assertThat(shown(ALL, "of ann: " + key + "-----END RSA PRIVATE KEY-----"))
                .isEqualTo("of ann: ********-----END RSA PRIVATE KEY-----");
        assertThat(shown(ALL, key)).isEqualTo("********");
    }

    @Test
    void hidesSeveralAndCountsEach() {
        assertThat(shown(ALL, "ann@example.com 4111111111111111 ben@example.com +14155552671"))
                .isEqualTo("******** ******** ******** ********");
        assertThat(findings.counts()).isEqualTo(Map.of("email", 2L, "card", 1L, "phone", 1L));
    }

    @Test
    void onlyCountsWhatItIsNotToHide() {
        List<Detector> detectors =
                List.of(new Detector(Sought.Known.EMAIL, false), new Detector(Sought.Known.CARD, true));
        assertThat(shown(detectors, "ann@example.com has 4111111111111111")).isEqualTo("ann@example.com has ********");
        assertThat(findings.counts()).isEqualTo(Map.of("email", 1L, "card", 1L));
    }

    @Test
    void looksForNothingElse() {
        List<Detector> cards = List.of(new Detector(Sought.Known.CARD, true));
        assertThat(shown(cards, "ann@example.com 123-45-6789")).isEqualTo("ann@example.com 123-45-6789");
        assertThat(findings.counts()).isEmpty();
    }

    @Test
    void findsWhatAPatternMatches() {
        List<Detector> detectors =
                List.of(new Detector(new Sought.Pattern("staff", "EMP-[0-9]{4,6}|\u00fc+"), true), ALL.get(3));
        assertThat(shown(detectors, "of EMP-12345, f\u00fc\u00fcr ann@example.com"))
                .isEqualTo("of ********, f********r ann@example.com".replace("ann@example.com", "********"));
        assertThat(findings.counts()).isEqualTo(Map.of("staff", 2L, "email", 1L));
    }

    @Test
    void hidesOverlappingPartsOnce() {
        List<Detector> detectors = List.of(
                new Detector(new Sought.Pattern("domain", "@[a-z.]+ and"), true),
                new Detector(Sought.Known.EMAIL, true),
                new Detector(new Sought.Pattern("nothing", "q*"), true));
        assertThat(shown(detectors, "to ann@example.com and others")).isEqualTo("to ******** others");
    }

    @Test
    void showsNothingOfAValueThatIsTooLongToBeLookedAt() {
        String text = "x".repeat(Screen.MOST_BYTES + 1);
        assertThat(shown(ALL, text)).isNull();
        assertThat(json(ALL, '"' + text + '"')).isNull();
        assertThat(shown(ALL, text.substring(1))).isEqualTo(text.substring(1));
        List<Detector> counting = List.of(new Detector(Sought.Known.CARD, false));
        assertThat(shown(counting, text)).isEqualTo(text);
        assertThat(json(counting, '"' + text + '"')).isEqualTo('"' + text + '"');
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
                {"to": "ann@example.com", "n": 1}           | {"to": "********", "n": 1}
                {"ann@example.com": "of ann"}               | {"********": "of ann"}
                {"card": 4111111111111111, "n": -1.5e3}     | {"card": "********", "n": -1.5e3}
                [4111111111111111,[-4111111111111111]]      | ["********",["********"]]
                "pay 4111 1111 1111 1111 now"               | "pay ******** now"
                "ann\\u0040example.com"                     | "********"
                "say \\"hi\\" to ann@example.com"           | "********"
                "say \\"hi\\" to \\\\"                      | "say \\"hi\\" to \\\\"
                {"a": "\\ud83d\\ude00 \\ud83d x"}           | {"a": "\\ud83d\\ude00 \\ud83d x"}
                {"a": 0.4111111111111111, "b": true}        | {"a": 0.4111111111111111, "b": true}
                17                                          | 17
                null                                        | null
                """)
    void keepsJsonJson(String document, String shown) {
        assertThat(json(ALL, document)).isEqualTo(shown);
    }

    /** The larger the patterns, the shorter. */
    @Test
    void looksAtShorterValuesForPatterns() {
        List<Detector> small = List.of(new Detector(new Sought.Pattern("a", "EMP-[0-9]+"), true));
        List<Detector> large = List.of(new Detector(new Sought.Pattern("b", "y{900}"), true));
        assertThat(shown(small, "x".repeat(1 << 16))).hasSize(1 << 16);
        assertThat(shown(small, "x".repeat((1 << 16) + 1))).isNull();
        assertThat(shown(large, "x".repeat(18_000))).hasSize(18_000);
        assertThat(shown(large, "x".repeat(19_000))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"ann@example.com", "{\"a\": \"x\\", "\"\\"})
    void showsNothingOfWhatIsNoJson(String document) {
        assertThat(json(ALL, document)).isNull();
    }

    @Test
    void readsTheVersionOfBinaryJsonb() {
        JsonScreen binary = new JsonScreen(new Screen(ALL, findings), true);
        assertThat(shown(binary, "\u0001{\"a\": \"ann@example.com\"}")).isEqualTo("\u0001{\"a\": \"********\"}");
        assertThat(shown(binary, "\u0002{\"a\": \"ann@example.com\"}")).isNull();
        assertThat(shown(binary, "")).isNull();
    }

    /** Texts made to be looked at again and again; the slowest takes some tens of milliseconds. */
    @Test
    void neverTakesLong() {
        List<String> seeds = new ArrayList<>(List.of(
                "eyJ",
                "eyJaaaaaaaaaa.",
                "eyJ_",
                "sk-",
                "sk-sk-0",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----",
                "@",
                "a@",
                "a@b.",
                "+1",
                "+1 ",
                "(2",
                "(200) 200-",
                "4",
                "4111 ",
                "4111 1111 1111 ",
                "DE89",
                "DE893704",
                "1-",
                "ghp_",
                "a1",
                "x.y@"));
        seeds.add("a".repeat(64) + "@");
        seeds.add("a".repeat(250) + ".");
        assertThat(seeds).allSatisfy(seed -> {
            String text = seed.repeat(Screen.MOST_BYTES / seed.length());
            long start = System.nanoTime();
            shown(ALL, text);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(seed).isLessThan(Duration.ofSeconds(2));
        });
    }
}
