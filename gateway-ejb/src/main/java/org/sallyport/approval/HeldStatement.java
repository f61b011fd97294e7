package org.sallyport.approval;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.sallyport.contract.SessionId;

/**
 * A statement that a guardrail holds until a person has decided: everything that person needs to see.
 *
 * @param requester       the identity's name; whoever bears it cannot approve
 * @param requesterGroups the identity's groups
 * @param connection      the bundle's name of the database
 * @param guardrail       the rule that holds it
 * @param reason          why the rule exists, in the operator's words
 * @param approverGroups  a person in one of them may decide
 * @param asked           what was sent, as the approver shall read it
 * @param kept            what is left of that once nobody has to read it any more
 * @param kinds           the kinds of statement found in the text, such as {@code DELETE}
 * @param relations       the relations it touches, by qualified name
 * @param policyVersion   the bundle it was judged by
 * @param timeout         how long it waits
 */
public record HeldStatement(
        SessionId session,
        String requester,
        Set<String> requesterGroups,
        String connection,
        String guardrail,
        String reason,
        Set<String> approverGroups,
        Words asked,
        Words kept,
        List<String> kinds,
        List<String> relations,
        String policyVersion,
        Duration timeout) {

    /**
     * A statement's text and the values bound to it.
     */
    public record Words(String sql, List<String> parameters) {
        public Words {
            parameters = List.copyOf(parameters);
        }

        /** Both may carry data. */
        @Override
        public String toString() {
            return "Words[" + parameters.size() + " parameters]";
        }
    }

    public HeldStatement {
        requesterGroups = Set.copyOf(requesterGroups);
        approverGroups = Set.copyOf(approverGroups);
        kinds = List.copyOf(kinds);
        relations = List.copyOf(relations);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a held statement waits for some time, not " + timeout);
        }
    }

    /** Names no text and no parameter: both may carry data. */
    @Override
    public String toString() {
        return "HeldStatement[session=" + session + ", guardrail=" + guardrail + "]";
    }
}
