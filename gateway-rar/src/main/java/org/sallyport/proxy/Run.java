package org.sallyport.proxy;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.Visibility;

/** One permitted statement, from its release to the server until its completion, and what is counted meanwhile. */
final class Run {
    private final long statement;
    private final Visibility visibility;
    private final long released = System.nanoTime();
    private final StringBuilder tags = new StringBuilder();
    private long rows;
    private long bytes;
    private @Nullable Masker masker;
    private boolean suspended;
    private boolean syncInCopy;
    private boolean finished;

    Run(long statement, Visibility visibility) {
        this.statement = statement;
        this.visibility = visibility;
    }

    long statement() {
        return statement;
    }

    boolean shaped() {
        return visibility == Visibility.SHAPED;
    }

    void masker(Masker masker) {
        this.masker = masker;
    }

    /** What masks the rows of the present result; null while none was described. */
    @Nullable
    Masker masker() {
        return masker;
    }

    /** Each result of a Query has masks of its own. */
    void resultOver() {
        masker = null;
    }

    void row(long length) {
        rows++;
        bytes += length;
    }

    void completed(String tag) {
        tags.append(tags.isEmpty() ? "" : "; ").append(tag);
    }

    /** The server has more rows, and waits to be asked for them. */
    void suspended() {
        suspended = true;
    }

    /**
     * Whether an Execute continues this run. Once for each suspension: whether the server obeys the Executes behind it depends
     * on what it has not answered yet.
     */
    boolean continues() {
        boolean continues = suspended && !finished;
        suspended = false;
        return continues;
    }

    /** The client has sent a Sync that the server ignores if it reads it while it copies. */
    void syncedInCopy() {
        syncInCopy = true;
    }

    boolean hasSyncInCopy() {
        return syncInCopy;
    }

    /** The server has read the end of the copy, and all before it. */
    void copyOver() {
        syncInCopy = false;
    }

    /** The outcome; at most one is ever made of a run. */
    Optional<StatementOutcome> finish(Optional<String> sqlState) {
        if (finished) {
            return Optional.empty();
        }
        finished = true;
        return Optional.of(new StatementOutcome(
                statement, tags.toString(), sqlState, rows, bytes, Duration.ofNanos(System.nanoTime() - released)));
    }
}
