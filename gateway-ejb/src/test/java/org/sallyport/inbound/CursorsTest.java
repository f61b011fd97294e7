package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sallyport.contract.Mask;
import org.sallyport.inbound.CursorStep.Close;
import org.sallyport.inbound.CursorStep.Declare;
import org.sallyport.inbound.CursorStep.End;
import org.sallyport.inbound.CursorStep.Fetch;
import org.sallyport.masking.ResultPlan;
import org.sallyport.meaning.Meaning;
import org.sallyport.sql.SqlReader;

/** Threats 56 to 62: what is fetched by a name is shown as what was declared under it, or not at all. */
class CursorsTest {
    private static final Optional<String> DONE = Optional.empty();
    private static final Optional<String> FAILED = Optional.of("42P03");
    private static final ResultPlan CLEAR = plan(new Mask.Clear());
    private static final ResultPlan MASKED = plan(new Mask.KeepLast(2));

    private final Cursors cursors = new Cursors();
    private long statement;

    private static ResultPlan plan(Mask mask) {
        return new ResultPlan(List.of(new Meaning.Column("v", 0, 0)), List.of(mask), false);
    }

    private long send(CursorStep step, ResultPlan plan) {
        assertThat(cursors.objection(step, Optional.of(plan))).isEmpty();
        cursors.permitted(++statement, step, Optional.of(plan));
        return statement;
    }

    private void declare(String name, boolean hold, ResultPlan plan) {
        cursors.finished(send(new Declare(name, hold), plan), DONE);
    }

    private Optional<ResultPlan> fetched(String name) {
        Optional<ResultPlan> plan = cursors.plan(new Fetch(name));
        assertThat(cursors.objection(new Fetch(name), Optional.empty()).isEmpty())
                .isEqualTo(plan.isPresent());
        return plan;
    }

    private boolean refuses(String name, ResultPlan plan) {
        return cursors.objection(new Declare(name, false), Optional.of(plan)).isPresent();
    }

    @Test
    void fetchesWhatWasDeclared() {
        declare("k", false, MASKED);
        declare("l", false, CLEAR);

        assertThat(fetched("k")).contains(MASKED);
        assertThat(fetched("l")).contains(CLEAR);
        assertThat(fetched("m")).isEmpty();
    }

    @Test
    void fetchesNothingOfWhatNobodyCouldPlan() {
        cursors.permitted(1, new Declare("k", false), Optional.empty());

        assertThat(fetched("k")).isEmpty();
        assertThat(refuses("k", CLEAR)).isTrue();
    }

    @Test
    void declaresNoOtherCursorUnderANameThatMayBeOpen() {
        declare("k", false, MASKED);

        assertThat(refuses("k", CLEAR)).isTrue();
        assertThat(refuses("k", MASKED)).isFalse();
        assertThat(refuses("l", CLEAR)).isFalse();
    }

    @Test
    void declaresAnotherOnceItIsClosed() {
        declare("k", false, CLEAR);
        long close = send(new Close(Optional.of("k")), CLEAR);
        assertThat(refuses("k", MASKED)).isTrue();
        cursors.finished(close, DONE);

        assertThat(fetched("k")).isEmpty();
        declare("k", false, MASKED);
        assertThat(fetched("k")).contains(MASKED);
    }

    @Test
    void closesAll() {
        declare("k", true, CLEAR);
        declare("l", false, CLEAR);
        cursors.finished(send(new Close(Optional.empty()), CLEAR), DONE);

        assertThat(cursors.isEmpty()).isTrue();
    }

    /** Its answer may come when the next one is declared already. */
    @Test
    void closesOnlyWhatWasDeclaredBefore() {
        declare("k", false, CLEAR);
        long close = send(new Close(Optional.of("k")), CLEAR);
        long declare = send(new Declare("k", false), CLEAR);
        cursors.finished(close, DONE);
        cursors.finished(declare, DONE);

        assertThat(fetched("k")).contains(CLEAR);
    }

    @Test
    void aCloseThatFailsForAnotherReasonClosesNothing() {
        declare("k", true, CLEAR);
        cursors.finished(send(new Close(Optional.of("k")), CLEAR), Optional.of("25P02"));
        assertThat(refuses("k", MASKED)).isTrue();

        cursors.finished(send(new Close(Optional.of("k")), CLEAR), Optional.of("34000"));
        assertThat(refuses("k", MASKED)).isFalse();
    }

    @Test
    void forgetsADeclareThatFails() {
        cursors.finished(send(new Declare("k", true), CLEAR), FAILED);

        assertThat(cursors.isEmpty()).isTrue();
    }

    /** Then the one before it is open, or none. */
    @Test
    void isUnsureWhereASecondDeclareFails() {
        declare("k", false, CLEAR);
        cursors.finished(send(new Declare("k", false), CLEAR), FAILED);

        assertThat(fetched("k")).isEmpty();
        assertThat(refuses("k", MASKED)).isTrue();
    }

    @Test
    void forgetsWithTheTransaction() {
        declare("k", false, CLEAR);
        cursors.idle(false);

        assertThat(cursors.isEmpty()).isTrue();
    }

    /** The server may be ready for something that was sent before it. */
    @Test
    void keepsWhatIsNotAnsweredYet() {
        long declare = send(new Declare("k", false), CLEAR);
        cursors.idle(false);
        assertThat(fetched("k")).contains(CLEAR);

        cursors.finished(declare, DONE);
        cursors.idle(false);
        assertThat(fetched("k")).isEmpty();
    }

    @Test
    void keepsWhatIsHeldOverItsCommit() {
        declare("k", true, MASKED);
        declare("l", false, MASKED);
        send(new End(false), CLEAR);
        assertThat(fetched("l")).isEmpty();
        cursors.idle(false);

        assertThat(fetched("k")).contains(MASKED);
        send(new End(true), CLEAR);
        assertThat(fetched("k")).contains(MASKED);
    }

    @Test
    void isUnsureOfWhatIsHeldOverARollback() {
        declare("k", true, CLEAR);
        send(new End(true), CLEAR);
        cursors.idle(false);

        assertThat(fetched("k")).isEmpty();
        assertThat(refuses("k", MASKED)).isTrue();
    }

    @Test
    void isUnsureOfWhatIsHeldOverACommitThatFails() {
        declare("k", true, CLEAR);
        send(new End(false), CLEAR);
        cursors.idle(true);

        assertThat(fetched("k")).isEmpty();
    }

    @Test
    void isUnsureBehindARollbackToASavepoint() {
        declare("k", false, CLEAR);
        send(new End(true), CLEAR);
        assertThat(fetched("k")).isEmpty();

        declare("k", false, CLEAR);
        assertThat(fetched("k")).contains(CLEAR);
    }

    /** A portal of the protocol has its name from the same names, and the server looks at 63 bytes of it. */
    @Test
    void isUnsureWhereAPortalHasTheName() {
        String longest = "k".repeat(63);
        declare("k", true, CLEAR);
        declare("ab", false, CLEAR);
        declare(longest, false, CLEAR);
        cursors.portal("a");
        cursors.portal("k".repeat(80));
        assertThat(fetched("ab")).contains(CLEAR);
        assertThat(fetched(longest)).isEmpty();

        cursors.portal("ab");
        assertThat(fetched("ab")).isEmpty();
    }

    @Test
    void isUnsureOfAllWhereOneMayBeClosedBesideSomethingElse() {
        declare("k", true, CLEAR);
        send(CursorStep.of(SqlReader.read("CLOSE l; SELECT 1")), CLEAR);

        assertThat(fetched("k")).isEmpty();
    }

    @Test
    void readsWhatATextDoesToCursors() {
        assertThat(step("declare \"K k\" no scroll cursor with hold for select 1"))
                .isEqualTo(new Declare("K k", true));
        assertThat(step("DECLARE K BINARY CURSOR WITHOUT HOLD FOR TABLE t")).isEqualTo(new Declare("k", false));
        assertThat(step("fetch k")).isEqualTo(new Fetch("k"));
        assertThat(step("FETCH RELATIVE -2 FROM next")).isEqualTo(new Fetch("next"));
        assertThat(step("MOVE BACKWARD ALL IN U&\"\\006B\"")).isEqualTo(new Fetch("k"));
        assertThat(step("fetch " + "a".repeat(70))).isEqualTo(new Fetch("a".repeat(63)));
        assertThat(step("close all")).isEqualTo(new Close(Optional.empty()));
        assertThat(step("close \"all\"")).isEqualTo(new Close(Optional.of("all")));
        assertThat(step("COMMIT")).isEqualTo(new End(false));
        assertThat(step("end")).isEqualTo(new End(false));
        assertThat(step("abort")).isEqualTo(new End(true));
        assertThat(step("ROLLBACK TO SAVEPOINT a")).isEqualTo(new End(true));
        assertThat(step("PREPARE TRANSACTION 'x'")).isEqualTo(new End(true));
        assertThat(step("COMMIT; SELECT 1")).isEqualTo(new End(false));
        assertThat(step("SELECT 1; ROLLBACK; COMMIT")).isEqualTo(new End(true));
        assertThat(step("COMMIT; CLOSE k")).isEqualTo(new CursorStep.Blur());
        assertThat(step("DISCARD ALL")).isEqualTo(new CursorStep.Blur());
        assertThat(step("SELECT 1")).isEqualTo(new CursorStep.None());
    }

    private static CursorStep step(String sql) {
        return CursorStep.of(SqlReader.read(sql));
    }
}
