package org.sallyport.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sallyport.sql.Statement;

/**
 * The bundle's guardrails, and the built-in rule about settings, which hold for every identity.
 *
 * <p>Deny beats hold beats warn; among guardrails of one action the first of the bundle is named.
 */
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
        return guardrails.stream().anyMatch(guardrail -> guardrail.condition() instanceof Condition.NoWhere);
    }

    /** Says of each guardrail what it says of the statements. */
    public void trace(List<Statement> statements, Trace trace) {
        for (Guardrail guardrail : guardrails) {
            boolean applies = statements.stream().anyMatch(guardrail::appliesTo);
            boolean concerns = statements.stream().anyMatch(guardrail::concerns);
            String verb = guardrail.action().name().toLowerCase(Locale.ROOT);
            String not = concerns
                    ? "does not apply: its condition does not hold"
                    : "does not apply: it is about " + guardrail.subject();
            trace.note(guardrail.name(), applies ? "applies: " + verb : not);
        }
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
                Ruling.Ground.POLICY,
                guardrail.name(),
                "permission denied by guardrail " + guardrail.name(),
                "an approval is for one run, and a PREPARE would be run by every EXECUTE.",
                "Send the statement itself; your driver's own prepared statements may be used.");
    }

    /** The first guardrail that holds one of the statements. */
    public Optional<Guardrail> hold(List<Statement> statements) {
        return applying(Guardrail.Action.HOLD, statements);
    }

    /** The first guardrail that warns about one of the statements. */
    public Optional<Guardrail> warning(List<Statement> statements) {
        return applying(Guardrail.Action.WARN, statements);
    }

    /** The first guardrail that lets no session begin with one of these settings; at its start nobody could approve it. */
    public Optional<Ruling.Deny> denialAtStart(Set<String> settings) {
        return guardrails.stream()
                .filter(guardrail -> guardrail.action() != Guardrail.Action.WARN)
                .filter(guardrail -> guardrail.on().isEmpty() || guardrail.on().contains("SET"))
                .filter(guardrail -> guardrail.condition() instanceof Condition.Sets sets
                        && settings.stream().anyMatch(sets.names()::contains))
                .findFirst()
                .map(Rules::deny);
    }

    private Optional<Guardrail> applying(Guardrail.Action action, List<Statement> statements) {
        return guardrails.stream()
                .filter(guardrail -> guardrail.action() == action)
                .filter(guardrail -> statements.stream().anyMatch(guardrail::appliesTo))
                .findFirst();
    }

    private static Ruling.Deny deny(Guardrail guardrail) {
        return Refusals.deny(
                Ruling.Ground.POLICY,
                guardrail.name(),
                "permission denied by guardrail " + guardrail.name(),
                guardrail.reason().isEmpty() ? "it denies " + guardrail.subject() + "." : guardrail.reason(),
                guardrail.hint().isEmpty() ? "Ask an operator if it must be done." : guardrail.hint());
    }
}
