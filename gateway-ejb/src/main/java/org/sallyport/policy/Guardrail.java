package org.sallyport.policy;

import java.time.Duration;
import java.util.List;
import org.sallyport.sql.Statement;

/**
 * A rule about kinds of statements that holds for every identity.
 *
 * @param on        statement kinds, such as {@code DELETE} or {@code DROP DATABASE}; none for all
 * @param condition when it applies
 * @param reason    shown as the DETAIL of a refusal or warning, and to the approver; may be empty
 * @param hint      shown as their HINT; may be empty
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
        /** It does not run. */
        DENY,
        /** It runs once a person has approved it. */
        HOLD,
        /** It runs, and its client is told what is the matter with it. */
        WARN
    }

    boolean appliesTo(Statement statement) {
        return concerns(statement) && condition.holds(statement);
    }

    /** Whether it is about statements of this kind. */
    boolean concerns(Statement statement) {
        return on.isEmpty() || statement.kinds().stream().anyMatch(on::contains);
    }

    /** What it is about, in a few words. */
    String subject() {
        return on.isEmpty() ? "this" : String.join(", ", on);
    }
}
