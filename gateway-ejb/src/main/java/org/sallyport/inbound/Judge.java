package org.sallyport.inbound;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.Detector;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.Visibility;
import org.sallyport.masking.Labelling;
import org.sallyport.masking.MaskPlanner;
import org.sallyport.meaning.TextDigest;
import org.sallyport.policy.Access;
import org.sallyport.policy.Connection;
import org.sallyport.policy.Evidence;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.ReadOnly;
import org.sallyport.policy.Rules;
import org.sallyport.policy.Ruling;
import org.sallyport.policy.Trace;
import org.sallyport.sql.Execution;
import org.sallyport.sql.Fingerprint;
import org.sallyport.sql.QueryText;
import org.sallyport.sql.Script;
import org.sallyport.sql.SqlReader;
import org.sallyport.sql.StatementKinds;
import org.sallyport.sql.UnmaskComment;

/**
 * Decides statements under one bundle. Thread-safe; never blocks.
 *
 * <p>Deny beats hold beats warn beats permit; among rules of the same kind the first one of the bundle is named.
 */
public final class Judge {

    /** Texts longer than this are judged each time: the cache stays within some tens of megabytes. */
    private static final int LONGEST_CACHED = 8 * 1024;

    private static final int CACHED_JUDGEMENTS = 4096;

    private final PolicyBundle bundle;
    private final BiFunction<String, List<Integer>, Script> reader;
    private final Rules rules;
    private final Clock clock;
    private final Labellings labellings;
    private final Screening screening;
    private final Reachings reachings;
    private final Recent<JudgedText, Judgement> judgements = new Recent<>(CACHED_JUDGEMENTS);
    private final Recent<JudgedText, Judgement> alikes = new Recent<>(CACHED_JUDGEMENTS);

    public Judge(PolicyBundle bundle) {
        this(bundle, Clock.systemUTC());
    }

    /** @param clock whose time guardrails' conditions see */
    public Judge(PolicyBundle bundle, Clock clock) {
        this(bundle, clock, SqlReader::read);
    }

    /** @param reader of texts, for tests */
    Judge(PolicyBundle bundle, Clock clock, BiFunction<String, List<Integer>, Script> reader) {
        this.bundle = bundle;
        this.reader = reader;
        this.clock = clock;
        this.rules = new Rules(bundle.guardrails());
        this.labellings = new Labellings(bundle.labels());
        this.screening = new Screening(bundle, labellings);
        this.reachings = new Reachings(bundle.labels());
    }

    /** The bundle that decides. */
    public PolicyBundle bundle() {
        return bundle;
    }

    /**
     * What is judged.
     *
     * @param parameterTypes the OIDs that the client gave; on them too depends what the text means
     * @param path           the schemas in which the session looks names up; none for the path that sessions begin with
     * @param prepare        the PREPARE of what it executes; empty where it executes nothing that is known
     */
    public record Text(String sql, List<Integer> parameterTypes, List<String> path, String prepare) {
        /** In a session that has not set its path. */
        public Text(String sql, List<Integer> parameterTypes) {
            this(sql, parameterTypes, List.of(), "");
        }

        Text saying(String other) {
            return new Text(other, parameterTypes, path, prepare);
        }

        int length() {
            return sql.length() + prepare.length();
        }

        /** An EXECUTE as the query that it runs. */
        Script script(BiFunction<String, List<Integer>, Script> reader) {
            Script script = reader.apply(sql, parameterTypes);
            return prepare.isEmpty() ? script : Execution.of(script, reader.apply(prepare, List.of()));
        }

        List<QueryText> queries() {
            return prepare.isEmpty() ? SqlReader.queries(sql, parameterTypes) : SqlReader.queries(prepare, List.of());
        }

        private TextDigest digest() {
            // No text has a NUL in it.
            return TextDigest.of(prepare.isEmpty() ? sql : prepare + '\0' + sql);
        }
    }

    /** Judges by the text alone. */
    public Judgement judge(Access access, String connection, Catalog catalog, String sql) {
        return judge(access, connection, catalog, new Text(sql, List.of()), Meant.NOTHING);
    }

    /** Judges by what the server says that the text means, as far as it was asked. */
    Judgement judge(Access access, String connection, Catalog catalog, Text text, Meant meant) {
        requireSame(access, connection);
        if (text.length() > LONGEST_CACHED || !meant.lasting()) {
            return decide(access, catalog, text, meant);
        }
        Judgement judgement = judgements.get(
                JudgedText.of(access, catalog, text),
                () -> decide(access, catalog, text, meant),
                made -> made.timed().isEmpty());
        // What the server refuses may be refused for the very value that another text has not.
        if (!isFree(access) && meant.complete() && judgement.timed().isEmpty() && !judgement.writesMasked()) {
            alike(access, catalog, text).ifPresent(key -> alikes.get(key, () -> judgement, kept -> true));
        }
        return judgement;
    }

    /**
     * What texts with the same fingerprint are judged by; none for one that asks for labels, since comments are not in it, and none where
     * the server may cut names behind where the fingerprint does.
     */
    private static Optional<JudgedText> alike(Access access, Catalog catalog, Text text) {
        return UnmaskComment.of(text.sql()).isPresent() || !text.prepare().isEmpty() || !catalog.isUtf8()
                ? Optional.empty()
                : Fingerprint.of(text.sql()).map(print -> JudgedText.of(access, catalog, text.saying(print)));
    }

    /**
     * The judgement that was given before and still holds; under no guardrail that of an unrestricted identity too, whose
     * statements are only named.
     *
     * @param again whether the text is likely to come again; to name a statement costs less than to keep its judgement
     */
    public Optional<Judgement> standing(Access access, Catalog catalog, Text text, boolean again) {
        if (isFree(access)) {
            return Optional.of(
                    again
                            ? judge(access, access.connection(), catalog, text, Meant.NOTHING)
                            : free(access, text.sql()));
        }
        Optional<Judgement> known = judgements.known(JudgedText.of(access, catalog, text));
        if (known.isPresent() || text.sql().length() > LONGEST_CACHED) {
            return known;
        }
        return alike(access, catalog, text).flatMap(alikes::known);
    }

    /** Whether anything may depend on what the names in a text stand for. */
    boolean looksAtNames(Access access) {
        return !access.unrestricted() || rules.lookAtNames();
    }

    /** Whether anything may depend on where names are looked up. */
    boolean looksAtPath(Access access) {
        return looksAtNames(access) || looksAtRows();
    }

    /** Whether a guardrail asks whether an UPDATE or DELETE chooses among rows. */
    boolean looksAtRows() {
        return rules.lookAtRows();
    }

    /**
     * Whether the judgement depends on what the server says of the text: that of somebody restricted always does, of others only
     * where a guardrail asks.
     */
    boolean asks(Access access, String sql) {
        return !access.unrestricted()
                || ((rules.lookAtRows() || rules.lookAtNames())
                        && rules.ask(SqlReader.kinds(sql).orElse(List.of())));
    }

    /** Whether there is a label that its identity must not see. */
    boolean masks(Access access, Catalog catalog) {
        return !access.unrestricted() && labellings.of(access, catalog).masks();
    }

    private boolean isFree(Access access) {
        return rules.isEmpty() && access.unrestricted();
    }

    /** What the client may see of a result of a statement that was permitted as SHAPED. */
    public MaskingPlan shape(Access access, String connection, Catalog catalog, ResultShape result) {
        requireSame(access, connection);
        Labelling labelling = labellings.of(access, catalog);
        if (!labelling.masks()) {
            return MaskingPlan.Show.clear(result.columns().size());
        }
        return MaskPlanner.plan(labelling, catalog, result);
    }

    /** What the client may see of a result of a statement that was permitted as SCREENED, or was planned so. */
    MaskingPlan screen(MaskingPlan plan, Access access, Catalog catalog, ResultShape result) {
        return screening.over(plan, access, catalog, result);
    }

    /** What is hidden wherever it is found in what somebody is shown. */
    List<Detector> hiding(Access access) {
        return screening.hiding(access);
    }

    /**
     * How many bytes of a permitted statement's results, as the client sees them, go on record: none where a value with a label
     * may be among them as it is.
     */
    long recorded(Access access, Judgement judgement) {
        Connection connection = bundle.connections().get(access.connection());
        long limit = connection == null ? 0 : connection.recording().results();
        if (limit == 0 || bundle.labels().isEmpty()) {
            return limit;
        }
        boolean open = judgement.kinds().contains("COPY FROM")
                || bundle.labels().stream().anyMatch(label -> access.sees(label.name()));
        return open ? 0 : limit;
    }

    private static void requireSame(Access access, String connection) {
        if (!access.connection().equals(connection)) {
            throw new IllegalArgumentException("the access is to another connection");
        }
    }

    private Judgement decide(Access access, Catalog catalog, Text text, Meant meant) {
        return decide(access, catalog, text, meant, Trace.NONE);
    }

    /** Decides anew, and tells how. */
    Judgement decide(Access access, Catalog catalog, Text text, Meant meant, Trace trace) {
        if (isFree(access)) {
            return free(access, text.sql());
        }
        Script read = text.script(reader);
        Script script = meant.told(catalog.isUtf8() ? read : read.inAnotherEncoding());
        Brief brief = new Brief(script, meant, catalog.along(text.path()));
        Evidence evidence = new Evidence(access, clock.instant(), brief::facts);
        BiFunction<Access, Labelling, Judgement> deliberation =
                (judged, labelling) -> new Deliberation(rules, judged, labelling, brief, evidence, trace).judgement();
        Optional<UnmaskComment> comment = access.unrestricted() ? Optional.empty() : UnmaskComment.of(text.sql());
        Judgement judgement = comment.isPresent()
                ? new Unmasking(bundle.labels(), labellings, access, brief, deliberation, trace)
                        .judgement(comment.get())
                : deliberation.apply(access, labellings.of(access, catalog));
        return screening
                .of(judgement, access, brief, trace)
                .touching(
                        reachings.of(access.connection(), brief, judgement.relations()),
                        script.statements().stream()
                                .allMatch(statement -> meant.of(statement).isPresent()),
                        ReadOnly.is(
                                script, script.statements().stream().findFirst().flatMap(meant::of), catalog));
    }

    /** Nothing depends on what the statement means; what kind it is goes on record. */
    private static Judgement free(Access access, String sql) {
        Optional<List<String>> read = SqlReader.kinds(sql);
        List<String> kinds = read.orElse(List.of());
        boolean defines = read.isEmpty();
        for (String kind : kinds) {
            defines |= StatementKinds.defines(kind);
        }
        return new Judgement(
                new Ruling.Permit(access.name(), Visibility.CLEAR),
                kinds,
                List.of(),
                defines,
                false,
                SearchPath.Effect.KEPT);
    }

    private record JudgedText(
            Access access, long catalog, TextDigest text, List<Integer> parameterTypes, List<String> path) {

        static JudgedText of(Access access, Catalog catalog, Text text) {
            return new JudgedText(access, catalog.version(), text.digest(), text.parameterTypes(), text.path());
        }

        /** Roles are as deep as the policy; the text, and who asks where that matters, tell nearly all keys apart. */
        @Override
        public int hashCode() {
            return 31 * (31 * text.hashCode() + Long.hashCode(catalog))
                    + access.asker().hashCode();
        }
    }
}
