package org.sallyport.inbound;

import java.sql.SQLException;
import java.util.concurrent.CompletionException;

/** Names failures for the log. */
final class Failures {
    private Failures() {}

    /** What was meant, behind what carried it between stages. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause(cause) : failure;
    }

    /** Kinds and places only: what parsers and drivers say of a failure quotes statements and values. */
    static String describe(Throwable failure) {
        Throwable cause = cause(failure);
        StringBuilder description = new StringBuilder();
        for (int depth = 0; cause != null && depth < 5; depth++) {
            StackTraceElement[] trace = cause.getStackTrace();
            description
                    .append(depth == 0 ? "" : " <- ")
                    .append(cause.getClass().getName())
                    .append(cause instanceof SQLException e ? " " + e.getSQLState() : "")
                    .append(trace.length == 0 ? "" : " at " + trace[0]);
            cause = cause.getCause();
        }
        return description.toString();
    }
}
