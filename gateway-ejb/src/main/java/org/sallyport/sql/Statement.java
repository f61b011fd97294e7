package org.sallyport.sql;

import java.util.List;

/**
 * One statement of a script.
 *
 * @param kinds     its kind first, then the kinds of the statements inside it
 * @param tokens    without the semicolon
 * @param unbounded whether it may hold an UPDATE or DELETE of all rows
 */
public record Statement(List<String> kinds, List<Token> tokens, Reading reading, boolean unbounded) {

    public Statement {
        kinds = List.copyOf(kinds);
        tokens = List.copyOf(tokens);
    }

    public String kind() {
        return kinds.get(0);
    }
}
