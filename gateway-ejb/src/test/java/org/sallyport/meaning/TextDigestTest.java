package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextDigestTest {
    @Test
    void isEqualForEqualTextsOnly() {
        assertThat(TextDigest.of("SELECT 1")).isEqualTo(TextDigest.of(new String("SELECT 1".toCharArray())));
        assertThat(TextDigest.of("SELECT 1")).hasSameHashCodeAs(TextDigest.of("SELECT " + 1));
        assertThat(TextDigest.of("SELECT 1")).isNotEqualTo(TextDigest.of("SELECT 2"));
        assertThat(TextDigest.of("")).isNotEqualTo(TextDigest.of(" "));
    }

    /** Half of a pair is a question mark to most of them. */
    @Test
    void tellsTextsApartThatNoEncodingDoes() {
        assertThat(TextDigest.of("a\ud800")).isNotEqualTo(TextDigest.of("a?"));
    }
}
