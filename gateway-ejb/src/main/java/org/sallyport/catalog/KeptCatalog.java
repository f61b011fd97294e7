package org.sallyport.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was last read of one database, and the connection over which it was: while that is open the server neither went back to an
 * earlier state nor is it another. Thread-safe; blocks.
 */
final class KeptCatalog implements AutoCloseable {

    /** A connection that nobody used for so long may be gone without a word. */
    private static final Duration TRUSTED = Duration.ofMinutes(1);

    private final String name;
    private final CatalogSource source;
    private final CatalogReader reader;
    private final Clock clock;
    private final ReentrantLock busy = new ReentrantLock();

    private volatile @Nullable Connection line;
    private CatalogReader.@Nullable Marked last;
    private long era;
    private Instant used = Instant.MIN;

    KeptCatalog(String name, CatalogSource source, CatalogReader reader, Clock clock) {
        this.name = name;
        this.source = source;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * What the database shows now: the same object as before where nothing has changed.
     *
     * @param era of what is read before another one began nothing is believed
     */
    Catalog read(long era) throws SQLException {
        if (!busy.tryLock()) {
            // Whoever waited here for a server that does not answer would wait longer than for the server.
            try (Connection own = source.open(name)) {
                return reader.read(own);
            }
        }
        try {
            CatalogReader.Marked known = last;
            if (known == null || this.era < era || !holds(known)) {
                forget();
                known = readAnew();
                this.era = era;
            }
            used = clock.instant();
            return known.catalog();
        } finally {
            busy.unlock();
        }
    }

    private boolean holds(CatalogReader.Marked known) {
        Connection open = line;
        Duration unused = Duration.between(used, clock.instant());
        if (open == null || unused.isNegative() || unused.compareTo(TRUSTED) > 0) {
            return false;
        }
        try {
            return reader.holds(open, known);
        } catch (SQLException gone) {
            return false;
        }
    }

    /** Over a new connection: what a session begins with may be other than it was. */
    private CatalogReader.Marked readAnew() throws SQLException {
        Connection opened = source.open(name);
        line = opened;
        CatalogReader.Marked read = reader.readMarked(opened);
        last = read;
        return read;
    }

    private void forget() {
        close();
        line = null;
        last = null;
    }

    /** Whoever reads now fails. */
    @Override
    public void close() {
        try {
            Connection open = line;
            if (open != null) {
                open.close();
            }
        } catch (SQLException gone) {
            // It is closed all the same.
        }
    }
}
