package org.sallyport.meaning;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a server is asked about.
 *
 * @param statement      exactly one, without the semicolon, as the client wrote it
 * @param parameterTypes the OIDs that the client gave for {@code $1}, {@code $2}, …; zero where it left one open
 * @param parameters     how many the statement has
 */
public record Question(String statement, List<Integer> parameterTypes, int parameters) {
    /** A PostgreSQL function's arguments end there. */
    static final int MOST_PARAMETERS = 100;

    public Question {
        parameterTypes = List.copyOf(parameterTypes);
    }

    /** The client's type of each parameter; zero where it left that open. */
    List<Integer> types() {
        return IntStream.range(0, parameters)
                .mapToObj(i -> i < parameterTypes.size() ? parameterTypes.get(i) : 0)
                .toList();
    }
}
