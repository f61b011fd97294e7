package org.sallyport.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sallyport.checkpoint.Checkpoint;
import org.sallyport.checkpoint.CheckpointKeys;
import org.sallyport.journal.Chain;
import org.sallyport.journal.JournalHead;
import org.sallyport.record.HoldRecord;
import org.sallyport.record.PurgeRecord;
import org.sallyport.record.RecordFormat;

/** Follows one journal's chain from record to record, and says where it does not hold. */
final class ChainCheck {
    /**
     * What is expected of every journal.
     *
     * @param anchors  what is anchored of this one
     * @param purges   takes what is left of purged records, of all journals
     * @param unsigned as many records at its end may not be signed yet
     */
    record Expected(CheckpointKeys keys, List<AnchorCheck> anchors, Purges purges, long unsigned) {}

    private final UUID journal;
    private final Expected expected;
    private final Findings findings;
    private final Chain chains = new Chain();
    private final RecentChains recent = new RecentChains();
    private final long first;
    private long last;
    private byte @Nullable [] chain;
    private long signed;
    private long checkpoints;

    /** @param start what is before the first record to come */
    ChainCheck(JournalHead start, Expected expected, Findings findings) {
        this.journal = start.journal();
        this.first = start.sequence() + 1;
        this.last = start.sequence();
        this.chain = start.chain();
        this.signed = start.sequence();
        this.expected = expected;
        this.findings = findings;
        recent.add(last, start.chain());
        expected.anchors().forEach(anchor -> anchor.skip(last - 1));
    }

    /** The sequence of the last record. */
    long last() {
        return last;
    }

    /** The chain of the last record; absent where it was lost before. */
    Optional<byte[]> chain() {
        return Optional.ofNullable(chain);
    }

    /** The next record. */
    void take(Entry entry) {
        if (entry.sequence() <= last) {
            findings.add(
                    entry.place(),
                    "it says that it is record " + entry.sequence() + ", where " + (last + 1) + " is due");
            return;
        }
        if (entry.sequence() > last + 1) {
            findings.add(entry.place(), "missing before it: " + range(last + 1, entry.sequence() - 1));
            chain = null;
        }
        last = entry.sequence();
        if (chain != null) {
            chain = chains.next(chain, last, entry.seal().commitment());
            recent.add(last, chain);
        }
        if (entry.purge().isPresent()) {
            expected.purges().left(journal, entry, entry.purge().get());
            return;
        }
        byte[] payload = entry.payload();
        if (payload == null || !isCommittedTo(entry, payload)) {
            findings.add(entry.place(), "it is not what was recorded");
        } else if (RecordFormat.isCheckpoint(payload)) {
            checkpoint(payload, entry.place());
        } else if (RecordFormat.isPurge(payload) || RecordFormat.isHold(payload)) {
            retention(payload, entry);
        }
    }

    private void retention(byte[] payload, Entry entry) {
        try {
            Object record = RecordFormat.decode(payload);
            if (record instanceof PurgeRecord purge) {
                expected.purges().recorded(purge, journal, entry);
            } else {
                expected.purges().recorded((HoldRecord) record);
            }
        } catch (RuntimeException unreadable) {
            findings.add(entry.place(), "a purge or a hold that cannot be read");
        }
    }

    /** The sequence of the last record that is signed. */
    long signed() {
        return signed;
    }

    private boolean isCommittedTo(Entry entry, byte[] payload) {
        return Arrays.equals(
                chains.commitment(entry.seal().salt(), payload), entry.seal().commitment());
    }

    private void checkpoint(byte[] payload, String place) {
        Checkpoint checkpoint;
        try {
            checkpoint = (Checkpoint) RecordFormat.decode(payload);
        } catch (RuntimeException notACheckpoint) {
            findings.add(place, "a checkpoint that cannot be read");
            return;
        }
        Optional<String> fault = fault(checkpoint);
        if (fault.isPresent()) {
            findings.add(place, fault.get());
            return;
        }
        checkpoints++;
        signed = Math.max(signed, checkpoint.head().sequence());
        expected.anchors().forEach(anchor -> anchor.found(checkpoint));
    }

    private Optional<String> fault(Checkpoint checkpoint) {
        long covered = checkpoint.head().sequence();
        if (!expected.keys().has(checkpoint.signature().key())) {
            return Optional.of(
                    "a checkpoint signed with the key " + checkpoint.signature().key() + ", which was not given");
        }
        if (!expected.keys().haveSigned(checkpoint)) {
            return Optional.of("a checkpoint whose signature is wrong");
        }
        if (!checkpoint.head().journal().equals(journal) || covered >= last) {
            return Optional.of("a checkpoint of record " + covered + " of journal "
                    + checkpoint.head().journal());
        }
        // What is before the first record, or behind a gap, has been left out or said already.
        if (covered < first - 1 || chain == null) {
            return Optional.empty();
        }
        boolean same = recent.of(covered)
                .map(found -> Arrays.equals(found, checkpoint.head().chain()))
                .orElse(false);
        if (same) {
            return Optional.empty();
        }
        chain = null;
        return Optional.of(range(signed + 1, covered) + " not as they were signed at " + checkpoint.at());
    }

    /** Nothing more comes. */
    void end() {
        expected.anchors().forEach(anchor -> anchor.end(last));
        String name = "journal " + journal;
        if (last >= first && checkpoints == 0) {
            findings.add(name, "no checkpoint: nothing says that a gateway has written this");
        } else if (last - signed - 1 > expected.unsigned()) {
            findings.add(name, "not signed, though they are many: " + range(signed + 1, last));
        }
        findings.note(name + ": " + range(first, last) + ", signed up to " + signed);
    }

    private static String range(long from, long to) {
        return from > to ? "no records" : from == to ? "record " + from : "records " + from + " to " + to;
    }
}
