package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.contract.Visibility;

class RulingTest {
    private static final UnmaskOnApproval ASKED =
            new UnmaskOnApproval(List.of("pii.*", "pay"), new Approvers(Set.of("dba"), 1), Duration.ofMinutes(5));
    private static final Guardrail GUARDRAIL = ASKED.guardrail(List.of("pay", "pii.ssn"));

    @ParameterizedTest
    @CsvSource({
        "CLEAR, CLEAR, CLEAR",
        "CLEAR, SHAPED, SHAPED",
        "SHAPED, CLEAR, SHAPED",
        "SCREENED, SHAPED, SHAPED",
        "SHAPED, SCREENED, SHAPED",
        "SCREENED, CLEAR, SCREENED",
    })
    void aLimitNeverShowsMore(Visibility own, Visibility limit, Visibility left) {
        assertThat(new Ruling.Permit("r", own).within(limit)).isEqualTo(new Ruling.Permit("r", left));
        assertThat(new Ruling.Warn(GUARDRAIL, own).within(limit)).isEqualTo(new Ruling.Warn(GUARDRAIL, left));
        assertThat(new Ruling.Hold(GUARDRAIL, "s", own).within(limit)).isEqualTo(new Ruling.Hold(GUARDRAIL, "s", left));
    }

    @Test
    void aDenialStaysOneWithinAnyLimit() {
        Ruling.Deny deny = Refusals.readingsDisagree();

        assertThat(deny.within(Visibility.SHAPED)).isSameAs(deny);
        assertThat(deny.isOfCrossCheck()).isTrue();
        assertThat(Refusals.unreadable(Ruling.Ground.LAW, "it is long").isOfCrossCheck())
                .isFalse();
        assertThat(Refusals.deny(Ruling.Ground.POLICY, Refusals.CROSS_CHECK, "m", "b", "h")
                        .isOfCrossCheck())
                .as("a guardrail may have that name")
                .isFalse();
    }

    @Test
    void anApprovalMayUnmaskTheLabelsItNamesAndNoOther() {
        assertThat(ASKED.covers(List.of("pii.ssn", "pay"))).isTrue();
        assertThat(ASKED.covers(List.of("pii.ssn", "salary"))).isFalse();
        assertThat(ASKED.covers(List.of("payment"))).isFalse();
        assertThat(GUARDRAIL.name()).isEqualTo("unmask pay, pii.ssn");
        assertThat(GUARDRAIL.action()).isEqualTo(Guardrail.Action.HOLD);
        assertThat(GUARDRAIL.on()).containsExactly("SELECT");
        assertThat(GUARDRAIL.approvers().groups()).containsExactly("dba");
        assertThat(GUARDRAIL.timeout()).isEqualTo(Duration.ofMinutes(5));
    }
}
