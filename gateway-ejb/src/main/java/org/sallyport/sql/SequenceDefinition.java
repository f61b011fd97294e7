package org.sallyport.sql;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** CREATE SEQUENCE and ALTER SEQUENCE, word for word. */
final class SequenceDefinition {

    private final Cursor cursor;
    private final Set<ObjectName> defines = new HashSet<>();

    /** @param cursor after the first word */
    SequenceDefinition(Cursor cursor) {
        this.cursor = cursor;
    }

    Reading create() {
        if (!cursor.accept("sequence")) {
            throw new UnreadableSql("CREATE SEQUENCE in a form that is not known here");
        }
        cursor.accept("if", "not", "exists");
        defines.add(cursor.name());
        return options();
    }

    Reading alter() {
        cursor.next();
        cursor.accept("if", "exists");
        ObjectName sequence = cursor.name();
        defines.add(sequence);
        Optional<ObjectName> moved = Renames.target(cursor, sequence);
        return moved.<Reading>map(target -> Reading.Definition.of(sequence, target))
                .orElseGet(this::options);
    }

    private Reading options() {
        while (!cursor.done()) {
            option();
        }
        return new Reading.Definition(defines, Set.of(), Set.of());
    }

    private void option() {
        if (cursor.accept("owned", "by")) {
            // It goes with the table.
            if (!cursor.accept("none")) {
                defines.add(cursor.tableOfColumn());
            }
        } else if (cursor.accept("as")) {
            cursor.name();
        } else if (cursor.accept("restart")) {
            if (cursor.accept("with") || isAtNumber()) {
                number();
            }
        } else if (!isWithoutValue()) {
            value();
        }
    }

    private boolean isWithoutValue() {
        return cursor.accept("cycle")
                || cursor.accept("no", "cycle")
                || cursor.accept("no", "minvalue")
                || cursor.accept("no", "maxvalue");
    }

    private void value() {
        if (cursor.accept("start")) {
            cursor.accept("with");
        } else if (cursor.accept("increment")) {
            cursor.accept("by");
        } else if (!cursor.accept("minvalue") && !cursor.accept("maxvalue") && !cursor.accept("cache")) {
            throw new UnreadableSql("sequence with an option that is not known here");
        }
        number();
    }

    private boolean isAtNumber() {
        return !cursor.done()
                && (cursor.rest().get(0).kind() == Token.Kind.NUMBER
                        || isSign(cursor.rest().get(0)));
    }

    private static boolean isSign(Token token) {
        return token.kind() == Token.Kind.OPERATOR
                && (token.text().equals("-") || token.text().equals("+"));
    }

    private void number() {
        Token token = cursor.next();
        Token number = isSign(token) ? cursor.next() : token;
        if (number.kind() != Token.Kind.NUMBER) {
            throw new UnreadableSql("something else where a number belongs");
        }
    }
}
