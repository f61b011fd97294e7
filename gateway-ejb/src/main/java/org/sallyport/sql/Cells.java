package org.sallyport.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the cells of VALUES and the members of an IN list that are literals, parameters and constants, with casts or without: what a row of
 * them means to the server does not depend on their values, only on its <em>shape</em>, the kinds of its cells.
 */
final class Cells {
    private static final Set<String> CONSTANTS = Set.of("null", "default", "true", "false");

    private final List<Token> tokens;
    private final List<Integer> types;

    /** Parameters whose types the client left open, and which stand in several places: each place says something of the type. */
    private final Set<String> inferred = new HashSet<>();

    /** @param types of the parameters, as far as the client gave them */
    Cells(List<Token> tokens, List<Integer> types) {
        this.tokens = tokens;
        this.types = types;
        Set<String> seen = new HashSet<>();
        for (Token token : tokens) {
            if (token.kind() == Token.Kind.PARAMETER && type(token.text()) == 0 && !seen.add(token.text())) {
                inferred.add(token.text());
            }
        }
    }

    /** Where the parenthesis stands that closes a row of cells; negative where one of them is something else. */
    int row(int at, StringBuilder shape) {
        int end = cell(at, shape);
        while (end > 0 && end < tokens.size() && tokens.get(end).isSymbol(",")) {
            shape.append(',');
            end = cell(end + 1, shape);
        }
        return end > 0 && end < tokens.size() && tokens.get(end).isSymbol(")") ? end : -1;
    }

    /** Where a cell ends, {@code [-] literal [:: type]…}; negative where it is something else. */
    int cell(int at, StringBuilder shape) {
        int i = at;
        if (i < tokens.size()
                && tokens.get(i).kind() == Token.Kind.OPERATOR
                && tokens.get(i).text().equals("-")) {
            shape.append('-');
            i++;
        }
        String kind = i < tokens.size() ? kind(tokens.get(i)) : "";
        if (kind.isEmpty()) {
            return -1;
        }
        shape.append(kind);
        i++;
        while (i < tokens.size() && tokens.get(i).isSymbol("::")) {
            i = cast(i + 1, shape);
            if (i < 0) {
                return -1;
            }
        }
        return i < tokens.size()
                        && (tokens.get(i).isSymbol(",") || tokens.get(i).isSymbol(")"))
                ? i
                : -1;
    }

    private String kind(Token token) {
        return switch (token.kind()) {
            case STRING -> "s";
            case PARAMETER -> inferred.contains(token.text()) ? token.text() : "p" + type(token.text());
            case NUMBER -> Numbers.kind(token.text());
            case WORD -> CONSTANTS.contains(token.text()) ? token.text() : "";
            default -> "";
        };
    }

    private int type(String parameter) {
        int number = QueryText.number(parameter);
        return number <= types.size() && number > 0 ? types.get(number - 1) : 0;
    }

    /** A type of one word, with its schema or without; not one whose literals name objects. */
    private int cast(int at, StringBuilder shape) {
        int i = at;
        while (i < tokens.size() && tokens.get(i).isName()) {
            if (tokens.get(i).text().startsWith("reg")) {
                return -1;
            }
            shape.append("::").append(tokens.get(i).kind()).append(tokens.get(i).text());
            i++;
            if (i < tokens.size() && tokens.get(i).isSymbol(".")) {
                i++;
            }
        }
        if (i + 2 < tokens.size()
                && tokens.get(i).isSymbol("(")
                && tokens.get(i + 1).kind() == Token.Kind.NUMBER
                && tokens.get(i + 2).isSymbol(")")) {
            shape.append('(').append(tokens.get(i + 1).text()).append(')');
            i += 3;
        }
        return i > at ? i : -1;
    }
}
