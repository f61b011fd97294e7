package org.sallyport.inbound;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.Visibility;
import org.sallyport.masking.LabelledReading;
import org.sallyport.masking.LabelledReading.Finding;
import org.sallyport.masking.Labelling;
import org.sallyport.masking.ResultPlan;
import org.sallyport.meaning.Meaning;
import org.sallyport.policy.Access;
import org.sallyport.policy.Consequences;
import org.sallyport.policy.Evidence;
import org.sallyport.policy.Grants;
import org.sallyport.policy.Guardrail;
import org.sallyport.policy.HiddenRelation;
import org.sallyport.policy.Refusals;
import org.sallyport.policy.Rules;
import org.sallyport.policy.Ruling;
import org.sallyport.policy.Ruling.Ground;
import org.sallyport.policy.Trace;
import org.sallyport.record.StatementRecord;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Script;
import org.sallyport.sql.Statement;
import org.sallyport.sql.StatementKinds;

/** Comes to a ruling about one text. */
final class Deliberation {
    private final Rules rules;
    private final Access access;
    private final Catalog catalog;
    private final Labelling labelling;
    private final Script script;
    private final Meant meant;
    private final Evidence evidence;
    private final Trace trace;
    private final Touched touched;
    private Optional<ResultPlan> plan = Optional.empty();
    private Set<String> showing = Set.of();

    Deliberation(Rules rules, Access access, Labelling labelling, Brief brief, Evidence evidence, Trace trace) {
        this.rules = rules;
        this.access = access;
        this.labelling = labelling;
        this.script = brief.script();
        this.meant = brief.meant();
        this.catalog = brief.catalog();
        this.evidence = evidence;
        this.trace = trace;
        this.touched = Touched.of(script, meant, catalog);
    }

    Judgement judgement() {
        Ruling ruling = ruling();
        boolean defines =
                script.unreadable().isPresent() || script.statements().stream().anyMatch(Statement::defines);
        // Where nothing depends on the catalog it need not be read again.
        boolean unknown = touched.unknown() && (!access.unrestricted() || rules.lookAtNames(script.kinds()));
        boolean relying = !(ruling instanceof Ruling.Deny) && relies();
        return new Judgement(
                ruling,
                script.kinds(),
                touched.names(),
                StatementRecord.Touched.NOTHING,
                touched.oids(),
                false,
                false,
                defines,
                unknown,
                SearchPath.effect(script),
                SearchPath.mayTakeBackMidway(script),
                relying,
                plan,
                followsCursors() ? CursorStep.of(script) : new CursorStep.None(),
                access.shadow() && !labelling.masks() ? Set.of() : showing,
                evidence.timed());
    }

    /** A portal of the protocol has its names looked up when it is bound, and nobody is asked about that. */
    private boolean followsCursors() {
        return labelling.masks() || !(access.unrestricted() || access.shadow());
    }

    private Ruling ruling() {
        if (script.unreadable().isPresent()) {
            return Refusals.unreadable(Ground.LAW, script.unreadable().get());
        }
        rules.trace(script.statements(), evidence, trace);
        if (!access.unrestricted() && setsPathMidway()) {
            return Refusals.deny(
                    Ground.UNREVIEWED,
                    "settings",
                    "permission denied to use parameter \"search_path\" in this way",
                    "what stands behind it would be looked up elsewhere than it was when it was judged.",
                    "Send what stands behind it by itself.");
        }
        if ((!access.unrestricted() || rules.lookAtNames()) && namesWhatMayBeGone()) {
            return Refusals.deny(
                    Ground.UNREVIEWED,
                    "names",
                    "permission denied: what a name will stand for is not known",
                    "it hides another relation on the search path, and the text changes definitions before it.",
                    "Write it with its schema, or send what stands behind the definitions by itself.");
        }
        Optional<Ruling.Deny> denial = rules.denial(script.statements(), evidence);
        Ruling ruling = denial.<Ruling>map(deny -> deny).orElseGet(this::granted);
        return access.shadow() ? inShadow(ruling) : ruling;
    }

    private boolean setsPathMidway() {
        List<Statement> statements = script.statements();
        return statements.stream().limit(Math.max(0, statements.size() - 1)).anyMatch(Deliberation::setsPath);
    }

    /** Whether something is defined anew in the text before a name that would stand for something else then. */
    private boolean namesWhatMayBeGone() {
        return script.statements().stream()
                .dropWhile(statement -> !statement.defines())
                .skip(1)
                .anyMatch(statement ->
                        HiddenRelation.in(statement, catalog).findAny().isPresent());
    }

    private static boolean setsPath(Statement statement) {
        boolean named = statement.reading() instanceof Reading.Setting setting && setting.namesPath();
        return named || SearchPath.resets(statement);
    }

    private Ruling granted() {
        if (access.unrestricted()) {
            trace.note(access.name(), "gives everything");
            return permitted(access.name(), Visibility.CLEAR);
        }
        // A function of somebody's may show what it likes.
        Grants grants = new Grants(labelling.masks() ? access.withoutCalls() : access, catalog, trace);
        Optional<Ruling.Deny> refusal = script.statements().stream()
                .flatMap(statement -> refusal(grants, statement).stream())
                .findFirst();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (cascadesBehindDefinitions() && relies()) {
            return cascadeNotKnown();
        }
        showing = grants.showing();
        String rule = grants.granting().isEmpty() ? access.name() : String.join("+", new TreeSet<>(grants.granting()));
        return masked(rule, grants.partly());
    }

    /** Where the server was asked its word counts; the text's reading has to agree with it. */
    private Optional<Ruling.Deny> refusal(Grants grants, Statement statement) {
        Optional<Meaning> meaning = meant.of(statement);
        if (meaning.isEmpty()) {
            return grants.refusal(statement);
        }
        return CrossCheck.disagree(statement, meaning.get(), catalog)
                ? Optional.of(Refusals.readingsDisagree())
                : grants.refusal(statement, meaning.get());
    }

    /** @param partly whether errors and notices must not show what they like, also where nothing is masked */
    private Ruling masked(String rule, boolean partly) {
        if (!labelling.masks()) {
            boolean declares = CursorStep.of(script) instanceof CursorStep.Declare;
            plan = declares ? Optional.of(ResultPlan.ofNothingLabelled()) : Optional.empty();
            return permitted(rule, partly ? Visibility.SHAPED : Visibility.CLEAR);
        }
        Finding finding = new LabelledReading(labelling, catalog).find(script.statements(), meant::of);
        if (finding instanceof Finding.Refused refused) {
            return refused.deny();
        }
        boolean shaped = finding instanceof Finding.Shaped;
        plan = finding.plan();
        if (partly && !shaped && plan.isEmpty()) {
            // It is only errors and notices that could show more than the role may read.
            plan = Optional.of(ResultPlan.ofNothingLabelled());
        }
        return permitted(rule, partly || shaped ? Visibility.SHAPED : Visibility.CLEAR);
    }

    /** Whether a CASCADE is given only for what the snapshot says depends on what. In shadow only what is masked counts. */
    private boolean relies() {
        if (access.unrestricted()) {
            return false;
        }
        Grants grants = new Grants(access, catalog, Trace.NONE);
        LabelledReading reading = new LabelledReading(labelling, catalog);
        return script.statements().stream()
                .anyMatch(statement -> (!access.shadow() && grants.reliesOnSnapshot(statement))
                        || (labelling.masks() && reading.reliesOnSnapshot(statement)));
    }

    /** Whether something in the text is defined anew before the snapshot is used to tell what depends on it. */
    private boolean cascadesBehindDefinitions() {
        boolean defined = false;
        for (Statement statement : script.statements()) {
            if (defined && Consequences.cascades(statement.reading())) {
                return true;
            }
            defined |= StatementKinds.defines(statement.kind());
        }
        return false;
    }

    private Ruling.Deny cascadeNotKnown() {
        return Refusals.deny(
                labelling.masks() ? Ground.LAW : Ground.POLICY,
                "default deny",
                "permission denied: what CASCADE would reach is not known",
                "the text changes definitions before it.",
                "Send the statements one by one, and commit in between.");
    }

    private Ruling permitted(String rule, Visibility visibility) {
        Optional<Guardrail> hold = rules.hold(script.statements(), evidence);
        if (hold.isEmpty()) {
            return rules.warning(script.statements(), evidence)
                    .<Ruling>map(guardrail -> new Ruling.Warn(guardrail, visibility))
                    .orElseGet(() -> new Ruling.Permit(rule, visibility));
        }
        String summary = String.join(", ", script.kinds())
                + (touched.names().isEmpty() ? "" : " on " + String.join(", ", touched.names()));
        return new Ruling.Hold(hold.get(), summary, visibility);
    }

    /**
     * What would be refused or held passes with that on record; but for the laws, and, for somebody who must not see every label, what
     * nobody has reviewed.
     */
    private Ruling inShadow(Ruling ruling) {
        boolean masks = !access.unrestricted() && labelling.masks();
        if (ruling instanceof Ruling.Hold hold) {
            return new Ruling.Permit("shadow: " + hold.rule(), hold.visibility());
        }
        if (!(ruling instanceof Ruling.Deny deny)
                || deny.ground() == Ground.LAW
                || (masks && deny.ground() == Ground.UNREVIEWED)) {
            return ruling;
        }
        String rule = "shadow: " + deny.rule();
        if (!masks) {
            return new Ruling.Permit(rule, Visibility.CLEAR);
        }
        return reviewed().<Ruling>map(unreviewed -> unreviewed).orElseGet(() -> shadowed(masked(rule, false), rule));
    }

    /** The refusal of what nobody has reviewed, whatever relations the roles give. */
    private Optional<Ruling.Deny> reviewed() {
        Grants grants = new Grants(access.withEveryRelation(), catalog, Trace.NONE);
        Optional<Ruling.Deny> refusal = script.statements().stream()
                .flatMap(statement -> refusal(grants, statement).stream())
                .findFirst();
        showing = grants.showing();
        return refusal;
    }

    private static Ruling shadowed(Ruling masked, String rule) {
        return masked instanceof Ruling.Hold hold ? new Ruling.Permit(rule, hold.visibility()) : masked;
    }
}
