package org.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailureMapperTest {
    private static final String PATH = "/api/v1/approvals";

    @Test
    void revealsNothingOfAnUnexpectedFailure() {
        SQLException cause = new SQLException("Failing row contains (secret)", "23514");
        Problem problem = FailureMapper.problem(new EJBException("call failed", cause), PATH);

        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.toJson().toString())
                .doesNotContain("secret", "SQL", "EJB", "23514")
                .contains("Incident");
        assertThat(problem.instance()).isEqualTo(PATH);
    }

    @Test
    void saysThatTheStoreIsAway() {
        for (String state : new String[] {"08001", "08006", "57P01"}) {
            Problem problem =
                    FailureMapper.problem(new EJBException(new RuntimeException(new SQLException("x", state))), PATH);
            assertThat(problem.status()).isEqualTo(503);
            assertThat(problem.type()).isEqualTo("urn:sallyport:problem:store-unavailable");
        }
    }

    @Test
    void saysThatThereWasTooMuchToSearch() {
        Problem problem =
                FailureMapper.problem(new EJBException(new RuntimeException(new SQLException("x", "57014"))), PATH);

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.detail()).contains("from and to").doesNotContain("Incident");
    }

    @Test
    void saysWhatWasRefused() {
        Problem problem = FailureMapper.problem(new Refused(ProblemKind.DECIDED, "It is denied already."), PATH);

        assertThat(problem)
                .isEqualTo(new Problem(
                        "urn:sallyport:problem:already-decided",
                        "Already decided",
                        409,
                        "It is denied already.",
                        PATH));
    }

    @Test
    void wordsARefusalOfTheBeansAsOne() {
        assertThat(FailureMapper.problem(new EJBAccessException("not in role"), PATH)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void hasTheMembersOfTheStandard() {
        assertThat(FailureMapper.problem(new Refused(ProblemKind.NOT_FOUND), PATH)
                        .toJson()
                        .keySet())
                .isEqualTo(Set.of("type", "title", "status", "detail", "instance"));
    }

    @Test
    void knowsAKindForEveryStatus() {
        for (int status = 400; status < 600; status++) {
            ProblemKind kind = ProblemKind.ofStatus(status);
            assertThat(kind.status() / 100).isEqualTo(status / 100);
            assertThat(kind.detail()).isNotBlank();
        }
    }
}
