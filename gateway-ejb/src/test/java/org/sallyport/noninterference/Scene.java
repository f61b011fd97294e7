package org.sallyport.noninterference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.sallyport.client.RawClient;

/**
 * What a client sends, and how it leaves things behind.
 *
 * @param steps each up to a ReadyForQuery
 * @param keeps whether it leaves nothing that has to be rolled back
 */
record Scene(List<Step> steps, boolean keeps) {

    /** A savepoint before each step, so that an error in one does not hide what the next ones tell. */
    static final String SAVEPOINT = "SAVEPOINT before";

    Scene {
        steps = List.copyOf(steps);
    }

    /** Collects messages that make the server ready once. */
    interface Step extends UnaryOperator<RawClient> {}

    /** Inside a transaction that is rolled back. */
    static Scene rolledBack(Step... steps) {
        return new Scene(List.of(steps), false);
    }

    /** @param sql each the text of a simple Query */
    static Scene rolledBack(List<String> sql) {
        return new Scene(sql.stream().map(Scene::query).toList(), false);
    }

    static Step query(String sql) {
        return client -> client.query(sql);
    }

    /** Followed by others in the same transaction. */
    Scene then(String... sql) {
        List<Step> more = new ArrayList<>(steps);
        Stream.of(sql).map(Scene::query).forEach(more::add);
        return new Scene(more, keeps);
    }
}
