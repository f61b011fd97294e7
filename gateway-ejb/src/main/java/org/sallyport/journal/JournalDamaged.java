package org.sallyport.journal;

import java.nio.file.Path;

/** A journal's file does not hold what was written to it. */
public final class JournalDamaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalDamaged(Path file, long offset, String what) {
        super(file + ", byte " + offset + ": " + what);
    }
}
