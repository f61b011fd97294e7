package org.sallyport.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTest {

    @Test
    void leavesOrdinaryTextAsItIs() {
        String text = "SELECT 'Ärger', '日本', '🙂'\n\tFROM t -- <b>";
        assertThat(Plain.text(text)).isEqualTo(text);
    }

    @Test
    void writesOutWhatWouldReorderOrHideText() {
        assertThat(Plain.text("a\u202Eb")).isEqualTo("a⟨U+202E⟩b");
        assertThat(Plain.text("a\u2066b")).isEqualTo("a⟨U+2066⟩b");
        assertThat(Plain.text("a\u200Bb")).isEqualTo("a⟨U+200B⟩b");
        assertThat(Plain.text("a\u00A0b")).isEqualTo("a⟨U+00A0⟩b");
        assertThat(Plain.text("a\u2028b")).isEqualTo("a⟨U+2028⟩b");
        assertThat(Plain.text("a\rb\u0007")).isEqualTo("a⟨U+000D⟩b⟨U+0007⟩");
        assertThat(Plain.text("\uD800")).isEqualTo("⟨U+D800⟩");
        assertThat(Plain.text("customers\u3164")).isEqualTo("customers⟨U+3164⟩");
        assertThat(Plain.text("a\uFE00b\u115F\uFFA0\u034F\u2800"))
                .isEqualTo("a⟨U+FE00⟩b⟨U+115F⟩⟨U+FFA0⟩⟨U+034F⟩⟨U+2800⟩");
        assertThat(Plain.text("\uDB40\uDD00")).isEqualTo("⟨U+E0100⟩");
        assertThat(Plain.text("\uDB40\uDC41")).isEqualTo("⟨U+E0041⟩");
    }
}
