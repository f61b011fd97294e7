package org.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.sallyport.contract.ResultChunk;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.record.Compression;
import org.sallyport.record.Exported;
import org.sallyport.record.OutcomeRecord;
import org.sallyport.record.Place;
import org.sallyport.record.RecordFormat;
import org.sallyport.record.RecordedResults;
import org.sallyport.record.ResultChunkKey;
import org.sallyport.record.ResultChunkRecord;
import org.sallyport.record.SessionEndRecord;
import org.sallyport.record.SessionRecord;
import org.sallyport.record.StatementKey;
import org.sallyport.record.StatementRecord;

/** Whatever was recorded stands in a line that nothing can break out of, and from which the record can be made again. */
class ExportLineTest {
    private static final List<String> HOSTILE = List.of(
            "</script><script>alert(1)</script>",
            "<!--<script>",
            "]]>",
            "\u2028\u2029",
            "\0\u0001\u001b[31m\r\n\t",
            "\u202e\u2066\u2069\u200f",
            "\ud83d\ude00 \u00e9\ufeff",
            "'\"`\\${x}&amp;",
            "\\u003c/script>");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private String text() {
        return random.ints(1 + random.nextInt(6), 0, HOSTILE.size() + 3)
                .mapToObj(i -> i < HOSTILE.size() ? HOSTILE.get(i) : Character.toString(character()))
                .collect(Collectors.joining());
    }

    private int character() {
        int c = random.nextInt(Character.MAX_CODE_POINT + 1);
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 'x' : c;
    }

    private Instant instant() {
        return Instant.EPOCH.plus(random.nextInt(), ChronoUnit.MICROS);
    }

    private Optional<String> state() {
        return random.nextBoolean() ? Optional.of("42501") : Optional.empty();
    }

    private String line(Object row) {
        String line = ExportLine.of(new Exported(new Place(new UUID(1, 2), 7, new byte[16], new byte[32]), row));
        assertThat(line).as("seed %d", seed).matches("[ -~&&[^<>&']]*");
        return line;
    }

    private static JsonObject read(String line) {
        return Json.createReader(new StringReader(line)).readObject();
    }

    private Optional<StatementRecord.Held> held() {
        return switch (random.nextInt(3)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new StatementRecord.Held(UUID.randomUUID()));
            default ->
                Optional.of(new StatementRecord.Held(UUID.randomUUID(), Optional.of(text()), Optional.of(text())));
        };
    }

    @RepeatedTest(200)
    void saysAStatementWhole() {
        StatementRecord statement = new StatementRecord(
                new StatementKey(UUID.randomUUID(), random.nextLong(1L << 53)),
                new StatementRecord.Asked("QUERY", text(), Arrays.asList(text(), null), instant()),
                new StatementRecord.Decided(List.of(text()), text(), text(), held(), state(), instant()),
                new StatementRecord.Touched(
                        List.of(text(), text()), random.nextBoolean() ? List.of() : List.of(text())));
        JsonObject line = read(line(statement));

        StatementRecord again = new StatementRecord(
                new StatementKey(id(line, "session_id"), number(line, "number")),
                new StatementRecord.Asked(
                        line.getString("phase"),
                        line.getString("text"),
                        texts(line, "parameters"),
                        time(line, "asked")),
                new StatementRecord.Decided(
                        names(line, "kinds"),
                        line.getString("rule"),
                        line.getString("policy_version"),
                        optional(line, "approval_id")
                                .map(id -> new StatementRecord.Held(
                                        UUID.fromString(id),
                                        optional(line, "decided_by"),
                                        optional(line, "decision_reason"))),
                        optional(line, "refused_with"),
                        time(line, "decided")),
                new StatementRecord.Touched(names(line, "relations"), names(line, "labels")));
        assertThat(RecordFormat.encode(again)).as("seed %d", seed).isEqualTo(RecordFormat.encode(statement));
        assertThat(line.getString("verdict")).isEqualTo(statement.verdict());
        assertThat(line.getString("record")).isEqualTo("statement");
        assertThat(line.getString("journal")).isEqualTo(new UUID(1, 2).toString());
        assertThat(number(line, "sequence")).isEqualTo(7);
        assertThat(line.getString("salt")).isEqualTo("0".repeat(32));
        assertThat(line.getString("commitment")).isEqualTo("0".repeat(64));
    }

    @RepeatedTest(50)
    void saysTheOthersWhole() {
        UUID id = UUID.randomUUID();
        SessionRecord session = new SessionRecord(
                id,
                new SessionRecord.Caller(text(), List.of(text())),
                text(),
                text(),
                instant(),
                new SessionRecord.Versions(text(), text()));
        JsonObject line = read(line(session));
        SessionRecord sessionAgain = new SessionRecord(
                id(line, "id"),
                new SessionRecord.Caller(line.getString("identity"), names(line, "groups")),
                line.getString("connection"),
                line.getString("client_address"),
                time(line, "started"),
                new SessionRecord.Versions(line.getString("gateway_version"), line.getString("policy_version")));
        assertThat(RecordFormat.encode(sessionAgain)).as("seed %d", seed).isEqualTo(RecordFormat.encode(session));

        OutcomeRecord outcome = new OutcomeRecord(
                id,
                new StatementOutcome(
                        3,
                        text(),
                        state(),
                        4,
                        5,
                        Map.of("card", 2L),
                        Duration.of(random.nextInt(1000), ChronoUnit.MICROS)),
                instant());
        line = read(line(outcome));
        OutcomeRecord outcomeAgain = new OutcomeRecord(
                id(line, "session_id"),
                new StatementOutcome(
                        number(line, "number"),
                        line.getString("command_tag"),
                        optional(line, "sql_state"),
                        number(line, "row_count"),
                        number(line, "byte_count"),
                        RecordFormat.found(names(line, "found")),
                        Duration.of(number(line, "duration_micros"), ChronoUnit.MICROS)),
                time(line, "completed"));
        assertThat(RecordFormat.encode(outcomeAgain)).as("seed %d", seed).isEqualTo(RecordFormat.encode(outcome));

        byte[] messages = new byte[random.nextInt(1000)];
        random.nextBytes(messages);
        ResultChunkRecord chunk =
                new ResultChunkRecord(id, new ResultChunk(3, 1 + random.nextInt(9), 4, 5, messages), instant());
        line = read(line(chunk));
        ResultChunkRecord chunkAgain = new ResultChunkRecord(
                new ResultChunkKey(id(line, "session_id"), number(line, "number"), (int) number(line, "chunk")),
                number(line, "row_count"),
                number(line, "byte_count"),
                time(line, "at"),
                new Compression.Content(
                        optional(line, "encoding"), Base64.getDecoder().decode(line.getString("content"))));
        assertThat(RecordFormat.encode(chunkAgain)).as("seed %d", seed).isEqualTo(RecordFormat.encode(chunk));

        SessionEndRecord end = new SessionEndRecord(id, instant(), text());
        line = read(line(end));
        assertThat(RecordFormat.encode(
                        new SessionEndRecord(id(line, "session_id"), time(line, "ended"), line.getString("reason"))))
                .as("seed %d", seed)
                .isEqualTo(RecordFormat.encode(end));
    }

    /** What clients saw is as hostile as what they asked. */
    @RepeatedTest(50)
    void showsResultsThatNothingBreaksOutOf() {
        String value = text();
        String line = ExportLine.of(
                7,
                new RecordedResults(
                        List.of(new RecordedResults.Result(
                                RecordedResults.Kind.ROWS,
                                List.of(new RecordedResults.Column(value, 25, false)),
                                List.of(Arrays.asList(value, null)),
                                Optional.empty())),
                        Optional.of(1),
                        false));

        assertThat(line).as("seed %d", seed).matches("[ -~&&[^<>&']]*");
        JsonObject result = read(line).getJsonArray("results").getJsonObject(0);
        assertThat(names(result, "columns")).containsExactly(value);
        assertThat(result.getJsonArray("rows").getJsonArray(0).getString(0)).isEqualTo(value);
        assertThat(result.getJsonArray("rows").getJsonArray(0).isNull(1)).isTrue();
        assertThat(read(line).getBoolean("more")).isTrue();
    }

    /** Its frame asks for nothing, and nothing in it ends its script or its records early. */
    @Test
    void standsInAPageThatNeedsNothingElse() {
        String page = ReplayPage.BEFORE + ReplayPage.BEHIND;

        assertThat(page)
                .doesNotContain("src=", "href=", "url(", "@import", "http:", "https:", "innerHTML", "eval(", "$S");
        assertThat(Stream.of(page.split("</script>", -1))).hasSize(3);
        assertThat(page).contains("default-src 'none'").containsPattern("script-src 'sha256-[A-Za-z0-9+/=]{44}'");
        assertThat(ReplayPage.BEHIND).startsWith("\n]</script>");
    }

    private static UUID id(JsonObject line, String name) {
        return UUID.fromString(line.getString(name));
    }

    private static Instant time(JsonObject line, String name) {
        return Instant.parse(line.getString(name));
    }

    private static long number(JsonObject line, String name) {
        return line.getJsonNumber(name).longValueExact();
    }

    private static Optional<String> optional(JsonObject line, String name) {
        return line.isNull(name) ? Optional.empty() : Optional.of(line.getString(name));
    }

    private static List<String> names(JsonObject line, String name) {
        return line.getJsonArray(name).getValuesAs(JsonString::getString);
    }

    private static List<@Nullable String> texts(JsonObject line, String name) {
        JsonArray array = line.getJsonArray(name);
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            texts.add(array.isNull(i) ? null : array.getString(i));
        }
        return texts;
    }
}
