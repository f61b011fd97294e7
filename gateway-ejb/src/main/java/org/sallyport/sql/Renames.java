package org.sallyport.sql;

import java.util.Optional;

/** {@code RENAME} and {@code SET SCHEMA}, which ALTER has for relations of every kind. */
final class Renames {

    private Renames() {}

    /** {@code ALTER INDEX | VIEW | MATERIALIZED VIEW}. */
    static Reading read(Cursor cursor) {
        boolean index = cursor.accept("index");
        if (!index && !cursor.accept("materialized", "view") && !cursor.accept("view")) {
            throw new UnreadableSql("ALTER in a form that is not known here");
        }
        cursor.accept("if", "exists");
        ObjectName name = cursor.name();
        if (index && cursor.accept("attach", "partition")) {
            ObjectName partition = cursor.name();
            cursor.expectEnd();
            return Reading.Definition.of(name, partition);
        }
        return of(cursor, name).orElseThrow(() -> new UnreadableSql("ALTER with an action that is not known here"));
    }

    /** To the end of the statement; empty, and nothing read, where something else stands here. */
    static Optional<Reading> of(Cursor cursor, ObjectName relation) {
        Optional<ObjectName> moved = target(cursor, relation);
        if (moved.isPresent()) {
            return Optional.of(Reading.Definition.of(relation, moved.get()));
        }
        if (!cursor.accept("rename")) {
            return Optional.empty();
        }
        if (!cursor.accept("constraint")) {
            cursor.accept("column");
        }
        cursor.simpleName();
        if (!cursor.accept("to")) {
            throw new UnreadableSql("RENAME in a form that is not known here");
        }
        cursor.simpleName();
        cursor.expectEnd();
        return Optional.of(Reading.Definition.of(relation));
    }

    /** The name that it has afterwards, of {@code RENAME TO name} and {@code SET SCHEMA name}. */
    static Optional<ObjectName> target(Cursor cursor, ObjectName name) {
        ObjectName target;
        if (cursor.accept("rename", "to")) {
            target = new ObjectName(name.schema(), cursor.simpleName());
        } else if (cursor.accept("set", "schema")) {
            target = ObjectName.of(cursor.simpleName(), name.name());
        } else {
            return Optional.empty();
        }
        cursor.expectEnd();
        return Optional.of(target);
    }
}
