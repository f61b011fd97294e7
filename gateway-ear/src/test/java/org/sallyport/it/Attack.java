package org.sallyport.it;

import java.util.List;
import java.util.stream.Stream;
import org.sallyport.client.RawClient;

/**
 * What a client sends, step by step.
 *
 * @param name begins with the case's number in the threat list
 */
record Attack(String name, List<Step> steps) {

    /** What is sent before the client waits for ReadyForQuery. */
    interface Step {
        RawClient send(RawClient client);
    }

    /** @param steps each a {@link Step}, or the text of a simple Query */
    static Attack of(String name, Object... steps) {
        return new Attack(
                name,
                Stream.of(steps)
                        .map(step -> step instanceof String sql ? (Step) client -> client.query(sql) : (Step) step)
                        .toList());
    }

    /** One attack of a single statement for each spelling. */
    static Stream<Attack> each(String name, String... spellings) {
        return Stream.of(spellings).map(sql -> of(name + ": " + sql, sql));
    }

    static Step step(Step step) {
        return step;
    }

    @Override
    public String toString() {
        return name;
    }
}
