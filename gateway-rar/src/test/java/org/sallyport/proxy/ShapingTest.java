package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.contract.CopyFormat;
import org.sallyport.contract.CopyTo;
import org.sallyport.contract.Detector;
import org.sallyport.contract.Displaced;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.Sought;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.Verdict;
import org.sallyport.contract.Visibility;

/** Masked results, copied data, errors and notices on their way through a session, message by message. */
class ShapingTest {
    private static final Verdict SHAPED = new Verdict.Permit(Visibility.SHAPED, false);
    private static final Verdict CLEAR = new Verdict.Permit(Visibility.CLEAR, false);
    private static final Verdict COPIED = new Verdict.Permit(
            Visibility.SHAPED,
            false,
            Optional.of(new CopyTo("select ssn", new CopyFormat.Text('\t', "\\N", false))),
            Displaced.NONE,
            0);

    /** One column {@code ssn} of type text, the third of table 7. */
    private static final String DESCRIPTION = "T\0\1ssn\0" + "\0\0\0\7\0\3\0\0\0\31\377\377\377\377\377\377\0\0";

    private static final String ROW = "D\0\1\0\0\0\0041234";
    private static final String MASKED_ROW = "D\0\1\0\0\0\4**34";
    private static final String WITHHELD = "the statement touches masked columns: the server's message is withheld";
    private static final String ERROR = "ESERROR\0VERROR\0C22P02\0Minvalid: \"1234\"\0Din 1234\0P7\0\0";
    private static final String WITHHELD_ERROR = "ESERROR\0VERROR\0C22P02\0M" + WITHHELD + "\0\0";
    private static final String NOTICE = "NSNOTICE\0VNOTICE\0C00000\0Msaw 1234\0\0";
    private static final String WITHHELD_NOTICE = "NSNOTICE\0VNOTICE\0C00000\0M" + WITHHELD + "\0\0";

    private final PipedSession session = new PipedSession();

    @AfterEach
    void close() {
        session.close();
    }

    private static Verdict screening(Detector... detectors) {
        return new Verdict.Permit(
                Visibility.CLEAR, false, Optional.empty(), Displaced.NONE, 0, List.of(detectors), Optional.empty());
    }

    @Test
    void aResultIsPlannedByItsDescriptionAndShownAsPlanned() {
        session.verdict = SHAPED;
        assertThat(session.client("Qselect ssn\0")).containsExactly("Qselect ssn\0");

        assertThat(session.server(DESCRIPTION, ROW, "CSELECT 1\0", "ZI"))
                .containsExactly(DESCRIPTION, MASKED_ROW, "CSELECT 1\0", "ZI");
        assertThat(session.shapes)
                .containsExactly(new ResultShape(1, 0, List.of(new ResultShape.Column("ssn", 7, 3, 25, false))));
    }

    @Test
    void ofARefusedResultNothingIsShown() {
        session.verdict = SHAPED;
        session.plan = new MaskingPlan.Refuse(Refusal.of("42501", "of unknown origin"));
        session.client("Qselect ssn\0");

        assertThat(session.server(DESCRIPTION, ROW, NOTICE, "CSELECT 1\0", "ZI"))
                .containsExactly(WITHHELD_NOTICE, "ESERROR\0VERROR\0C42501\0Mof unknown origin\0\0", "ZI");
    }

    @Test
    void errorsAndNoticesOfWhatTouchesMaskedColumnsSayNothing() {
        session.verdict = SHAPED;
        session.client("Qselect ssn\0");

        assertThat(session.server(NOTICE, ERROR, "ZI")).containsExactly(WITHHELD_NOTICE, WITHHELD_ERROR, "ZI");
    }

    @Test
    void othersAreShownAsTheyAre() {
        session.client("Qselect 1\0");
        assertThat(session.server(NOTICE, ERROR, "ZI")).containsExactly(NOTICE, ERROR, "ZI");
        assertThat(session.server(NOTICE)).containsExactly(NOTICE);
    }

    /** 46: a deferred constraint fails when the transaction ends. */
    @ParameterizedTest
    @CsvSource({"T, true", "E, true", "I, false"})
    void whatRanInATransactionMayYetFailItLater(String status, boolean withheld) {
        session.verdict = SHAPED;
        session.client("Qupdate\0");
        session.server("CUPDATE 1\0", "Z" + status);
        session.verdict = CLEAR;
        session.client("Qcommit\0");

        assertThat(session.server(ERROR, "ZI")).containsExactly(withheld ? WITHHELD_ERROR : ERROR, "ZI");
        session.client("Qselect 1\0");
        assertThat(session.server(ERROR, "ZI")).containsExactly(ERROR, "ZI");
    }

    /** What the gateway asks by itself about a run is that run's. */
    @ParameterizedTest
    @CsvSource({"SHAPED, true", "SCREENED, false"})
    void anErrorOfTheDescriptionIsTheStatements(Visibility visibility, boolean withheld) {
        session.verdict = new Verdict.Permit(visibility, false);
        assertThat(session.client("P\0select ssn\0\0\0", "B\0\0\0\0\0\0\0\0", "E\0\0\0\0\0", "S"))
                .containsExactly("P\0select ssn\0\0\0", "B\0\0\0\0\0\0\0\0", "DP\0", "H");

        List<String> shown = session.server("1", "2", ERROR);

        assertThat(shown).containsExactly("1", "2", withheld ? WITHHELD_ERROR : ERROR);
    }

    @Test
    void theErrorOfADescriptionThatTheClientAskedForIsItsOwn() {
        session.client("P\0select ssn\0\0\0", "DS\0", "S");

        assertThat(session.server("1", ERROR, "ZI")).containsExactly("1", ERROR, "ZI");
    }

    /** 94: what detectors find in words is hidden there, not in what has none. */
    @Test
    void whatDetectorsFindIsHiddenInTheTextsOfErrorsAndNotices() {
        session.verdict = screening(new Detector(Sought.Known.EMAIL, true));
        session.client("Qselect 1\0");
        String said = "SERROR\0VERROR\0C22P02\0Mbad ada@example.com\0Dsee ada@example.com\0Hask ada@example.com\0"
                + "P7\0Wat ada@example.com\0tada@example.com\0Fada@example.com\0L1\0Rada@example.com\0\0";
        String shown = "SERROR\0VERROR\0C22P02\0Mbad ********\0Dsee ********\0Hask ********\0"
                + "P7\0Wat ********\0t********\0Fada@example.com\0L1\0Rada@example.com\0\0";

        assertThat(session.server("N" + said, "E" + said, "ZI")).containsExactly("N" + shown, "E" + shown, "ZI");
    }

    @Test
    void itStaysHiddenWhateverIsPermittedNext() {
        session.verdict = screening(new Detector(Sought.Known.EMAIL, true));
        session.client("Qselect 1\0");
        session.server("CSELECT 1\0", "ZT");
        session.verdict = CLEAR;
        session.client("Qcommit\0");

        assertThat(session.server("NMada@example.com\0\0")).containsExactly("NM********\0\0");
        session.server("CCOMMIT\0", "ZI");
        session.verdict = screening(new Detector(Sought.Known.SSN, true));
        session.client("Qselect 1\0");
        assertThat(session.server("NM123-45-6789\0\0")).containsExactly("NM********\0\0");
    }

    /** 70: rows of COPY have no description. What it copies is described first. */
    private void copying() {
        session.verdict = COPIED;
        assertThat(session.client("Qcopy\0"))
                .extracting(message -> message.charAt(0))
                .containsExactly('P', 'D', 'C', 'H');
        session.server("1", "t\0\0", DESCRIPTION, "3");
    }

    /** What the server says in COPY, and what the client gets; there {@code 1234} is a row, {@code 12} its beginning. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "H(text 1) d(1234\n) c -> H(text 1) d(**34\n) c",
                "H(text 1) d(12) d(34\n) c -> H(text 1) d(**34\n) c",
                "H(text 1) d(1234\n12) d(34\n) c -> H(text 1) d(**34\n) d(**34\n) c",
            })
    void copiedDataIsMasked(String course) {
        copying();
        String[] sides = course.split(" -> ");

        assertThat(session.server(messages(sides[0]))).containsExactly(messages(sides[1]));
        assertThat(session.server("CCOPY 1\0", "ZI")).containsExactly("CCOPY 1\0", "ZI");
    }

    private static String[] messages(String course) {
        return course.replace("(text 1)", "\0\0\1\0\0")
                .replace("(binary 1)", "\1\0\1\0\1")
                .replace("(text 2)", "\0\0\2\0\0\0\0")
                .replace("d(", "d")
                .replace(")", "")
                .split(" (?=[GHcd])");
    }

    @Test
    void copiedDataIsCounted() {
        copying();
        session.server("H\0\0\1\0\0", "d1234\n", "d5678\n", "c", "CCOPY 2\0", "ZI");

        assertThat(session.outcomes).extracting(StatementOutcome::rows).containsExactly(2L);
        assertThat(session.outcomes).extracting(StatementOutcome::bytes).containsExactly(20L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"H(text 2)", "H(binary 1)"})
    void dataOfAnotherShapeIsRefusedAndTheSessionGoesOn(String begin) {
        copying();

        assertThat(session.server(messages(begin + " d(1234\n) c"))).isEmpty();
        assertThat(session.server("CCOPY 1\0", "ZI"))
                .hasSize(2)
                .satisfies(shown -> assertThat(shown.get(0)).contains("the copied columns are not those"))
                .endsWith("ZI");
        assertThat(session.ends).isEmpty();
    }

    /** By the extended protocol what was sent behind it cannot be taken back. */
    @Test
    void dataOfAnotherShapeEndsASessionInAPipeline() {
        session.verdict = COPIED;
        session.client("P\0copy\0\0\0", "B\0\0\0\0\0\0\0\0", "E\0\0\0\0\0", "S");
        session.server("1", "2", "1", "t\0\0", DESCRIPTION, "3");

        assertThat(session.server(messages("H(text 2)")))
                .singleElement()
                .asString()
                .startsWith("ESFATAL")
                .contains("the copied columns are not those");
        assertThat(session.ends).containsExactly(SessionEnd.ENDED);
    }

    /** A COPY FROM STDIN, data that nobody has announced, and data of what is no COPY. */
    @ParameterizedTest
    @ValueSource(strings = {"G(text 1)", "d(1234\n)"})
    void whatNobodyPlannedEndsTheSession(String message) {
        copying();
        assertUnforeseen(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"G(text 1)", "H(text 1)", "d(1234\n)", "c"})
    void copiedDataOfAQueryEndsTheSession(String message) {
        session.verdict = SHAPED;
        session.client("Qselect ssn\0");
        assertUnforeseen(message);
    }

    @Test
    void copiedDataOfNothingEndsTheSession() {
        assertUnforeseen("d(1234\n)");
    }

    private void assertUnforeseen(String message) {
        assertThat(session.server(messages(message)))
                .singleElement()
                .asString()
                .startsWith("ESFATAL")
                .contains("a COPY of masked columns cannot be shown");
        assertThat(session.ends).containsExactly(SessionEnd.ENDED);
    }

    @Test
    void copiedDataThatEndsWithinARowEndsTheSession() {
        copying();

        assertThat(session.server(messages("H(text 1) d(12) c")))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("ESFATAL");
        assertThat(session.ends).containsExactly(SessionEnd.PROTOCOL_VIOLATION);
    }

    @Test
    void whatIsMaskedInOneStatementIsNotInTheNext() {
        session.verdict = SHAPED;
        session.client("Qselect ssn\0");
        session.server(DESCRIPTION, ROW, "CSELECT 1\0", "ZI");
        session.plan = new MaskingPlan.Show(List.of(new Mask.Clear()));
        session.client("Qselect ssn\0");

        assertThat(session.server(DESCRIPTION, ROW, "CSELECT 1\0", "ZI"))
                .containsExactly(DESCRIPTION, ROW, "CSELECT 1\0", "ZI");
        assertThat(Set.copyOf(session.shapes)).hasSize(2);
    }
}
