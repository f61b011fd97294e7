package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {

    @ParameterizedTest
    @CsvSource({
        "*, , true",
        "*, a, true",
        "a*, a, true",
        "a*, ab, true",
        "a*, b, false",
        "*a, ba, true",
        "*a, ab, false",
        "a*c, abbc, true",
        "a*c, abcd, false",
        "a.b, axb, false",
        "*.*, a.b, true",
        "**, x, true",
        "a, A, false",
        "p*i.*, pii.ssn, true"
    })
    void matches(String pattern, String text, boolean expected) {
        assertThat(Wildcard.matches(pattern, text == null ? "" : text)).isEqualTo(expected);
    }
}
