package org.sallyport.meaning;

import java.util.ArrayList;
import java.util.List;

/**
 * What a server is asked about.
 *
 * @param statement exactly one, without the semicolon
 * @param types     the OIDs that the client gave for its parameters {@code $1}, {@code $2}, …, all of them; zero where it left one open
 * @param named     for each of them what a PREPARE calls its type, empty where it does not; no member where it calls none
 * @param places    where the parameters stand in the statement; none where they are few enough to be told apart
 * @param apart     whether each parameter has the number that the client gave it
 * @param path      the schemas of the search path under which it will run; none for the one that sessions begin with
 */
public record Question(
        String statement,
        List<Integer> types,
        List<String> named,
        List<Integer> places,
        boolean apart,
        List<String> path) {
    /** A PostgreSQL function's arguments end there. */
    static final int MOST_PARAMETERS = 100;

    public Question {
        types = List.copyOf(types);
        named = List.copyOf(named);
        places = List.copyOf(places);
        if (!named.isEmpty() && named.size() != types.size()) {
            throw new IllegalArgumentException("one name for each type");
        }
        path = List.copyOf(path);
    }

    /** Under the path that sessions begin with. */
    public Question(String statement, List<Integer> types) {
        this(statement, types, List.of(), List.of(), true, List.of());
    }

    /** Whether a function can have its parameters as arguments, or those of one type can be made one. */
    boolean canBeAsked() {
        return types.size() <= MOST_PARAMETERS || !places.isEmpty();
    }

    /**
     * A statement and its parameters' types, by their names.
     *
     * @param apart as the question's
     */
    record Typed(String statement, List<String> types, boolean apart) {}

    /**
     * With as many parameters as a function may have arguments: two of one type are one then.
     *
     * @param known the types of all of them
     */
    Typed typed(List<String> known) {
        if (known.size() <= MOST_PARAMETERS) {
            return new Typed(statement, known, apart);
        }
        List<String> types = known.stream().distinct().toList();
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (int place : places) {
            int end = place + 1;
            while (end < statement.length() && isDigit(statement.charAt(end))) {
                end++;
            }
            int number = Integer.parseInt(statement, place + 1, end, 10);
            text.append(statement, at, place).append('$').append(types.indexOf(known.get(number - 1)) + 1);
            at = end;
        }
        return new Typed(text.append(statement, at, statement.length()).toString(), types, false);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
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
