package org.sallyport.journal;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a journal is kept.
 *
 * @param folder       its files', made where it is not there; one process at a time
 * @param limit        bytes on disk that what is not released may take, in whole segments; at least {@value #FEWEST_SEGMENTS}
 * @param segmentBytes of one file; no record may be larger
 * @param patience     how long a record may wait for room or for the disk before its stage fails
 */
public record JournalSettings(Path folder, Durability durability, long limit, int segmentBytes, Duration patience) {
    /** One that is written to, one in reserve, one on its way out. */
    static final int FEWEST_SEGMENTS = 3;

    /** Fifty thousand statements of usual size: made in some milliseconds, and soon released. */
    public static final int SEGMENT_BYTES = 16 * 1024 * 1024;

    public JournalSettings {
        if (limit / segmentBytes < FEWEST_SEGMENTS) {
            throw new IllegalArgumentException("a journal's limit must be at least "
                    + (long) FEWEST_SEGMENTS * segmentBytes + " bytes, not " + limit);
        }
    }

    int segments() {
        return (int) Math.min(Integer.MAX_VALUE, limit / segmentBytes);
    }
}
