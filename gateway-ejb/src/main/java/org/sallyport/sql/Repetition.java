package org.sallyport.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    private final List<Token> tokens;
    private final Cells cells;
    private final List<List<Token>> pieces = new ArrayList<>();
    private int from;

    private Repetition(List<Token> tokens, List<Integer> types) {
        this.tokens = tokens;
        this.cells = new Cells(tokens, types);
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
            int end = cells.row(row + 1, shape);
            if (end < 0) {
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
            int end = cells.cell(member, shape);
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
}
