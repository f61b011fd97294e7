package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.contract.StatementOutcome;

/** Portals that nobody reads to their end: each is over, and forgotten, when it has lost its name, however long its transaction lasts. */
class AbandonedPortalTest {
    private static final String PARSE = "P\0select\0\0\0";
    private static final String BIND = "B\0\0\0\0\0\0\0\0";
    private static final String EXECUTE = "E\0\0\0\0\1";
    private static final String ROW = "D\0\0";

    private final PipedSession session = new PipedSession();

    @AfterEach
    void close() {
        session.close();
    }

    private void suspend() {
        session.client(PARSE, BIND, EXECUTE, "S");
        session.server("1", "2", ROW, "s", "ZT");
        assertThat(session.outcomes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {BIND, "CP\0"})
    void itIsOverOnceItsNameIsTakenFromIt(String taking) {
        suspend();

        session.client(taking, "S");
        session.server(taking.equals(BIND) ? "2" : "3", "ZT");

        assertThat(session.outcomes).extracting(StatementOutcome::rows).containsExactly(1L);
    }

    @Test
    void itIsOverWithItsTransaction() {
        suspend();

        session.client("Qcommit\0");
        session.server("CCOMMIT\0", "ZI");

        assertThat(session.outcomes).extracting(StatementOutcome::commandTag).containsExactlyInAnyOrder("", "COMMIT");
    }

    @Test
    void itGoesOnWhileItHasItsName() {
        suspend();

        session.client(EXECUTE, "S");
        session.server(ROW, "CSELECT 1\0", "ZT");

        assertThat(session.outcomes).extracting(StatementOutcome::rows).containsExactly(2L);
    }

    @Test
    void eachExecuteThatWasSentAheadIsOverByItself() {
        session.client(PARSE, BIND, EXECUTE, EXECUTE, EXECUTE, "S");

        session.server("1", "2", ROW, "s", ROW, "s", ROW, "s", "ZT");

        assertThat(session.outcomes).hasSize(2);
    }

    @Test
    void whatIsReadOfACursorOfSqlIsOverAtOnce() {
        session.client("Ecursor\0\0\0\0\1", "S");

        session.server(ROW, "s", "ZT");

        assertThat(session.outcomes).extracting(StatementOutcome::rows).containsExactly(1L);
    }

    @Test
    void aClientThatSendsFarAheadWaitsForTheServer() {
        int many = 11_000;
        session.client("Qselect\0");
        String[] pipeline = new String[2 * many];
        for (int i = 0; i < many; i++) {
            pipeline[2 * i] = "CP\0";
            pipeline[2 * i + 1] = "S";
        }

        session.client(pipeline);
        assertThat(session.hearsTheClient()).isFalse();

        session.server("CSELECT 1\0", "ZI");
        for (int i = 0; i < many; i++) {
            session.server("3", "ZI");
        }
        assertThat(session.hearsTheClient()).isTrue();
    }
}
