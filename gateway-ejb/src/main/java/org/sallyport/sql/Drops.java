package org.sallyport.sql;

import java.util.HashSet;
import java.util.Set;

/** DROP and TRUNCATE, word for word. */
final class Drops {

    private Drops() {}

    static Reading read(String kind, Cursor cursor) {
        return switch (kind) {
            case "DROP TABLE", "DROP VIEW", "DROP SEQUENCE" -> relations(cursor);
            case "DROP INDEX" -> {
                cursor.next();
                cursor.accept("concurrently");
                yield names(cursor);
            }
            case "DROP MATERIALIZED VIEW" -> {
                cursor.next();
                yield relations(cursor);
            }
            case "DROP TYPE", "DROP DOMAIN" -> things(Reading.Sort.TYPE, cursor);
            case "DROP SCHEMA" -> things(Reading.Sort.SCHEMA, cursor);
            case "DROP FUNCTION", "DROP PROCEDURE", "DROP ROUTINE" -> things(Reading.Sort.FUNCTION, cursor);
            default -> throw new UnreadableSql(kind);
        };
    }

    private static Reading relations(Cursor cursor) {
        cursor.next();
        return names(cursor);
    }

    private static Reading names(Cursor cursor) {
        cursor.accept("if", "exists");
        Set<ObjectName> dropped = cursor.names();
        boolean cascades = cursor.cascades();
        cursor.expectEnd();
        return new Reading.Definition(dropped, Set.of(), Set.of(), Set.of(), cascades);
    }

    private static Reading things(Reading.Sort sort, Cursor cursor) {
        cursor.next();
        cursor.accept("if", "exists");
        Set<ObjectName> dropped = new HashSet<>();
        do {
            dropped.add(sort == Reading.Sort.SCHEMA ? ObjectName.of(cursor.simpleName()) : cursor.name());
            if (sort == Reading.Sort.FUNCTION && cursor.isAtSymbol("(")) {
                cursor.skipParenthesis();
            }
        } while (cursor.acceptSymbol(","));
        boolean cascades = cursor.cascades();
        cursor.expectEnd();
        return Reading.Definition.of(sort, dropped).cascading(cascades);
    }

    static Reading truncate(Cursor cursor) {
        cursor.accept("table");
        cursor.accept("only");
        Set<ObjectName> tables = cursor.names();
        if (!cursor.accept("restart", "identity")) {
            cursor.accept("continue", "identity");
        }
        boolean cascades = cursor.cascades();
        cursor.expectEnd();
        return new Reading.Truncation(tables, cascades);
    }
}
