package org.sallyport.inbound;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.meaning.Meaning;
import org.sallyport.policy.ResolvedName;
import org.sallyport.sql.ObjectName;
import org.sallyport.sql.Statement;

/** Compares what a text says with what the server says that it means: where they differ, one of the two was misled. */
final class CrossCheck {
    private static final Logger LOG = System.getLogger(CrossCheck.class.getName());

    private CrossCheck() {}

    /** Whether they name other relations, or the statement is of another kind. */
    static boolean disagree(Statement statement, Meaning meaning, Catalog catalog) {
        Set<Integer> named = new HashSet<>();
        for (ObjectName name : statement.reading().relations()) {
            Optional<Relation> relation = ResolvedName.of(name, catalog).relation();
            if (relation.isEmpty()) {
                // The snapshot is older than the server's answer, which is looked up in it by itself.
                return false;
            }
            named.add(relation.get().oid());
        }
        boolean disagree = !named.equals(meaning.relations().keySet())
                || !(statement.kind().equals(meaning.kind().name())
                        || statement.kind().equals("EXPLAIN"));
        if (disagree) {
            LOG.log(
                    Level.WARNING,
                    "text and server disagree kind={0} told={1} relations={2} told={3}",
                    statement.kind(),
                    meaning.kind(),
                    named,
                    meaning.relations().keySet());
        }
        return disagree;
    }
}
