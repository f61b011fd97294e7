package org.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.record.Criterion;
import org.sallyport.record.Position;
import org.sallyport.record.Search;

/** What a search may be asked, and what is said of what it may not. */
class QuestionTest {

    @Test
    void asksForNothingWhereNothingIsSent() {
        assertThat(Question.of(Map.of())).isEqualTo(new Question(Search.ALL, Optional.empty(), 50));
    }

    @Test
    void readsEveryParameter() {
        Position position = new Position(Instant.parse("2026-11-26T09:00:00.000001Z"), new UUID(1, 2), 3);
        Question question = Question.of(Map.ofEntries(
                Map.entry("identity", List.of("ci/shop")),
                Map.entry("connection", List.of("shop")),
                Map.entry("from", List.of("2026-11-26T09:00:00Z")),
                Map.entry("to", List.of("2026-11-26T12:00:00+02:00")),
                Map.entry("relation", List.of("public.customers")),
                Map.entry("label", List.of("pii.ssn")),
                Map.entry("verdict", List.of("DENY")),
                Map.entry("rule", List.of("masking")),
                Map.entry("sqlState", List.of("42501")),
                Map.entry("text", List.of("100% _sure_")),
                Map.entry("after", List.of(position.words())),
                Map.entry("size", List.of("200"))));

        assertThat(question.search().wanted())
                .hasSize(Criterion.values().length)
                .containsEntry(Criterion.IDENTITY, "ci/shop")
                .containsEntry(Criterion.SQL_STATE, "42501")
                .containsEntry(Criterion.TEXT, "100% _sure_");
        assertThat(question.search().from()).contains(Instant.parse("2026-11-26T09:00:00Z"));
        assertThat(question.search().to()).contains(Instant.parse("2026-11-26T10:00:00Z"));
        assertThat(question.after()).contains(position);
        assertThat(question.size()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from|yesterday|from: expected a time such as 2026-11-26T10:00:00Z.",
                "from|2026-11-26|from: expected a time such as 2026-11-26T10:00:00Z.",
                "to|-999999999-01-01T00:00:00Z|to: expected a time such as 2026-11-26T10:00:00Z.",
                "to|+999999999-01-01T00:00:00Z|to: expected a time such as 2026-11-26T10:00:00Z.",
                "verdict|permit|verdict: expected PERMIT or DENY.",
                "sqlState|4250|sqlState: expected five digits or capital letters, such as 42501.",
                "size|0|size: expected a whole number from 1 to 200.",
                "size|201|size: expected a whole number from 1 to 200.",
                "size|-1|size: expected a whole number from 1 to 200.",
                "size|99999999999|size: expected a whole number from 1 to 200.",
                "after|1|after: expected what the page before has as next.",
                "after|1.------------------------------------.1|after: expected what the page before has as next.",
                "identity|''|identity: expected 1 to 1000 characters, none of them NUL.",
                "relaton|public.a|A parameter is not known here; expected after, connection, from, identity, label, relation, rule, size,"
                        + " sqlState, text, to, verdict.",
            })
    void namesTheParameterAndWhatWasExpected(String name, String value, String detail) {
        assertThatThrownBy(() -> Question.of(Map.of(name, List.of(value))))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(ProblemKind.INVALID);
                    assertThat(refused.detail()).isEqualTo(detail);
                });
    }

    @Test
    void refusesWhatTheStoreCouldNotBeAsked() {
        for (String value : List.of("a\0b", "x".repeat(1001))) {
            assertThatThrownBy(() -> Question.of(Map.of("text", List.of(value))))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.detail()).startsWith("text: expected 1 to 1000"));
        }
        assertThatThrownBy(() -> Question.of(Map.of("rule", List.of("a", "b"))))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.detail()).isEqualTo("rule: expected once."));
        assertThatThrownBy(() -> Question.of(
                        Map.of("from", List.of("2026-11-26T10:00:00Z"), "to", List.of("2026-11-26T10:00:00Z"))))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.detail()).isEqualTo("to: expected a time after from."));
    }
}
