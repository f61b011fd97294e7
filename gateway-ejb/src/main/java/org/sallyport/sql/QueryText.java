package org.sallyport.sql;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What PostgreSQL analyses as a query: a SELECT, VALUES, TABLE, INSERT, UPDATE, DELETE or MERGE, or the one that stands in another
 * statement.
 *
 * @param text       without the semicolon, as the client wrote it; without the INTO that makes a table of it
 * @param parameters the highest number of a parameter in it
 * @param kind       by its words
 */
public record QueryText(String text, int parameters, String kind) {

    /** The query's text, where the statement has one. */
    static Optional<QueryText> of(String sql, Outline outline) {
        if (outline.query().isEmpty()) {
            return Optional.empty();
        }
        String text = outline.query().stream()
                .map(piece -> sql.substring(
                        piece.get(0).start(), piece.get(piece.size() - 1).end()))
                .collect(Collectors.joining(" "));
        List<Token> tokens = outline.queryTokens();
        return Optional.of(new QueryText(
                text, parameters(tokens), StatementKinds.of(tokens).get(0)));
    }

    private static int parameters(List<Token> tokens) {
        int highest = 0;
        for (Token token : tokens) {
            if (token.kind() == Token.Kind.PARAMETER) {
                highest = Math.max(highest, number(token.text()));
            }
        }
        return highest;
    }

    /** PostgreSQL refuses what is larger than a short; so large here that nobody asks. */
    private static int number(String parameter) {
        return parameter.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(parameter.substring(1));
    }
}
