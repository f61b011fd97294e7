package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client sends very often costs the gateway and the server little. */
class ManyTest {
    private final PipedSession session = new PipedSession();

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void aSessionCancelsOnceAtATime() {
        session.client("Qselect\0");

        session.cancel();
        session.cancel();
        session.cancel();
        assertThat(session.cancels).hasSize(1);

        session.cancels.get(0).complete(null);
        session.cancel();
        session.cancel();
        assertThat(session.cancels).hasSize(2);
    }

    @Test
    void ofVeryManyStatementsInOneQueryTheFirstTagsAreKept() {
        session.client("Qend;end\0");

        session.server(Collections.nCopies(20_000, "CCOMMIT\0").toArray(String[]::new));
        session.server("ZI");

        assertThat(session.outcomes).hasSize(1);
        assertThat(session.outcomes.get(0).commandTag())
                .startsWith("COMMIT; COMMIT; ")
                .hasSizeBetween(60_000, 70_000);
    }
}
