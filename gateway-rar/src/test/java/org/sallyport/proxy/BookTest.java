package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.contract.Displaced;
import org.sallyport.contract.Parameter;

class BookTest {
    private static final int LIMIT = 10_000;

    private final Book book = new Book(LIMIT, run -> {});

    private static Book.Statement statement(int characters) {
        return new Book.Statement("x".repeat(characters), List.of(), 1);
    }

    private static Book.Portal portal(int bytes, int span) {
        return new Book.Portal("SELECT $1", List.of(new Parameter(0, false, new byte[bytes])), span, Judging.Since.NOW);
    }

    @Test
    void itIsFullOfStatementsUntilTheServerHasClosedOne() {
        book.prepare("a", statement(LIMIT / 4)).made();
        assertThat(book.isFull()).isFalse();
        book.prepare("b", statement(LIMIT / 4)).made();
        assertThat(book.isFull()).isTrue();

        Book.Change closed = book.closeStatement("a");
        assertThat(book.isFull()).isTrue();
        closed.made();

        assertThat(book.isFull()).isFalse();
    }

    @Test
    void itIsFullOfValuesUntilTheirTransactionIsOver() {
        book.bind("", portal(LIMIT, book.span())).made();
        assertThat(book.isFull()).isTrue();

        book.transactionOver(book.endSpan());

        assertThat(book.isFull()).isFalse();
    }

    @Test
    void whatTakesAnothersPlaceCountsInItsPlace() {
        for (int i = 0; i < 100; i++) {
            book.prepare("", statement(LIMIT / 3)).made();
        }
        assertThat(book.isFull()).isFalse();
    }

    @Test
    void namesAreKeptToo() {
        for (int i = 0; i <= LIMIT / 200; i++) {
            book.prepare("s" + i, statement(0)).made();
        }
        assertThat(book.isFull()).isTrue();
    }

    static List<Long> seeds() {
        long first = Long.getLong("sallyport.book.seed", System.nanoTime());
        List<Long> seeds = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            seeds.add(first + i);
        }
        return seeds;
    }

    /** However statements and portals come, are skipped, displaced and closed: a book that has nothing any more is empty. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsGoneTakesNoRoom(long seed) {
        Random random = new Random(seed);
        Book nothing = new Book(0, run -> {});
        Deque<Book.Change> unanswered = new ArrayDeque<>();
        for (int i = 0; i < 300; i++) {
            String name = "n" + random.nextInt(3);
            switch (random.nextInt(8)) {
                case 0 -> unanswered.add(nothing.prepare(name, statement(random.nextInt(50))));
                case 1 -> unanswered.add(nothing.bind(name, portal(random.nextInt(50), nothing.span())));
                case 2 -> unanswered.add(nothing.closeStatement(name));
                case 3 -> unanswered.add(nothing.closePortal(name));
                case 4 ->
                    nothing.displace(new Displaced(
                            new Displaced.Names(random.nextInt(4) == 0, Optional.of(name)),
                            new Displaced.Names(random.nextInt(4) == 0, Optional.of(name))));
                case 5 -> answer(unanswered, random.nextInt(4), random);
                case 6 -> nothing.endSpan();
                default -> nothing.transactionOver(nothing.span() - 1 - random.nextInt(3));
            }
        }
        answer(unanswered, unanswered.size(), random);
        for (int n = 0; n < 3; n++) {
            nothing.closeStatement("n" + n).made();
            nothing.closePortal("n" + n).made();
        }
        assertThat(nothing.isFull()).isFalse();
    }

    private static void answer(Deque<Book.Change> unanswered, int many, Random random) {
        for (int i = 0; i < many && !unanswered.isEmpty(); i++) {
            Book.Change change = unanswered.remove();
            if (random.nextInt(3) == 0) {
                change.takeBack();
            } else {
                change.made();
            }
        }
    }
}
