package org.sallyport.sql;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds by tokens what a definition may call: every name before a parenthesis that the grammar does not explain. */
final class Calls {

    /** Words and built-in types that a parenthesis may follow without anything being called. */
    private static final Set<String> GRAMMAR = Set.of(
            ("check key unique references on include with in values as default and or not any all some exists case"
                            + " when then else using by range list hash like between numeric decimal dec varchar char"
                            + " character varying bit time timestamp timestamptz interval float primary identity"
                            + " always exclude where add add_column coalesce nullif greatest least from to"
                            + " minvalue maxvalue row array generated stored distinct nulls collate bpchar")
                    .split(" "));

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
            } else if (name.kind() == Token.Kind.QUOTED || !GRAMMAR.contains(name.text())) {
                calls.add(ObjectName.of(name.text()));
            }
        }
        return calls;
    }
}
