package org.sallyport.policy;

import java.time.Duration;
import java.util.List;

/**
 * A rule about kinds of statements that holds for every identity.
 *
 * @param on        statement kinds, such as {@code DELETE} or {@code DROP DATABASE}
 * @param condition when it applies
 * @param reason    shown in the refusal's DETAIL and to the approver; may be empty
 * @param hint      shown as the refusal's HINT; may be empty
 * @param approvers for {@link Action#HOLD}
 * @param timeout   how long a held statement waits
 */
public record Guardrail(
        String name,
        List<String> on,
        Condition condition,
        Action action,
        String reason,
        String hint,
        Approvers approvers,
        Duration timeout) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(15);

    public Guardrail {
        on = List.copyOf(on);
    }

    /** What becomes of a statement that the guardrail applies to. */
    public enum Action {
        DENY,
        HOLD
    }

    /** When a guardrail applies to a statement of one of its kinds. */
    public enum Condition {
        /** Always. */
        ALWAYS,
        /** To a DELETE or UPDATE whose WHERE is missing or always true. */
        NO_WHERE
    }
}
