package org.sallyport.inbound;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.sallyport.meaning.Answer;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Meanings;
import org.sallyport.meaning.Question;
import org.sallyport.sql.QueryText;

/**
 * Puts each query of a text to the server, one after the other: so nobody has more than one of the connections on which the gateway asks.
 * Thread-safe; does not block.
 */
final class Inquiry {
    private final Meanings meanings;

    Inquiry(Meanings meanings) {
        this.meanings = meanings;
    }

    /**
     * @param pace    of whoever asks
     * @param catalog the version under which the text is judged
     */
    CompletionStage<Meant> of(Pace pace, String connection, long catalog, Judge.Text text) {
        Map<String, Question> questions = new LinkedHashMap<>();
        for (QueryText query : text.queries()) {
            questions.putIfAbsent(
                    query.key(),
                    new Question(
                            query.text(), query.types(), query.named(), query.places(), query.apart(), text.path()));
        }
        Map<String, Answer> answers = new LinkedHashMap<>();
        CompletionStage<Void> asked = CompletableFuture.completedFuture(null);
        for (Map.Entry<String, Question> question : questions.entrySet()) {
            asked = asked.thenCompose(before -> answer(pace, connection, catalog, question.getValue()))
                    .thenAccept(answer -> answers.put(question.getKey(), answer));
        }
        return asked.thenApply(all -> told(answers));
    }

    private CompletionStage<Answer> answer(Pace pace, String connection, long catalog, Question question) {
        if (meanings.knows(connection, catalog, question)) {
            return meanings.of(connection, catalog, question);
        }
        Duration wait = pace.next(System.nanoTime());
        if (wait.isZero()) {
            return meanings.of(connection, catalog, question);
        }
        Executor later = CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS);
        return CompletableFuture.runAsync(() -> {}, later)
                .thenCompose(waited -> meanings.of(connection, catalog, question));
    }

    private static Meant told(Map<String, Answer> answers) {
        Map<String, Meaning> told = new LinkedHashMap<>();
        boolean lasting = true;
        for (Map.Entry<String, Answer> asked : answers.entrySet()) {
            Answer answer = asked.getValue();
            answer.meaning().ifPresent(meaning -> told.put(asked.getKey(), meaning));
            lasting &= answer.lasting();
        }
        return new Meant(told, lasting, told.size() == answers.size(), true);
    }
}
