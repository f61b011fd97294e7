package org.sallyport.sql;

import java.util.List;
import java.util.Optional;

/** COPY between a client and a table. */
final class CopyCommand {

    private CopyCommand() {}

    static Reading read(List<Token> tokens) {
        Cursor cursor = new Cursor(tokens);
        cursor.next();
        cursor.accept("binary");
        if (cursor.isAtSymbol("(")) {
            return query(cursor, tokens);
        }
        ObjectName table = cursor.name();
        if (cursor.isAtSymbol("(")) {
            cursor.skipParenthesis();
        }
        if (cursor.accept("from", "stdin")) {
            // COPY … WHERE may call functions; its options may not.
            if (cursor.rest().stream().anyMatch(token -> token.isWord("where"))) {
                throw new UnreadableSql("COPY with WHERE");
            }
            return new Reading.CopyIn(table);
        }
        if (cursor.accept("to", "stdout")) {
            return new Reading.CopyOut(table);
        }
        throw new UnreadableSql("COPY with a file or program of the server");
    }

    private static Reading query(Cursor cursor, List<Token> tokens) {
        int open = cursor.position();
        cursor.skipParenthesis();
        List<Token> inner = tokens.subList(open + 1, cursor.position() - 1);
        if (!cursor.accept("to", "stdout") || inner.isEmpty()) {
            throw new UnreadableSql("COPY with a file or program of the server");
        }
        return new Reading.Query(Queries.read(inner).facts(), Optional.empty(), "COPY");
    }
}
