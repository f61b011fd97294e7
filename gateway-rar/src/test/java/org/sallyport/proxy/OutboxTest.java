package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.contract.Intent;

class OutboxTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Throwable> failures = new ArrayList<>();
    private final Outbox outbox = new Outbox(channel, failures::add, () -> {});
    private final CompletableFuture<Void> durable = new CompletableFuture<>();
    private int hurried;
    private final Intent intent = new Intent() {
        @Override
        public CompletableFuture<Void> durable() {
            return durable;
        }

        @Override
        public void hurry() {
            hurried++;
        }
    };

    @AfterEach
    void close() {
        outbox.close();
        channel.flush();
        channel.finishAndReleaseAll();
    }

    private void write(String text) {
        outbox.write(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        outbox.flush();
    }

    private String sent() {
        channel.runPendingTasks();
        StringBuilder sent = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            sent.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
        return sent.toString();
    }

    @Test
    void whatIsWrittenBehindTheEndDoesNotLeave() {
        outbox.gate(new CompletableFuture<>());
        outbox.close();
        ByteBuf late = Unpooled.copiedBuffer("late", StandardCharsets.US_ASCII);

        outbox.write(late);
        outbox.flush();

        assertThat(late.refCnt()).isZero();
        assertThat(channel.<ByteBuf>readOutbound()).isNull();
    }

    @Test
    void whatStandsBehindAGateLeavesWhenItOpens() {
        write("a");
        outbox.gate(durable);
        write("b");
        assertThat(sent()).isEqualTo("a");

        durable.complete(null);

        assertThat(sent()).isEqualTo("b");
    }

    @Test
    void whatIsShortLeavesTogetherWithTheRestOfItsAnswer() {
        outbox.write(Unpooled.copiedBuffer("row", StandardCharsets.US_ASCII));
        outbox.gate(durable);
        write("completion");
        assertThat(sent()).isEmpty();

        durable.complete(null);

        assertThat(sent()).isEqualTo("rowcompletion");
    }

    @Test
    void whatIsLongDoesNotWaitForTheRest() {
        String rows = "r".repeat(17 * 1024);
        outbox.write(Unpooled.copiedBuffer(rows, StandardCharsets.US_ASCII));
        outbox.gate(durable);
        write("completion");

        assertThat(sent()).isEqualTo(rows);
    }

    @Test
    void whatAGateSetsFreeDoesNotWaitForTheNextOne() {
        CompletableFuture<Void> next = new CompletableFuture<>();
        outbox.gate(durable);
        write("one");
        outbox.gate(next);
        write("two");

        durable.complete(null);

        assertThat(sent()).isEqualTo("one");
    }

    @Test
    void thereIsRoomForARowOnlyWhereNothingWaits() {
        assertThat(outbox.room(10)).isNotNull();
        outbox.gate(durable);

        assertThat(outbox.room(10)).isNull();
    }

    @Test
    void anIntentIsHurriedWhenSomethingWaitsForItAndNotBefore() {
        outbox.gate(intent);
        outbox.flush();
        assertThat(hurried).isZero();

        write("a");

        assertThat(hurried).isPositive();
        assertThat(sent()).isEmpty();
        durable.complete(null);
        assertThat(sent()).isEqualTo("a");
    }

    @Test
    void anIntentBehindAnotherGateIsHurriedOnceThatIsOpen() {
        CompletableFuture<Void> before = new CompletableFuture<>();
        outbox.gate(before);
        outbox.gate(intent);
        write("a");
        assertThat(hurried).isZero();

        before.complete(null);

        assertThat(sent()).isEmpty();
        assertThat(hurried).isPositive();
    }

    @Test
    void whoeverWaitsForTheEndHurriesToo() {
        outbox.gate(intent);
        outbox.afterAll(() -> write("the end"));
        assertThat(hurried).isPositive();

        durable.complete(null);

        assertThat(sent()).isEqualTo("the end");
    }

    @Test
    void nothingLeavesBehindAGateThatFails() {
        outbox.gate(intent);
        write("a secret");

        durable.completeExceptionally(new IllegalStateException("the disk is gone"));

        assertThat(sent()).isEmpty();
        assertThat(failures).hasSize(1);
    }
}
