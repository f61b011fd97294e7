package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerWriterTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ServerWriter writer = new ServerWriter(channel);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void write(String... messages) {
        for (String message : messages) {
            writer.write(Unpooled.copiedBuffer(message, StandardCharsets.US_ASCII));
        }
    }

    private String sent() {
        StringBuilder sent = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            sent.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
        return sent.toString();
    }

    @Test
    void whatOnlyPreparesWaits() {
        write("P1", "B1", "D1", "C1");
        writer.flushIfDue();
        assertThat(sent()).isEmpty();

        write("E1");
        writer.flushIfDue();

        assertThat(sent()).isEqualTo("P1B1D1C1E1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"E", "S", "H", "Q", "F", "d", "c", "f", "X"})
    void whatTheServerActsOnDoesNotWait(String type) {
        write("P1", type, "B2");

        writer.flushIfDue();

        assertThat(sent()).isEqualTo("P1" + type + "B2");
    }

    @Test
    void whatWasSentMakesNothingElseDue() {
        write("S1");
        writer.flush();
        assertThat(sent()).isEqualTo("S1");

        write("B2");
        writer.flushIfDue();

        assertThat(sent()).isEmpty();
    }
}
