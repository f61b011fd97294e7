package org.sallyport.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Leaves out what only repeats: rows of VALUES and members of an IN list of which there are two alike before. Alike means that they hold
 * literals of the same kinds, parameters of the same types and the same casts, and nothing else, so that they mean the same to the server
 * whatever the values.
 *
 * <p>A batch of ten thousand rows is the same question as one of two.
 */
final class Repetition {
    /** One would not be a list. */
    private static final int KEPT = 2;

    private static final Set<String> CONSTANTS = Set.of("null", "default", "true", "false");

    private final List<Token> tokens;
    private final List<Integer> types;
    private final List<List<Token>> pieces = new ArrayList<>();
    private int from;

    private Repetition(List<Token> tokens, List<Integer> types) {
        this.tokens = tokens;
        this.types = types;
    }

    /**
     * The tokens in the pieces that remain.
     *
     * @param types of the parameters, as far as the client gave them
     */
    static List<List<Token>> without(List<Token> tokens, List<Integer> types) {
        Repetition repetition = new Repetition(tokens, types);
        int at = 0;
        while (at + 1 < tokens.size()) {
            boolean list = tokens.get(at + 1).isSymbol("(");
            if (list && tokens.get(at).isWord("values")) {
                at = repetition.rows(at + 1);
            } else if (list && tokens.get(at).isWord("in")) {
                at = repetition.members(at + 2);
            } else {
                at++;
            }
        }
        repetition.keep(tokens.size());
        return repetition.pieces;
    }

    private void keep(int to) {
        if (to > from) {
            pieces.add(tokens.subList(from, to));
        }
    }

    /** From the first row's parenthesis; answers where to go on. */
    private int rows(int at) {
        Map<String, Integer> seen = new HashMap<>();
        int row = at;
        while (row < tokens.size() && tokens.get(row).isSymbol("(")) {
            StringBuilder shape = new StringBuilder();
            int end = cells(row + 1, shape);
            if (end < 0 || !tokens.get(end).isSymbol(")")) {
                return row;
            }
            row = part(row, end + 1, seen, shape.toString());
        }
        return row;
    }

    /** From the first member; answers where to go on. */
    private int members(int at) {
        Map<String, Integer> seen = new HashMap<>();
        int member = at;
        while (member < tokens.size()) {
            StringBuilder shape = new StringBuilder();
            int end = cell(member, shape);
            if (end < 0) {
                return member;
            }
            member = part(member, end, seen, shape.toString());
            if (!tokens.get(member - 1).isSymbol(",")) {
                return member;
            }
        }
        return member;
    }

    /** One part of a list, with the comma before it: it is not the first. Answers where the next begins. */
    private int part(int start, int end, Map<String, Integer> seen, String shape) {
        boolean more = end < tokens.size() && tokens.get(end).isSymbol(",");
        if (seen.merge(shape, 1, Integer::sum) > KEPT) {
            keep(start - 1);
            from = end;
        }
        return more ? end + 1 : end;
    }

    /** Where the cells of a row end; negative where one of them is something else. */
    private int cells(int at, StringBuilder shape) {
        int end = cell(at, shape);
        while (end > 0 && end < tokens.size() && tokens.get(end).isSymbol(",")) {
            shape.append(',');
            end = cell(end + 1, shape);
        }
        return end < tokens.size() ? end : -1;
    }

    /** {@code [-] literal [:: type]…}; negative where it is something else. */
    private int cell(int at, StringBuilder shape) {
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
            case PARAMETER -> "p" + type(token.text());
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
