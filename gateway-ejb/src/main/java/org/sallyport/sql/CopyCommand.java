package org.sallyport.sql;

import java.util.ArrayList;
import java.util.List;

/** COPY between a client and a table. */
final class CopyCommand {

    private CopyCommand() {}

    static Outline read(List<Token> tokens) {
        Cursor cursor = new Cursor(tokens);
        cursor.next();
        boolean binary = cursor.accept("binary");
        if (cursor.isAtSymbol("(")) {
            return query(cursor, tokens, binary);
        }
        ObjectName table = cursor.name();
        List<String> columns = cursor.isAtSymbol("(") ? columns(cursor) : List.of();
        if (cursor.accept("from", "stdin")) {
            // COPY … WHERE may call functions; its options may not.
            if (cursor.rest().stream().anyMatch(token -> token.isWord("where"))) {
                throw new UnreadableSql("COPY with WHERE");
            }
            return Outline.of(new Reading.CopyIn(table));
        }
        if (cursor.accept("to", "stdout")) {
            return Outline.of(new Reading.CopyOut(table, columns, CopyOptions.read(cursor, binary)));
        }
        throw new UnreadableSql("COPY with a file or program of the server");
    }

    private static List<String> columns(Cursor cursor) {
        List<String> columns = new ArrayList<>();
        cursor.next();
        do {
            columns.add(cursor.simpleName());
        } while (cursor.acceptSymbol(","));
        if (!cursor.acceptSymbol(")")) {
            throw new UnreadableSql("something else where a parenthesis belongs");
        }
        return columns;
    }

    private static Outline query(Cursor cursor, List<Token> tokens, boolean binary) {
        int open = cursor.position();
        cursor.skipParenthesis();
        List<Token> inner = tokens.subList(open + 1, cursor.position() - 1);
        if (!cursor.accept("to", "stdout")) {
            throw new UnreadableSql("COPY with a file or program of the server");
        }
        return Outline.of(new Reading.CopyOfQuery(CopyOptions.read(cursor, binary)), inner);
    }
}
