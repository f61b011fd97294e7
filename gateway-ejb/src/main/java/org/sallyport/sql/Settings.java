package org.sallyport.sql;

import java.util.ArrayList;
import java.util.List;

/** SET, SHOW and RESET. */
final class Settings {

    private Settings() {}

    static Reading read(List<Token> tokens) {
        Cursor cursor = new Cursor(tokens);
        if (cursor.isAt("reset", "all") && tokens.size() == 2) {
            return new Reading.Harmless();
        }
        String verb = cursor.next().text();
        if (!verb.equals("set")) {
            String name = name(cursor);
            cursor.expectEnd();
            Reading.Verb read = verb.equals("show") ? Reading.Verb.SHOW : Reading.Verb.RESET;
            return new Reading.Setting(read, name, false, List.of());
        }
        boolean local = !cursor.accept("session") && cursor.accept("local");
        String name = name(cursor);
        boolean bareValue = name.equals("client_encoding") || name.equals("timezone");
        return set(name, local, cursor, bareValue);
    }

    private static String name(Cursor cursor) {
        if (cursor.accept("names")) {
            return "client_encoding";
        }
        if (cursor.accept("time", "zone")) {
            return "timezone";
        }
        if (cursor.accept("transaction", "isolation", "level")) {
            return "transaction_isolation";
        }
        StringBuilder name = new StringBuilder(cursor.next().text());
        while (cursor.acceptSymbol(".")) {
            name.append('.').append(cursor.next().text());
        }
        // Settings' names are case-insensitive even in quotes.
        return Characters.fold(name.toString());
    }

    private static Reading set(String name, boolean local, Cursor cursor, boolean bareValue) {
        boolean assigned = cursor.accept("to");
        if (!assigned && !cursor.done() && cursor.rest().get(0).text().equals("=")) {
            cursor.next();
            assigned = true;
        }
        if (!assigned && !bareValue) {
            throw new UnreadableSql("SET without a value");
        }
        if (cursor.accept("default")) {
            cursor.expectEnd();
            return new Reading.Setting(Reading.Verb.RESET, name, local, List.of());
        }
        return new Reading.Setting(Reading.Verb.SET, name, local, values(cursor.rest()));
    }

    private static List<String> values(List<Token> tokens) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            boolean value = i % 2 == 0;
            boolean expected = value ? isValue(tokens.get(i)) : tokens.get(i).isSymbol(",");
            if (!expected || (!value && i + 1 == tokens.size())) {
                return List.of();
            }
            if (value) {
                values.add(tokens.get(i).text());
            }
        }
        return values;
    }

    private static boolean isValue(Token token) {
        return token.isName() || token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.NUMBER;
    }
}
