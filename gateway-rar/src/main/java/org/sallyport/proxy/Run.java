package org.sallyport.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.CopyTo;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.ResultChunk;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.Verdict;
import org.sallyport.contract.Visibility;
import org.sallyport.value.CopyMasker;
import org.sallyport.value.Findings;
import org.sallyport.value.Masker;

/** One permitted statement, from its release to the server until its completion, and what is counted meanwhile. */
final class Run {
    /** Characters, about: a Query holds as many statements as its text has semicolons. */
    private static final int MOST_TAGS = 64 * 1024;

    private final long statement;
    private final Verdict.Permit permit;
    private final long released = System.nanoTime();
    private final StringBuilder tags = new StringBuilder();
    private int completions;
    private long rows;
    private long bytes;
    private final CompletableFuture<Optional<MaskingPlan>> described = new CompletableFuture<>();
    private final Findings findings = new Findings();
    private @Nullable Masker masker;
    private @Nullable CopyMasker copyMasker;
    private boolean copying;
    private @Nullable Refusal refusal;
    private boolean undescribable;
    private boolean suspended;
    private boolean finished;
    private long recordable;
    private int chunks;
    private long told;
    private long toldAt = released;

    Run(long statement, Verdict.Permit permit) {
        this.statement = statement;
        this.permit = permit;
        this.recordable = permit.recorded();
    }

    long statement() {
        return statement;
    }

    /** Whether its results go on record, up to a limit. */
    boolean isRecorded() {
        return permit.recorded() > 0;
    }

    /** Whether anything of its results goes on record already. */
    boolean isRecording() {
        return recordable < permit.recorded();
    }

    /** So many bytes more are shown; returns how many of them go on record. */
    int record(int length) {
        int kept = (int) Math.min(length, recordable);
        recordable -= kept;
        return kept;
    }

    /**
     * Whether more has gone through than is on record, for longer than this.
     *
     * @param nanos by {@link System#nanoTime()}
     */
    boolean isUntold(long nanos) {
        return bytes > told && System.nanoTime() - toldAt > nanos;
    }

    /** How much there was so far, and what of it was not told yet. */
    ResultChunk chunk(byte[] messages) {
        told = bytes;
        toldAt = System.nanoTime();
        return new ResultChunk(statement, ++chunks, rows, bytes, messages);
    }

    boolean shaped() {
        return permit.visibility() == Visibility.SHAPED;
    }

    /** Whether it waits until the server has described its result; else that is described for the record alone. */
    boolean awaitsDescription() {
        return isPlanned() || permit.copy().isPresent();
    }

    /** Whether its results are planned before their first row. */
    boolean isPlanned() {
        return permit.visibility() != Visibility.CLEAR;
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
        return permit.takesCopyData();
    }

    /** The COPY TO STDOUT that it is, where its data has to be masked. */
    Optional<CopyTo> copy() {
        return permit.copy();
    }

    /** The present result, which has these columns, is shown so, or refused. */
    void planned(MaskingPlan plan, List<ResultShape.Column> columns) {
        if (plan instanceof MaskingPlan.Show show) {
            show(show, columns);
        } else if (plan instanceof MaskingPlan.Refuse refuse) {
            refusal = refuse.refusal();
        }
        described.complete(Optional.of(plan));
    }

    private void show(MaskingPlan.Show show, List<ResultShape.Column> columns) {
        Optional<CopyTo> copy = permit.copy();
        if (copy.isPresent()) {
            copyMasker = new CopyMasker(copy.get().format(), show.masks(), columns, findings);
        } else {
            masker = new Masker(show.masks(), columns, findings);
        }
    }

    /**
     * The server has skipped the Describe that asked for this run's result.
     *
     * @param itself whether it has failed that, and not something before it
     */
    void notDescribed(boolean itself) {
        undescribable = itself;
        described.complete(Optional.empty());
    }

    /** Whether the server has failed to describe the result. */
    boolean isUndescribable() {
        return undescribable;
    }

    /** Completes on the event loop, when the server has described the result or has skipped that. */
    CompletableFuture<Optional<MaskingPlan>> described() {
        return described;
    }

    /** Its result is not what was planned. */
    void refuse(Refusal because) {
        refusal = because;
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

    /** What masks its COPY data; null where it has none, or the server has not described it. */
    @Nullable
    CopyMasker copyMasker() {
        return copyMasker;
    }

    /** The server has said that COPY data follows, and that is what was planned. */
    void copies() {
        copying = true;
    }

    boolean isCopying() {
        return copying;
    }

    /** Each result of a Query has masks of its own. */
    void resultOver() {
        masker = null;
        copyMasker = null;
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
        if (tags.length() < MOST_TAGS) {
            tags.append(tags.isEmpty() ? "" : "; ").append(tag);
        }
    }

    /** The server has more rows, and waits to be asked for them. */
    void suspended() {
        suspended = true;
    }

    /** Whether the server has answered all that was sent of it, and could go on. */
    boolean isSuspended() {
        return suspended && !finished;
    }

    /**
     * Whether an Execute continues this run. Once for each suspension: whether the server obeys the Executes behind it depends
     * on what it has not answered yet.
     */
    boolean continues() {
        boolean continues = isSuspended();
        suspended = false;
        return continues;
    }

    /** How many of a Query's statements are complete. */
    int completions() {
        return completions;
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
