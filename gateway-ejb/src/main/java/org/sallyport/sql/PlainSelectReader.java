package org.sallyport.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises a {@link PlainSelect} by its tokens, independently of JSqlParser's opinion.
 *
 * <p>{@code SELECT item, … FROM source [[INNER|LEFT [OUTER]] JOIN source ON …]… [WHERE …] [ORDER BY …] [LIMIT …]}
 */
final class PlainSelectReader {

    private static final Set<String> ENDS_CONDITION =
            Set.of("join", "inner", "left", "where", "order", "limit", "offset", "fetch");
    private static final Set<String> NOT_HERE = Set.of(
            "group",
            "having",
            "window",
            "union",
            "intersect",
            "except",
            "for",
            "into",
            "natural",
            "using",
            "right",
            "full",
            "cross",
            "tablesample",
            "lateral",
            "only",
            "distinct",
            "with");

    /** The shape, or what stands against it. */
    record Answer(Optional<PlainSelect> select, String objection) {}

    private final Cursor cursor;
    private final List<PlainSelect.Item> items = new ArrayList<>();
    private final List<PlainSelect.Source> sources = new ArrayList<>();
    private final List<Token> elsewhere = new ArrayList<>();
    private final List<Integer> ordinals = new ArrayList<>();

    private PlainSelectReader(List<Token> tokens) {
        cursor = new Cursor(tokens);
    }

    static Answer read(List<Token> tokens) {
        try {
            return new Answer(Optional.of(new PlainSelectReader(tokens).select()), "");
        } catch (UnreadableSql e) {
            return new Answer(Optional.empty(), e.reason());
        }
    }

    private PlainSelect select() {
        if (!cursor.accept("select")) {
            throw new UnreadableSql("it is no plain SELECT");
        }
        do {
            items.add(item());
        } while (cursor.acceptSymbol(","));
        if (!cursor.accept("from")) {
            throw new UnreadableSql("its select list holds other than columns");
        }
        source();
        while (join()) {
            source();
            if (!cursor.accept("on")) {
                throw new UnreadableSql("it joins without ON");
            }
            condition();
        }
        tail();
        return new PlainSelect(items, sources, elsewhere, ordinals);
    }

    private PlainSelect.Item item() {
        if (acceptStar()) {
            return new PlainSelect.Item(Optional.empty(), "*", Optional.empty());
        }
        List<String> parts = new ArrayList<>(List.of(cursor.simpleName()));
        while (cursor.acceptSymbol(".")) {
            if (acceptStar()) {
                return new PlainSelect.Item(Optional.of(parts.get(parts.size() - 1)), "*", Optional.empty());
            }
            parts.add(nameAfterPoint());
        }
        String column = parts.get(parts.size() - 1);
        Optional<String> qualifier = parts.size() > 1 ? Optional.of(parts.get(parts.size() - 2)) : Optional.empty();
        return new PlainSelect.Item(qualifier, column, itemAlias());
    }

    private Optional<String> itemAlias() {
        if (cursor.accept("as")) {
            return Optional.of(nameAfterPoint());
        }
        return cursor.isAtName() ? Optional.of(cursor.simpleName()) : Optional.empty();
    }

    private String nameAfterPoint() {
        Token token = cursor.next();
        if (!token.isName()) {
            throw new UnreadableSql("its select list holds other than columns");
        }
        return token.text();
    }

    private boolean acceptStar() {
        boolean star = !cursor.done()
                && cursor.rest().get(0).kind() == Token.Kind.OPERATOR
                && cursor.rest().get(0).text().equals("*");
        if (star) {
            cursor.next();
        }
        return star;
    }

    private void source() {
        ObjectName table = cursor.name();
        String alias = table.name();
        if (cursor.accept("as") || cursor.isAtName()) {
            alias = cursor.simpleName();
        }
        if (cursor.isAtSymbol("(")) {
            throw new UnreadableSql("it calls a function or renames columns in FROM");
        }
        sources.add(new PlainSelect.Source(table, alias));
    }

    private boolean join() {
        if (cursor.accept("inner")) {
            return expectJoin();
        }
        if (cursor.accept("left")) {
            cursor.accept("outer");
            return expectJoin();
        }
        return cursor.accept("join");
    }

    private boolean expectJoin() {
        if (!cursor.accept("join")) {
            throw new UnreadableSql("it joins in a way that is not known here");
        }
        return true;
    }

    private void tail() {
        if (cursor.accept("where")) {
            condition();
        }
        if (cursor.accept("order", "by")) {
            order();
        }
        while (cursor.isAt("limit") || cursor.isAt("offset") || cursor.isAt("fetch")) {
            cursor.next();
            condition();
        }
        cursor.expectEnd();
    }

    private void order() {
        int from = elsewhere.size();
        condition();
        List<Token> order = elsewhere.subList(from, elsewhere.size());
        for (int i = 0; i < order.size(); i++) {
            boolean starts =
                    i == 0 || order.get(i - 1).isSymbol(",") || order.get(i - 1).isSymbol("(");
            if (starts && order.get(i).kind() == Token.Kind.NUMBER && isWhole(order, i)) {
                ordinals.add(ordinal(order.get(i).text()));
            }
        }
    }

    /** Whether nothing is computed from the number: {@code 1 + 0} is an expression. */
    private static boolean isWhole(List<Token> order, int i) {
        return i + 1 == order.size()
                || (order.get(i + 1).kind() != Token.Kind.OPERATOR
                        && !order.get(i + 1).isSymbol("::"));
    }

    private static int ordinal(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UnreadableSql("it orders by a constant");
        }
    }

    /** Takes tokens up to the next clause; parentheses whole. */
    private void condition() {
        int depth = 0;
        int taken = 0;
        while (!cursor.done()) {
            Token token = cursor.rest().get(0);
            if (depth == 0 && taken > 0 && isClause(token) && !isCall()) {
                return;
            }
            if (depth == 0 && token.kind() == Token.Kind.WORD && NOT_HERE.contains(token.text())) {
                throw new UnreadableSql("it uses " + token.text().toUpperCase(java.util.Locale.ROOT));
            }
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            elsewhere.add(cursor.next());
            taken++;
        }
    }

    /** {@code left(…)} is a function, not a join. */
    private boolean isCall() {
        List<Token> rest = cursor.rest();
        return rest.get(0).isWord("left") && rest.size() > 1 && rest.get(1).isSymbol("(");
    }

    private static boolean isClause(Token token) {
        return token.kind() == Token.Kind.WORD && ENDS_CONDITION.contains(token.text());
    }
}
