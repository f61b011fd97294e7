package org.sallyport.sql;

import java.util.List;
import java.util.Optional;

/**
 * A query string, split as the server splits it.
 *
 * @param statements empty ones left out
 * @param unreadable why the text could not even be split; then there are no statements
 */
public record Script(List<Statement> statements, Optional<String> unreadable) {

    public Script {
        statements = List.copyOf(statements);
    }

    /** The script in a database that does not keep names in UTF-8. */
    public Script inAnotherEncoding() {
        return new Script(statements.stream().map(Statement::inAnotherEncoding).toList(), unreadable);
    }

    /** The kinds of all statements, in order. */
    public List<String> kinds() {
        return statements.stream()
                .flatMap(statement -> statement.kinds().stream())
                .toList();
    }
}
