package org.sallyport.contract;

/** The session's own server would not do what it was asked to; the session is as it was. */
public final class NotAnswered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    public NotAnswered(String sqlState) {
        super("SQLSTATE " + sqlState);
        this.sqlState = sqlState;
    }

    /** Why not. */
    public String sqlState() {
        return sqlState;
    }
}
