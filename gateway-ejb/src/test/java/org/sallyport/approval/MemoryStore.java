package org.sallyport.approval;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** A store in memory with the same promises: each change a compare-and-set, each answer a snapshot. */
final class MemoryStore implements ApprovalStore {
    private final Map<UUID, Approval> rows = new LinkedHashMap<>();
    private boolean broken;

    /** From now on it fails, as a store that is away does. */
    synchronized void toBroken(boolean broken) {
        this.broken = broken;
    }

    private void answer() {
        if (broken) {
            throw new IllegalStateException("the store is away");
        }
    }

    @Override
    public synchronized void add(Approval approval) {
        answer();
        rows.put(approval.id(), copy(approval));
    }

    @Override
    public synchronized Optional<Approval> find(UUID id) {
        answer();
        return Optional.ofNullable(rows.get(id)).map(MemoryStore::copy);
    }

    @Override
    public synchronized List<Approval> list(Optional<ApprovalState> state, int offset, int limit) {
        answer();
        return rows.values().stream()
                .filter(row -> state.isEmpty() || row.state() == state.get())
                .skip(offset)
                .limit(limit)
                .map(MemoryStore::copy)
                .toList();
    }

    @Override
    public synchronized List<Approval> settled(Set<UUID> ids) {
        answer();
        return rows.values().stream()
                .filter(row -> ids.contains(row.id()) && row.state() != ApprovalState.PENDING)
                .map(MemoryStore::copy)
                .toList();
    }

    @Override
    public synchronized boolean decide(UUID id, Ruling ruling) {
        boolean changed =
                change(id, Set.of(ApprovalState.PENDING), row -> row.expiresAt().isAfter(ruling.at()), ruling.to());
        if (changed) {
            Approval row = Objects.requireNonNull(rows.get(id));
            set(row, "decidedBy", ruling.by());
            set(row, "decisionReason", ruling.reason());
            set(row, "decidedAt", ruling.at());
        }
        return changed;
    }

    @Override
    public synchronized boolean use(UUID id, Instant now) {
        return change(id, Set.of(ApprovalState.APPROVED), row -> true, ApprovalState.USED);
    }

    @Override
    public synchronized boolean expire(UUID id, Instant now) {
        return change(id, Set.of(ApprovalState.PENDING), row -> !row.expiresAt().isAfter(now), ApprovalState.EXPIRED);
    }

    @Override
    public synchronized boolean withdraw(UUID id, Instant now) {
        return change(id, Set.of(ApprovalState.PENDING, ApprovalState.APPROVED), row -> true, ApprovalState.WITHDRAWN);
    }

    @Override
    public synchronized int expireOverdue(Instant now) {
        return (int) List.copyOf(rows.keySet()).stream()
                .filter(id -> expire(id, now))
                .count();
    }

    @Override
    public synchronized int withdrawUnused(Instant before, Instant now) {
        return (int) List.copyOf(rows.keySet()).stream()
                .filter(id -> change(
                        id,
                        Set.of(ApprovalState.APPROVED),
                        row -> row.expiresAt().isBefore(before),
                        ApprovalState.WITHDRAWN))
                .count();
    }

    @Override
    public Instant now() {
        throw new UnsupportedOperationException("a clock is given to whoever asks this store");
    }

    @Override
    public synchronized int withdrawAbandoned(Tenure tenure, Instant now) {
        return (int) rows.values().stream()
                .filter(row -> row.tenure().node().equals(tenure.node())
                        && !row.tenure().equals(tenure))
                .map(Approval::id)
                .filter(id -> withdraw(id, now))
                .count();
    }

    private boolean change(UUID id, Set<ApprovalState> from, Predicate<Approval> when, ApprovalState to) {
        answer();
        Approval row = rows.get(id);
        if (row == null || !from.contains(row.state()) || !when.test(row)) {
            return false;
        }
        set(row, "state", to);
        return true;
    }

    /** As a persistence provider does it. */
    private static void set(Approval approval, String name, Object value) {
        try {
            Field field = Approval.class.getDeclaredField(name);
            field.setAccessible(true);
            field.set(approval, value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Approval copy(Approval original) {
        Approval copy = new Approval();
        try {
            for (Field field : Approval.class.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    field.set(copy, field.get(original));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return copy;
    }
}
