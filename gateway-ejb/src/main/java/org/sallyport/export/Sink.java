package org.sallyport.export;

import java.io.IOException;
import java.util.List;

/** Where events go. */
interface Sink {
    /**
     * Sends them in their order; may block. The same ones may come again.
     *
     * @throws IOException where they may not have arrived
     */
    void send(List<Event> events) throws IOException;

    /** What it is, without secrets: by this the store remembers how far it has got. */
    String name();
}
