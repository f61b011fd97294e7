package org.sallyport.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads tokens one after the other; what is not as expected ends the reading. */
final class Cursor {

    private final List<Token> tokens;
    private int at;

    Cursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    boolean done() {
        return at >= tokens.size();
    }

    int position() {
        return at;
    }

    /** What was read so far. */
    List<Token> taken() {
        return tokens.subList(0, at);
    }

    List<Token> rest() {
        return tokens.subList(at, tokens.size());
    }

    Token next() {
        if (done()) {
            throw new UnreadableSql("statement that ends early");
        }
        return tokens.get(at++);
    }

    boolean isAt(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (at + i >= tokens.size() || !tokens.get(at + i).isWord(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean isAtSymbol(String symbol) {
        return !done() && tokens.get(at).isSymbol(symbol);
    }

    boolean accept(String... words) {
        boolean found = isAt(words);
        if (found) {
            at += words.length;
        }
        return found;
    }

    boolean acceptSymbol(String symbol) {
        boolean found = isAtSymbol(symbol);
        if (found) {
            at++;
        }
        return found;
    }

    boolean isAtName() {
        return !done() && tokens.get(at).isName() && !tokens.get(at).isReserved();
    }

    boolean isAtNumber() {
        return !done() && tokens.get(at).kind() == Token.Kind.NUMBER;
    }

    String simpleName() {
        if (!isAtName()) {
            throw new UnreadableSql("something else where a name belongs");
        }
        return next().text();
    }

    ObjectName name() {
        String first = simpleName();
        if (!acceptSymbol(".")) {
            return ObjectName.of(first);
        }
        // After a point every word is a name.
        Token second = next();
        if (!second.isName() || isAtSymbol(".")) {
            throw new UnreadableSql("name of other than one or two parts");
        }
        return ObjectName.of(first, second.text());
    }

    /** {@code name, …}. */
    Set<ObjectName> names() {
        Set<ObjectName> names = new HashSet<>();
        do {
            names.add(name());
        } while (acceptSymbol(","));
        return names;
    }

    /** Reads {@code [schema.]table.column}, and says which table. */
    ObjectName tableOfColumn() {
        String first = simpleName();
        List<String> parts = new ArrayList<>(List.of(first));
        while (acceptSymbol(".")) {
            Token part = next();
            if (!part.isName()) {
                throw new UnreadableSql("something else where a column belongs");
            }
            parts.add(part.text());
        }
        return switch (parts.size()) {
            case 2 -> ObjectName.of(first);
            case 3 -> ObjectName.of(first, parts.get(1));
            default -> throw new UnreadableSql("column of other than two or three parts");
        };
    }

    /** {@code [CASCADE | RESTRICT]}: whether it cascades. */
    boolean cascades() {
        if (accept("cascade")) {
            return true;
        }
        accept("restrict");
        return false;
    }

    /** The text of a string that stands here. */
    String string() {
        Token token = next();
        if (token.kind() != Token.Kind.STRING) {
            throw new UnreadableSql("something else where a string belongs");
        }
        return token.text();
    }

    /** Skips a parenthesis that opens here, to its end. */
    void skipParenthesis() {
        if (!acceptSymbol("(")) {
            throw new UnreadableSql("something else where a parenthesis belongs");
        }
        int depth = 1;
        while (depth > 0) {
            Token token = next();
            if (token.isSymbol("(")) {
                depth++;
            } else if (token.isSymbol(")")) {
                depth--;
            }
        }
    }

    void expectEnd() {
        if (!done()) {
            throw new UnreadableSql("clause that is not known here");
        }
    }
}
