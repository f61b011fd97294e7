package org.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    @Test
    void countsPagesFromZero() {
        assertThat(Window.of("3", "50").offset()).isEqualTo(150);
    }

    @ParameterizedTest
    @CsvSource({"-1,50", "0,0", "0,201", "1000001,1", "x,50", "0,1e2", "99999999999,50"})
    void refusesWhatIsNoPage(String page, String size) {
        assertThatThrownBy(() -> Window.of(page, size)).isInstanceOf(Refused.class);
    }

    @Test
    void namesTheNextPageWhileThereMayBeOne() {
        assertThat(Listing.of(List.of(1, 2), new Window(0, 2)).next()).contains(1);
        assertThat(Listing.of(List.of(1), new Window(1, 2)).next()).isEmpty();
    }
}
