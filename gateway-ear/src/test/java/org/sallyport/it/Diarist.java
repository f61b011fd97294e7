package org.sallyport.it;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/**
 * A client that works until it is told to stop, connects again whenever its connection ends, and writes down what it asked and all
 * that it was told, in a file of its own: what it says does not rest on anything that the gateway says.
 *
 * <p>Each of its statements bears a number that no other statement bears.
 */
final class Diarist implements Runnable {
    private static final AtomicInteger NUMBERS = new AtomicInteger(1000);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final MortalGateway gateway;
    private final Supplier<Agent> agent;
    private final Habit habit;
    private final Path diary;
    private final AtomicInteger told = new AtomicInteger();
    private final Set<String> states = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    Diarist(MortalGateway gateway, Supplier<Agent> agent, Habit habit, Path diary) {
        this.gateway = gateway;
        this.agent = agent;
        this.habit = habit;
        this.diary = diary;
    }

    /** What a client does with a number. */
    interface Habit {
        /** Collects the messages of one statement, or of one transaction; one ReadyForQuery answers it. */
        void ask(RawClient client, int number);
    }

    @Override
    public void run() {
        try (BufferedWriter lines = Files.newBufferedWriter(diary)) {
            while (!stopped) {
                try (RawClient client = gateway.client(agent.get())) {
                    work(client, lines);
                } catch (IOException gone) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void work(RawClient client, BufferedWriter lines) throws IOException {
        while (!stopped) {
            int number = NUMBERS.incrementAndGet();
            write(lines, "asked " + number);
            habit.ask(client, number);
            client.flush();
            Message message = client.receive();
            while (message.type() != 'Z') {
                if (message.type() == '-') {
                    return;
                }
                if (message.type() == 'E') {
                    states.add(message.field('C').orElse(""));
                }
                write(lines, message.type() + " " + number + " " + message.payload());
                message = client.receive();
            }
            told.incrementAndGet();
        }
    }

    private static void write(BufferedWriter lines, String line) throws IOException {
        lines.write(line.replaceAll("[\\x00-\\x1f]", "|"));
        lines.newLine();
    }

    /** How many statements it was told the end of. */
    int told() {
        return told.get();
    }

    void stop() {
        stopped = true;
    }

    boolean wasTold(String sqlState) {
        return states.contains(sqlState);
    }

    /** The numbers of all lines of one kind: {@code asked}, or a message's type. */
    Set<Integer> numbers(String kind) throws IOException {
        Set<Integer> numbers = new HashSet<>();
        for (String line : lines()) {
            String[] words = line.split(" ", 3);
            if (words[0].equals(kind)) {
                numbers.add(Integer.valueOf(words[1]));
            }
        }
        return numbers;
    }

    List<String> lines() throws IOException {
        return Files.readAllLines(diary);
    }
}
