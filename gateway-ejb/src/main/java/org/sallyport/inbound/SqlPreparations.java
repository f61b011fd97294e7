package org.sallyport.inbound;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The statements that a restricted session has prepared by SQL, so that an EXECUTE is judged as the query that it runs. Thread-safe.
 *
 * <p>Only the server knows what has a name. What is known here is what it has answered to have prepared, as long as nothing was sent since
 * that might take the name from it; ROLLBACK does not. Of every other name nothing is executed.
 *
 * <pre>
 * unknown --PREPARE--> pending --answered--> known --DEALLOCATE, DISCARD ALL, the protocol uses the name--> unknown
 *    '<------- an error, or any of those ---'   '<-- another PREPARE, until it is answered: with an error this one stays
 * </pre>
 */
final class SqlPreparations {
    /** Those that were not run for longer have to be prepared again. */
    private static final int MOST = 1024;

    private static final long MOST_CHARACTERS = 4L * 1024 * 1024;

    /** The server looks at no more bytes of a name. */
    private static final int LONGEST_NAME = 63;

    /**
     * One of them.
     *
     * @param sql     the PREPARE
     * @param attempt to run it
     */
    record Prepared(String sql, long attempt) {}

    private record Pending(String name, Prepared prepared) {}

    /** The one that was not run for longest is the first. */
    private final Map<String, Prepared> known = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<Long, Pending> pending = new HashMap<>();

    /** A statement was permitted, and is sent next. */
    synchronized void permitted(long statement, PreparingStep step) {
        if (step instanceof PreparingStep.Prepare prepare) {
            pending.put(statement, new Pending(prepare.name(), new Prepared(prepare.sql(), statement)));
        } else if (step instanceof PreparingStep.Forget forget) {
            forget.name().ifPresentOrElse(this::forget, this::forgetAll);
        }
    }

    /** A statement is over. */
    synchronized void finished(long statement, boolean failed) {
        Pending prepared = pending.remove(statement);
        if (prepared != null && !failed) {
            known.put(prepared.name(), prepared.prepared());
            makeRoom();
        }
    }

    private void makeRoom() {
        long characters = known.values().stream()
                .mapToLong(prepared -> prepared.sql().length())
                .sum();
        Iterator<Prepared> eldest = known.values().iterator();
        while (known.size() > MOST || characters > MOST_CHARACTERS) {
            characters -= eldest.next().sql().length();
            eldest.remove();
        }
    }

    /** The protocol gives this name to a statement of its own, or closes what has it. */
    synchronized void named(String name) {
        forget(name);
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            known.keySet().removeIf(name::startsWith);
            pending.values().removeIf(prepared -> name.startsWith(prepared.name()));
        }
    }

    synchronized void forgetAll() {
        known.clear();
        pending.clear();
    }

    private void forget(String name) {
        known.remove(name);
        pending.values().removeIf(prepared -> prepared.name().equals(name));
    }

    synchronized boolean isEmpty() {
        return known.isEmpty();
    }

    /**
     * What the name stands for, and stood for when what executes it was bound.
     *
     * @param bound the newest attempt then
     */
    synchronized Optional<Prepared> of(String name, long bound) {
        boolean unsure =
                pending.values().stream().anyMatch(prepared -> prepared.name().equals(name));
        return unsure
                ? Optional.empty()
                : Optional.ofNullable(known.get(name)).filter(prepared -> prepared.attempt() <= bound);
    }
}
