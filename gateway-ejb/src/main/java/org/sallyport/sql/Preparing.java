package org.sallyport.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** PREPARE and DEALLOCATE, by their tokens. */
final class Preparing {
    /** The server cuts names at 63 bytes, of its own encoding; of these nothing is cut, whatever that is. */
    private static final int LONGEST_NAME = 62;

    private Preparing() {}

    /** {@code PREPARE name [(type, …)] AS query}. */
    static Outline prepare(List<Token> tokens) {
        Cursor cursor = new Cursor(tokens);
        cursor.next();
        String name = cursor.simpleName();
        if (!isPlain(name)) {
            throw new UnreadableSql("PREPARE under a name that is long, or not of ASCII");
        }
        List<String> types = cursor.isAtSymbol("(") ? types(cursor) : List.of();
        if (!cursor.accept("as")) {
            throw new UnreadableSql("PREPARE in a form that is not known here");
        }
        return Outline.of(new Reading.Preparation(name, types), cursor.rest());
    }

    /** {@code DEALLOCATE [PREPARE] {name | ALL}}. */
    static Reading deallocate(List<Token> tokens) {
        Cursor cursor = new Cursor(tokens);
        cursor.next();
        if (tokens.size() > 2) {
            cursor.accept("prepare");
        }
        boolean all = cursor.accept("all");
        Optional<String> name =
                all ? Optional.empty() : Optional.of(cursor.simpleName()).filter(Preparing::isPlain);
        cursor.expectEnd();
        return new Reading.Deallocation(name);
    }

    private static boolean isPlain(String name) {
        return name.length() <= LONGEST_NAME && name.chars().allMatch(character -> character < 128);
    }

    private static List<String> types(Cursor cursor) {
        int from = cursor.position() + 1;
        cursor.skipParenthesis();
        List<Token> inside = cursor.taken().subList(from, cursor.position() - 1);
        List<String> types = new ArrayList<>();
        int start = 0;
        int depth = 0;
        for (int i = 0; i < inside.size(); i++) {
            Token token = inside.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && token.isSymbol(",")) {
                types.add(type(inside.subList(start, i)));
                start = i + 1;
            }
        }
        types.add(type(inside.subList(start, inside.size())));
        return types;
    }

    /** Spelled anew, so that nothing else of the client's text stands where a type does. */
    private static String type(List<Token> tokens) {
        if (tokens.isEmpty() || !tokens.stream().allMatch(Preparing::isOfType)) {
            throw new UnreadableSql("something else where a type belongs");
        }
        return tokens.stream()
                .map(token -> token.kind() == Token.Kind.QUOTED
                        ? '"' + token.text().replace("\"", "\"\"") + '"'
                        : token.text())
                .collect(Collectors.joining(" "));
    }

    private static boolean isOfType(Token token) {
        return token.isName()
                || token.kind() == Token.Kind.NUMBER
                || (token.kind() == Token.Kind.SYMBOL && ".,()[]".contains(token.text()));
    }
}
