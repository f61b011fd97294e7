package org.sallyport.record;

/**
 * A statement that was looked for, and whose it is.
 *
 * @param over whether its session has ended
 */
public record FoundStatement(String identity, String connection, RecordedStatement statement, boolean over) {
    /** Behind it the next page begins. */
    public Position position() {
        return Position.of(statement);
    }
}
