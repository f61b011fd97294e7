package org.sallyport.inbound;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementAttempt.Phase;
import org.sallyport.meaning.Answer;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Meanings;
import org.sallyport.meaning.Question;
import org.sallyport.sql.QueryText;
import org.sallyport.sql.SqlReader;

/** Has statements judged by what the server says about them, where anything depends on that. Thread-safe; does not block. */
final class Judgements {
    private final Judge judge;
    private final Meanings meanings;

    Judgements(Judge judge, Meanings meanings) {
        this.judge = judge;
        this.meanings = meanings;
    }

    /** The judgement of a statement under a snapshot. */
    CompletionStage<Judged> of(Matter matter, Catalog catalog) {
        Session session = matter.session();
        StatementAttempt attempt = matter.attempt();
        List<Question> questions = session.access().unrestricted() ? List.of() : questions(attempt, catalog);
        if (questions.isEmpty()) {
            return CompletableFuture.completedFuture(Judged.of(judge, matter, catalog, Meant.NOTHING));
        }
        Map<String, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
        for (Question question : questions) {
            answers.computeIfAbsent(
                    question.statement(), text -> meanings.of(session.connection(), catalog.version(), question));
        }
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> Judged.of(judge, matter, catalog, told(answers)));
    }

    private static List<Question> questions(StatementAttempt attempt, Catalog catalog) {
        List<Question> questions = new ArrayList<>();
        List<Integer> types = Judged.parameterTypes(attempt);
        for (QueryText query : SqlReader.queries(Judged.text(attempt, catalog))) {
            // A function is called by its OID, whatever the types of what it is given.
            List<Integer> given = attempt.phase() == Phase.FUNCTION_CALL ? List.of() : types;
            questions.add(new Question(query.text(), given, Math.max(query.parameters(), given.size())));
        }
        return questions;
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
