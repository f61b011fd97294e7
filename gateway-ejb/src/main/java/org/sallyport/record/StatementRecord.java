package org.sallyport.record;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What was asked and what was decided about it, as stored; of a permitted statement it is the intent. */
@Entity
@Immutable
@Table(name = "statement")
public class StatementRecord {
    @EmbeddedId
    private StatementKey key;

    private String phase;
    private String text;
    private List<@Nullable String> parameters;
    private List<String> kinds;
    private String verdict;
    private String rule;

    @Column(name = "policy_version")
    private String policyVersion;

    @Column(name = "approval_id")
    private @Nullable UUID approval;

    @Column(name = "decided_by")
    private @Nullable String decidedBy;

    @Column(name = "decision_reason")
    private @Nullable String decisionReason;

    @Column(name = "refused_with")
    private @Nullable String refusedWith;

    private Instant asked;
    private Instant decided;
    private List<String> relations;
    private List<String> labels;

    @Embedded
    private @Nullable Place place;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected StatementRecord() {}

    /** One of which is not known what it touches. */
    public StatementRecord(StatementKey key, Asked asked, Decided decided) {
        this(key, asked, decided, Touched.NOTHING);
    }

    public StatementRecord(StatementKey key, Asked asked, Decided decided, Touched touched) {
        this.key = key;
        this.phase = asked.phase();
        this.text = asked.text();
        this.parameters = asked.parameters();
        this.asked = asked.at();
        this.kinds = decided.kinds();
        this.verdict = decided.refusedWith().isPresent() ? "DENY" : "PERMIT";
        this.rule = decided.rule();
        this.policyVersion = decided.policyVersion();
        this.approval = decided.held().map(Held::approval).orElse(null);
        this.decidedBy = decided.held().flatMap(Held::decidedBy).orElse(null);
        this.decisionReason = decided.held().flatMap(Held::reason).orElse(null);
        this.refusedWith = decided.refusedWith().orElse(null);
        this.decided = decided.at();
        this.relations = touched.relations();
        this.labels = touched.labels();
    }

    /**
     * What the client asked.
     *
     * @param text       without secrets
     * @param parameters as text, or as hexadecimal digits after {@code \x}; null is SQL NULL
     */
    public record Asked(String phase, String text, List<@Nullable String> parameters, Instant at) {}

    /**
     * What was decided.
     *
     * @param rule        the rule that decided
     * @param held        what became of it meanwhile, where it was held
     * @param refusedWith the SQLSTATE the client got; absent where it was permitted
     */
    public record Decided(
            List<String> kinds,
            String rule,
            String policyVersion,
            Optional<Held> held,
            Optional<String> refusedWith,
            Instant at) {}

    /**
     * That it waited for a person.
     *
     * @param decidedBy who approved or denied it; absent where nobody did in time
     * @param reason    in that person's words; absent where {@code decidedBy} is
     */
    public record Held(UUID approval, Optional<String> decidedBy, Optional<String> reason) {

        /** Nobody has decided. */
        public Held(UUID approval) {
            this(approval, Optional.empty(), Optional.empty());
        }
    }

    /**
     * What it reaches, as far as that was known when it was decided.
     *
     * @param relations as {@code schema.name} where they are known
     * @param labels    of the columns that it reads or writes, whoever may see them
     */
    public record Touched(List<String> relations, List<String> labels) {
        public static final Touched NOTHING = new Touched(List.of(), List.of());

        public Touched {
            relations = List.copyOf(relations);
            labels = List.copyOf(labels);
        }

        boolean isNothing() {
            return relations.isEmpty() && labels.isEmpty();
        }
    }

    public StatementKey key() {
        return key;
    }

    public String phase() {
        return phase;
    }

    public String text() {
        return text;
    }

    public List<@Nullable String> parameters() {
        return parameters;
    }

    public List<String> kinds() {
        return kinds;
    }

    public String verdict() {
        return verdict;
    }

    public String rule() {
        return rule;
    }

    public String policyVersion() {
        return policyVersion;
    }

    public Optional<UUID> approval() {
        return Optional.ofNullable(approval);
    }

    public Optional<Held> held() {
        return approval().map(id -> new Held(id, Optional.ofNullable(decidedBy), Optional.ofNullable(decisionReason)));
    }

    public Optional<String> refusedWith() {
        return Optional.ofNullable(refusedWith);
    }

    public Instant asked() {
        return asked;
    }

    public Instant decided() {
        return decided;
    }

    public Touched touched() {
        return new Touched(relations, labels);
    }

    /** Where it is in its journal; null for one that does not come from the store. */
    @Nullable
    Place place() {
        return place;
    }
}
