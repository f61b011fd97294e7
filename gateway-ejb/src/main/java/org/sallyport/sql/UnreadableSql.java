package org.sallyport.sql;

/** Ends the reading of a text; becomes a {@link Reading.Unreadable} before it leaves this package. */
final class UnreadableSql extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason what was met, without any of the text's literals */
    UnreadableSql(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
