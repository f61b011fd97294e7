package org.sallyport.proxy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sallyport.wire.ProtocolException;

/** The answers that the server still owes, in the order in which it will give them. */
final class Replies {
    /** Whoever sends ahead fills this process. Far more than a server keeps back before a Sync: of those of 5 bytes 1600, in 8 KiB. */
    private static final int MANY = 20_000;

    private final Session session;
    private final Deque<Reply> owed = new ArrayDeque<>();

    /** Whether anything was sent since the last Sync or Query: the server then is in a transaction, if only an implicit one. */
    private boolean unsynced;

    /** Whether a statement was sent to run since then. */
    private boolean ran;

    Replies(Session session) {
        this.session = session;
    }

    void expect(Reply reply) {
        owed.add(reply);
        if (!(reply instanceof Reply.Forgotten)) {
            boolean ends =
                    reply instanceof Reply.Synced || reply instanceof Reply.Queried || reply instanceof Reply.Asked;
            ran = !ends && (ran || reply instanceof Reply.Executed);
            unsynced = !(ends || (reply instanceof Reply.Refused refused && refused.simple()));
        }
    }

    /** Nothing is owed and nothing was sent since the last Sync or Query: no transaction is open by the protocol alone. */
    boolean idle() {
        return !unsynced && isEmpty();
    }

    /** Nothing was sent since the last Sync or Query: once all is answered, the server is ready for something else. */
    boolean settles() {
        return !unsynced;
    }

    /** No statement runs, none ran since the last Sync or Query, and the server has told of the transaction since then. */
    boolean restful() {
        return !ran
                && owed.stream().allMatch(reply -> reply instanceof Reply.Named || reply instanceof Reply.Described);
    }

    boolean isEmpty() {
        return owed.isEmpty();
    }

    /** Whether the client has sent so far ahead that it should wait. */
    boolean areMany() {
        return owed.size() > MANY;
    }

    /** What the server is answering now; null where it owes nothing. */
    @Nullable
    Reply current() {
        return owed.peek();
    }

    /** Whether the run is that of a Query, which may hold more than one statement. */
    boolean isQueried(@Nullable Run run) {
        return owed.peek() instanceof Reply.Queried queried && queried.run() == run;
    }

    /** Takes the present one off; it must be a {@code type}. */
    <T extends Reply> T take(Class<T> type) {
        if (!type.isInstance(current())) {
            throw new ProtocolException("the server answered out of turn");
        }
        return type.cast(owed.remove());
    }

    /** The statement whose results the server is sending; null where it sends none. */
    @Nullable
    Run run() {
        Reply current = current();
        return current == null ? null : run(current);
    }

    private static @Nullable Run run(Reply reply) {
        if (reply instanceof Reply.Executed executed) {
            return executed.run();
        }
        return reply instanceof Reply.Queried queried ? queried.run() : null;
    }

    /** Whether a statement has been sent and is not complete, or is being described. */
    boolean running() {
        return owed.stream().anyMatch(reply -> run(reply) != null || reply instanceof Reply.Prepared);
    }

    /**
     * After an error the server ignores everything up to the next Sync: drops what it will not answer, takes back the names
     * and records the statements that will not run.
     */
    void skipToSync(String sqlState) {
        Reply failed = owed.peek();
        List<Reply> skipped = new ArrayList<>();
        while (!owed.isEmpty() && !(owed.peek() instanceof Reply.Synced)) {
            skipped.add(owed.remove());
        }
        for (Reply reply : skipped) {
            if (reply instanceof Reply.Named named) {
                named.change().takeBack();
            } else if (reply instanceof Reply.Described described && described.asking() != null) {
                described.asking().notDescribed(failed instanceof Reply.Prepared || failed == reply);
            }
            Run run = run(reply);
            if (run != null) {
                session.finish(run, Optional.of(sqlState));
            }
        }
        boolean skipping = owed.isEmpty();
        session.skipping(skipping);
        if (skipping) {
            // What is judged now would not be looked at by the server any more, and behind it the client waits for its
            // Sync.
            session.clientSide().withdraw();
        }
    }
}
