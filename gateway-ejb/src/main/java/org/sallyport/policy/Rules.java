package org.sallyport.policy;

import java.util.List;
import java.util.Optional;
import org.sallyport.sql.Statement;

/** The bundle's guardrails, and the built-in rule about settings, which hold for every identity. */
public final class Rules {

    private final List<Guardrail> guardrails;

    public Rules(List<Guardrail> guardrails) {
        this.guardrails = List.copyOf(guardrails);
    }

    public boolean isEmpty() {
        return guardrails.isEmpty();
    }

    /** Whether a guardrail asks how many rows an UPDATE or DELETE chooses. */
    public boolean lookAtRows() {
        return guardrails.stream().anyMatch(guardrail -> guardrail.condition() == Guardrail.Condition.NO_WHERE);
    }

    /** The first rule that denies one of the statements. */
    public Optional<Ruling.Deny> denial(List<Statement> statements) {
        Optional<Ruling.Deny> unread = statements.stream()
                .flatMap(s -> ReadingSettings.refusal(s).stream())
                .findFirst();
        return unread.or(() -> applying(Guardrail.Action.DENY, statements).map(Rules::deny))
                .or(() -> applying(Guardrail.Action.HOLD, prepared(statements)).map(Rules::denyPrepared));
    }

    /** An approval is for one run; what SQL prepares would run at every EXECUTE. */
    private static List<Statement> prepared(List<Statement> statements) {
        return statements.stream()
                .filter(statement -> statement.kinds().contains("PREPARE"))
                .toList();
    }

    private static Ruling.Deny denyPrepared(Guardrail guardrail) {
        return Refusals.deny(
                guardrail.name(),
                "permission denied by guardrail " + guardrail.name(),
                "an approval is for one run, and a PREPARE would be run by every EXECUTE.",
                "Send the statement itself; your driver's own prepared statements may be used.");
    }

    /** The first guardrail that holds one of the statements. */
    public Optional<Guardrail> hold(List<Statement> statements) {
        return applying(Guardrail.Action.HOLD, statements);
    }

    private Optional<Guardrail> applying(Guardrail.Action action, List<Statement> statements) {
        return guardrails.stream()
                .filter(guardrail -> guardrail.action() == action)
                .filter(guardrail -> statements.stream().anyMatch(s -> applies(guardrail, s)))
                .findFirst();
    }

    private static boolean applies(Guardrail guardrail, Statement statement) {
        boolean of = statement.kinds().stream().anyMatch(guardrail.on()::contains);
        return of && (guardrail.condition() == Guardrail.Condition.ALWAYS || statement.unbounded());
    }

    private static Ruling.Deny deny(Guardrail guardrail) {
        String kinds = String.join(", ", guardrail.on());
        return Refusals.deny(
                guardrail.name(),
                "permission denied by guardrail " + guardrail.name(),
                guardrail.reason().isEmpty() ? "it denies " + kinds + "." : guardrail.reason(),
                guardrail.hint().isEmpty() ? "Ask an operator if it must be done." : guardrail.hint());
    }
}
