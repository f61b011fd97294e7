package org.sallyport.sql;

/** COMMENT ON, of what a role may define. */
final class Comments {

    private Comments() {}

    /** @param cursor after the first word */
    static Reading read(Cursor cursor) {
        if (!cursor.accept("on")) {
            throw new UnreadableSql("COMMENT in a form that is not known here");
        }
        Reading reading = subject(cursor);
        if (!cursor.accept("is")) {
            throw new UnreadableSql("COMMENT in a form that is not known here");
        }
        if (!cursor.accept("null")) {
            cursor.string();
        }
        cursor.expectEnd();
        return reading;
    }

    private static Reading subject(Cursor cursor) {
        if (cursor.accept("column")) {
            return Reading.Definition.of(cursor.tableOfColumn());
        }
        if (cursor.accept("constraint")) {
            cursor.simpleName();
            return onRelationOrDomain(cursor);
        }
        if (cursor.accept("schema")) {
            return Reading.Definition.of(Reading.Sort.SCHEMA, ObjectName.of(cursor.simpleName()));
        }
        if (cursor.accept("type") || cursor.accept("domain")) {
            return Reading.Definition.of(Reading.Sort.TYPE, cursor.name());
        }
        if (cursor.accept("materialized", "view")
                || cursor.accept("table")
                || cursor.accept("view")
                || cursor.accept("index")
                || cursor.accept("sequence")) {
            return Reading.Definition.of(cursor.name());
        }
        throw new UnreadableSql("COMMENT on something that is not known here");
    }

    private static Reading onRelationOrDomain(Cursor cursor) {
        if (!cursor.accept("on")) {
            throw new UnreadableSql("COMMENT in a form that is not known here");
        }
        return cursor.accept("domain")
                ? Reading.Definition.of(Reading.Sort.TYPE, cursor.name())
                : Reading.Definition.of(cursor.name());
    }
}
