package org.sallyport.sql;

import java.util.List;
import java.util.Set;

/** Kinds that say more of a statement than its verb does: where a COPY goes, what a CREATE SCHEMA brings along. */
final class StatementForms {

    /** All that {@link #of} may add beside definitions. */
    static final Set<String> KINDS = Set.of("COPY PROGRAM", "COPY FILE", "RESET ALL", "DISCARD ALL", "VACUUM FULL");

    private StatementForms() {}

    /** Adds them behind the statement's own kind. */
    static void of(String kind, List<Token> tokens, Set<String> kinds) {
        switch (kind) {
            case "COPY FROM", "COPY TO" -> copy(tokens, kinds);
            case "RESET", "DISCARD" -> {
                if (tokens.size() > 1 && tokens.get(1).isWord("all")) {
                    kinds.add(kind + " ALL");
                }
            }
            case "VACUUM" -> {
                // As an option in parentheses it may be quoted.
                if (tokens.stream()
                        .anyMatch(token -> token.isName() && token.text().equals("full"))) {
                    kinds.add("VACUUM FULL");
                }
            }
            case "CREATE SCHEMA" -> elements(tokens, kinds);
            default -> {
                // its kind says it all
            }
        }
    }

    /** The position of a COPY's FROM or TO, or -1. */
    static int direction(List<Token> copy) {
        int depth = 0;
        for (int i = 0; i < copy.size(); i++) {
            Token token = copy.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean ofTable = i > 0 && copy.get(i - 1).isSymbol(".");
            if (depth == 0 && !ofTable && (token.isWord("from") || token.isWord("to"))) {
                return i;
            }
        }
        return -1;
    }

    private static void copy(List<Token> tokens, Set<String> kinds) {
        int place = direction(tokens) + 1;
        boolean ofTheClient = place < tokens.size()
                && (tokens.get(place).isWord("stdin") || tokens.get(place).isWord("stdout"));
        if (place < tokens.size() && tokens.get(place).isWord("program")) {
            kinds.add("COPY PROGRAM");
        } else if (!ofTheClient) {
            kinds.add("COPY FILE");
        }
    }

    /** CREATE SCHEMA takes definitions and grants behind its name, without any semicolon. Both words are reserved. */
    private static void elements(List<Token> tokens, Set<String> kinds) {
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).isWord("create")) {
                kinds.add(StatementKinds.defining(tokens.subList(i, tokens.size())));
            } else if (tokens.get(i).isWord("grant")) {
                kinds.add("GRANT");
            }
        }
    }
}
