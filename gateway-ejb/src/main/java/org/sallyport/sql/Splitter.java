package org.sallyport.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text where PostgreSQL's grammar does: at the semicolons outside of parentheses and outside of the bodies that
 * {@code BEGIN ATOMIC} begins.
 *
 * <p>Such a body ends with an END where a statement could begin: every statement in it ends with a semicolon, and END as a
 * statement of its own is none that may stand there. Any other END is a CASE's, or a name.
 */
final class Splitter {
    /** Reading takes its time for each; who has more sends them in several messages. */
    private static final int MAXIMUM_STATEMENTS = 1000;

    private final List<Token> tokens;
    private final List<List<Token>> pieces = new ArrayList<>();

    /** Where the present piece begins, and the present statement of a body in it. */
    private int piece;

    private int statement;
    private int parentheses;
    private int bodies;

    private Splitter(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The tokens of each statement, without the semicolons; empty statements are left out. */
    static List<List<Token>> split(List<Token> tokens) {
        Splitter splitter = new Splitter(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            splitter.take(i);
        }
        splitter.cut(tokens.size());
        return splitter.pieces;
    }

    private void take(int i) {
        Token token = tokens.get(i);
        if (token.kind() == Token.Kind.SYMBOL) {
            symbol(i, token);
        } else if (parentheses == 0 && token.isWord("atomic") && i > statement && begins(i)) {
            bodies++;
            statement = i + 1;
        } else if (parentheses == 0 && bodies > 0 && i == statement && token.isWord("end")) {
            bodies--;
        }
    }

    private void symbol(int i, Token token) {
        if (token.isSymbol("(")) {
            parentheses++;
        } else if (token.isSymbol(")")) {
            if (--parentheses < 0) {
                throw new UnreadableSql("parenthesis that closes nothing");
            }
        } else if (token.isSymbol(";") && parentheses == 0) {
            statement = i + 1;
            if (bodies == 0) {
                cut(i);
            }
        }
    }

    /** Whether this ATOMIC begins the body of a function or procedure; elsewhere it is a name. */
    private boolean begins(int atomic) {
        int routine = statement + (isWord(statement + 1, "or") ? 3 : 1);
        return tokens.get(atomic - 1).isWord("begin")
                && isWord(statement, "create")
                && (isWord(routine, "function") || isWord(routine, "procedure"));
    }

    private boolean isWord(int i, String word) {
        return i < tokens.size() && tokens.get(i).isWord(word);
    }

    private void cut(int end) {
        if (end > piece) {
            if (pieces.size() == MAXIMUM_STATEMENTS) {
                throw new UnreadableSql("more than " + MAXIMUM_STATEMENTS + " statements");
            }
            pieces.add(tokens.subList(piece, end));
        }
        piece = end + 1;
    }
}
