package org.sallyport.checkpoint;

import java.io.IOException;

/** Keeps checkpoints out of reach of whoever may change the journal and the store. */
public interface Anchor {
    /**
     * Keeps one; may block. The same one may come again.
     *
     * @throws IOException where it may not have been kept
     */
    void keep(Checkpoint checkpoint) throws IOException;

    /** For the log: what it is, without secrets. */
    String name();
}
