package org.sallyport.inbound;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.sql.StatementKinds;

/**
 * What a session may have made that nobody else sees, and what it has said of that itself. What it said counts until it may have made
 * something else, or lost it: by a definition, or, where one may not be committed, by what ends or takes back. Thread-safe.
 */
final class Making {
    /** Texts whose meaning is remembered: those that are prepared, and then run, without a Sync in between. */
    private static final int MOST_KEPT = 16;

    /** They change what others see of names, too, or take temporary objects away. */
    private static final Set<String> CHANGING = Set.of("COMMENT", "DISCARD", "DISCARD ALL", "DISCARD TEMP");

    /** They take nothing back unless there is an error. */
    private static final Set<String> COMMITTING = Set.of("COMMIT", "END");

    private final Preparations preparations;
    private final Map<Judge.Text, View> views = new HashMap<>();
    private boolean ever;
    private boolean open;
    private long newest;
    private long changedAt;
    private long age;
    private Optional<Own> own = Optional.empty();
    private Optional<Definitions> definitions = Optional.empty();

    /** @param preparations is told where something is taken back */
    Making(Preparations preparations) {
        this.preparations = preparations;
    }

    /**
     * Its temporary objects.
     *
     * @param schema in which they are; empty where it has none
     * @param names  of relations, types and functions there
     * @param exact  whether its open transaction, if any, sees what others have committed, as analysis does
     */
    record Own(String schema, Set<String> names, boolean exact) {
        Own {
            names = Set.copyOf(names);
        }
    }

    /**
     * How the session sees one text.
     *
     * @param meant   what its server says of it there
     * @param catalog what names stand for there
     */
    record View(long age, long snapshot, Meant meant, Catalog catalog) {}

    /** The catalog with what its transaction has done, under a snapshot of the others. */
    record Definitions(long age, long snapshot, Catalog catalog) {}

    /** A statement is asked about. */
    synchronized void onAsked(long statement) {
        newest = statement;
    }

    /** A statement of these kinds was permitted to run. */
    synchronized void onRun(long statement, String sql, List<String> kinds) {
        boolean defines = kinds.isEmpty() || kinds.stream().anyMatch(StatementKinds::defines);
        ever |= defines;
        open |= defines;
        boolean takesBack = open && SearchPath.mayTakeBack(kinds);
        if (takesBack && !COMMITTING.containsAll(kinds)) {
            preparations.onTakenBack(statement);
        }
        if (defines || takesBack || (ever && kinds.stream().anyMatch(CHANGING::contains))) {
            change(statement);
        }
        if (!SearchPath.isMeaningless(kinds)) {
            views.keySet().removeIf(text -> !text.sql().equals(sql));
        }
    }

    /** The server is ready: what it was sent before has held, or an error took it back. */
    synchronized void onSynced(boolean failed, TransactionStatus status) {
        boolean over = status == TransactionStatus.IDLE;
        if (open && (failed || over)) {
            change(newest);
        }
        if (open && failed) {
            preparations.onTakenBack(newest);
        }
        open &= !over;
    }

    private void change(long statement) {
        age++;
        changedAt = statement;
        own = Optional.empty();
        definitions = Optional.empty();
        views.clear();
    }

    /** Whether there may be something; cheap, for each statement. */
    synchronized boolean isPossible() {
        return ever && (open || own.map(told -> !told.schema().isEmpty()).orElse(true));
    }

    /** Whether the server plans a statement anew that was prepared then, or it was prepared when names stood for what they do now. */
    synchronized boolean isSince(long prepared) {
        return prepared > changedAt;
    }

    synchronized long age() {
        return age;
    }

    synchronized Optional<Own> own() {
        return own;
    }

    synchronized Optional<Catalog> definitions(long snapshot) {
        return definitions.filter(read -> read.snapshot() == snapshot).map(Definitions::catalog);
    }

    synchronized Optional<View> view(Judge.Text text, long snapshot) {
        return Optional.ofNullable(views.get(text)).filter(view -> view.snapshot() == snapshot);
    }

    /** The session has told of its temporary objects; what it told of another age is forgotten. */
    synchronized void onTold(long then, Own told) {
        own = then == age ? Optional.of(told) : own;
    }

    synchronized void onTold(Definitions read) {
        definitions = read.age() == age ? Optional.of(read) : definitions;
    }

    synchronized void onTold(Judge.Text text, View view) {
        if (view.age() == age) {
            if (views.size() >= MOST_KEPT) {
                views.clear();
            }
            views.put(text, view);
        }
    }
}
