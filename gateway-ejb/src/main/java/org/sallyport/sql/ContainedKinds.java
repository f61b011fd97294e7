package org.sallyport.sql;

import java.util.List;
import java.util.Set;

/** The kinds of the statements that stand inside another one, and of settings that are statements elsewhere. */
final class ContainedKinds {

    /** Reserved words, so that none of them can be a name behind which a statement begins. */
    private static final Set<String> NOT_BEFORE_UPDATE = Set.of("for", "on", "or", "grant", "select");

    private static final Set<String> BEFORE_AN_EVENT = Set.of("before", "after", "of");

    private ContainedKinds() {}

    /** Adds them behind the statement's own kind. */
    static void of(List<Token> tokens, Set<String> kinds) {
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            addTo(kinds, tokens.get(i - 1), token, i + 1 < tokens.size() ? tokens.get(i + 1) : token);
            if (token.isWord("update") && startsUpdate(tokens, i)) {
                kinds.add("UPDATE");
            }
            if (i > 1 && token.kind() == Token.Kind.STRING && callsSetConfig(tokens, i)) {
                StatementKinds.ofRoleSetting(token).ifPresent(kinds::add);
            }
        }
    }

    private static boolean callsSetConfig(List<Token> tokens, int argument) {
        Token name = tokens.get(argument - 2);
        return tokens.get(argument - 1).isSymbol("(")
                && name.isName()
                && name.text().equals("set_config");
    }

    private static void addTo(Set<String> kinds, Token before, Token token, Token after) {
        boolean inMerge = before.isWord("then");
        if (token.isWord("insert") && (after.isWord("into") || inMerge)) {
            kinds.add("INSERT");
        } else if (token.isWord("delete") && (after.isWord("from") || inMerge)) {
            kinds.add("DELETE");
        } else if (token.isWord("merge") && after.isWord("into")) {
            kinds.add("MERGE");
        } else if (token.isWord("execute") && before.isWord("as")) {
            kinds.add("EXECUTE");
        }
    }

    /**
     * Unless it is a lock's, an event's, a privilege's or an ON CONFLICT's. Before a statement there may be a name that is a word
     * of these: {@code WITH RECURSIVE … SEARCH DEPTH FIRST BY a SET key UPDATE …}.
     */
    private static boolean startsUpdate(List<Token> tokens, int update) {
        Token before = tokens.get(update - 1);
        if (before.isWord("then")) {
            return true;
        }
        if (update + 1 >= tokens.size() || !tokens.get(update + 1).isName()) {
            return false;
        }
        Token first = tokens.get(0);
        boolean lock =
                before.isWord("key") && update > 1 && tokens.get(update - 2).isWord("no");
        boolean event = BEFORE_AN_EVENT.contains(before.text()) && first.isWord("create");
        boolean privilege = before.isWord("revoke") && (update == 1 || first.isWord("alter"));
        boolean conflict = before.isWord("do") && tokens.get(update + 1).isWord("set");
        boolean reserved = before.kind() == Token.Kind.WORD && NOT_BEFORE_UPDATE.contains(before.text());
        boolean listed = before.isSymbol(",") || before.isSymbol(".");
        return !lock && !event && !privilege && !conflict && !reserved && !listed;
    }

    /**
     * INSERT … ON CONFLICT DO UPDATE changes as many rows as it is made to meet: those of a query, or of a function among its VALUES, of
     * which no text tells whether it returns a set.
     */
    static boolean updatesByQuery(List<Token> tokens) {
        boolean update = false;
        boolean query = false;
        boolean values = false;
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token before = tokens.get(i - 1);
            update |= before.isWord("do") && token.isWord("update");
            values = !token.isWord("conflict") && (values || before.isWord("values"));
            boolean call = values && token.isSymbol("(") && before.isName() && !before.isWord("values");
            query |= call || token.isWord("select") || token.isWord("table");
        }
        return update && query;
    }
}
