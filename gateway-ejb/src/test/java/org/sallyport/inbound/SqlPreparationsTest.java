package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.contract.Displaced;
import org.sallyport.inbound.PreparingStep.Forget;
import org.sallyport.inbound.PreparingStep.None;
import org.sallyport.inbound.PreparingStep.Prepare;
import org.sallyport.inbound.SqlPreparations.Prepared;
import org.sallyport.sql.SqlReader;

class SqlPreparationsTest {
    private static final long NOW = 100;

    private final SqlPreparations preparations = new SqlPreparations();

    private void prepared(long statement, String name, String sql) {
        preparations.permitted(statement, new Prepare(name, sql));
        preparations.finished(statement, false);
    }

    private Optional<String> known(String name) {
        return preparations.of(name, NOW).map(Prepared::sql);
    }

    @Test
    void whatTheServerHasNotAnsweredIsNotKnown() {
        preparations.permitted(1, new Prepare("p", "one"));

        assertThat(known("p")).isEmpty();
        preparations.finished(1, true);
        assertThat(known("p")).isEmpty();
        prepared(2, "p", "two");
        assertThat(preparations.of("p", NOW)).contains(new Prepared("two", 2));
        assertThat(known("P")).isEmpty();
    }

    @Test
    void whatFailsLeavesWhatWasThere() {
        prepared(1, "p", "one");
        preparations.permitted(2, new Prepare("p", "two"));
        assertThat(known("p")).isEmpty();
        preparations.finished(2, true);
        assertThat(known("p")).contains("one");
        preparations.permitted(3, new Prepare("p", "three"));
        preparations.permitted(4, new Prepare("p", "four"));
        preparations.finished(3, false);
        assertThat(known("p")).isEmpty();
        preparations.finished(4, true);
        assertThat(known("p")).contains("three");
    }

    /** Whatever comes of it: it may be done before anybody says so. */
    @Test
    void whatMayBeForgottenIsNotKnownFromThenOn() {
        prepared(1, "p", "one");
        prepared(2, "q", "two");
        preparations.permitted(3, new Forget(Optional.of("p")));
        assertThat(known("p")).isEmpty();
        assertThat(known("q")).contains("two");
        preparations.finished(3, true);
        assertThat(known("p")).isEmpty();
        preparations.permitted(4, new Forget(Optional.empty()));
        assertThat(known("q")).isEmpty();
        assertThat(preparations.isEmpty()).isTrue();
    }

    /** In a pipeline: by the time that the PREPARE is answered, something else may have the name. */
    @Test
    void anAnswerThatComesLateIsNotNews() {
        preparations.permitted(1, new Prepare("p", "one"));
        preparations.permitted(2, new Forget(Optional.of("p")));
        preparations.finished(1, false);
        assertThat(known("p")).isEmpty();
        preparations.permitted(3, new Prepare("q", "two"));
        preparations.named("q");
        preparations.finished(3, false);
        assertThat(known("q")).isEmpty();
        preparations.permitted(4, new Prepare("r", "three"));
        preparations.forgetAll();
        preparations.finished(4, false);
        assertThat(known("r")).isEmpty();
    }

    /** The server looks at 63 bytes of it. */
    @Test
    void aLongNameOfTheProtocolMayBeAShortOne() {
        String cut = "n".repeat(62);
        prepared(1, cut, "one");
        prepared(2, "p", "two");
        preparations.named("n".repeat(63));
        assertThat(known(cut)).contains("one");
        preparations.named("ö".repeat(40));
        preparations.named("n".repeat(64));
        assertThat(known(cut)).isEmpty();
        assertThat(known("p")).contains("two");
    }

    @Test
    void whatIsBoundIsNotWhatWasPreparedLater() {
        prepared(7, "p", "one");

        assertThat(preparations.of("p", 6)).isEmpty();
        assertThat(preparations.of("p", 7)).isPresent();
    }

    @Test
    void longOnesAreForgottenEarlier() {
        String text = "x".repeat(1024 * 1024);
        for (int i = 1; i <= 5; i++) {
            prepared(i, "p" + i, text);
        }

        assertThat(known("p1")).isEmpty();
        assertThat(known("p2")).contains(text);
        assertThat(known("p5")).contains(text);
    }

    @Test
    void thoseThatNobodyExecutesAreForgottenFirst() {
        for (int i = 0; i < 1025; i++) {
            prepared(i + 1, "p" + i, "sql");
            assertThat(known("p0")).isPresent();
        }
        assertThat(known("p1")).isEmpty();
        assertThat(known("p2")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PREPARE p AS SELECT 1|p",
                "DEALLOCATE p|p",
                "DEALLOCATE PREPARE \"P\"|P",
                "DEALLOCATE prepare|prepare",
                "DEALLOCATE \"größe\"|*",
                "DEALLOCATE ALL|*",
                "DEALLOCATE \"all\"|all",
                "DISCARD ALL|*",
                "SELECT 1; PREPARE p AS SELECT 1|*",
                "DEALLOCATE p; SELECT 1|*",
                "PREPARE p AS EXECUTE q|*",
                "SELECT 1|-",
                "PREPARE TRANSACTION 'p'|-"
            })
    void namesThatMayBeTakenFromTheProtocol(String sql, String name) {
        List<String> kinds = SqlReader.kinds(sql).orElseThrow();
        PreparingStep step = PreparingStep.of(kinds, sql);

        Displaced.Names displaced = switch (name) {
            case "*" -> Displaced.Names.ALL;
            case "-" -> Displaced.Names.NONE;
            default -> Displaced.Names.of(name);
        };
        assertThat(step.displaced()).isEqualTo(displaced);
        assertThat(step instanceof None).isEqualTo(name.equals("-"));
        assertThat(step instanceof Prepare).isEqualTo(sql.startsWith("PREPARE p AS SELECT"));
    }
}
