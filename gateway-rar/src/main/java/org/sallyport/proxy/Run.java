package org.sallyport.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.Visibility;
import org.sallyport.value.Findings;
import org.sallyport.value.Masker;

/** One permitted statement, from its release to the server until its completion, and what is counted meanwhile. */
final class Run {
    private final long statement;
    private final Visibility visibility;
    private final boolean takesCopyData;
    private final long released = System.nanoTime();
    private final StringBuilder tags = new StringBuilder();
    private int completions;
    private long rows;
    private long bytes;
    private final CompletableFuture<Optional<MaskingPlan>> described = new CompletableFuture<>();
    private final Findings findings = new Findings();
    private @Nullable Masker masker;
    private @Nullable Refusal refusal;
    private boolean suspended;
    private boolean finished;

    Run(long statement, Visibility visibility, boolean takesCopyData) {
        this.statement = statement;
        this.visibility = visibility;
        this.takesCopyData = takesCopyData;
    }

    long statement() {
        return statement;
    }

    boolean shaped() {
        return visibility == Visibility.SHAPED;
    }

    /** Whether its results are planned before their first row. */
    boolean isPlanned() {
        return visibility != Visibility.CLEAR;
    }

    /**
     * Whether its rows must be read, being of this size.
     *
     * @param most bytes of a row that can be; a larger one passes where nothing in it would be hidden
     */
    boolean readsRows(long bytes, long most) {
        return shaped()
                || (isPlanned() && (masker == null || (!masker.isClear() && (masker.hides() || bytes <= most))));
    }

    /** Whether it holds a COPY FROM STDIN. */
    boolean takesCopyData() {
        return takesCopyData;
    }

    /** The present result, which has these columns, is shown so, or refused. */
    void planned(MaskingPlan plan, List<ResultShape.Column> columns) {
        if (plan instanceof MaskingPlan.Show show) {
            masker = new Masker(show.masks(), columns, findings);
        } else if (plan instanceof MaskingPlan.Refuse refuse) {
            refusal = refuse.refusal();
        }
        described.complete(Optional.of(plan));
    }

    /** The server has skipped the Describe that asked for this run's result. */
    void notDescribed() {
        described.complete(Optional.empty());
    }

    /** Completes on the event loop, when the server has described the result or has skipped that. */
    CompletableFuture<Optional<MaskingPlan>> described() {
        return described;
    }

    /** The server has failed it by itself: that is what the client is told. */
    void failed() {
        refusal = null;
    }

    /** Why nothing more of its results may be shown; null where nothing is against it. */
    @Nullable
    Refusal refusal() {
        return refusal;
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
        rows(1, length);
    }

    void rows(int count, long length) {
        rows += count;
        bytes += length;
    }

    void completed(String tag) {
        completions++;
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

    /** Whether a Query held more than this one statement. */
    boolean isOneOfSeveral() {
        return completions > 1;
    }

    /** The outcome; at most one is ever made of a run. */
    Optional<StatementOutcome> finish(Optional<String> sqlState) {
        if (finished) {
            return Optional.empty();
        }
        finished = true;
        return Optional.of(new StatementOutcome(
                statement,
                tags.toString(),
                sqlState,
                rows,
                bytes,
                findings.counts(),
                Duration.ofNanos(System.nanoTime() - released)));
    }
}
