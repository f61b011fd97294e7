package org.sallyport.inbound;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Refusal;
import org.sallyport.masking.ResultPlan;

/**
 * The cursors that a session has declared by SQL, and how their rows are shown. Thread-safe.
 *
 * <p>Only the server knows whether a cursor is open. What is known here is that nothing else can be open under a name since it was
 * declared; as soon as something else might be, nothing is fetched by that name any more.
 *
 * <pre>
 * unknown --DECLARE--> sure --what may have closed it, a portal of that name--> unsure --DECLARE, shown alike--> sure
 *    '<---- CLOSE, the end of its transaction, the DECLARE has failed ----------------'
 * </pre>
 */
final class Cursors {
    /** invalid_cursor_name: the server has none of that name. */
    private static final String NO_SUCH_CURSOR = "34000";

    /** The server looks at no more bytes of a portal's name. */
    private static final int LONGEST_NAME = 63;

    private static final class Declared {
        private final Optional<ResultPlan> plan;
        private final boolean anew;
        private final boolean hold;
        private final long statement;
        private boolean sure = true;

        /** Whether the DECLARE is over, and so its transaction may be, too. */
        private boolean over;

        /** Whether it has outlived its transaction. */
        private boolean kept;

        Declared(Optional<ResultPlan> plan, CursorStep.Declare step, long statement, @Nullable Declared before) {
            this.plan = plan;
            this.anew = before == null;
            this.hold = step.hold() || (before != null && before.hold);
            this.statement = statement;
            this.kept = before != null && before.kept;
        }
    }

    private final Map<String, Declared> declared = new HashMap<>();
    private final Map<Long, CursorStep> running = new HashMap<>();

    synchronized boolean isEmpty() {
        return declared.isEmpty();
    }

    /** Whether a step changes what is known here, or depends on it; where there is no cursor most do not. */
    synchronized boolean follows(CursorStep step) {
        return step instanceof CursorStep.Declare
                || step instanceof CursorStep.Fetch
                || !(step instanceof CursorStep.None || declared.isEmpty());
    }

    /** What stands against a statement, whatever it means. */
    synchronized Optional<Refusal> objection(CursorStep step, Optional<ResultPlan> plan) {
        if (step instanceof CursorStep.Fetch fetch && plan(fetch).isEmpty()) {
            return Optional.of(Refusals.UNKNOWN_CURSOR);
        }
        if (step instanceof CursorStep.Declare declare) {
            Declared before = declared.get(declare.cursor());
            boolean other = before != null && !before.plan.equals(plan);
            return other ? Optional.of(Refusals.OTHER_CURSOR) : Optional.empty();
        }
        return Optional.empty();
    }

    /** How the rows of a cursor are shown; empty where nobody knows which one it is. */
    synchronized Optional<ResultPlan> plan(CursorStep.Fetch fetch) {
        Declared cursor = declared.get(fetch.cursor());
        return cursor != null && cursor.sure ? cursor.plan : Optional.empty();
    }

    /**
     * A statement was permitted, and against it stands nothing.
     *
     * @param plan how the rows of the cursor that it declares are shown; empty where nobody can tell
     */
    synchronized void permitted(long statement, CursorStep step, Optional<ResultPlan> plan) {
        if (step instanceof CursorStep.Declare declare) {
            Declared before = declared.get(declare.cursor());
            declared.put(declare.cursor(), new Declared(plan, declare, statement, before));
            running.put(statement, step);
        } else if (step instanceof CursorStep.Close) {
            running.put(statement, step);
        } else if (step instanceof CursorStep.End end) {
            ends(end.takesBack());
        } else if (step instanceof CursorStep.Blur) {
            blur();
        }
    }

    /** @param takesBack whether the transaction, or a part of it, leaves nothing of what it declared */
    synchronized void ends(boolean takesBack) {
        declared.values().forEach(cursor -> cursor.sure &= cursor.kept || (cursor.hold && !takesBack));
    }

    /** Anything may be open under any name. */
    synchronized void blur() {
        declared.values().forEach(cursor -> cursor.sure = false);
    }

    /** A portal of the protocol gets this name, or gives it up. */
    synchronized void portal(String name) {
        boolean cut = name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME;
        declared.forEach((cursor, it) -> it.sure &= !(name.equals(cursor) || (cut && name.startsWith(cursor))));
    }

    /** A statement is over. */
    synchronized void finished(long statement, Optional<String> sqlState) {
        CursorStep step = running.remove(statement);
        if (step instanceof CursorStep.Declare declare) {
            declared(declare.cursor(), statement, sqlState.isPresent());
        } else if (step instanceof CursorStep.Close close
                && (sqlState.isEmpty() || sqlState.get().equals(NO_SUCH_CURSOR))) {
            declared.entrySet()
                    .removeIf(cursor -> cursor.getValue().statement < statement
                            && close.cursor().map(cursor.getKey()::equals).orElse(sqlState.isEmpty()));
        }
    }

    private void declared(String name, long statement, boolean failed) {
        Declared cursor = declared.get(name);
        if (cursor == null || cursor.statement != statement) {
            return;
        }
        cursor.over = true;
        if (failed && cursor.anew) {
            declared.remove(name);
        } else if (failed) {
            cursor.sure = false;
        }
    }

    /**
     * No transaction is open.
     *
     * @param failed whether an error came since then, so that it may have taken back what it declared
     */
    synchronized void idle(boolean failed) {
        declared.values().removeIf(cursor -> cursor.over && !cursor.hold);
        for (Declared cursor : declared.values()) {
            if (cursor.over) {
                cursor.sure &= cursor.kept || !failed;
                cursor.kept |= cursor.sure;
            }
        }
    }
}
