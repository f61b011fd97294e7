package org.sallyport.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** SQL's EXECUTE of what SQL's PREPARE has prepared: it runs that query. */
public final class Execution {

    private Execution() {}

    /**
     * The name of the prepared statement that a text executes, where it does nothing else and its arguments are literals: what anything
     * else would call, nobody has said.
     */
    public static Optional<String> name(String sql) {
        try {
            List<List<Token>> statements = Splitter.split(Lexer.tokens(sql));
            return statements.size() == 1 && statements.get(0).get(0).isWord("execute")
                    ? Optional.of(new Arguments(statements.get(0)).name())
                    : Optional.empty();
        } catch (UnreadableSql e) {
            return Optional.empty();
        }
    }

    /**
     * The EXECUTE as the query that it runs.
     *
     * @param execute of which {@link #name} has told
     * @param prepare the PREPARE of that name, by itself
     */
    public static Script of(Script execute, Script prepare) {
        Statement by = execute.statements().get(0);
        Statement what = prepare.statements().get(0);
        if (!(what.reading() instanceof Reading.Containing containing)) {
            return execute;
        }
        Set<String> kinds = new LinkedHashSet<>(by.kinds());
        what.query().map(QueryText::kind).ifPresent(kinds::add);
        kinds.addAll(what.kinds());
        kinds.remove("PREPARE");
        List<Token> tokens = new ArrayList<>(what.tokens());
        tokens.addAll(by.tokens());
        boolean texts = new Arguments(by.tokens()).areTexts();
        Reading reading = new Reading.Containing(new Reading.Execution(texts), containing.inner());
        return new Script(
                List.of(new Statement(List.copyOf(kinds), tokens, what.query(), reading, what.unbounded())),
                Optional.empty());
    }

    /** {@code EXECUTE name [(literal, …)]}. */
    private static final class Arguments {
        private final String name;
        private boolean texts = true;

        Arguments(List<Token> tokens) {
            Cursor cursor = new Cursor(tokens);
            cursor.next();
            name = cursor.simpleName();
            if (cursor.acceptSymbol("(")) {
                do {
                    literal(cursor);
                } while (cursor.acceptSymbol(","));
                if (!cursor.acceptSymbol(")")) {
                    throw new UnreadableSql("EXECUTE with more than literals");
                }
            }
            cursor.expectEnd();
        }

        private void literal(Cursor cursor) {
            Token token = cursor.next();
            boolean signed = token.kind() == Token.Kind.OPERATOR
                    && (token.text().equals("-") || token.text().equals("+"));
            Token value = signed ? cursor.next() : token;
            boolean number = value.kind() == Token.Kind.NUMBER;
            boolean text = !signed && (value.kind() == Token.Kind.STRING || value.isWord("null"));
            boolean other = !signed && (value.isWord("true") || value.isWord("false"));
            if (!number && !text && !other) {
                throw new UnreadableSql("EXECUTE with more than literals");
            }
            texts &= text;
        }

        String name() {
            return name;
        }

        boolean areTexts() {
            return texts;
        }
    }
}
