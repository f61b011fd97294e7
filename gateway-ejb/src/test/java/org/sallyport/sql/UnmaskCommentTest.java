package org.sallyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnmaskCommentTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* sallyport: unmask pii.ssn */ SELECT 1",
                "/*sallyport:unmask pii.ssn*/SELECT 1",
                " \n/* sallyport: unmask\n pii.ssn\n*/ SELECT 1",
                "/* SALLYPORT: Unmask pii.ssn */ SELECT 1",
                "/* sallyport: unmask pii.ssn, pii.ssn */ SELECT 1",
                "-- of a report\n/* made by a tool */ /* sallyport: unmask pii.ssn */ SELECT 1",
                "/* sallyport: unmask pii.ssn */ /* made by a tool */ SELECT /* sallyport: unmask other */ 1",
                "/* sallyport: unmask pii.ssn */",
            })
    void asksForALabel(String sql) {
        assertThat(UnmaskComment.of(sql)).hasValue(new UnmaskComment(List.of("pii.ssn")));
    }

    @Test
    void asksForSeveralLabels() {
        assertThat(UnmaskComment.of("/* sallyport: unmask pii.ssn,pii.email , pay */ SELECT 1"))
                .hasValue(new UnmaskComment(List.of("pii.ssn", "pii.email", "pay")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT 1",
                "SELECT /* sallyport: unmask pii.ssn */ ssn FROM customers",
                "SELECT 1 /* sallyport: unmask pii.ssn */",
                "; /* sallyport: unmask pii.ssn */ SELECT 1",
                "-- sallyport: unmask pii.ssn\nSELECT 1",
                "-- /* sallyport: unmask pii.ssn */\nSELECT 1",
                "/* see /* sallyport: unmask pii.ssn */ */ SELECT 1",
                "/* /* sallyport: unmask pii.ssn */ */ SELECT 1",
                "'/* sallyport: unmask pii.ssn */'",
                "$$/* sallyport: unmask pii.ssn */$$",
                "/* the sallyport: unmask pii.ssn */ SELECT 1",
                "/**/ SELECT 1",
                "/*",
            })
    void asksForNothing(String sql) {
        assertThat(UnmaskComment.of(sql)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* sallyport: */ SELECT 1",
                "/* sallyport: unmask */ SELECT 1",
                "/* sallyport: unmask , */ SELECT 1",
                "/* sallyport: unmask pii.ssn, */ SELECT 1",
                "/* sallyport: unmaskpii.ssn */ SELECT 1",
                "/* sallyport: show pii.ssn */ SELECT 1",
                "/* sallyport: unmask pii.ssn */ /* sallyport: unmask pii.email */ SELECT 1",
                "/* sallyport: unmask pii.ssn */ /* sallyport: mask */ SELECT 1",
            })
    void isNotUnderstood(String sql) {
        assertThat(UnmaskComment.of(sql)).hasValue(new UnmaskComment(List.of()));
    }

    /** What stands in the inner comment is no more than part of a name that no label has. */
    @Test
    void readsANestedCommentAsPartOfTheRequest() {
        assertThat(UnmaskComment.of("/* sallyport: unmask pii.ssn /* sallyport: unmask a */ */ SELECT 1"))
                .hasValue(new UnmaskComment(List.of("pii.ssn /* sallyport: unmask a */")));
    }
}
