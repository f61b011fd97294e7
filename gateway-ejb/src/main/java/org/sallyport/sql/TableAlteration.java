package org.sallyport.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** ALTER TABLE. */
final class TableAlteration {

    private final Cursor cursor;
    private final Set<ObjectName> defines = new HashSet<>();
    private final Set<ObjectName> reads = new HashSet<>();
    private final Set<ObjectName> functions = new HashSet<>();
    private boolean cascades;

    /** @param cursor after the first word */
    TableAlteration(Cursor cursor) {
        this.cursor = cursor;
    }

    Reading read() {
        if (!cursor.accept("table")) {
            throw new UnreadableSql("ALTER TABLE in a form that is not known here");
        }
        cursor.accept("if", "exists");
        cursor.accept("only");
        ObjectName table = cursor.name();
        defines.add(table);
        Optional<Reading> renamed = Renames.of(cursor, table);
        if (renamed.isPresent()) {
            return renamed.get();
        }
        if (cursor.accept("attach", "partition")) {
            defines.add(cursor.name());
            free(cursor.rest());
        } else if (cursor.accept("detach", "partition")) {
            defines.add(cursor.name());
            if (!cursor.accept("concurrently")) {
                cursor.accept("finalize");
            }
            cursor.expectEnd();
        } else {
            actions(cursor.rest()).forEach(this::action);
        }
        return new Reading.Definition(defines, reads, functions, Set.of(), cascades);
    }

    /** The parts between the commas that stand in no parenthesis or bracket. */
    private static List<List<Token>> actions(List<Token> tokens) {
        List<List<Token>> actions = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") || token.isSymbol("[") ? 1 : 0;
            depth -= token.isSymbol(")") || token.isSymbol("]") ? 1 : 0;
            if (depth == 0 && token.isSymbol(",")) {
                actions.add(tokens.subList(start, i));
                start = i + 1;
            }
        }
        actions.add(tokens.subList(start, tokens.size()));
        return actions;
    }

    private void action(List<Token> tokens) {
        Cursor action = new Cursor(tokens);
        if (action.isAt("add") || action.isAt("alter") || action.isAt("validate", "constraint")) {
            free(tokens);
        } else if (action.accept("drop")) {
            drop(action);
        } else if (action.accept("inherit") || action.accept("no", "inherit")) {
            defines.add(action.name());
            action.expectEnd();
        } else if (action.accept("enable") || action.accept("force")) {
            rowSecurity(action);
        } else {
            throw new UnreadableSql("ALTER TABLE with an action that is not known here");
        }
    }

    private void drop(Cursor action) {
        if (!action.accept("constraint")) {
            action.accept("column");
        }
        action.accept("if", "exists");
        action.simpleName();
        cascades |= action.cascades();
        action.expectEnd();
    }

    /** It is turned on only; and triggers and rules are not turned off: somebody relies on them. */
    private static void rowSecurity(Cursor action) {
        if (!action.accept("row", "level", "security")) {
            throw new UnreadableSql("ALTER TABLE with an action that is not known here");
        }
        action.expectEnd();
    }

    private void free(List<Token> tokens) {
        FreeForm.check(tokens);
        Set<ObjectName> referred = TableDefinition.references(tokens);
        reads.addAll(referred);
        Set<String> explained = new HashSet<>();
        referred.forEach(name -> explained.add(name.name()));
        functions.addAll(Calls.of(tokens, explained));
    }
}
