package org.sallyport.inbound;

import java.util.List;
import java.util.Optional;
import org.sallyport.contract.Refusal;

/** What clients are told where no rule of the policy speaks. */
final class Refusals {
    /** cannot_connect_now: drivers try again. */
    static final Refusal NOT_ADMITTED = Refusal.of(
            "57P03",
            "the gateway cannot admit sessions now",
            "Something that it needs to decide or to record does not answer.",
            "Try again later; ask the operator if it does not pass.");

    /** system_error, which leaves the session usable. */
    static final Refusal NOT_JUDGED = Refusal.of(
            "58000",
            "the gateway cannot judge statements now",
            "Something that it needs to decide does not answer.",
            "Try again later; ask the operator if it does not pass.");

    /** io_error, which leaves the session usable. */
    static final Refusal NOT_RECORDED = Refusal.of(
            "58030",
            "the record cannot be written",
            "Nothing runs that is not on record.",
            "Try again later; ask the operator if it does not pass.");

    /** disk_full, which leaves the session usable. */
    static final Refusal RECORD_FULL = Refusal.of(
            "53100",
            "there is no room for the record",
            "The gateway's journal is full, and its store does not take what waits there. Nothing runs that is not on record.",
            "Try again later; ask the operator if it does not pass.");

    static final Refusal EXPIRED =
            Refusal.of("28000", "token expired", "A session ends with its token.", "Connect again with a new token.");

    static final Refusal GRANT_OVER = Refusal.of(
            "28000",
            "the grant that this session rests on is over",
            "What was let in or shown by it ends with it.",
            "Connect again; ask an approver for another grant.");

    static final Refusal NOT_YOURS = Refusal.of(
            "28000", "session does not belong to its caller", "The gateway ended the question.", "Connect again.");

    static final Refusal WITHDRAWN = Refusal.of("57014", "canceling statement due to user request");

    static final Refusal NOT_APPROVED_IN_TIME = Refusal.of(
            "42501",
            "permission denied: nobody approved the statement in time",
            "Its approval expired.",
            "Run it again when an approver is there.");

    static final Refusal CHANGED_SINCE = Refusal.of(
            "42501",
            "permission denied: what the approved statement touches has changed",
            "The approval was for other objects than the statement would reach now.",
            "Run it again to have it approved as it is now.");

    static final Refusal HIDDEN_DEFINITIONS = Refusal.of(
            "42501",
            "permission denied: the statement needs approval outside this transaction",
            "The transaction has changed definitions that nobody else sees before it is committed.",
            "Commit first, then run the statement.");

    static final Refusal CASCADE_BEHIND_DEFINITIONS = Refusal.of(
            "42501",
            "permission denied: what CASCADE would reach is not known in this transaction",
            "Rule \"default deny\": the transaction has changed definitions that nobody else sees before it is committed.",
            "Commit first, then run the statement, or ask for a role with the right on all that depends on your tables.");

    static final Refusal UNREADABLE_PARAMETERS = Refusal.of(
            "42501",
            "permission denied: the statement's parameters are too long to be approved",
            "An approver must see every parameter whole.",
            "Use shorter parameters, or fewer.");

    static final Refusal UNREADABLE_TEXT = Refusal.of(
            "42501",
            "permission denied: the statement is too long to be approved",
            "What a person has approved must be on record whole, which takes no more than 262144 characters.",
            "Send it in parts.");

    static final Refusal MANY_HELD = Refusal.of(
            "53400",
            "too many statements of yours wait for approval",
            "People can look at so many only: 10 of one identity may wait at a time.",
            "Wait until they are decided, or cancel them.");

    static final Refusal NOT_COMMITTED_YET = Refusal.of(
            "42501",
            "permission denied: a table is not known yet",
            "Rule \"masking\": what an open transaction has made cannot be checked for labelled columns.",
            "Commit before you read from it.");

    static final Refusal PATH_UNSETTLED = Refusal.of(
            "42501",
            "permission denied: where names are looked up is not known",
            "Rule \"settings\": search_path was set, and the server cannot be asked in the middle of a pipeline.",
            "Send a Sync behind what sets search_path, or ends its transaction; do not put temporary schemas into it.");

    /** invalid_sql_statement_name: drivers that keep statements prepare it again. */
    static final Refusal PREPARED_OTHERWISE = Refusal.of(
            "26000",
            "the prepared statement has to be prepared again",
            "Rule \"prepared\": its names stand for something else than when it was prepared, or nobody knows any more what they stood for.",
            "Prepare it again.");

    static final Refusal UNKNOWN_CURSOR = Refusal.of(
            "42501",
            "permission denied: what the cursor shows is not known",
            "Rule \"masking\": it was not declared by a DECLARE of this session that stood alone, or may have been closed since.",
            "Send DECLARE as a statement of its own, under a name that no portal has, and fetch in the same transaction.");

    static final Refusal OTHER_CURSOR = Refusal.of(
            "42501",
            "permission denied to declare another cursor under this name",
            "Rule \"masking\": a cursor of this name may be open, whose rows are masked in another way.",
            "Take another name, or CLOSE the cursor first.");

    static final Refusal SPENT = Refusal.of(
            "42501",
            "permission denied: the approval is not valid any more",
            "An approval is good for one run.",
            "Run the statement again to have it approved again.");

    private Refusals() {}

    static Refusal denied(String guardrail, String by, String reason) {
        String why = reason.isBlank() ? "." : ": " + reason;
        return Refusal.of(
                "42501",
                "permission denied: an approver denied the statement",
                "Rule \"" + guardrail + "\" held it; " + by + " denied it" + why,
                "Talk to the approver before you run it again.");
    }

    /** SQL's EXECUTE, FETCH and MOVE run what the protocol has prepared; what that would be they do not say. */
    static Refusal heldByName(String guardrail) {
        return Refusal.of(
                "42501",
                "permission denied to run by name what may have to be approved",
                "Rule \"" + guardrail
                        + "\": the session has prepared a statement that needs approval, and this may run it.",
                "Execute it by your driver, as it was prepared; or use EXECUTE, FETCH and MOVE in another session.");
    }

    static Refusal notTheUser(String identity) {
        return Refusal.of(
                "28000",
                "user name does not match the token",
                "The token names \"" + identity + "\".",
                "Connect as user \"" + identity + "\".");
    }

    /** One answer for a database that does not exist and one that the caller may not see. */
    static Refusal noDatabase(List<String> open) {
        return new Refusal(
                "3D000",
                "database does not exist or is not open to this identity",
                Optional.of("Rule \"default deny\": no role of the policy lets this identity connect to it."),
                Optional.of(whereTo(open)));
    }

    /** As {@link #noDatabase}, to somebody who likely named none: libpq puts the user's name there. */
    static Refusal userForDatabase(List<String> open) {
        return new Refusal(
                "3D000",
                "database does not exist or is not open to this identity",
                Optional.of("It has the user's name, which clients take where no database is named."),
                Optional.of(whereTo(open)));
    }

    static Refusal unnamedDatabase(List<String> open) {
        return Refusal.of(
                "3D000",
                "no database name specified in startup packet",
                "The user's name is not taken for it, as PostgreSQL would.",
                whereTo(open));
    }

    private static String whereTo(List<String> open) {
        return open.isEmpty() ? "Ask the operator for a role." : "Connect to one of: " + String.join(", ", open) + ".";
    }
}
