package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Burst;
import org.sallyport.contract.Intent;

/**
 * What goes to the client, in order, with gates in between: what stands behind a gate leaves when its stage completes.
 *
 * <p>This is how a completion waits for its record to be durable while the server's later answers are already read.
 */
final class Outbox {
    /**
     * What stands in the way.
     *
     * @param hurry has it opened soon
     */
    private record Gate(CompletableFuture<Void> open, Runnable hurry) {
        static final Runnable OPENS_BY_ITSELF = () -> {};
    }

    private final Channel client;
    private final Writer writer;
    private final Consumer<Throwable> onFailure;
    private final Runnable onDrained;
    private final Deque<Object> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean closed;

    /**
     * @param onFailure called when a gate's stage fails; nothing behind it ever leaves
     * @param onDrained called when waiting messages have left
     */
    Outbox(Channel client, Consumer<Throwable> onFailure, Runnable onDrained) {
        this.client = client;
        this.writer = new Writer(client);
        this.onFailure = onFailure;
        this.onDrained = onDrained;
    }

    /** Takes ownership of {@code message}; {@link #flush()} sends it. */
    void write(ByteBuf message) {
        if (closed) {
            message.release();
        } else if (waiting.isEmpty()) {
            writer.write(message);
        } else {
            waiting.add(message);
            waitingBytes += message.readableBytes();
        }
    }

    /**
     * Where the next message, of about so many bytes, may be written at once, behind what is there; nothing else may be done with
     * it. Null where it has to be a buffer of its own.
     */
    @Nullable
    ByteBuf room(int bytes) {
        return waiting.isEmpty() ? writer.room(bytes) : null;
    }

    /** Nothing behind it leaves before {@code open} completes. */
    void gate(CompletionStage<Void> open) {
        gate(open, Gate.OPENS_BY_ITSELF);
    }

    /** Nothing behind it leaves before the intent is durable, which is hurried as soon as something waits. */
    void gate(Intent intent) {
        gate(intent.durable(), intent::hurry);
    }

    private void gate(CompletionStage<Void> open, Runnable hurry) {
        CompletableFuture<Void> future = open.toCompletableFuture();
        if (future.isDone() && !future.isCompletedExceptionally() && waiting.isEmpty()) {
            return;
        }
        waiting.add(new Gate(future, hurry));
        future.whenComplete((done, failure) -> Burst.execute(client.eventLoop(), this::drain));
    }

    /** Runs {@code then} when everything before it has left. */
    void afterAll(Runnable then) {
        if (waiting.isEmpty()) {
            then.run();
        } else {
            waiting.add(then);
            hurry();
        }
    }

    /** Sends what is not behind a gate; what is short waits for the rest of the answer, where only a gate keeps that. */
    void flush() {
        if (waitingBytes == 0) {
            writer.flush();
            return;
        }
        hurry();
        if (!writer.isShort()) {
            writer.flush();
        }
    }

    /** Later gates open with what is recorded behind this one. */
    private void hurry() {
        if (waiting.peek() instanceof Gate gate && !gate.open().isDone()) {
            gate.hurry().run();
        }
    }

    /** Bytes behind gates. */
    long waitingBytes() {
        return waitingBytes;
    }

    /** Drops what stands behind gates, and whatever is written from now on; the channel gets the rest. */
    void close() {
        closed = true;
        writer.close();
        waiting.forEach(item -> {
            if (item instanceof ByteBuf message) {
                message.release();
            }
        });
        waiting.clear();
        waitingBytes = 0;
    }

    private void drain() {
        while (!waiting.isEmpty()) {
            if (waiting.peek() instanceof Gate gate) {
                if (!gate.open().isDone()) {
                    break;
                }
                if (gate.open().isCompletedExceptionally()) {
                    onFailure.accept(
                            gate.open().handle((done, failure) -> failure).join());
                    return;
                }
                waiting.remove();
            } else if (waiting.peek() instanceof Runnable then) {
                waiting.remove();
                then.run();
            } else {
                ByteBuf message = (ByteBuf) waiting.remove();
                waitingBytes -= message.readableBytes();
                writer.write(message);
            }
        }
        writer.flush();
        if (waitingBytes > 0) {
            hurry();
        }
        onDrained.run();
    }
}
