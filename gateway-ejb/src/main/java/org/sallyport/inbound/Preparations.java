package org.sallyport.inbound;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.policy.Ruling;
import org.sallyport.sql.StatementKinds;

/**
 * What the names of prepared statements stood for when the protocol prepared them. PostgreSQL keeps a plan also where something has been made
 * since that hides what it is about, so that whoever looks the names up anew finds something else than what runs. Thread-safe.
 */
final class Preparations {
    /** Those that were not run for longer have to be prepared again. */
    private static final int MOST = 4096;

    private static final Set<String> CHANGING = Set.of("INSERT", "UPDATE", "DELETE");

    /** Nobody knows what it stood for. */
    private static final Preparation UNKNOWN = new Preparation(List.of(), Set.of(), false, false, false);

    private final Map<Long, Preparation> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Preparation> eldest) {
            return size() > MOST;
        }
    };

    private long takenBackAt;

    /**
     * A statement that was permitted to be prepared.
     *
     * @param relations that it named
     * @param oids      of those, and of functions of somebody's
     * @param unknown   whether it named something that nobody but its session could have made by then
     * @param own       whether it was judged as its session saw it
     * @param free      whether it might have run at once, too, and might at any time
     */
    private record Preparation(List<String> relations, Set<Integer> oids, boolean unknown, boolean own, boolean free) {
        boolean isOf(Judgement judgement) {
            boolean same = relations.equals(judgement.relations()) && oids.equals(judgement.oids());
            // What is known on one side only is what its session's transaction has made; nothing else may have come or
            // gone. Rows are
            // not shown on that presumption.
            boolean presumed = (unknown && judgement.oids().containsAll(oids))
                    || (own && judgement.unknown() && oids.containsAll(judgement.oids()));
            return same || (presumed && judgement.kinds().stream().allMatch(Preparation::readsNothing));
        }

        private static boolean readsNothing(String kind) {
            return CHANGING.contains(kind) || StatementKinds.defines(kind);
        }
    }

    synchronized void add(long attempt, Judgement judgement, boolean own) {
        kept.put(
                attempt,
                new Preparation(
                        judgement.relations(),
                        judgement.oids(),
                        judgement.unknown(),
                        own,
                        judgement.ruling() instanceof Ruling.Permit
                                && judgement.timed().isEmpty()));
    }

    /** What its session may do has changed: what might have run before may not be for it any more. */
    synchronized void onAccess() {
        kept.replaceAll((attempt, it) -> new Preparation(it.relations(), it.oids(), it.unknown(), it.own(), false));
    }

    /** What was dropped or made may be there, or not, as before: with the same OID. */
    synchronized void onTakenBack(long attempt) {
        takenBackAt = attempt;
    }

    private Preparation of(StatementAttempt attempt) {
        return kept.getOrDefault(attempt.prepared(), UNKNOWN);
    }

    /** Whether it was not prepared before, or was when its names stood for the same. */
    synchronized boolean isAlike(StatementAttempt attempt, Judgement judgement) {
        return isNew(attempt) || (of(attempt).isOf(judgement) && attempt.prepared() > takenBackAt);
    }

    /** Whether its session may be asked what it means there: where it was when the statement was prepared. */
    synchronized boolean isOwn(StatementAttempt attempt) {
        return isNew(attempt) || of(attempt).own();
    }

    /** Whether nothing stood against its running as it was prepared. */
    synchronized boolean isFree(StatementAttempt attempt) {
        return isNew(attempt) || of(attempt).free();
    }

    /** Of what SQL has prepared, and is not known, its EXECUTE says nothing. */
    private static boolean isNew(StatementAttempt attempt) {
        return attempt.prepared() == attempt.id() || attempt.prepared() == 0;
    }
}
