package org.sallyport.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A statement that PostgreSQL analyses as a query: SELECT, VALUES, TABLE, INSERT, UPDATE, DELETE or MERGE; or the one that an
 * EXPLAIN is about.
 *
 * @param text       without the semicolon, as the client wrote it
 * @param parameters the highest number of a parameter in it
 */
public record QueryText(String text, int parameters) {
    private static final Set<String> KINDS = Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE");

    /** The statement's text, where it is one. */
    static Optional<QueryText> of(String sql, List<Token> tokens, String kind) {
        boolean explain = kind.equals("EXPLAIN");
        List<Token> query = explain ? SqlReader.explained(tokens) : tokens;
        if (query.isEmpty() || query.stream().anyMatch(token -> token.isSymbol(";"))) {
            return Optional.empty();
        }
        if (!KINDS.contains(explain ? StatementKinds.of(query).get(0) : kind)) {
            return Optional.empty();
        }
        String text =
                sql.substring(query.get(0).start(), query.get(query.size() - 1).end());
        return Optional.of(new QueryText(text, parameters(query)));
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
