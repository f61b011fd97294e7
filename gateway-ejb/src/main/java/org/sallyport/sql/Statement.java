package org.sallyport.sql;

import java.util.List;
import java.util.Optional;

/**
 * One statement of a script.
 *
 * @param kinds     its kind first, then the kinds of the statements inside it
 * @param tokens    without the semicolon
 * @param query     its text, where PostgreSQL analyses it as a query and so can say what it means
 * @param unbounded whether it may hold an UPDATE or DELETE of all rows
 */
public record Statement(
        List<String> kinds, List<Token> tokens, Optional<QueryText> query, Reading reading, boolean unbounded) {

    public Statement {
        kinds = List.copyOf(kinds);
        tokens = List.copyOf(tokens);
    }

    public String kind() {
        return kinds.get(0);
    }
}
