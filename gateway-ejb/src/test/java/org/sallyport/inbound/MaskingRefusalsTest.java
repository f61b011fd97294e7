package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.sallyport.contract.Visibility;
import org.sallyport.policy.Ruling;

/** The classes of attack that threats to a masking gateway come in, by their number. */
class MaskingRefusalsTest {

    private final Judge judge = new Judge(Shop.bundle());

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "masking-refusals.csv", delimiter = '\t', numLinesToSkip = 1, maxCharsPerColumn = 10_000)
    void refusesWhatCouldRevealMaskedValues(String threat, String sql) {
        Ruling ruling = judge.judge(Shop.access("writing-agents"), "shop", Shop.catalog(), sql.replace("\\n", "\n"))
                .ruling();

        assertThat(ruling).as(threat).isInstanceOf(Ruling.Deny.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "masked-reads.csv", delimiter = '\t', numLinesToSkip = 1)
    void permitsPlainReadsAsShaped(String sql) {
        Ruling ruling = judge.judge(Shop.access("reporting-agents"), "shop", Shop.catalog(), sql)
                .ruling();

        assertThat(ruling).isEqualTo(new Ruling.Permit("reporting", Visibility.SHAPED));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "clear-reads.csv", delimiter = '\t', numLinesToSkip = 1)
    void permitsReadsOfOtherTablesAsClear(String sql) {
        Ruling ruling = judge.judge(Shop.access("reporting-agents"), "shop", Shop.catalog(), sql)
                .ruling();

        assertThat(ruling).isEqualTo(new Ruling.Permit("reporting", Visibility.CLEAR));
    }
}
