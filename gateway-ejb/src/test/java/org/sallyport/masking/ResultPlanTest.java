package org.sallyport.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.Parameter;
import org.sallyport.contract.ResultShape;
import org.sallyport.meaning.Meaning;

class ResultPlanTest {
    private static final int TEXT = 25;
    private static final int INT8 = 20;
    private static final List<Meaning.Column> COLUMNS =
            List.of(new Meaning.Column("id", 7, 1), new Meaning.Column("ssn", 7, 3), new Meaning.Column("upper", 0, 0));
    private static final List<Mask> MASKS = List.of(new Mask.Clear(), new Mask.KeepLast(4), new Mask.Redacted());

    private static ResultShape.Column column(String name, int table, int attribute, int type) {
        return new ResultShape.Column(name, table, attribute, type, false);
    }

    private static MaskingPlan shown(ResultShape.Column... columns) {
        return new ResultPlan(COLUMNS, MASKS, false).of(new ResultShape(1, 0, List.of(columns)));
    }

    @Test
    void masksTheResultThatWasJudged() {
        assertThat(shown(column("id", 7, 1, INT8), column("ssn", 7, 3, TEXT), column("upper", 0, 0, TEXT)))
                .isEqualTo(new MaskingPlan.Show(MASKS));
    }

    @Test
    void whatMasksOfTextCannotHideIsNull() {
        assertThat(shown(column("id", 7, 1, INT8), column("ssn", 7, 3, INT8), column("upper", 0, 0, INT8)))
                .isEqualTo(new MaskingPlan.Show(List.of(new Mask.Clear(), new Mask.Nothing(), new Mask.Nothing())));
    }

    /** 35, 65: what the server describes is not what was judged, whatever has happened in between. */
    @ParameterizedTest
    @CsvSource({"id,7,2", "name,7,1", "id,8,1", "id,0,0"})
    void refusesAnyOtherResult(String name, int table, int attribute) {
        assertThat(shown(column(name, table, attribute, INT8), column("ssn", 7, 3, TEXT), column("upper", 0, 0, TEXT)))
                .isInstanceOf(MaskingPlan.Refuse.class);
        assertThat(shown(column("id", 7, 1, INT8))).isInstanceOf(MaskingPlan.Refuse.class);
    }

    /** 116: an agent writes back what it was shown. */
    @ParameterizedTest
    @CsvSource({
        "*******4321, 25, false, true",
        "*******4321, 0, true, true",
        "***@example.com, 1043, true, true",
        "**, 25, false, false",
        "900-01-4321, 25, false, false",
        "****, 20, true, false",
        "a text[] ********, 1009, true, true",
        "a varchar[] ***4321, 1015, true, true",
        "***, 19, true, true",
        "{\"ssn\":\"********\"}, 114, true, true",
        "\u0001{\"ssn\":\"********\"}, 3802, true, true",
        "a jsonb[] ********, 3807, true, true",
        "a domain's ***4321, 16385, true, true",
        "an int8[] ****, 1016, true, false",
        "****, 17, true, false",
    })
    void knowsAMaskThatComesBack(String value, int type, boolean binary, boolean back) {
        List<Parameter> parameters = List.of(
                new Parameter(TEXT, false, null), new Parameter(type, binary, value.getBytes(StandardCharsets.UTF_8)));

        assertThat(new ResultPlan(COLUMNS, MASKS, true).isWrittenBack(parameters))
                .isEqualTo(back);
        assertThat(new ResultPlan(COLUMNS, MASKS, false).isWrittenBack(parameters))
                .isFalse();
    }
}
