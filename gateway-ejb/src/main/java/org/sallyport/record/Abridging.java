package org.sallyport.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has a page of statements hold so much of what they say and no more: once it has had that, those that are long are cut, and say how long
 * they are. Two hundred of the longest would fill the heap that all sessions share.
 */
final class Abridging {
    /** How many rows a query of statements reads at a time: they are whole until they are cut. */
    static final int ROWS_AT_ONCE = 32;

    static final String FETCH_SIZE = "org.hibernate.fetchSize";

    /** Characters of one page. */
    private static final long MOST = 2L * 1024 * 1024;

    /** Characters of a statement that is cut. */
    private static final int SHORT = 1024;

    /** What a parameter takes besides its characters. */
    private static final int EACH = 32;

    private long left = MOST;
    private boolean begun;

    /** The statement, or as much of it as there is room for; the page's first one is whole. */
    RecordedStatement fitted(RecordedStatement statement) {
        long length = statement.text().length() + length(statement.parameters());
        if (begun && length > SHORT && length > left) {
            return statement.abridged(SHORT);
        }
        begun = true;
        left -= length;
        return statement;
    }

    private static long length(List<@Nullable String> parameters) {
        long length = 0;
        for (String parameter : parameters) {
            length += EACH + (parameter == null ? 0 : parameter.length());
        }
        return length;
    }
}
