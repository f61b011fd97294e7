package org.sallyport.inbound;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementAttempt.Phase;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.meaning.Answer;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Meanings;
import org.sallyport.meaning.Question;
import org.sallyport.policy.Access;
import org.sallyport.policy.Circumstances;
import org.sallyport.sql.SqlReader;

/** Has statements judged by what the server says about them, where anything depends on that. Thread-safe; does not block. */
final class Judgements {
    private final Judge judge;
    private final Meanings meanings;
    private final Clock clock;

    Judgements(Judge judge, Meanings meanings, Clock clock) {
        this.judge = judge;
        this.meanings = meanings;
        this.clock = clock;
    }

    /** The judgement of a statement under a snapshot. */
    CompletionStage<Judged> of(Matter matter, Catalog catalog) {
        Session session = matter.session();
        StatementAttempt attempt = matter.attempt();
        if (session.isTimed()) {
            Optional<Access> access =
                    judge.bundle().access(new Circumstances(session.identity(), session.connection(), clock.instant()));
            if (access.isEmpty()) {
                return CompletableFuture.completedFuture(Judged.outOfTime(attempt.sql(), catalog));
            }
            session.onAccess(access.get());
        }
        // A function is called by its OID.
        if (attempt.phase() == Phase.FUNCTION_CALL || !judge.asks(session.access(), attempt.sql())) {
            return CompletableFuture.completedFuture(Judged.of(judge, matter, catalog, Meant.NOTHING));
        }
        if (session.seesOtherwise()) {
            return CompletableFuture.completedFuture(Judged.of(judge, matter, catalog, Meant.NOT_ASKED));
        }
        Map<String, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
        for (Question question : questions(attempt)) {
            answers.computeIfAbsent(
                    question.statement(), text -> meanings.of(session.connection(), catalog.version(), question));
        }
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    Meant meant = told(answers);
                    if (!meant.lasting() && attempt.transaction() != TransactionStatus.IDLE) {
                        session.onUntold();
                    }
                    boolean kept = catalog.version() != Catalog.EMPTY.version();
                    return Judged.of(judge, matter, catalog, kept ? meant : meant.once());
                });
    }

    private static List<Question> questions(StatementAttempt attempt) {
        List<Integer> types = Judged.parameterTypes(attempt);
        return SqlReader.queries(attempt.sql(), types).stream()
                .map(query -> new Question(query.text(), query.types()))
                .toList();
    }

    private static Meant told(Map<String, CompletableFuture<Answer>> answers) {
        Map<String, Meaning> told = new LinkedHashMap<>();
        boolean lasting = true;
        for (Map.Entry<String, CompletableFuture<Answer>> asked : answers.entrySet()) {
            Answer answer = asked.getValue().join();
            answer.meaning().ifPresent(meaning -> told.put(asked.getKey(), meaning));
            lasting &= answer.lasting();
        }
        return new Meant(told, lasting);
    }
}
