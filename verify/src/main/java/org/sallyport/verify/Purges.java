package org.sallyport.verify;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sallyport.record.HoldRecord;
import org.sallyport.record.PurgeRecord;

/**
 * Whether what is left of purged records is of purges that were recorded and signed, all of each; and whether those knew of all holds.
 * Journals come in the order of their ids, as {@link PurgeRecord.Taken#digest} does.
 */
final class Purges {
    /** What two nodes' clocks may differ by, and what a hold takes to come into the store. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private static final int DIGEST_BYTES = 32;

    private final Findings findings;
    private final MessageDigest sha256 = sha256();
    private final Map<UUID, Recorded> recorded = new LinkedHashMap<>();
    private final Map<UUID, Left> left = new HashMap<>();
    private final Map<UUID, HoldRecord> holds = new HashMap<>();
    private final Map<UUID, Instant> releases = new HashMap<>();

    /** A purge as it stands in the chain. */
    private record Recorded(PurgeRecord purge, String place, UUID journal, long sequence) {}

    /** What is left of the records that are said to be a purge's. */
    private static final class Left {
        private final String first;
        private long records;
        private byte[] digest = new byte[DIGEST_BYTES];

        Left(String first) {
            this.first = first;
        }
    }

    Purges(Findings findings) {
        this.findings = findings;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has it", e);
        }
    }

    /** A record whose content is gone. */
    void left(UUID journal, Entry entry, UUID purge) {
        Left of = left.computeIfAbsent(purge, id -> new Left(entry.place()));
        of.records++;
        sha256.update(of.digest);
        sha256.update(ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(journal.getMostSignificantBits())
                .putLong(journal.getLeastSignificantBits())
                .putLong(entry.sequence())
                .flip());
        of.digest = sha256.digest(entry.seal().commitment());
    }

    /** A purge that is in the chain. */
    void recorded(PurgeRecord purge, UUID journal, Entry entry) {
        if (recorded.putIfAbsent(purge.id(), new Recorded(purge, entry.place(), journal, entry.sequence())) != null) {
            findings.add(entry.place(), "a purge with another one's id");
        }
    }

    /** A hold, or its release, that is in the chain. */
    void recorded(HoldRecord hold) {
        if (hold.act() == HoldRecord.Act.HOLD) {
            holds.put(hold.id(), hold);
        } else {
            releases.merge(hold.id(), hold.word().at(), (one, other) -> one.isBefore(other) ? one : other);
        }
    }

    /**
     * Everything has come.
     *
     * @param signed up to which record each journal is signed
     */
    void end(Map<UUID, Long> signed) {
        left.forEach((id, of) -> {
            if (!recorded.containsKey(id)) {
                findings.add(
                        of.first, of.records + " records without content, of a purge that nobody has recorded: " + id);
            }
        });
        recorded.forEach((id, purge) -> {
            Left of = left.get(id);
            if (of == null) {
                findings.note("purge " + id + ": recorded, and nothing is removed for it");
            } else {
                check(purge, of, signed.getOrDefault(purge.journal(), 0L));
            }
        });
    }

    private void check(Recorded recorded, Left of, long signed) {
        PurgeRecord.Taken taken = recorded.purge().taken();
        if (of.records != taken.records() || !Arrays.equals(of.digest, taken.digest())) {
            findings.add(
                    recorded.place(),
                    "not what this purge was recorded to take: it says " + taken.records() + " records, and "
                            + of.records + " are without content for it, or others");
        }
        if (recorded.sequence() > signed) {
            findings.add(recorded.place(), "a purge that has removed content, but is not signed");
        }
        for (UUID hold : unknown(recorded.purge())) {
            findings.add(recorded.place(), "a purge that does not know of hold " + hold + ", which was in force");
        }
    }

    private List<UUID> unknown(PurgeRecord purge) {
        Instant at = purge.order().at();
        List<UUID> unknown = new ArrayList<>();
        holds.forEach((id, hold) -> {
            boolean begun = hold.word().at().plus(SLACK).isBefore(at);
            Instant released = releases.getOrDefault(id, Instant.MAX);
            boolean over = !at.plus(SLACK).isBefore(released);
            if (begun && !over && !purge.holds().contains(id.toString())) {
                unknown.add(id);
            }
        });
        return unknown;
    }
}
