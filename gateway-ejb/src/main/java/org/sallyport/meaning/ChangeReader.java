package org.sallyport.meaning;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sallyport.meaning.Meaning.Changes;
import org.sallyport.meaning.Meaning.Kind;

/** Finds what a statement does to rows, wherever in it: in a WITH, as an action of a MERGE, on conflict. */
final class ChangeReader {
    /** OnConflictAction's ONCONFLICT_UPDATE. */
    private static final int ON_CONFLICT_UPDATE = 2;

    /** MergeMatchKind's MERGE_WHEN_NOT_MATCHED_BY_SOURCE, since PostgreSQL 17. */
    private static final String NOT_MATCHED_BY_SOURCE = "1";

    /** RTEKind's RTE_SUBQUERY. */
    private static final String SUBQUERY = "1";

    private final NotNull notNull;
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    private boolean unbounded;

    private ChangeReader(NotNull notNull) {
        this.notNull = notNull;
    }

    static Changes read(Tree whole, NotNull notNull) throws SQLException {
        ChangeReader reader = new ChangeReader(notNull);
        Deque<Tree> rest = new ArrayDeque<>();
        rest.push(whole);
        while (!rest.isEmpty()) {
            Tree next = rest.pop();
            if (next instanceof Tree.Items list) {
                list.items().forEach(rest::push);
            } else if (next instanceof Tree.Node node) {
                if (node.tag().equals("QUERY")) {
                    reader.query(node);
                }
                node.fields().values().forEach(rest::push);
            }
        }
        return new Changes(reader.kinds, reader.unbounded);
    }

    private void query(Tree.Node query) throws SQLException {
        Kind kind = Kind.of(query.number("commandType"));
        kinds.add(kind);
        Tree where = query.field("jointree") instanceof Tree.Node from ? from.field("quals") : Tree.NOTHING;
        switch (kind) {
            case UPDATE, DELETE -> unbounded |= !chooses(query, where);
            case INSERT -> onConflict(query);
            case MERGE -> merge(query, where);
            default -> {
                // reads only
            }
        }
    }

    /** A list of rows changes at most as many; a query, or a function that returns a set, as many as it is made to meet. */
    private void onConflict(Tree.Node query) throws SQLException {
        boolean updates = query.field("onConflict") instanceof Tree.Node conflict
                && conflict.number("action") == ON_CONFLICT_UPDATE;
        if (updates && takesRowsOfQuery(query)) {
            kinds.add(Kind.UPDATE);
            Tree.Node conflict = (Tree.Node) query.field("onConflict");
            unbounded |= !chooses(query, conflict.field("onConflictWhere"));
        }
    }

    private static boolean takesRowsOfQuery(Tree.Node query) {
        boolean sets = query.field("hasTargetSRFs").equals(new Tree.Atom("true"));
        return sets
                || nodes(query.field("rtable")).stream()
                        .anyMatch(entry -> entry.field("rtekind").equals(new Tree.Atom(SUBQUERY)));
    }

    private void merge(Tree.Node query, Tree where) throws SQLException {
        // Where the condition stands depends on the version; the other place is empty.
        boolean matching = chooses(query, where) || chooses(query, query.field("mergeJoinCondition"));
        for (Tree.Node action : nodes(query.field("mergeActionList"))) {
            int command = action.number("commandType");
            // CMD_NOTHING is none of the kinds.
            Optional<Kind> kind = Kind.known(command);
            kind.ifPresent(kinds::add);
            boolean others = action.field("matchKind").equals(new Tree.Atom(NOT_MATCHED_BY_SOURCE));
            if (kind.filter(k -> k == Kind.UPDATE || k == Kind.DELETE).isPresent()) {
                unbounded |= !(matching && !others) && !chooses(query, action.field("qual"));
            }
        }
    }

    private boolean chooses(Tree.Node query, Tree where) throws SQLException {
        return new Choice(query, notNull).among(where);
    }

    private static List<Tree.Node> nodes(Tree list) {
        return list instanceof Tree.Items items
                ? items.items().stream()
                        .filter(Tree.Node.class::isInstance)
                        .map(Tree.Node.class::cast)
                        .toList()
                : List.of();
    }
}
