package org.sallyport.meaning;

import org.jspecify.annotations.Nullable;

/** The server could not be asked, or would not say. */
public final class Unanswered extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    private Unanswered(String reason, boolean lasting, @Nullable Throwable cause) {
        super(reason, cause);
        this.lasting = lasting;
    }

    /** The server refuses the statement: for its syntax, for a name that it does not know, for want of a right. */
    static Unanswered refused(String sqlState, Throwable cause) {
        return new Unanswered("the server refuses it: SQLSTATE " + sqlState, true, cause);
    }

    /** It cannot be asked about this, or is not understood. */
    static Unanswered unreadable(String reason, @Nullable Throwable cause) {
        return new Unanswered(reason, true, cause);
    }

    /** It could not be asked just now. */
    static Unanswered notNow(String reason) {
        return new Unanswered(reason, false, null);
    }

    /** Whether the same question would end so again. */
    public boolean lasting() {
        return lasting;
    }
}
