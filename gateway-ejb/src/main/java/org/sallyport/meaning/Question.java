package org.sallyport.meaning;

import java.util.ArrayList;
import java.util.List;

/**
 * What a server is asked about.
 *
 * @param statement exactly one, without the semicolon
 * @param types     the OIDs that the client gave for its parameters {@code $1}, {@code $2}, …, all of them; zero where it left one open
 * @param named     for each of them what a PREPARE calls its type, empty where it does not; no member where it calls none
 * @param path      the schemas of the search path under which it will run; none for the one that sessions begin with
 */
public record Question(String statement, List<Integer> types, List<String> named, List<String> path) {
    /** A PostgreSQL function's arguments end there. */
    static final int MOST_PARAMETERS = 100;

    public Question {
        types = List.copyOf(types);
        named = List.copyOf(named);
        if (!named.isEmpty() && named.size() != types.size()) {
            throw new IllegalArgumentException("one name for each type");
        }
        path = List.copyOf(path);
    }

    /** Under the path that sessions begin with. */
    public Question(String statement, List<Integer> types) {
        this(statement, types, List.of(), List.of());
    }

    /** What a PREPARE calls the types where it does, else what they are called. */
    List<String> named(List<String> otherwise) {
        List<String> names = new ArrayList<>(otherwise);
        for (int i = 0; i < named.size(); i++) {
            if (!named.get(i).isEmpty()) {
                names.set(i, named.get(i));
            }
        }
        return names;
    }
}
