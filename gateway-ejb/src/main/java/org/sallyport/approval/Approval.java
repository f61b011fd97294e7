package org.sallyport.approval;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sallyport.identity.Identity;

/** A held statement as the store remembers it. Only {@link ApprovalStore} changes its state, in the database. */
@Entity
@Table(name = "approval")
public class Approval {
    @Id
    private UUID id;

    @Column(nullable = false, updatable = false)
    private String node;

    @Column(nullable = false, updatable = false)
    private UUID life;

    @Column(name = "session_id", nullable = false, updatable = false)
    private UUID session;

    @Column(nullable = false, updatable = false)
    private String requester;

    @Column(name = "requester_groups", nullable = false, updatable = false)
    private List<String> requesterGroups;

    @Column(nullable = false, updatable = false)
    private String connection;

    @Column(nullable = false, updatable = false)
    private String guardrail;

    @Column(nullable = false, updatable = false)
    private String reason;

    @Column(name = "approver_groups", nullable = false, updatable = false)
    private List<String> approverGroups;

    @Column(name = "statement", nullable = false, updatable = false)
    private String sql;

    @Column(nullable = false, updatable = false)
    private List<String> parameters;

    /** Takes the place of {@link #sql} when it is closed; the database sees to it. */
    @Column(name = "kept_statement", updatable = false)
    private @Nullable String keptSql;

    @Column(name = "kept_parameters", updatable = false)
    private @Nullable List<String> keptParameters;

    @Column(nullable = false, updatable = false)
    private List<String> kinds;

    @Column(nullable = false, updatable = false)
    private List<String> relations;

    @Column(name = "policy_version", nullable = false, updatable = false)
    private String policyVersion;

    @Column(name = "held_at", nullable = false, updatable = false)
    private Instant heldAt;

    @Column(name = "expires_at", nullable = false, updatable = false)
    private Instant expiresAt;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private ApprovalState state;

    @Column(name = "decided_by")
    private @Nullable String decidedBy;

    @Column(name = "decision_reason")
    private @Nullable String decisionReason;

    @Column(name = "decided_at")
    private @Nullable Instant decidedAt;

    @Column(name = "closed_at")
    private @Nullable Instant closedAt;

    @SuppressWarnings("NullAway.Init") // the provider fills in the fields
    protected Approval() {}

    private Approval(UUID id, HeldStatement held, Tenure tenure, Instant now) {
        this.id = id;
        node = tenure.node();
        life = tenure.life();
        session = held.session().value();
        requester = held.requester();
        requesterGroups = sorted(held.requesterGroups());
        connection = held.connection();
        guardrail = held.guardrail();
        reason = held.reason();
        approverGroups = sorted(held.approverGroups());
        sql = held.asked().sql();
        parameters = held.asked().parameters();
        keptSql = held.kept().sql();
        keptParameters = held.kept().parameters();
        kinds = held.kinds();
        relations = held.relations();
        policyVersion = held.policyVersion();
        heldAt = now;
        expiresAt = now.plus(held.timeout());
        state = ApprovalState.PENDING;
    }

    static Approval pending(UUID id, HeldStatement held, Tenure tenure, Instant now) {
        return new Approval(id, held, tenure, now);
    }

    private static List<String> sorted(Set<String> names) {
        return List.copyOf(new TreeSet<>(names));
    }

    /** Why {@code approver} may not decide this; empty where nothing stands against it. */
    Optional<String> objectionTo(Approver approver) {
        if (Identity.isSame(approver.name(), requester)) {
            return Optional.of("whoever asks cannot decide");
        }
        if (approverGroups.stream().noneMatch(approver.groups()::contains)) {
            return Optional.of("only members of " + String.join(", ", approverGroups) + " decide this");
        }
        return Optional.empty();
    }

    /** What the waiting client is to be told; empty while nothing is decided. */
    Optional<Decision> decision() {
        return switch (state) {
            case PENDING -> Optional.empty();
            case APPROVED ->
                Optional.of(new Decision.Approved(
                        id, decidedBy().orElseThrow(), decisionReason().orElseThrow()));
            case DENIED ->
                Optional.of(new Decision.Denied(
                        decidedBy().orElseThrow(), decisionReason().orElseThrow()));
            case EXPIRED -> Optional.of(new Decision.Expired());
            // Used by somebody else: for whoever still waits it is gone.
            case WITHDRAWN, USED -> Optional.of(new Decision.Withdrawn());
        };
    }

    public UUID id() {
        return id;
    }

    public Tenure tenure() {
        return new Tenure(node, life);
    }

    public UUID session() {
        return session;
    }

    public String requester() {
        return requester;
    }

    public List<String> requesterGroups() {
        return List.copyOf(requesterGroups);
    }

    public String connection() {
        return connection;
    }

    public String guardrail() {
        return guardrail;
    }

    public String reason() {
        return reason;
    }

    public List<String> approverGroups() {
        return List.copyOf(approverGroups);
    }

    /** The text as sent; once it is closed, without the values that must not be kept. */
    public String sql() {
        return sql;
    }

    /** The bound values, or, once it is closed, what is kept of them. */
    public List<String> parameters() {
        return List.copyOf(parameters);
    }

    public List<String> kinds() {
        return List.copyOf(kinds);
    }

    public List<String> relations() {
        return List.copyOf(relations);
    }

    public String policyVersion() {
        return policyVersion;
    }

    public Instant heldAt() {
        return heldAt;
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    public ApprovalState state() {
        return state;
    }

    /** The person who approved or denied. */
    public Optional<String> decidedBy() {
        return Optional.ofNullable(decidedBy);
    }

    public Optional<String> decisionReason() {
        return Optional.ofNullable(decisionReason);
    }

    /** When a person approved or denied. */
    public Optional<Instant> decidedAt() {
        return Optional.ofNullable(decidedAt);
    }

    /** When it was used, expired or was withdrawn. */
    public Optional<Instant> closedAt() {
        return Optional.ofNullable(closedAt);
    }
}
