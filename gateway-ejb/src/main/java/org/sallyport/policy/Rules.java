package org.sallyport.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Statement;
import org.sallyport.sql.StatementKinds;

/**
 * The bundle's guardrails, and the built-in rule about settings, which hold for every identity.
 *
 * <p>Deny beats hold beats warn; among guardrails of one action the first of the bundle is named.
 */
public final class Rules {

    /** A setting in the start-up packet is made as SET makes it. */
    private static final Statement START =
            new Statement(List.of("SET"), List.of(), Optional.empty(), new Reading.Harmless(), false);

    private final List<Guardrail> guardrails;
    private final boolean lookAtRows;
    private final boolean lookAtNames;

    public Rules(List<Guardrail> guardrails) {
        this.guardrails = List.copyOf(guardrails);
        // Asked for each statement.
        lookAtRows = guardrails.stream().anyMatch(Guardrail::looksAtRows);
        lookAtNames = guardrails.stream().anyMatch(Guardrail::looksAtNames);
    }

    public boolean isEmpty() {
        return guardrails.isEmpty();
    }

    /** Whether a guardrail asks how many rows an UPDATE or DELETE chooses. */
    public boolean lookAtRows() {
        return lookAtRows;
    }

    /** Whether a guardrail asks what names stand for. */
    public boolean lookAtNames() {
        return lookAtNames;
    }

    /** Whether a guardrail asks that of a text with statements of these kinds. */
    public boolean lookAtNames(List<String> kinds) {
        return lookAtNames
                && guardrails.stream().anyMatch(guardrail -> guardrail.looksAtNames() && guardrail.concerns(kinds));
    }

    /** Whether a ruling about a text with statements of these kinds depends on what the server says that they mean. */
    public boolean ask(List<String> kinds) {
        return lookAtNames(kinds) || (lookAtRows && kinds.stream().anyMatch(StatementKinds::mayBeUnbounded));
    }

    /** Says of each guardrail what it says of the statements. */
    public void trace(List<Statement> statements, Evidence evidence, Trace trace) {
        if (trace == Trace.NONE) {
            return;
        }
        for (Guardrail guardrail : guardrails) {
            trace.note(guardrail.name(), says(guardrail, statements, evidence));
        }
    }

    private static String says(Guardrail guardrail, List<Statement> statements, Evidence evidence) {
        if (applies(guardrail, statements, evidence)) {
            String verb = guardrail.action().name().toLowerCase(Locale.ROOT);
            return "applies: " + verb
                    + (isUnsure(guardrail, statements, evidence)
                            ? ", since nobody can say whether its condition holds"
                            : "");
        }
        return statements.stream().anyMatch(guardrail::concerns)
                ? "does not apply: its condition does not hold"
                : "does not apply: it is about " + guardrail.subject();
    }

    private static boolean applies(Guardrail guardrail, List<Statement> statements, Evidence evidence) {
        return statements.stream().anyMatch(statement -> guardrail.appliesTo(statement, evidence));
    }

    private static boolean isUnsure(Guardrail guardrail, List<Statement> statements, Evidence evidence) {
        return statements.stream().anyMatch(statement -> guardrail.isUnsure(statement, evidence));
    }

    /** The first rule that denies one of the statements. */
    public Optional<Ruling.Deny> denial(List<Statement> statements, Evidence evidence) {
        Optional<Ruling.Deny> unread = statements.stream()
                .flatMap(s -> ReadingSettings.refusal(s).stream())
                .findFirst();
        return unread.or(() -> applying(Guardrail.Action.DENY, statements, evidence)
                        .map(guardrail -> deny(guardrail, isUnsure(guardrail, statements, evidence))))
                .or(() -> applying(Guardrail.Action.HOLD, prepared(statements), evidence)
                        .map(Rules::denyPrepared));
    }

    /** An approval is for one run; what SQL prepares would run at every EXECUTE, whose text does not say what it runs. */
    private static List<Statement> prepared(List<Statement> statements) {
        return statements.stream()
                .filter(statement -> statement.kinds().contains("PREPARE") || statement.executes())
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
    public Optional<Guardrail> hold(List<Statement> statements, Evidence evidence) {
        return applying(Guardrail.Action.HOLD, statements, evidence);
    }

    /** The first guardrail that warns about one of the statements. */
    public Optional<Guardrail> warning(List<Statement> statements, Evidence evidence) {
        return applying(Guardrail.Action.WARN, statements, evidence);
    }

    /** The first guardrail that lets no session begin with one of these settings; at its start nobody could approve it. */
    public Optional<Ruling.Deny> denialAtStart(Set<String> settings, Evidence evidence) {
        return guardrails.stream()
                .filter(guardrail -> guardrail.action() != Guardrail.Action.WARN)
                .filter(guardrail -> guardrail.condition() instanceof Condition.Sets sets
                        && settings.stream().anyMatch(sets.names()::contains))
                .filter(guardrail -> guardrail.concerns(START) && guardrail.whenHolds(START, evidence))
                .findFirst()
                .map(guardrail -> deny(guardrail, false));
    }

    private Optional<Guardrail> applying(Guardrail.Action action, List<Statement> statements, Evidence evidence) {
        return guardrails.stream()
                .filter(guardrail -> guardrail.action() == action)
                .filter(guardrail -> applies(guardrail, statements, evidence))
                .findFirst();
    }

    private static Ruling.Deny deny(Guardrail guardrail, boolean unsure) {
        String reason = guardrail.reason().isEmpty() ? "it denies " + guardrail.subject() + "." : guardrail.reason();
        return Refusals.deny(
                Ruling.Ground.POLICY,
                guardrail.name(),
                "permission denied by guardrail " + guardrail.name(),
                unsure ? reason + " Whether its condition holds cannot be said here, so it does." : reason,
                guardrail.hint().isEmpty() ? "Ask an operator if it must be done." : guardrail.hint());
    }
}
