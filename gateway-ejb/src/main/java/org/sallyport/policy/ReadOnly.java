package org.sallyport.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.meaning.Meaning;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Script;
import org.sallyport.sql.Statement;
import org.sallyport.sql.Token;

/**
 * Which statements are known to write nothing, whatever the server runs for them. Rather one too few: of a SELECT the server must have
 * said what it means, it reads tables only, on which nothing else hangs that calls functions, and it calls reviewed functions only.
 */
public final class ReadOnly {
    /** They begin, or take back. COMMIT may run deferred triggers. */
    private static final Set<String> TRANSACTION =
            Set.of("BEGIN", "START TRANSACTION", "SAVEPOINT", "RELEASE", "ROLLBACK", "ROLLBACK TO");

    private static final Set<Relation.Kind> STORED =
            Set.of(Relation.Kind.TABLE, Relation.Kind.INDEX, Relation.Kind.SEQUENCE);

    private ReadOnly() {}

    /** By the kinds of a text's statements alone. */
    public static boolean are(List<String> kinds) {
        return kinds.size() == 1 && TRANSACTION.contains(kinds.get(0));
    }

    /** @param meaning what the server has said of the one statement */
    public static boolean is(Script script, Optional<Meaning> meaning, Catalog catalog) {
        if (script.statements().size() != 1) {
            return false;
        }
        Statement statement = script.statements().get(0);
        return are(statement.kinds())
                || (statement.kinds().equals(List.of("SELECT"))
                        && statement.reading() instanceof Reading.Query
                        && meaning.filter(told -> writesNothing(told, catalog)).isPresent()
                        && statement.tokens().stream().noneMatch(ReadOnly::mayLockRows));
    }

    /** FOR UPDATE and its kin leave their mark in the rows. */
    private static boolean mayLockRows(Token token) {
        return token.isName() && token.text().equalsIgnoreCase("for");
    }

    private static boolean writesNothing(Meaning meaning, Catalog catalog) {
        Extent extent = Extent.of(meaning, catalog);
        return !extent.opaque()
                && meaning.relations().values().stream()
                        .allMatch(use -> use.changes().isEmpty())
                && extent.relations().stream()
                        .flatMap(oid -> catalog.relation(oid).stream())
                        .allMatch(relation -> isPlain(relation, catalog));
    }

    /** Whoever counts a sequence on calls a function that is not reviewed. */
    private static boolean isPlain(Relation relation, Catalog catalog) {
        boolean calls = catalog.dependencies().ties().reading().containsKey(relation.oid());
        return STORED.contains(relation.kind()) && !calls;
    }
}
