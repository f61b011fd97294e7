package org.sallyport.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What PostgreSQL analyses as a query: a SELECT, VALUES, TABLE, INSERT, UPDATE, DELETE or MERGE, or the one that stands in another
 * statement.
 *
 * @param text  without the semicolon; without the INTO that makes a table of it, and without what only {@linkplain Repetition repeats};
 *              its parameters are numbered anew, one after the other; where they are very many, those of one type as one
 * @param types of its parameters, as the client gave them; zero where it left one open
 * @param named what a PREPARE calls those types; empty where it does not, and no member where it calls none
 * @param places where its parameters stand in the text, where they are very many and some of their types are open, so that those of one
 *               type can be made one once they are known; else none
 * @param kind  by its words
 * @param apart whether each parameter has the number that the client gave it
 */
public record QueryText(
        String text, List<Integer> types, List<String> named, List<Integer> places, String kind, boolean apart) {

    /** More than a function may have arguments are asked about as one for each type: what they stand for, no fact depends on. */
    private static final int MOST_APART = 100;

    /** A message has no room for the number of another. */
    private static final int HIGHEST = 65_535;

    public QueryText {
        types = List.copyOf(types);
        named = List.copyOf(named);
        places = List.copyOf(places);
    }

    /** What no other query of the same text has that means something else. */
    public String key() {
        return named.isEmpty() ? text : text + '\n' + named;
    }

    /** The query's text, where the statement has one. */
    static Optional<QueryText> of(String sql, Outline outline, List<Integer> given) {
        Optional<Reading.Preparation> preparation = Optional.of(outline.outer())
                .filter(Reading.Preparation.class::isInstance)
                .map(Reading.Preparation.class::cast);
        // Types of the protocol are of the PREPARE's own parameters, of which it has none.
        return preparation.isPresent()
                ? of(sql, outline, List.of(), preparation.get().types())
                : of(sql, outline, given, List.of());
    }

    private static Optional<QueryText> of(String sql, Outline outline, List<Integer> given, List<String> called) {
        List<Token> tokens = outline.queryTokens();
        SortedSet<Integer> numbers = new TreeSet<>();
        tokens.stream()
                .filter(token -> token.kind() == Token.Kind.PARAMETER)
                .forEach(token -> numbers.add(number(token.text())));
        if (tokens.isEmpty() || (!numbers.isEmpty() && (numbers.first() < 1 || numbers.last() > HIGHEST))) {
            return Optional.empty();
        }
        List<Integer> types = new ArrayList<>();
        Map<Integer, Integer> renumbered = new HashMap<>();
        boolean shared = numbers.size() > MOST_APART
                && numbers.stream().allMatch(number -> number <= given.size() && given.get(number - 1) != 0);
        for (int number : numbers) {
            int type = number <= given.size() ? given.get(number - 1) : 0;
            if (!shared || !types.contains(type)) {
                types.add(type);
            }
            renumbered.put(number, shared ? types.indexOf(type) + 1 : types.size());
        }
        List<String> named = called.isEmpty()
                ? List.of()
                : numbers.stream()
                        .map(number -> number <= called.size() ? called.get(number - 1) : "")
                        .toList();
        List<Integer> places = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (List<Token> piece : outline.query()) {
            text.append(text.isEmpty() ? "" : " ");
            put(sql, piece, renumbered, text, places);
        }
        boolean apart = !shared
                && renumbered.entrySet().stream()
                        .allMatch(number -> number.getKey().equals(number.getValue()));
        boolean open = !shared && numbers.size() > MOST_APART;
        return Optional.of(new QueryText(
                text.toString(),
                types,
                named,
                open ? places : List.of(),
                StatementKinds.of(tokens).get(0),
                apart));
    }

    private static void put(
            String sql, List<Token> piece, Map<Integer, Integer> renumbered, StringBuilder text, List<Integer> places) {
        int at = piece.get(0).start();
        for (Token token : piece) {
            if (token.kind() == Token.Kind.PARAMETER) {
                text.append(sql, at, token.start());
                places.add(text.length());
                text.append('$').append(renumbered.get(number(token.text())));
                at = token.end();
            }
        }
        text.append(sql, at, piece.get(piece.size() - 1).end());
    }

    static int number(String parameter) {
        return parameter.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(parameter.substring(1));
    }
}
