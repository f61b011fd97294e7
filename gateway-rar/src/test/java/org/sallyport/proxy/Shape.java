package org.sallyport.proxy;

import java.util.List;
import java.util.function.Consumer;
import org.sallyport.client.RawClient;

/** A sequence of messages, in rounds that each end with a ReadyForQuery. */
record Shape(String name, List<Consumer<RawClient>> rounds) {

    @SafeVarargs
    static Shape shape(String name, Consumer<RawClient>... rounds) {
        return new Shape(name, List.of(rounds));
    }

    /** What ordinary clients send for one statement, without Sync. */
    static RawClient run(RawClient client, String sql) {
        return client.parse("", sql).bind("", "").describe('P', "").execute("", 0);
    }

    /** What a user sees of the answers, a line for each round; closes the client. */
    String transcript(RawClient client) throws Exception {
        try (client) {
            StringBuilder transcript = new StringBuilder();
            for (Consumer<RawClient> round : rounds) {
                round.accept(client);
                transcript.append(client.answers()).append('\n');
            }
            return transcript.toString();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
