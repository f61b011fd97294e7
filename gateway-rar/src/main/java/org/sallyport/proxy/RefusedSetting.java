package org.sallyport.proxy;

import java.util.Optional;
import org.sallyport.contract.Refusal;
import org.sallyport.wire.ErrorFields;

/** The server refused a setting of the client's. Its words are for the client alone: they repeat what the client sent. */
final class RefusedSetting extends Exception {
    private static final long serialVersionUID = 1L;

    /** Where PostgreSQL's own code refuses settings; what it says elsewhere at login is about the gateway's role. */
    private static final String SOURCE = "guc.c";

    private final transient Refusal refusal;

    /** @param error that {@link #isMeantBy} says yes to */
    RefusedSetting(ErrorFields error) {
        super("the server refused a setting, SQLSTATE " + error.sqlState());
        this.refusal = new Refusal(
                error.sqlState(),
                error.values().getOrDefault('M', ""),
                Optional.ofNullable(error.values().get('D')),
                Optional.ofNullable(error.values().get('H')));
    }

    static boolean isMeantBy(ErrorFields error) {
        return error.values().getOrDefault('F', "").equals(SOURCE);
    }

    Refusal refusal() {
        return refusal;
    }
}
