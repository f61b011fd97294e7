package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriterTest {
    private static final String LARGE = "x".repeat(600);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Writer writer = new Writer(channel);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private static ByteBuf message(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private List<String> sent() {
        List<String> sent = new ArrayList<>();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            sent.add(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
        return sent;
    }

    @Test
    void smallNeighboursLeaveTogether() {
        List.of("a", "b", "c").forEach(text -> writer.write(message(text)));
        assertThat(sent()).isEmpty();
        writer.flush();
        writer.flush();

        assertThat(sent()).containsExactly("abc");
    }

    @Test
    void orderIsKeptAroundLargeOnes() {
        List.of("a", LARGE, "b", "c", LARGE, "d").forEach(text -> writer.write(message(text)));
        writer.flush();

        assertThat(sent()).containsExactly("a", LARGE, "bc", LARGE, "d");
    }

    @Test
    void manySmallOnesLoseNothing() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            String text = Integer.toString(i).repeat(1 + i % 100);
            all.append(text);
            writer.write(message(text));
        }
        writer.flush();

        assertThat(String.join("", sent())).isEqualTo(all.toString());
    }

    @Test
    void whatIsWrittenToItsRoomStandsInItsPlace() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            String text = Integer.toString(i).repeat(1 + i % 200);
            all.append(text);
            ByteBuf room = i % 3 == 0 ? null : writer.room(i % 5 == 0 ? 1 : text.length());
            if (room == null) {
                writer.write(message(text));
            } else {
                room.writeCharSequence(text, StandardCharsets.US_ASCII);
            }
        }
        writer.flush();

        assertThat(String.join("", sent())).isEqualTo(all.toString());
    }

    @Test
    void aLargeMessageHasNoRoomAmongOthersAndNoneHasAnyAtTheEnd() {
        assertThat(writer.room(5000)).isNull();
        assertThat(writer.room(10)).isNotNull();
        writer.close();
        channel.flush();

        assertThat(writer.room(10)).isNull();
    }

    @Test
    void whatOneMessageIsIsNotCopied() {
        ByteBuf message = message("a");
        writer.write(message);
        writer.flush();

        assertThat((Object) channel.readOutbound()).isSameAs(message);
        message.release();
    }

    /** Whatever is still written when a session is over goes to its channel, which lets it go. */
    @Test
    void nothingIsKeptOnceClosed() {
        writer.write(message("a"));
        writer.close();
        channel.flush();
        assertThat(sent()).containsExactly("a");
        channel.close();
        ByteBuf late = message("late");
        writer.write(late);

        assertThat(late.refCnt()).isZero();
    }
}
