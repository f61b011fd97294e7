package org.sallyport.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A statement spelled so that no reader can misunderstand it, and the way back to the client's names.
 *
 * <p>Every name that is no keyword of queries becomes {@code "q0"}, {@code "q1"}, …; every string {@code 's0'}, …, equal
 * ones equally; comments and prefixes are gone. What JSqlParser would take for a quote or a keyword of another
 * database does not occur in it.
 */
final class CanonicalText {

    /** Operators that JSqlParser knows; others are spelled as one of them, since only their operands are of interest. */
    private static final Set<String> OPERATORS =
            Set.of("+", "-", "*", "/", "%", "<", ">", "=", "<=", ">=", "<>", "!=", "||", "->", "->>", "#>", "#>>");

    private static final String ANY_OPERATOR = "||";

    private final List<Token> tokens;
    private final StringBuilder text = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> nameNumbers = new HashMap<>();
    private final Map<String, Integer> stringNumbers = new HashMap<>();

    private CanonicalText(List<Token> tokens) {
        this.tokens = tokens;
    }

    static CanonicalText of(List<Token> tokens) {
        CanonicalText canonical = new CanonicalText(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            canonical.put(i);
        }
        return canonical;
    }

    String text() {
        return text.toString();
    }

    /** The client's name for a name in the tree: a placeholder, or a keyword that stands for itself. */
    String original(String treeName) {
        if (treeName.startsWith("\"q") && treeName.endsWith("\"")) {
            return names.get(Integer.parseInt(treeName.substring(2, treeName.length() - 1)));
        }
        if (treeName.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '_')) {
            return treeName;
        }
        throw new UnreadableSql("name that the parser has composed");
    }

    private void put(int i) {
        Token token = tokens.get(i);
        boolean glued = token.isSymbol(".") || (i > 0 && tokens.get(i - 1).isSymbol("."));
        if (!glued) {
            text.append(' ');
        }
        switch (token.kind()) {
            case WORD -> text.append(isKeyword(i) ? token.text() : name(token.text()));
            case QUOTED -> text.append(name(token.text()));
            case STRING ->
                text.append("'s").append(number(stringNumbers, token.text())).append('\'');
            case BITS ->
                text.append("'b").append(number(stringNumbers, token.text())).append('\'');
            case NUMBER -> text.append(token.text().replace("_", ""));
            case PARAMETER ->
                text.append('?').append(token.text(), 1, token.text().length());
            case OPERATOR -> text.append(OPERATORS.contains(token.text()) ? token.text() : ANY_OPERATOR);
            case SYMBOL -> text.append(token.text());
        }
    }

    private boolean isKeyword(int i) {
        String word = tokens.get(i).text();
        Token before = i > 0 ? tokens.get(i - 1) : null;
        Token after = i + 1 < tokens.size() ? tokens.get(i + 1) : null;
        if (before != null && before.isSymbol(".")) {
            return false;
        }
        if (after != null && after.kind() == Token.Kind.STRING && Keywords.startsTypedLiteral(word)) {
            return true;
        }
        if (i > 1 && before != null && before.isSymbol("(") && tokens.get(i - 2).isWord("extract")) {
            return Keywords.isExtractField(word);
        }
        return Keywords.hasMeaningInQueries(word);
    }

    private String name(String name) {
        int number = number(nameNumbers, name);
        if (number == names.size()) {
            names.add(name);
        }
        return "\"q" + number + '"';
    }

    private static int number(Map<String, Integer> numbers, String text) {
        return numbers.computeIfAbsent(text, t -> numbers.size());
    }
}
