package org.sallyport.policy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Labels that whoever has a role may ask to see in the clear, for one run of a statement that a person has approved.
 *
 * @param labels  patterns of them
 * @param timeout how long the statement waits
 */
public record UnmaskOnApproval(List<String> labels, Approvers approvers, Duration timeout) {

    public UnmaskOnApproval {
        labels = List.copyOf(labels);
    }

    /** Whether it is about all of these labels. */
    public boolean covers(Collection<String> asked) {
        return asked.stream().allMatch(label -> labels.stream().anyMatch(pattern -> Wildcard.matches(pattern, label)));
    }

    /** The rule that holds a statement which asks for these labels; its name says which, so that the record and the approver's page do. */
    public Guardrail guardrail(Collection<String> asked) {
        String names = String.join(", ", asked);
        return new Guardrail(
                "unmask " + names,
                List.of("SELECT"),
                new Condition.Always(),
                Optional.empty(),
                Guardrail.Action.HOLD,
                "its result shows " + names + " in the clear, once.",
                "",
                approvers,
                timeout);
    }
}
