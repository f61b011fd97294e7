package org.sallyport.meaning;

import java.util.List;

/**
 * What a server is asked about.
 *
 * @param statement exactly one, without the semicolon
 * @param types     the OIDs that the client gave for its parameters {@code $1}, {@code $2}, …, all of them; zero where it left one open
 * @param path      the schemas of the search path under which it will run; none for the one that sessions begin with
 */
public record Question(String statement, List<Integer> types, List<String> path) {
    /** A PostgreSQL function's arguments end there. */
    static final int MOST_PARAMETERS = 100;

    public Question {
        types = List.copyOf(types);
        path = List.copyOf(path);
    }

    /** Under the path that sessions begin with. */
    public Question(String statement, List<Integer> types) {
        this(statement, types, List.of());
    }
}
