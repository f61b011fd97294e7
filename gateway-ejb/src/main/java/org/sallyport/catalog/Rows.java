package org.sallyport.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows that a database answers, as far as catalogs need {@link ResultSet}. */
public interface Rows extends AutoCloseable {
    boolean next() throws SQLException;

    /** Empty where the value is NULL. */
    String getString(int column) throws SQLException;

    @Override
    default void close() throws SQLException {}

    /** Zero where the value is NULL. */
    default long getLong(int column) throws SQLException {
        String value = getString(column);
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }

    default int getInt(int column) throws SQLException {
        return (int) getLong(column);
    }

    default boolean getBoolean(int column) throws SQLException {
        return getString(column).startsWith("t");
    }

    /** Of an array: {@code {1,2}}, or with its bounds {@code [0:1]={1,2}}. */
    default Set<Integer> getNumbers(int column) throws SQLException {
        return new HashSet<>(getNumbersInOrder(column));
    }

    default List<Integer> getNumbersInOrder(int column) throws SQLException {
        String array = getString(column);
        List<Integer> numbers = new ArrayList<>();
        int begin = array.indexOf('{') + 1;
        if (begin > 0 && !array.endsWith("{}")) {
            for (String item : array.substring(begin, array.length() - 1).split(",", -1)) {
                numbers.add(Integer.parseInt(item));
            }
        }
        return numbers;
    }

    static Rows of(ResultSet rows) {
        return new Rows() {
            @Override
            public boolean next() throws SQLException {
                return rows.next();
            }

            @Override
            public String getString(int column) throws SQLException {
                return Objects.requireNonNullElse(rows.getString(column), "");
            }

            @Override
            public void close() throws SQLException {
                rows.close();
            }
        };
    }

    /** @param rows each value as PostgreSQL writes it */
    static Rows of(List<List<@Nullable String>> rows) {
        Iterator<List<@Nullable String>> rest = rows.iterator();
        return new Rows() {
            private List<@Nullable String> row = List.of();

            @Override
            public boolean next() {
                boolean more = rest.hasNext();
                row = more ? rest.next() : List.of();
                return more;
            }

            @Override
            public String getString(int column) {
                return Objects.requireNonNullElse(row.get(column - 1), "");
            }
        };
    }
}
