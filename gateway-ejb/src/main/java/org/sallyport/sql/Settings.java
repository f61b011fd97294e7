package org.sallyport.sql;

import java.util.List;
import java.util.Optional;

/** SET, SHOW and RESET. */
final class Settings {

    private Settings() {}

    static Reading read(List<Token> tokens) {
        Cursor cursor = new Cursor(tokens);
        String verb = cursor.next().text();
        if (!verb.equals("set")) {
            String name = name(cursor);
            cursor.expectEnd();
            Reading.Verb read = verb.equals("show") ? Reading.Verb.SHOW : Reading.Verb.RESET;
            return new Reading.Setting(read, name, Optional.empty());
        }
        if (!cursor.accept("session")) {
            cursor.accept("local");
        }
        String name = name(cursor);
        if (name.equals("client_encoding") || name.equals("timezone")) {
            return set(name, cursor, true);
        }
        return set(name, cursor, false);
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

    private static Reading set(String name, Cursor cursor, boolean bareValue) {
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
            return new Reading.Setting(Reading.Verb.RESET, name, Optional.empty());
        }
        List<Token> values = cursor.rest();
        boolean single = values.size() == 1
                && (values.get(0).isName()
                        || values.get(0).kind() == Token.Kind.STRING
                        || values.get(0).kind() == Token.Kind.NUMBER);
        Optional<String> value = single ? Optional.of(values.get(0).text()) : Optional.empty();
        return new Reading.Setting(Reading.Verb.SET, name, value);
    }
}
