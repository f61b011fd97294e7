package org.sallyport.sql;

import java.util.List;
import java.util.Optional;

/**
 * A SELECT that projects columns of plain tables as they are.
 *
 * @param items     the select list
 * @param sources   the tables, in order
 * @param elsewhere the tokens of join conditions, WHERE, ORDER BY and LIMIT
 * @param ordinals  the numbers that ORDER BY uses in place of columns
 */
public record PlainSelect(List<Item> items, List<Source> sources, List<Token> elsewhere, List<Integer> ordinals) {

    public PlainSelect {
        items = List.copyOf(items);
        sources = List.copyOf(sources);
        elsewhere = List.copyOf(elsewhere);
        ordinals = List.copyOf(ordinals);
    }

    /**
     * One entry of the select list.
     *
     * @param qualifier the source it names, if it names one
     * @param column    the column; {@code *} for all of them
     * @param alias     the name it is given, if any
     */
    public record Item(Optional<String> qualifier, String column, Optional<String> alias) {
        public boolean isStar() {
            return column.equals("*");
        }
    }

    /** One table of FROM, under the name the statement has for it. */
    public record Source(ObjectName table, String alias) {}
}
