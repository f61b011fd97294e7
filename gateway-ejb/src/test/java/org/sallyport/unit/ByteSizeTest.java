package org.sallyport.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({"0,0", "1234,1234", "12B,12", "3 KiB,3072", "512MiB,536870912", " 2GiB ,2147483648"})
    void readsWhatOperatorsWrite(String size, long bytes) {
        assertThat(ByteSize.of(size)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "1GB", "1.5GiB", "-1MiB", "1 TiB", "999999999999GiB", "9999999999999"})
    void refusesEverythingElse(String size) {
        assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.of(size)).withMessageContaining(size);
    }
}
