package org.sallyport.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** LOCK, ANALYZE, VACUUM and REINDEX of named relations, word for word. */
final class Upkeep {

    private static final Set<String> LOCK_MODES = Set.of(
            "access share",
            "row share",
            "row exclusive",
            "share update exclusive",
            "share",
            "share row exclusive",
            "exclusive",
            "access exclusive");

    private static final Set<String> OPTIONS =
            Set.of(("analyze analyse concurrently disable_page_skipping freeze full index_cleanup parallel process_main"
                            + " process_toast skip_locked truncate verbose")
                    .split(" "));

    private Upkeep() {}

    static Reading lock(Cursor cursor) {
        cursor.accept("table");
        cursor.accept("only");
        Set<ObjectName> tables = cursor.names();
        String mode = cursor.accept("in") ? mode(cursor) : "access exclusive";
        cursor.accept("nowait");
        cursor.expectEnd();
        return new Reading.Lock(tables, mode.equals("access share"));
    }

    private static String mode(Cursor cursor) {
        List<String> words = new ArrayList<>();
        while (!cursor.accept("mode")) {
            Token word = cursor.next();
            words.add(word.kind() == Token.Kind.WORD ? word.text() : "quoted");
        }
        String mode = String.join(" ", words);
        if (!LOCK_MODES.contains(mode)) {
            throw new UnreadableSql("lock of a mode that is not known here");
        }
        return mode;
    }

    static Reading analyze(Cursor cursor) {
        if (cursor.isAtSymbol("(")) {
            options(cursor);
        } else {
            cursor.accept("verbose");
        }
        return tables(cursor);
    }

    static Reading vacuum(Cursor cursor) {
        if (cursor.isAtSymbol("(")) {
            options(cursor);
        } else {
            for (String option : List.of("full", "freeze", "verbose", "analyze", "analyse")) {
                cursor.accept(option);
            }
        }
        return tables(cursor);
    }

    static Reading reindex(Cursor cursor) {
        if (cursor.isAtSymbol("(")) {
            options(cursor);
        }
        if (!cursor.accept("index") && !cursor.accept("table")) {
            throw new UnreadableSql("REINDEX of something else than an index or a table");
        }
        cursor.accept("concurrently");
        ObjectName name = cursor.name();
        cursor.expectEnd();
        return Reading.Definition.of(name);
    }

    /** {@code (option [value], …)}. */
    private static void options(Cursor cursor) {
        cursor.next();
        do {
            Token option = cursor.next();
            if (!option.isName() || !OPTIONS.contains(option.text())) {
                throw new UnreadableSql("option that is not known here");
            }
            if (!cursor.isAtSymbol(",") && !cursor.isAtSymbol(")")) {
                value(cursor.next());
            }
        } while (cursor.acceptSymbol(","));
        if (!cursor.acceptSymbol(")")) {
            throw new UnreadableSql("options in a form that is not known here");
        }
    }

    private static void value(Token token) {
        if (!token.isName() && token.kind() != Token.Kind.NUMBER && token.kind() != Token.Kind.STRING) {
            throw new UnreadableSql("option with a value that is not known here");
        }
    }

    /** {@code table [(column, …)], …}: at least one, for without all tables of the database are meant. */
    private static Reading tables(Cursor cursor) {
        Set<ObjectName> tables = new HashSet<>();
        do {
            tables.add(cursor.name());
            if (cursor.isAtSymbol("(")) {
                cursor.skipParenthesis();
            }
        } while (cursor.acceptSymbol(","));
        cursor.expectEnd();
        return new Reading.Definition(tables, Set.of(), Set.of());
    }
}
