package org.sallyport.contract;

import java.util.Optional;

/**
 * Why something is refused, in the fields of PostgreSQL's ErrorResponse (manual, "Error and Notice Message Fields").
 *
 * <p>It is shown to the client as it stands: it carries no data, no secret and nothing internal.
 *
 * @param sqlState five characters
 * @param message  the primary message, in PostgreSQL's style: lower case, no full stop
 * @param detail   names the rule that refused
 * @param hint     says what to do next
 */
public record Refusal(String sqlState, String message, Optional<String> detail, Optional<String> hint) {

    public Refusal {
        if (sqlState.length() != 5) {
            throw new IllegalArgumentException("a SQLSTATE has five characters: " + sqlState);
        }
    }

    public static Refusal of(String sqlState, String message) {
        return new Refusal(sqlState, message, Optional.empty(), Optional.empty());
    }

    public static Refusal of(String sqlState, String message, String detail, String hint) {
        return new Refusal(sqlState, message, Optional.of(detail), Optional.of(hint));
    }
}
