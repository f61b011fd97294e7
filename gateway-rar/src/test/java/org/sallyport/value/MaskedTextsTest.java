package org.sallyport.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskedType;
import org.sallyport.contract.ResultShape;

/** What becomes of values as PostgreSQL writes them; MaskedTypesTest has them written by one. */
class MaskedTextsTest {
    private static @Nullable String shown(Mask mask, int typeOid, String value) {
        ResultShape.Column column = new ResultShape.Column("c", 0, 0, typeOid, false);
        ByteBuf shown = Unpooled.buffer();
        // Neighbours that would go on with a number, a day or an array.
        ByteBuf row = Unpooled.copiedBuffer("1" + value + "1 BC", StandardCharsets.UTF_8);
        return ValueMasks.of(mask, column, new Findings()).mask(row.setIndex(1, row.writerIndex() - 4), shown)
                ? shown.toString(StandardCharsets.UTF_8)
                : null;
    }

    @ParameterizedTest
    @CsvSource({
        "DATE, MONTH, 2024-02-29, 2024-02-01",
        "DATE, MONTH, 2024-12-31, 2024-12-01",
        "DATE, YEAR, 2024-10-09, 2024-01-01",
        "DATE, YEAR, 1999-12-31, 1999-01-01",
        "DATE, DECADE, 2029-06-30, 2020-01-01",
        "DATE, DECADE, 0001-01-01, 0001-01-01 BC",
        "DATE, YEAR, 0044-03-15 BC, 0044-01-01 BC",
        "DATE, YEAR, 12345-03-15, 12345-01-01",
        "DATE, YEAR, 5874897-12-31, 5874897-01-01",
        "DATE, MONTH, 2023-02-29, ",
        "DATE, MONTH, 2023-02-28, 2023-02-01",
        "DATE, MONTH, 0001-02-29 BC, 0001-02-01 BC",
        "DATE, MONTH, 2024-1-01, ",
        "DATE, MONTH, 2024-01-32, ",
        "DATE, MONTH, 2024-12, ",
        "DATE, MONTH, 2024/01/01, ",
        "DATE, MONTH, 2024-a1-01, ",
        "DATE, MONTH, 2024-1a-01, ",
        "DATE, MONTH, 2024-13-01, ",
        "DATE, MONTH, 2024-01-00, ",
        "DATE, MONTH, 999-01-01, ",
        "DATE, MONTH, infinity, ",
        "DATE, MONTH, 2024-01-01 AC, ",
        "TIMESTAMP, MONTH, 2024-02-29 23:59:59, 2024-02-01 00:00:00",
        "TIMESTAMP, YEAR, 2024-02-29 00:00:00, 2024-01-01 00:00:00",
        "TIMESTAMP, YEAR, 2024-02-29 12:30:00.123456, 2024-01-01 00:00:00",
        "TIMESTAMP, YEAR, 0044-03-15 12:30:00 BC, 0044-01-01 00:00:00 BC",
        "TIMESTAMP, YEAR, 2024-02-29 12:30:00.5x, ",
        "TIMESTAMP, YEAR, 2024-02-29 12:30, ",
        "TIMESTAMP, YEAR, 2024-02-29 12:60:00, ",
        "TIMESTAMP, YEAR, 2024-02-29 12:00:60, ",
        "TIMESTAMP, YEAR, 2024-02-29 24:00:00, ",
        "TIMESTAMPTZ, YEAR, 2024-06-29 12:30:00+00, 2024-01-01 00:00:00+00",
        "TIMESTAMPTZ, YEAR, 2024-01-01 01:59:59+02, 2023-01-01 00:00:00+00",
        "TIMESTAMPTZ, YEAR, 2024-01-01 02:00:00+02, 2024-01-01 00:00:00+00",
        "TIMESTAMPTZ, YEAR, 2023-12-31 22:00:00-02, 2024-01-01 00:00:00+00",
        "TIMESTAMPTZ, YEAR, 2023-12-31 21:59:59-02, 2023-01-01 00:00:00+00",
        "TIMESTAMPTZ, YEAR, 2024-01-01 05:29:59+05:30, 2023-01-01 00:00:00+00",
        "TIMESTAMPTZ, YEAR, 2024-01-01 05:30:00.9+05:30, 2024-01-01 00:00:00+00",
        "TIMESTAMPTZ, YEAR, 2024-01-01 00:53:27+00:53:28, 2023-01-01 00:00:00+00",
        "TIMESTAMPTZ, YEAR, 2024-01-01 00:53:28+00:53:28, 2024-01-01 00:00:00+00",
        "TIMESTAMPTZ, YEAR, 2024-01-01 00:00:00+24, ",
        "TIMESTAMPTZ, YEAR, 2024-01-01 00:00:00+01:60, ",
        "TIMESTAMPTZ, YEAR, 2024-01-01 00:00:00*01, ",
    })
    void ofADayOrTimeItsPeriodIsShown(MaskedType type, Mask.Period period, String value, @Nullable String expected) {
        assertThat(shown(new Mask.ToPeriod(period), type.oid(), value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "INT2, 100, 32767, 32700",
        "INT2, 100, -32768, ",
        "INT2, 8, -32768, -32768",
        "INT4, 1000, 1999, 1000",
        "INT4, 1000, -1, -1000",
        "INT4, 1000, 0, 0",
        "INT4, 1000, 2147483647, 2147483000",
        "INT8, 10, 9223372036854775807, 9223372036854775800",
        "INT8, 10, -9223372036854775808, ",
        "NUMERIC, 100, 1999.99, 1900",
        "NUMERIC, 100, -100.00, -100",
        "NUMERIC, 100, -100.01, -200",
        "NUMERIC, 100, -0.5, -100",
        "NUMERIC, 100, 0.5, 0",
        "NUMERIC, 100, 999999999999999999, 999999999999999900",
        "NUMERIC, 100, -999999999999999999.5, -1000000000000000000",
        "NUMERIC, 100, 1000000000000000000, ",
        "NUMERIC, 100, NaN, ",
        "FLOAT8, 10, 19.99, 10",
        "FLOAT8, 10, -0.5, -10",
        "FLOAT8, 10, -10, -10",
        "FLOAT8, 10, 1e+20, 1.0E20",
        "FLOAT8, 10, NaN, ",
        "FLOAT8, 10, Infinity, ",
        "FLOAT4, 10, 19.99, 10",
        "FLOAT4, 10, abc, ",
    })
    void ofANumberTheStepBelowItIsShown(MaskedType type, int step, String value, @Nullable String expected) {
        assertThat(shown(new Mask.ToStep(step), type.oid(), value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "{123,NULL,4567} => {*23,NULL,**67}",
                "{\"a b\",\"NULL\",\"\"} => {\"* b\",\"**LL\",\"\"}",
                "{{12,34},{567,\"8,9\"}} => {{**,**},{*67,\"*,9\"}}",
                "[0:1]={123,456} => [0:1]={*23,*56}",
                "{\"\\\"ab\",\"a\\\\b\"} => {*ab,\"*\\\\b\"}",
                "{} => {}",
            })
    void ofAnArrayEachElementIsMasked(String value, String expected) {
        String masked = shown(new Mask.KeepLast(2), MaskedType.TEXT.arrayOid(), value);

        // Quotes are free where they are not needed.
        assertThat(unquoted(masked)).isEqualTo(unquoted(expected));
    }

    private static @Nullable String unquoted(@Nullable String array) {
        return array == null ? null : array.replaceAll("(?<!\\\\)\"", "");
    }

    @ParameterizedTest
    @CsvSource({
        "ada@example.com, ********@example.com",
        "a@b@example.com, ********@example.com",
        "ada@bücher.example, ********@bücher.example",
        "ada@EXAMPLE-0.com, ********@EXAMPLE-0.com",
        "ada@AZaz09.com, ********@AZaz09.com",
        "ada@, ********",
        "ada, ********",
        "ada@example.com (home), ********",
        "ada@[10.0.0.1], ********",
        "@example.com, ********@example.com",
    })
    void ofAnAddressItsDomainIsShown(String value, String expected) {
        assertThat(shown(new Mask.Email(), MaskedType.TEXT.oid(), value)).isEqualTo(expected);
    }

    /** DNS has none that is longer. */
    @ParameterizedTest
    @CsvSource({"253, true", "254, false"})
    void aDomainIsNoLongerThanDnsTakes(int length, boolean domain) {
        String value = "@" + "a".repeat(length);

        assertThat(shown(new Mask.Email(), MaskedType.TEXT.oid(), "ada" + value))
                .isEqualTo(domain ? Mask.HIDDEN + value : Mask.HIDDEN);
    }
}
