package org.sallyport.inbound;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.stream.Collectors;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.meaning.Meaning;
import org.sallyport.policy.ResolvedName;
import org.sallyport.sql.QueryFacts;
import org.sallyport.sql.Statement;

/** Compares what a text says with what the server says that it means: where they differ, one of the two was misled. */
final class CrossCheck {
    private static final Logger LOG = System.getLogger(CrossCheck.class.getName());

    private CrossCheck() {}

    /** Whether the statement is of another kind, or, where its text could be read, they name other relations. */
    static boolean disagree(Statement statement, Meaning meaning, Catalog catalog) {
        boolean otherKind = statement
                .query()
                .filter(query -> query.kind().equals(meaning.kind().name()))
                .isEmpty();
        boolean otherRelations = statement
                .reading()
                .query()
                .filter(facts -> !sameRelations(facts, meaning, catalog))
                .isPresent();
        if (otherKind || otherRelations) {
            LOG.log(
                    Level.WARNING,
                    "text and server disagree kind={0} told={1} otherRelations={2}",
                    statement.kind(),
                    meaning.kind(),
                    otherRelations);
        }
        return otherKind || otherRelations;
    }

    private static boolean sameRelations(QueryFacts facts, Meaning meaning, Catalog catalog) {
        Set<Integer> named = facts.relations().stream()
                .flatMap(name -> ResolvedName.of(name, catalog).relation().stream())
                .map(Relation::oid)
                .collect(Collectors.toSet());
        // What the snapshot does not have is refused by the server's word alone.
        Set<Integer> told = meaning.relations().keySet().stream()
                .filter(oid -> catalog.relation(oid).isPresent())
                .collect(Collectors.toSet());
        return named.equals(told);
    }
}
