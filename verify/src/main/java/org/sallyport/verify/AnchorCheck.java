package org.sallyport.verify;

import java.util.Arrays;
import org.sallyport.checkpoint.Checkpoint;
import org.sallyport.checkpoint.CheckpointKeys;
import org.sallyport.verify.AnchorLines.Anchored;

/** Whether each checkpoint that an anchor has is in the record: what was cut off or written anew lacks one of them. */
final class AnchorCheck {
    private final AnchorLines lines;
    private final CheckpointKeys keys;
    private final Findings findings;

    AnchorCheck(AnchorLines lines, CheckpointKeys keys, Findings findings) {
        this.lines = lines;
        this.keys = keys;
        this.findings = findings;
    }

    /** Those of records up to {@code sequence} cannot be found any more: the record here begins after it. */
    void skip(long sequence) {
        while (isNextUpTo(sequence)) {
            lines.pop();
        }
    }

    /** A checkpoint of the record that is what it should be. */
    void found(Checkpoint checkpoint) {
        long sequence = checkpoint.head().sequence();
        while (isNextUpTo(sequence)) {
            Anchored anchored = lines.peek().orElseThrow();
            if (!isSame(anchored.checkpoint(), checkpoint)) {
                missing(anchored);
            }
            lines.pop();
        }
    }

    private boolean isNextUpTo(long sequence) {
        return lines.peek()
                .map(anchored -> anchored.checkpoint().head().sequence() <= sequence)
                .orElse(false);
    }

    private static boolean isSame(Checkpoint one, Checkpoint other) {
        return one.head().sequence() == other.head().sequence()
                && Arrays.equals(one.head().chain(), other.head().chain());
    }

    /** Nothing more comes, after the record {@code last}. */
    void end(long last) {
        while (lines.peek().isPresent()) {
            Anchored anchored = lines.peek().get();
            if (anchored.checkpoint().head().sequence() > last) {
                cutOff(anchored, last);
            } else {
                missing(anchored);
            }
            lines.pop();
        }
    }

    private void cutOff(Anchored anchored, long last) {
        report(
                anchored,
                "the record ends at " + last + ", but had come to "
                        + anchored.checkpoint().head().sequence() + " at "
                        + anchored.checkpoint().at() + ": its end is missing, or still in its node's journal");
    }

    private void missing(Anchored anchored) {
        report(
                anchored,
                "the record has not the checkpoint of record "
                        + anchored.checkpoint().head().sequence() + " of "
                        + anchored.checkpoint().at() + " that was anchored: it was cut off there, or written anew");
    }

    private void report(Anchored anchored, String what) {
        findings.add(
                anchored.place(),
                keys.haveSigned(anchored.checkpoint()) ? what : "a checkpoint that no given key has signed");
    }
}
