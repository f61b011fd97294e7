package org.sallyport.noninterference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** A client of one of the twins. A session that the gateway has ended is followed by another one. */
final class Side implements AutoCloseable {
    private final int port;
    private final String database;
    private final String caller;
    private @Nullable RawClient client;

    Side(int port, String database, String caller) {
        this.port = port;
        this.database = database;
        this.caller = caller;
    }

    /** All that the client is told. */
    List<Message> play(Scene scene) {
        try {
            RawClient open = open();
            boolean savepoints = !scene.keeps() && scene.steps().size() > 1;
            List<Message> told = new ArrayList<>();
            if (!scene.keeps()) {
                told.addAll(open.query("BEGIN").flush().receiveUntil('Z'));
            }
            for (Scene.Step step : scene.steps()) {
                if (savepoints) {
                    open.query(Scene.SAVEPOINT).flush().receiveUntil('Z');
                }
                step.apply(open).flush().receiveUntil('Z').stream()
                        .map(this::nameless)
                        .forEach(told::add);
                Message last = told.get(told.size() - 1);
                if (last.type() == '-') {
                    close();
                    return told;
                }
                if (savepoints && last.payload().equals("E")) {
                    open.query("ROLLBACK TO before").flush().receiveUntil('Z');
                }
            }
            if (!scene.keeps()) {
                told.addAll(open.query("ROLLBACK").flush().receiveUntil('Z'));
            }
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of its database is the one thing that a session knows of its side; both are of the same length. */
    private Message nameless(Message message) {
        return message.payload().contains(database)
                ? new Message(message.type(), message.payload().replace(database, "?".repeat(database.length())))
                : message;
    }

    private RawClient open() throws IOException {
        RawClient open = client;
        if (open == null) {
            open = new RawClient(port);
            open.startup(3 << 16, "user", caller, "database", database).flush();
            List<Message> answers = new ArrayList<>(List.of(open.receive()));
            boolean asked =
                    answers.get(0).type() == 'R' && !answers.get(0).payload().equals("\0\0\0\0");
            if (asked) {
                open.password(caller).flush();
            }
            answers.addAll(open.receiveUntil('Z'));
            if (answers.get(answers.size() - 1).type() != 'Z') {
                throw new IOException("not let in: " + answers);
            }
            client = open;
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        RawClient open = client;
        client = null;
        if (open != null) {
            open.close();
        }
    }
}
