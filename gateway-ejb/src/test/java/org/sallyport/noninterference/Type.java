package org.sallyport.noninterference;

/** The types of the sample schema, each with a value that is always there. */
enum Type {
    INT("integer", "1"),
    NUMERIC("numeric", "1.5"),
    TEXT("text", "'x'::text"),
    DATE("date", "date '2026-01-01'"),
    BOOL("boolean", "true"),
    JSONB("jsonb", "jsonb '{\"a\": 1}'");

    private final String sql;
    private final String literal;

    Type(String sql, String literal) {
        this.sql = sql;
        this.literal = literal;
    }

    String sql() {
        return sql;
    }

    String literal() {
        return literal;
    }
}
