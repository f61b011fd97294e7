package org.sallyport.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** CREATE TYPE of names or columns, CREATE DOMAIN, and ALTER TYPE of the former; base types and ranges bring functions along. */
final class TypeDefinition {

    private TypeDefinition() {}

    /** @param cursor after the first word */
    static Reading read(String kind, Cursor cursor) {
        cursor.next();
        ObjectName type = cursor.name();
        return switch (kind) {
            case "CREATE TYPE" -> create(cursor, type);
            case "CREATE DOMAIN" -> domain(cursor, type);
            default -> alter(cursor, type);
        };
    }

    private static Reading create(Cursor cursor, ObjectName type) {
        if (!cursor.accept("as")) {
            throw new UnreadableSql("CREATE TYPE in a form that is not known here");
        }
        if (cursor.accept("enum")) {
            values(cursor);
        } else {
            columns(cursor);
        }
        cursor.expectEnd();
        return Reading.Definition.of(Reading.Sort.TYPE, type);
    }

    private static void values(Cursor cursor) {
        if (!cursor.acceptSymbol("(")) {
            throw new UnreadableSql("something else where a parenthesis belongs");
        }
        if (!cursor.isAtSymbol(")")) {
            do {
                cursor.string();
            } while (cursor.acceptSymbol(","));
        }
        if (!cursor.acceptSymbol(")")) {
            throw new UnreadableSql("ENUM of something else than strings");
        }
    }

    /** Names and their types: no part of it is an expression, so nothing in it is called. */
    private static void columns(Cursor cursor) {
        List<Token> rest = cursor.rest();
        cursor.skipParenthesis();
        boolean plain = rest.stream()
                .allMatch(token -> token.isName()
                        || token.kind() == Token.Kind.NUMBER
                        || List.of("(", ")", "[", "]", ",", ".").contains(token.text()));
        if (!plain) {
            throw new UnreadableSql("CREATE TYPE of something else than columns");
        }
    }

    private static Reading domain(Cursor cursor, ObjectName domain) {
        List<Token> rest = cursor.rest();
        FreeForm.check(rest);
        Set<Reading.Thing> things = Set.of(new Reading.Thing(Reading.Sort.TYPE, domain));
        return new Reading.Definition(Set.of(), Set.of(), Calls.of(rest, Set.of()), things, false);
    }

    private static Reading alter(Cursor cursor, ObjectName type) {
        Optional<ObjectName> moved = Renames.target(cursor, type);
        if (moved.isPresent()) {
            return Reading.Definition.of(Reading.Sort.TYPE, type, moved.get());
        }
        if (cursor.accept("add", "value")) {
            cursor.accept("if", "not", "exists");
            cursor.string();
            if (cursor.accept("before") || cursor.accept("after")) {
                cursor.string();
            }
        } else {
            renameValue(cursor);
        }
        cursor.expectEnd();
        return Reading.Definition.of(Reading.Sort.TYPE, type);
    }

    private static void renameValue(Cursor cursor) {
        if (!cursor.accept("rename", "value")) {
            throw new UnreadableSql("ALTER TYPE with an action that is not known here");
        }
        cursor.string();
        if (!cursor.accept("to")) {
            throw new UnreadableSql("ALTER TYPE with an action that is not known here");
        }
        cursor.string();
    }
}
