package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

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
}
