package org.sallyport.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sallyport.sql.Statement;

/**
 * A rule about kinds of statements that holds for every identity.
 *
 * @param on        statement kinds, such as {@code DELETE} or {@code DROP DATABASE}; none for all
 * @param condition of the statement's text, under which it applies
 * @param when      a further condition, on who asks, when, and what the statement does; empty for none
 * @param reason    shown as the DETAIL of a refusal or warning, and to the approver; may be empty
 * @param hint      shown as their HINT; may be empty
 * @param approvers for {@link Action#HOLD}
 * @param timeout   how long a held statement waits
 */
public record Guardrail(
        String name,
        List<String> on,
        Condition condition,
        Optional<When> when,
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

    boolean appliesTo(Statement statement, Evidence evidence) {
        return concerns(statement) && condition.holds(statement) && whenHolds(statement, evidence);
    }

    /** Where nobody can say, it does. */
    boolean whenHolds(Statement statement, Evidence evidence) {
        return when.flatMap(asked -> evidence.says(this, asked, statement)).orElse(true);
    }

    /** Whether it applies because nobody can say whether its {@code when} holds. */
    boolean isUnsure(Statement statement, Evidence evidence) {
        return concerns(statement)
                && condition.holds(statement)
                && when.filter(asked -> evidence.says(this, asked, statement).isEmpty())
                        .isPresent();
    }

    /** Whether it depends on what the names in a statement stand for. */
    boolean looksAtNames() {
        return when.filter(asked -> asked.sights().stream().anyMatch(StatementFacts.OF_NAMES::contains))
                .isPresent();
    }

    /** Whether it depends on how many rows an UPDATE or DELETE chooses. */
    boolean looksAtRows() {
        return condition instanceof Condition.NoWhere
                || when.filter(asked -> asked.sights().contains("unbounded")).isPresent();
    }

    /** Whether it may rule otherwise about a statement than about the one by which SQL runs that: an EXECUTE, FETCH or MOVE. */
    public boolean tellsStatementsApart() {
        return !on.isEmpty()
                || looksAtNames()
                || looksAtRows()
                || when.filter(asked -> asked.sights().contains("kinds")).isPresent();
    }

    /** Whether it is about statements of this kind. */
    boolean concerns(Statement statement) {
        return concerns(statement.kinds());
    }

    /** Whether it is about statements of one of these kinds. */
    boolean concerns(List<String> kinds) {
        return on.isEmpty() || kinds.stream().anyMatch(on::contains);
    }

    /** What it is about, in a few words. */
    String subject() {
        return on.isEmpty() ? "this" : String.join(", ", on);
    }
}
