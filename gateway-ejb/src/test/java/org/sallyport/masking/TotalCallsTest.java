package org.sallyport.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.meaning.Flow.Call;

class TotalCallsTest {
    private static final int INT4EQ = 65;

    /** By the function, whether it knows its collation, and whether a value decides what it is given. */
    @ParameterizedTest(name = "{0}: {2} {3}")
    @CsvSource({
        "texteq, 67, true, false, true",
        "texteq, 67, false, false, false",
        "texteq, 67, true, true, true",
        "upper, 871, true, false, true",
        "upper, 871, true, true, false",
        "upper, 871, false, false, false",
        "int4eq, 65, false, false, true",
        "int4eq, 65, false, true, true",
        "jsonb_typeof, 3210, false, true, true",
        "length of bytea, 2010, false, false, true",
        "length of bytea, 2010, false, true, false",
        "int4div, 154, true, false, false",
        "no function, 0, true, false, false",
    })
    void whatFailsOrTakesLongForSomeValuesIsNotTotal(
            String name, int function, boolean collated, boolean decided, boolean total) {
        Call call = new Call(function, collated, decided);

        assertThat(TotalFunctions.all(List.of(call))).as(name).isEqualTo(total);
        assertThat(TotalFunctions.all(List.of(new Call(INT4EQ, false, false), call)))
                .as(name)
                .isEqualTo(total);
    }
}
