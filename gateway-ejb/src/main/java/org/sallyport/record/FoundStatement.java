package org.sallyport.record;

/** A statement that was looked for, and whose it is. */
public record FoundStatement(String identity, String connection, RecordedStatement statement) {
    /** Behind it the next page begins. */
    public Position position() {
        return Position.of(statement);
    }
}
