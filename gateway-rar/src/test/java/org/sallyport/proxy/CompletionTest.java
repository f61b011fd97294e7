package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A completion leaves once its outcome is durable, whatever the server says behind it. */
class CompletionTest {
    private final PipedSession session = new PipedSession();

    @AfterEach
    void close() {
        session.close();
    }

    /** The server tells of settings and notifications between the last completion of a Query and ReadyForQuery. */
    @ParameterizedTest
    @ValueSource(strings = {"Sapplication_name\0x\0", "A\0\0\0\1channel\0payload\0"})
    void whatIsToldBehindItDoesNotLetItGo(String told) {
        var durable = new CompletableFuture<Void>();
        session.durable = durable;
        session.client("Qselect\0");

        assertThat(session.server("CSELECT 1\0", told, told, "ZI")).isEmpty();
        durable.complete(null);

        assertThat(session.server()).containsExactly("CSELECT 1\0", told, told, "ZI");
        assertThat(session.outcomes).hasSize(1);
    }

    @Test
    void whatIsToldWithinAQueryKeepsItsPlace() {
        session.client("Qselect; select\0");

        assertThat(session.server("CSELECT 1\0", "Sapplication_name\0x\0", "CSELECT 2\0", "ZI"))
                .containsExactly("CSELECT 1\0", "Sapplication_name\0x\0", "CSELECT 2\0", "ZI");
        assertThat(session.outcomes.get(0).commandTag()).isEqualTo("SELECT 1; SELECT 2");
    }
}
