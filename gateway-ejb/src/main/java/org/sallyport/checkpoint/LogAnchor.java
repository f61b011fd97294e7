package org.sallyport.checkpoint;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The server's log: an anchor where that is carried to another place. */
final class LogAnchor implements Anchor {
    private static final Logger LOG = System.getLogger(LogAnchor.class.getName());

    @Override
    public void keep(Checkpoint checkpoint) {
        LOG.log(Level.INFO, "checkpoint {0}", AnchorLine.of(checkpoint));
    }

    @Override
    public String name() {
        return "log";
    }
}
