package org.sallyport.sql;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds by tokens what a definition may call: every name before a parenthesis that the grammar does not explain. */
final class Calls {

    /** Words and built-in types that a parenthesis may follow without anything being called. */
    private static final Set<String> GRAMMAR = Set.of(
            ("check unique references on include with in values as default and or not any all some exists case when then"
                            + " else using between numeric decimal dec varchar char character varying bit time timestamp"
                            + " timestamptz interval float primary exclude where coalesce nullif greatest least from to row"
                            + " array distinct nulls bpchar")
                    .split(" "));

    /** Words that are grammar behind one certain word only. */
    private static final Map<String, Set<String>> GRAMMAR_BEHIND = Map.of(
            "key", Set.of("primary", "foreign"),
            "identity", Set.of("as"),
            "range", Set.of("by"),
            "list", Set.of("by"),
            "hash", Set.of("by"),
            "inherits", Set.of(")"));

    private Calls() {}

    /** @param explained names whose parenthesis is known to be something else, such as a table's columns */
    static Set<ObjectName> of(List<Token> tokens, Set<String> explained) {
        Set<ObjectName> calls = new LinkedHashSet<>();
        for (int i = 1; i < tokens.size(); i++) {
            Token name = tokens.get(i - 1);
            if (!tokens.get(i).isSymbol("(") || !name.isName() || explained.contains(name.text())) {
                continue;
            }
            boolean qualified = i > 2 && tokens.get(i - 2).isSymbol(".");
            if (qualified) {
                calls.add(ObjectName.of(tokens.get(i - 3).text(), name.text()));
            } else if (!isGrammar(name, i > 1 ? tokens.get(i - 2).text() : "")) {
                calls.add(ObjectName.of(name.text()));
            }
        }
        return calls;
    }

    private static boolean isGrammar(Token name, String before) {
        boolean grammar = GRAMMAR.contains(name.text())
                || GRAMMAR_BEHIND.getOrDefault(name.text(), Set.of()).contains(before);
        return name.kind() == Token.Kind.WORD && grammar;
    }
}
