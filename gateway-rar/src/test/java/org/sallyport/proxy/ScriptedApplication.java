package org.sallyport.proxy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Admission;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.CopyTo;
import org.sallyport.contract.Deputy;
import org.sallyport.contract.Displaced;
import org.sallyport.contract.GatewayListener;
import org.sallyport.contract.Intent;
import org.sallyport.contract.Leeway;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.NotAnswered;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.ResultChunk;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.SessionHandle;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.Target;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.contract.Verdict;
import org.sallyport.contract.Visibility;

/**
 * An application whose decisions stand in the statements: {@code /*deny*}{@code /} is refused, {@code /*hold*}{@code /} waits
 * in {@link #held}, {@code /*mask*}{@code /} is masked by {@link #masks}, which keeps the last two characters of
 * every text column, and refuses a column {@code odd}, {@code /*fail*}{@code /}
 * throws, before {@code /*show*}{@code /} the session's search path is asked for, {@code /*lose*}{@code /} cannot be recorded, {@code /*standing*}{@code /} is answered at once. Every other answer comes
 * late, on another thread. {@code /*tape*}{@code /} goes on record. What {@code /*read*}{@code /} shows waits for {@link #intents}.
 */
final class ScriptedApplication implements GatewayListener {
    static final String TOKEN = "the token";

    /** A token over which the application thinks for ever. */
    static final String NEVER_DECIDED = "another token";

    final List<StatementAttempt> attempts = new CopyOnWriteArrayList<>();

    /** Those that were permitted without a question. */
    final List<StatementAttempt> standing = new CopyOnWriteArrayList<>();

    final List<StatementOutcome> outcomes = new CopyOnWriteArrayList<>();
    final BlockingQueue<SessionEnd> ends = new LinkedBlockingQueue<>();
    final Map<String, CompletableFuture<Verdict>> held = new ConcurrentHashMap<>();
    final Map<SessionId, SessionHandle> handles = new ConcurrentHashMap<>();
    /** What the server has told where it was asked. */
    final List<String> shown = new CopyOnWriteArrayList<>();

    /** What the server is asked before a statement that is marked so. */
    volatile List<String> questions = List.of();

    /** Those that results wait for. */
    final BlockingQueue<SlowIntent> intents = new LinkedBlockingQueue<>();

    final CountDownLatch holding = new CountDownLatch(1);
    final List<ConnectionAttempt> callers = new CopyOnWriteArrayList<>();

    /** Plans a column; on the event loop. */
    volatile Function<ResultShape.Column, Mask> masks =
            column -> column.typeOid() == 25 ? new Mask.KeepLast(2) : new Mask.Clear();

    /** Says which statement copies something that is masked. */
    volatile Function<String, Optional<CopyTo>> copies = sql -> Optional.empty();

    /** What goes on record of statements that are marked so. */
    volatile long recorded = 1024 * 1024;

    final List<ResultChunk> chunks = new CopyOnWriteArrayList<>();

    private final Supplier<Target> target;
    private final Leeway leeway;

    ScriptedApplication(Supplier<Target> target) {
        this(target, Leeway.GUARDED);
    }

    ScriptedApplication(Supplier<Target> target, Leeway leeway) {
        this.target = target;
        this.leeway = leeway;
    }

    @Override
    public CompletionStage<Admission> admit(ConnectionAttempt attempt) {
        String token = new String(attempt.token().reveal());
        callers.add(attempt);
        handles.put(attempt.session(), attempt.handle());
        if (token.equals(NEVER_DECIDED)) {
            return new CompletableFuture<>();
        }
        return CompletableFuture.supplyAsync(() -> token.equals(TOKEN)
                ? new Admission.Admitted(attempt.user(), Set.of(), target.get(), Instant.MAX, leeway, new Scribe())
                : new Admission.Rejected(Refusal.of("28000", "token refused", "Why.", "What next.")));
    }

    @Override
    public CompletionStage<Verdict> judge(SessionId session, StatementAttempt attempt) {
        attempts.add(attempt);
        if (attempt.sql().contains("/*fail*/")) {
            throw new IllegalStateException("a bean failed");
        }
        if (attempt.sql().contains("/*hold*/") && attempt.phase() != StatementAttempt.Phase.PARSE) {
            var verdict = new CompletableFuture<Verdict>();
            held.put(attempt.sql(), verdict);
            holding.countDown();
            return verdict;
        }
        CompletableFuture<Verdict> late = CompletableFuture.supplyAsync(() -> verdict(attempt));
        SessionHandle handle = handles.get(session);
        if (attempt.sql().contains("/*ask*/") && handle != null) {
            return handle.ask(questions)
                    .handle((rows, failure) -> shown.add(failure == null ? rows.toString() : why(failure)))
                    .thenCompose(told -> late);
        }
        return attempt.sql().contains("/*show*/") && handle != null
                ? handle.show("search_path")
                        .handle((path, failure) -> shown.add(failure == null ? path : "not told"))
                        .thenCompose(told -> late)
                : late;
    }

    private static String why(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof NotAnswered refused ? refused.sqlState() : "not told";
    }

    private Verdict verdict(StatementAttempt attempt) {
        if (attempt.sql().contains("/*deny*/") || attempt.sql().equals("2924")) {
            return new Verdict.Deny(Refusal.of("42501", "permission denied", "Rule \"test\".", "Do not."));
        }
        Verdict.Permit permit = new Verdict.Permit(
                attempt.sql().contains("/*mask*/") ? Visibility.SHAPED : Visibility.CLEAR,
                attempt.sql().contains("FROM STDIN"),
                copies.apply(attempt.sql()),
                Displaced.NONE,
                attempt.sql().contains("/*tape*/") ? recorded : 0);
        if (attempt.phase() == StatementAttempt.Phase.PARSE || !attempt.sql().contains("/*read*/")) {
            return permit;
        }
        SlowIntent intent = new SlowIntent(new CompletableFuture<>(), new CountDownLatch(1));
        intents.add(intent);
        return permit.with(intent);
    }

    /** One that a test makes durable. */
    record SlowIntent(CompletableFuture<Void> durable, CountDownLatch hurried) implements Intent {
        @Override
        public void hurry() {
            hurried.countDown();
        }
    }

    @Override
    public MaskingPlan shape(SessionId session, ResultShape result) {
        if (result.columns().stream().anyMatch(column -> column.name().equals("odd"))) {
            return new MaskingPlan.Refuse(Refusal.of("42501", "column of unknown origin", "Rule \"test\".", "Do not."));
        }
        return new MaskingPlan.Show(result.columns().stream().map(masks).toList());
    }

    /** Permits what is marked so without a question, and takes the outcomes. */
    private final class Scribe implements Deputy {
        @Override
        public void portal(String name) {}

        @Override
        public void statement(String name) {}

        @Override
        public void synced(boolean failed, TransactionStatus transaction) {}

        @Override
        public @Nullable CompletionStage<Verdict> judge(StatementAttempt attempt) {
            if (!attempt.sql().contains("/*standing*/")) {
                return null;
            }
            if (attempt.sql().contains("/*fail*/")) {
                throw new IllegalStateException("the deputy failed");
            }
            standing.add(attempt);
            return CompletableFuture.completedFuture(verdict(attempt));
        }

        @Override
        public CompletionStage<Void> shown(ResultChunk chunk) {
            chunks.add(chunk);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> finished(StatementOutcome outcome) {
            boolean lost = attempts.stream()
                    .anyMatch(attempt ->
                            attempt.id() == outcome.statement() && attempt.sql().contains("/*lose*/"));
            return CompletableFuture.runAsync(() -> {
                if (lost) {
                    throw new IllegalStateException("the store is gone");
                }
                outcomes.add(outcome);
            });
        }
    }

    @Override
    public void ended(SessionId session, SessionEnd end) {
        ends.add(end);
    }

    /** The outcome of the statement whose text contains {@code marker}. */
    Optional<StatementOutcome> outcomeOf(String marker) {
        return attempts.stream()
                .filter(attempt -> attempt.sql().contains(marker) && attempt.phase() != StatementAttempt.Phase.PARSE)
                .flatMap(attempt -> outcomes.stream().filter(outcome -> outcome.statement() == attempt.id()))
                .findFirst();
    }
}
