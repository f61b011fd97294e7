package org.sallyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    /** {@code integer}, {@code bigint} and {@code numeric}; what is not told by its size stands for itself. */
    @ParameterizedTest
    @CsvSource({
        "0, i",
        "9, i",
        "1_000, i",
        "2147483647, i",
        "2147483648, 2147483648",
        "2147483649, l",
        "09, i",
        "9223372036854775807, l",
        "9223372036854775808, 9223372036854775808",
        "9223372036854775809, n",
        "9999999999999999999, n",
        "10000000000000000000, 10000000000000000000",
        "1.5, n",
        "0.9, n",
        ".5, n",
        "1., n",
        "1e3, 1e3",
        "1.5e3, 1.5e3",
        "0x1F, 0x1F",
    })
    void haveTheTypeOfTheirSize(String number, String kind) {
        assertThat(Numbers.kind(number)).isEqualTo(kind);
    }
}
