package org.sallyport.inbound;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sallyport.meaning.Answer;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Meanings;
import org.sallyport.meaning.Question;
import org.sallyport.sql.QueryText;

/** Puts each query of a text to the server. Thread-safe; does not block. */
final class Inquiry {
    private final Meanings meanings;

    Inquiry(Meanings meanings) {
        this.meanings = meanings;
    }

    /** @param catalog the version under which the text is judged */
    CompletionStage<Meant> of(String connection, long catalog, Judge.Text text) {
        Map<String, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
        for (QueryText query : text.queries()) {
            answers.computeIfAbsent(
                    query.key(),
                    unasked -> meanings.of(
                            connection,
                            catalog,
                            new Question(query.text(), query.types(), query.named(), query.places(), text.path())));
        }
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> told(answers));
    }

    private static Meant told(Map<String, CompletableFuture<Answer>> answers) {
        Map<String, Meaning> told = new LinkedHashMap<>();
        boolean lasting = true;
        for (Map.Entry<String, CompletableFuture<Answer>> asked : answers.entrySet()) {
            Answer answer = asked.getValue().join();
            answer.meaning().ifPresent(meaning -> told.put(asked.getKey(), meaning));
            lasting &= answer.lasting();
        }
        return new Meant(told, lasting, told.size() == answers.size(), true);
    }
}
