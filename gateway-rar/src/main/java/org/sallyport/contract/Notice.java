package org.sallyport.contract;

import java.util.Optional;

/**
 * A NoticeResponse (manual, "Error and Notice Message Fields").
 *
 * @param hint what the client's user may do next
 */
public record Notice(Severity severity, String message, Optional<String> detail, Optional<String> hint) {

    /** Of severity NOTICE. */
    public Notice(String message, Optional<String> detail, Optional<String> hint) {
        this(Severity.NOTICE, message, detail, hint);
    }

    /** How much it matters, and the SQLSTATE that goes with it. */
    public enum Severity {
        /** successful_completion. */
        NOTICE("00000"),
        /** warning. */
        WARNING("01000");

        private final String sqlState;

        Severity(String sqlState) {
            this.sqlState = sqlState;
        }

        public String sqlState() {
            return sqlState;
        }
    }
}
