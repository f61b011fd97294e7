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

    /** Nothing more comes, after the record {@code last}. A later one may be where this one has not been carried to yet. */
    void end(long last) {
        while (lines.peek().isPresent()) {
            Anchored anchored = lines.peek().get();
            report(
                    anchored,
                    "the record ends at " + last + " without the checkpoint of " + described(anchored)
                            + ": its end was cut off or written anew, or is still in its node's journal");
            lines.pop();
        }
    }

    private void missing(Anchored anchored) {
        report(
                anchored,
                "the record has not the checkpoint of " + described(anchored)
                        + ": it was cut off there, and written anew");
    }

    private static String described(Anchored anchored) {
        return "record " + anchored.checkpoint().head().sequence() + " that was anchored at "
                + anchored.checkpoint().at();
    }

    private void report(Anchored anchored, String what) {
        findings.add(
                anchored.place(),
                keys.haveSigned(anchored.checkpoint()) ? what : "a checkpoint that no given key has signed");
    }
}
