package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.contract.CopyFormat;
import org.sallyport.contract.CopyTo;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskKey;
import org.sallyport.contract.MaskedType;
import org.sallyport.value.CopyDice;
import org.sallyport.value.CopyWriter;

/**
 * Every mask on values of every type, from a real PostgreSQL through a real listener, in text and in binary format. What is
 * shown goes back to the server as parameters of that type, in the format it came in: the server must take it, and find the
 * two the same.
 */
class MaskedTypesTest {
    @TempDir
    private static Path folder;

    private static RealServer server;
    private static ScriptedApplication application;
    private static Listener listener;
    private static RawClient masked;
    private static RawClient direct;

    private static final MaskKey KEY =
            new MaskKey("a key of thirty-two characters..".getBytes(StandardCharsets.US_ASCII));

    private static final Map<String, Mask> MASKS = Map.ofEntries(
            Map.entry("redact", new Mask.Constant(Mask.HIDDEN)),
            Map.entry("derived", new Mask.Redacted()),
            Map.entry("constant", new Mask.Constant("a \"b\", {c}")),
            Map.entry("null", new Mask.Nothing()),
            Map.entry("keepLast", new Mask.KeepLast(2)),
            Map.entry("keepFirst", new Mask.KeepFirst(3)),
            Map.entry("email", new Mask.Email()),
            Map.entry("hash", new Mask.Hash(KEY)),
            Map.entry("tokenize", new Mask.Tokenize(KEY)),
            Map.entry("month", new Mask.ToPeriod(Mask.Period.MONTH)),
            Map.entry("year", new Mask.ToPeriod(Mask.Period.YEAR)),
            Map.entry("decade", new Mask.ToPeriod(Mask.Period.DECADE)),
            Map.entry("1000", new Mask.ToStep(1000)),
            Map.entry("7", new Mask.ToStep(7)),
            Map.entry(
                    "json",
                    new Mask.Json(List.of(
                            new Mask.JsonPath(List.of("ssn"), false),
                            new Mask.JsonPath(List.of("contacts", "home phone"), false),
                            new Mask.JsonPath(List.of("cards"), true)))));

    @BeforeAll
    static void start() throws Exception {
        server = RealServer.start(folder);
        application = new ScriptedApplication(server::target);
        listener = Listener.bind(
                new ListenerSettings("127.0.0.1", 0, false, RealServer.keyStore(folder), RealServer.LIMITS),
                application);
        masked = new RawClient(listener.address().getPort());
        masked.login("agent", "shop", ScriptedApplication.TOKEN);
        direct = new RawClient(server.port());
        direct.startup(3 << 16, Map.of("user", "postgres", "database", "postgres"))
                .flush()
                .receiveUntil('Z');
        server.execute("CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TYPE pair AS (a text, b text);"
                + " CREATE DOMAIN code AS text CHECK (length(value) > 1); CREATE TYPE span AS RANGE (subtype = text)");
    }

    @AfterAll
    static void stop() throws Exception {
        masked.close();
        direct.close();
        listener.close();
        server.close();
    }

    /** What is shown of some values in each format, as the server writes it when it gets it back. */
    private record Shown(List<String> text, List<String> binary) {}

    private static Shown shown(Mask mask, String type, List<@Nullable String> literals) throws IOException {
        List<byte @Nullable []> fields = masked(mask, type, literals);
        List<byte @Nullable []> text = fields.subList(0, literals.size());
        List<byte @Nullable []> binary = fields.subList(literals.size(), fields.size());
        List<String> rows = written(type, text, binary);
        return new Shown(
                rows.stream().map(row -> row.split("\u0001", -1)[0]).toList(),
                rows.stream().map(row -> row.split("\u0001", -1)[1]).toList());
    }

    private static List<byte @Nullable []> masked(Mask mask, String type, List<@Nullable String> literals)
            throws IOException {
        application.masks = column -> mask;
        String values = literals.stream()
                .map(literal -> literal == null ? "NULL" : "'" + literal.replace("'", "''") + "'")
                .map(literal -> "(" + literal + "::" + type + ")")
                .collect(Collectors.joining(","));
        masked.parse("", "/*mask*/ SELECT v FROM (VALUES " + values + ") AS t(v)");
        List<Message> messages = masked.message('B', data -> data.writeBytes("\0\0\0\0\0\0\0\0"))
                .execute("", 0)
                .message('B', data -> data.writeBytes("\0\0\0\0\0\0\0\1\0\1"))
                .execute("", 0)
                .sync()
                .flush()
                .receiveUntil('Z');
        assertThat(messages)
                .as("%s of %s", mask, literals)
                .extracting(Message::type)
                .doesNotContain('E', '-');
        List<byte @Nullable []> fields = messages.stream()
                .filter(message -> message.type() == 'D')
                .map(message -> field(message.payload()))
                .toList();
        String query = "/*mask*/ SELECT v FROM (VALUES " + values + ") AS t(v)";
        copies(query, new CopyFormat.Text('\t', "\\N", true), fields.subList(0, literals.size()));
        copies(
                query,
                new CopyFormat.Csv(';', "", false, '"', '\\', new CopyFormat.Forced(false, Set.of("v"))),
                fields.subList(0, literals.size()));
        copies(query, new CopyFormat.Binary(), fields.subList(literals.size(), fields.size()));
        return fields;
    }

    /** Threats 70 and 71: what is copied is masked as what is selected. */
    private static void copies(String query, CopyFormat format, List<byte @Nullable []> shown) throws IOException {
        application.copies = sql -> Optional.of(new CopyTo(query, format));
        List<Message> messages = masked.query("COPY (" + query + ") TO STDOUT " + CopyDice.sql(format))
                .flush()
                .receiveUntil('Z');
        application.copies = sql -> Optional.empty();
        String data = messages.stream()
                .filter(message -> message.type() == 'd')
                .map(Message::payload)
                .collect(Collectors.joining());
        byte[] expected = new CopyWriter(format, List.of("v"))
                .write(shown.stream().map(Collections::singletonList).toList());
        assertThat(data)
                .as("%s of %s: %s", format, query, messages)
                .isEqualTo(new String(expected, StandardCharsets.ISO_8859_1));
    }

    /** {@code Int16 1 | Int32 length | bytes}. */
    private static byte @Nullable [] field(String row) {
        byte[] bytes = row.getBytes(StandardCharsets.ISO_8859_1);
        return bytes[2] < 0 ? null : Arrays.copyOfRange(bytes, 6, bytes.length);
    }

    private static List<String> written(String type, List<byte @Nullable []> text, List<byte @Nullable []> binary)
            throws IOException {
        direct.parse(
                "",
                "SELECT coalesce($1::%1$s::text, '<null>') || e'\\x01' || coalesce($2::%1$s::text, '<null>')"
                        .formatted(type));
        for (int i = 0; i < text.size(); i++) {
            byte[] first = text.get(i);
            byte[] second = binary.get(i);
            direct.message('B', data -> {
                data.writeBytes("\0\0\0\2\0\0\0\1\0\2");
                for (byte[] value : new byte[][] {first, second}) {
                    data.writeInt(value == null ? -1 : value.length);
                    data.write(value == null ? new byte[0] : value);
                }
                data.writeShort(0);
            });
            direct.execute("", 0);
        }
        List<Message> messages = direct.sync().flush().receiveUntil('Z');
        assertThat(messages).extracting(Message::summary).as("of type %s", type).noneMatch(m -> m.startsWith("E"));
        return messages.stream()
                .filter(message -> message.type() == 'D')
                .map(message -> message.columns().get(0))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "redact   | text    | secret                | ********",
                "derived  | text    | secret                | ********",
                "derived  | text    | -                     | ********",
                "redact   | text    | -                     | -",
                "keepLast | varchar | 123456                | ****56",
                "keepLast | char(5) | ab                    | ***",
                "keepFirst| name    | pg_class              | pg_*****",
                "email    | text    | joe.doe@example.com   | ********@example.com",
                "email    | text    | \"a@b\"@example.com   | ********@example.com",
                "email    | text    | joe@münchen.de        | ********@münchen.de",
                "email    | text    | joe.doe               | ********",
                "email    | text    | joe@                  | ********",
                "email    | text    | Joe <joe@example.com> | ********",
                "email    | text    | 'call me @ 555 1234'  | ********",
                "email    | text    | ``                    | ********",
                "email    | varchar | -                     | -",
                "null     | text    | secret                | -",
                "null     | text[]  | {a}                   | -",
                "tokenize | text    | 12345                 | ********",
                "tokenize | text    | Joe 123456            | ********",
                "year     | date    | 2024-02-29            | 2024-01-01",
                "month    | date    | 2024-02-29            | 2024-02-01",
                "decade   | date    | 2024-02-29            | 2020-01-01",
                "decade   | date    | 1999-12-31            | 1990-01-01",
                "decade   | date    | 0044-03-15 BC         | 0051-01-01 BC",
                "year     | date    | 5874897-12-31         | 5874897-01-01",
                "year     | date    | 4713-12-01 BC         | -",
                "month    | date    | 4713-12-01 BC         | 4713-12-01 BC",
                "year     | date    | infinity              | -",
                "year     | date    | -                     | -",
                "year     | timestamp | 2024-06-05 04:03:02.123456 | 2024-01-01 00:00:00",
                "month    | timestamp | 1999-12-31 23:59:59   | 1999-12-01 00:00:00",
                "month    | timestamp | 0001-12-31 23:59:59 BC| 0001-12-01 00:00:00 BC",
                "year     | timestamp | -infinity             | -",
                "year     | timestamptz | 2024-01-01 00:30:00+02  | 2023-01-01 00:00:00+00",
                "year     | timestamptz | 2023-12-31 23:30:00-02  | 2024-01-01 00:00:00+00",
                "month    | timestamptz | 2024-05-01 01:00:00+02:30 | 2024-04-01 00:00:00+00",
                "year     | text    | 2024-02-29            | -",
                "1000     | date    | 2024-02-29            | -",
                "1000     | int4    | 123456                | 123000",
                "1000     | int4    | -1                    | -1000",
                "1000     | int4    | -2147483648           | -",
                "1000     | int2    | 32767                 | 32000",
                "1000     | int8    | 9223372036854775807   | 9223372036854775000",
                "1000     | int8    | -9223372036854775808  | -",
                "1000     | numeric | 1234.56               | 1000",
                "1000     | numeric | -0.001                | -1000",
                "1000     | numeric | -1000.000             | -1000",
                "1000     | numeric | 0.0000000000001       | 0",
                "1000     | numeric | 123456789012345678.9  | 123456789012345000",
                "1000     | numeric | -123456789012345678.9 | -123456789012346000",
                "1000     | numeric | 1000000000000000000   | -",
                "1000     | numeric | 10000000000000001000  | -",
                "1000     | numeric | 12345678901234567890123 | -",
                "1000     | numeric | NaN                   | -",
                "1000     | numeric(20,4) | 120000000.5     | 120000000.0000",
                "1000     | float8  | 1999.9999999999998    | 1000",
                "1000     | float8  | -0.5                  | -1000",
                "1000     | float8  | 1.5e300               | 1.5e+300",
                "1000     | float8  | Infinity              | -",
                "1000     | float8  | NaN                   | -",
                "1000     | float4  | 123456.7              | 123000",
                "1000     | money   | 12.34                 | -",
                "json     | json    | { \"a\" : 1.0, \"ssn\":\"1\" } | { \"a\" : 1.0, \"ssn\":\"********\" }",
                "json     | json    | {\"s\\u0073n\":{\"x\":[1]}} | {\"s\\u0073n\":\"********\"}",
                "json     | json    | {\"x\":{\"ssn\":1}}   | {\"x\":{\"ssn\":1}}",
                "json     | json    | {\"ssn\":1,\"ssn\":2} | {\"ssn\":\"********\",\"ssn\":\"********\"}",
                "json     | json    | [{\"ssn\":1},[{\"ssn\":null}],2] | [{\"ssn\":\"********\"},[{\"ssn\":\"********\"}],2]",
                "json     | jsonb   | {\"contacts\":[{\"home phone\":\"1\"},{\"x\":\"]}\"}]} | {\"contacts\": [{\"home phone\": \"********\"}, {\"x\": \"]}\"}]}",
                "json     | jsonb   | {\"cards\":[1,{\"a\":[]},\"\\\"\"]} | {\"cards\": [\"********\", \"********\", \"********\"]}",
                "json     | jsonb   | {\"cards\":{\"a\":1}} | {\"cards\": \"********\"}",
                "json     | jsonb   | {\"cards\":[]}        | {\"cards\": []}",
                "json     | jsonb   | 17                    | 17",
                "json     | jsonb   | {}                    | {}",
                "json     | jsonb   | -                     | -",
                "json     | text    | {\"ssn\":1}           | -",
                "keepLast | text[]  | {abc,NULL,\"N\\\"\\\\ULL\",null} | {*bc,NULL,****LL,NULL}",
                "keepLast | text[]  | [2:3]={ab12,cd34}     | [2:3]={**12,**34}",
                "keepLast | varchar[] | {{a1234,\"b,{1}\"},{\"\",\"x y\"}} | {{***34,\"***1}\"},{\"\",\"* y\"}}",
                "keepFirst| text[]  | {nullify,NULL}        | {nul****,NULL}",
                "keepLast | text[]  | {}                    | {}",
                "redact   | text[]  | {a,b,NULL}            | {********}",
                "constant | text[]  | {{a},{b}}             | `{\"a \\\"b\\\", {c}\"}`",
                "derived  | text[]  | {a}                   | -",
                "1000     | int4[]  | {1234,NULL,-5}        | {1000,NULL,-1000}",
                "1000     | int2[]  | {-32768}              | {NULL}",
                "1000     | numeric[] | {1234.5,NaN}        | {1000,NULL}",
                "year     | date[]  | {2024-02-29,infinity} | {2024-01-01,NULL}",
                "year     | timestamptz[] | {\"2024-02-29 10:00:00+00\"} | {\"2024-01-01 00:00:00+00\"}",
                "json     | jsonb[] | {\"{\\\"ssn\\\":1}\"} | {\"{\\\"ssn\\\": \\\"********\\\"}\"}",
                "keepLast | code    | abcdef                | ****ef",
                "keepLast | mood    | sad                   | -",
                "keepLast | mood[]  | {sad}                 | -",
                "keepLast | code[]  | {abcdef}              | -",
                "keepLast | pair    | (a,b)                 | -",
                "keepLast | span    | [a,b)                 | -",
                "keepLast | bytea   | abc                   | -",
                "hash     | date    | 2024-02-29            | -",
                "keepLast | \"char\" | x                    | -",
            })
    void showsTheSameInTextAndInBinary(String mask, String type, @Nullable String value, @Nullable String expected)
            throws IOException {
        Shown shown = shown(Objects.requireNonNull(MASKS.get(mask)), type, Arrays.asList(value, null));

        assertThat(shown.text()).isEqualTo(shown.binary());
        assertThat(shown.text().get(0)).isEqualTo(expected == null ? "<null>" : expected);
        assertThat(shown.text().get(1))
                .isEqualTo(mask.equals("derived") && type.equals("text") ? Mask.HIDDEN : "<null>");
    }

    /** A hash that is never the value, and the same for the same value. */
    @ParameterizedTest
    @CsvSource({
        "text, ada, [0-9a-f]{32}",
        "text, '', [0-9a-f]{32}",
        "varchar, ada, [0-9a-f]{32}",
        "name, ada, [0-9a-f]{32}",
        "uuid, 0b9bafb4-9d6c-4f5e-8d0c-4a1c8a1a0001, '[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'",
        "int2, 17, '[0-9]{1,5}'",
        "int4, -17, '[0-9]{1,10}'",
        "int8, -9223372036854775808, '[0-9]{1,19}'",
        "int4[], '{17,17}', '\\{([0-9]+),\\1\\}'",
        "'text[]', '{ada}', '\\{[0-9a-f]{32}\\}'",
    })
    void hashesTheSameInTextAndInBinary(String type, String value, String pattern) throws IOException {
        Shown shown = shown(new Mask.Hash(KEY), type, List.of(value, value));

        assertThat(shown.text()).isEqualTo(shown.binary()).allMatch(hash -> hash.matches(pattern));
        assertThat(shown.text().get(0)).isEqualTo(shown.text().get(1)).isNotEqualTo(value);
        byte[] other = KEY.reveal();
        other[0]++;
        assertThat(shown(new Mask.Hash(new MaskKey(other)), type, List.of(value))
                        .text())
                .doesNotContain(shown.text().get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4111 1111-1111.1111", "123456", "+49 (89) 1234/5678", "000000000"})
    void tokensHaveOtherDigitsAndTheSameSeparators(String value) throws IOException {
        Shown shown = shown(new Mask.Tokenize(KEY), "text", List.of(value, value));

        assertThat(shown.text()).isEqualTo(shown.binary());
        String token = shown.text().get(0);
        assertThat(token).isEqualTo(shown.text().get(1)).isNotEqualTo(value);
        assertThat(token.replaceAll("[0-9]", "0")).isEqualTo(value.replaceAll("[0-9]", "0"));
    }

    @Test
    void aDateInAnotherStyleThanIsoIsNotShown() throws IOException {
        for (String style : List.of("SQL, MDY", "SQL, DMY", "Postgres, MDY", "German")) {
            masked.query("SET DateStyle = '" + style + "'").answers();
            for (String type : List.of("date", "timestamp", "timestamptz")) {
                Shown shown = shown(new Mask.ToPeriod(Mask.Period.YEAR), type, List.of("2010-11-12"));
                assertThat(shown.text()).as(style).containsExactly("<null>");
                assertThat(shown.binary()).as(style).allMatch(value -> value.startsWith("2010-01-01"));
            }
        }
        masked.query("RESET DateStyle").answers();
    }

    @ParameterizedTest
    @EnumSource(MaskedType.class)
    void textAndBinaryAgreeForRandomValuesUnderEveryMask(MaskedType type) throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        masked.query("SET TimeZone = '"
                        + List.of("UTC", "Asia/Kathmandu", "America/St_Johns").get(random.nextInt(3)) + "'")
                .answers();
        String name = type.name().toLowerCase(java.util.Locale.ROOT);
        List<@Nullable String> values = new ArrayList<>();
        List<@Nullable String> arrays = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            values.add(random.nextInt(10) == 0 ? null : value(type, random));
            arrays.add(Stream.generate(() -> random.nextInt(4) == 0 ? "NULL" : quoted(value(type, random)))
                    .limit(random.nextInt(4))
                    .collect(Collectors.joining(",", "{", "}")));
        }
        for (Mask mask : MASKS.values()) {
            Shown shown = shown(mask, name, values);
            assertThat(shown.text()).as("seed %d, %s of %s", seed, mask, values).isEqualTo(shown.binary());
            assertThat(mask.suits(type) || shown.text().stream().allMatch("<null>"::equals))
                    .as("seed %d: %s does not suit %s", seed, mask, type)
                    .isTrue();
            shown = shown(mask, name + "[]", arrays);
            assertThat(shown.text()).as("seed %d, %s of %s", seed, mask, arrays).isEqualTo(shown.binary());
        }
        masked.query("RESET TimeZone").answers();
    }

    private static String quoted(String element) {
        return '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String value(MaskedType type, Random random) {
        return switch (type) {
            case INT2 -> String.valueOf((short) random.nextInt());
            case INT4 -> String.valueOf(random.nextInt() >> random.nextInt(32));
            case INT8 -> String.valueOf(random.nextLong() >> random.nextInt(64));
            case NUMERIC ->
                new java.math.BigDecimal(new java.math.BigInteger(random.nextInt(80), random), random.nextInt(30))
                        .multiply(java.math.BigDecimal.valueOf(random.nextBoolean() ? 1 : -1))
                        .toPlainString();
            case FLOAT4 -> String.valueOf((float) (random.nextGaussian() * Math.pow(10, random.nextInt(20))));
            case FLOAT8 -> String.valueOf(random.nextGaussian() * Math.pow(10, random.nextInt(40)));
            case DATE -> date(random);
            case TIMESTAMP, TIMESTAMPTZ -> date(random).replaceFirst("( BC)?$", time(random) + "$1");
            case UUID -> new UUID(random.nextLong(), random.nextLong()).toString();
            case JSON, JSONB -> json(random, 0);
            default -> text(random);
        };
    }

    private static String text(Random random) {
        String alphabet = "aZ09@.- \"\\{},'*Nulé€😀";
        int[] points = alphabet.codePoints().toArray();
        return IntStream.range(0, random.nextInt(14))
                .map(i -> points[random.nextInt(points.length)])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String date(Random random) {
        LocalDate date = LocalDate.ofEpochDay(random.nextInt(2_000_000) - 1_000_000);
        int year = date.getYear();
        return "%04d-%02d-%02d%s"
                .formatted(
                        year < 1 ? 1 - year : year, date.getMonthValue(), date.getDayOfMonth(), year < 1 ? " BC" : "");
    }

    private static String time(Random random) {
        return " %02d:%02d:%02d.%06d"
                .formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60), random.nextInt(1_000_000));
    }

    private static String json(Random random, int depth) {
        return switch (depth > 3 ? random.nextInt(4) : random.nextInt(8)) {
            case 0 -> "null";
            case 1 -> String.valueOf(random.nextInt());
            case 2 -> "-1.5e3";
            case 3 -> '"' + text(random).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case 4, 5 ->
                Stream.generate(() -> json(random, depth + 1))
                        .limit(random.nextInt(4))
                        .collect(Collectors.joining(" , ", "[", "]"));
            default ->
                Stream.generate(() -> List.of("ssn", "contacts", "home phone", "cards", "s\\u0073n", "a\\\\b")
                                        .get(random.nextInt(6))
                                + "\" :"
                                + json(random, depth + 1))
                        .limit(random.nextInt(4))
                        .map(member -> '"' + member)
                        .collect(Collectors.joining(",", "{", "}"));
        };
    }
}
