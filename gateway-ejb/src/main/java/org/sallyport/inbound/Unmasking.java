package org.sallyport.inbound;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.sallyport.contract.Visibility;
import org.sallyport.masking.LabelledReading;
import org.sallyport.masking.Labelling;
import org.sallyport.meaning.Meaning;
import org.sallyport.policy.Access;
import org.sallyport.policy.Label;
import org.sallyport.policy.Refusals;
import org.sallyport.policy.Ruling;
import org.sallyport.policy.Ruling.Ground;
import org.sallyport.policy.Trace;
import org.sallyport.policy.UnmaskOnApproval;
import org.sallyport.sql.Statement;
import org.sallyport.sql.UnmaskComment;

/**
 * Judges a text that asks to see labels in the clear: as if they were seen, and then only to be held until a person has approved it.
 *
 * <p>Whatever else would hold or refuse it does so, in shadow too: an approval is about labels and nothing else.
 */
final class Unmasking {
    private static final String HINT = "Leave the comment out to run it with masks.";

    private final Set<String> labels;
    private final Labellings labellings;
    private final Access access;
    private final Brief brief;
    private final BiFunction<Access, Labelling, Judgement> deliberation;
    private final Trace trace;

    /** @param deliberation judges the text for an access that does not see these columns */
    Unmasking(
            List<Label> labels,
            Labellings labellings,
            Access access,
            Brief brief,
            BiFunction<Access, Labelling, Judgement> deliberation,
            Trace trace) {
        this.labels = labels.stream().map(Label::name).collect(Collectors.toSet());
        this.labellings = labellings;
        this.access = access;
        this.brief = brief;
        this.deliberation = deliberation;
        this.trace = trace;
    }

    Judgement judgement(UnmaskComment comment) {
        Judgement masked = deliberation.apply(access, labellings.of(access, brief.catalog()));
        if (brief.script().statements().isEmpty()) {
            return masked;
        }
        Set<String> asked =
                comment.labels().stream().filter(label -> !access.sees(label)).collect(Collectors.toSet());
        Optional<Ruling.Deny> objection = objection(comment, asked);
        if (objection.isPresent()) {
            return masked.ruled(objection.get(), Optional.empty());
        }
        Optional<Meaning> meaning = asked.isEmpty() ? Optional.empty() : meaning();
        if (meaning.isEmpty()) {
            // Of a name that is not known the server itself will say so.
            return asked.isEmpty() || masked.unknown()
                    ? masked
                    : masked.ruled(
                            refused("what the statement means cannot be asked of the server here."), Optional.empty());
        }
        Set<String> needed = asked.stream()
                .filter(label ->
                        labellings.among(Set.of(label), access, brief.catalog()).isReadBy(meaning.get()))
                .collect(Collectors.toCollection(TreeSet::new));
        return needed.isEmpty() ? masked : unmasked(needed, meaning.get());
    }

    private Optional<Ruling.Deny> objection(UnmaskComment comment, Set<String> asked) {
        if (comment.labels().isEmpty()) {
            return Optional.of(
                    refused("the comment is not understood; expected /* sallyport: unmask label, … */ once."));
        }
        Optional<String> unknown = comment.labels().stream()
                .filter(label -> !labels.contains(label))
                .findFirst();
        if (unknown.isPresent()) {
            return Optional.of(refused("a label that it names is not in the policy."));
        }
        Optional<String> notGiven = new TreeSet<>(asked)
                .stream()
                        .filter(label -> access.onApproval(Set.of(label)).isEmpty())
                        .findFirst();
        if (notGiven.isPresent()) {
            return Optional.of(refused("no role gives the right to ask for label " + notGiven.get() + "."));
        }
        return asked.isEmpty() || isQuery()
                ? Optional.empty()
                : Optional.of(refused("only the result of a single SELECT can be shown in the clear."));
    }

    /** A SELECT, TABLE or VALUES and nothing beside it; none inside EXPLAIN, COPY, a cursor or a definition. */
    private boolean isQuery() {
        List<Statement> statements = brief.script().statements();
        return statements.size() == 1
                && statements.get(0).kinds().stream().allMatch(Set.of("SELECT", "TABLE", "VALUES")::contains);
    }

    private Optional<Meaning> meaning() {
        return brief.meant()
                .of(brief.script().statements().get(0))
                .filter(meaning -> Set.of(Meaning.Kind.SELECT)
                        .containsAll(meaning.changes().kinds()));
    }

    private Judgement unmasked(Set<String> needed, Meaning meaning) {
        Optional<UnmaskOnApproval> right = access.onApproval(needed);
        if (right.isEmpty()) {
            return deliberation
                    .apply(access, labellings.of(access, brief.catalog()))
                    .ruled(refused("no role gives the right to ask for all these labels at once."), Optional.empty());
        }
        Set<String> others =
                labels.stream().filter(label -> !needed.contains(label)).collect(Collectors.toSet());
        Labelling labelling = labellings.among(others, access, brief.catalog());
        // What is in functions of somebody's nobody has read: they could keep what they are given.
        Judgement shown = deliberation.apply(access.withoutShadow().withoutCalls(), labelling);
        if (shown.ruling() instanceof Ruling.Deny) {
            return shown;
        }
        if (shown.ruling() instanceof Ruling.Hold held) {
            return shown.ruled(
                    refused("guardrail " + held.rule() + " holds the statement as well, for other approvers."),
                    Optional.empty());
        }
        Ruling.Hold hold = new Ruling.Hold(
                right.get().guardrail(needed),
                String.join(", ", shown.kinds()) + " on " + String.join(", ", shown.relations()),
                Visibility.SHAPED);
        trace.note(hold.rule(), "applies: hold, since labels would be shown in the clear");
        return shown.ruled(
                hold,
                Optional.of(new LabelledReading(labelling, brief.catalog())
                        .plan(meaning)
                        .onceAgreed()));
    }

    private static Ruling.Deny refused(String because) {
        return Refusals.deny(Ground.LAW, "unmask", "permission denied to see labels in the clear", because, HINT);
    }
}
