package org.sallyport.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where approvals are remembered. Each change of state is one compare-and-set in the database, durable when the method
 * returns; it says false where the approval was no longer in the state it starts from.
 */
public interface ApprovalStore {

    void add(Approval approval);

    Optional<Approval> find(UUID id);

    /** A page of approvals, the oldest first where they are pending, else the youngest first. */
    List<Approval> list(Optional<ApprovalState> state, int offset, int limit);

    /** Those of these that are not pending any more. */
    List<Approval> settled(Set<UUID> ids);

    /** From pending, and before its time is over, to approved or denied. */
    boolean decide(UUID id, Ruling ruling);

    /** From approved to used. */
    boolean use(UUID id, Instant now);

    /** From pending to expired, once its time is over. */
    boolean expire(UUID id, Instant now);

    /** From pending or approved to withdrawn. */
    boolean withdraw(UUID id, Instant now);

    /** Expires whatever is pending past its time, on any node; says how many. */
    int expireOverdue(Instant now);

    /** Withdraws what is approved, on any node, and whose time was over before then: nobody waits for it any more; says how many. */
    int withdrawUnused(Instant before, Instant now);

    /** Withdraws what earlier lives of this node left pending or approved; says how many. */
    int withdrawAbandoned(Tenure tenure, Instant now);

    /** The store's time. */
    Instant now();
}
