package org.sallyport.inbound;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sallyport.contract.Displaced;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Script;
import org.sallyport.sql.Statement;

/** What a text does to the cursors of a restricted session. */
sealed interface CursorStep {
    /** After these nothing is left of the cursors that the transaction has declared. */
    Set<String> TAKING_BACK = Set.of("ROLLBACK", "ROLLBACK TO", "PREPARE TRANSACTION");

    /** PostgreSQL has no empty names in SQL. */
    String NO_CURSOR = "";

    /** Nothing. */
    record None() implements CursorStep {}

    /**
     * DECLARE.
     *
     * @param hold whether the cursor outlives its transaction
     */
    record Declare(String cursor, boolean hold) implements CursorStep {}

    /** FETCH or MOVE. */
    record Fetch(String cursor) implements CursorStep {}

    /** CLOSE of one cursor; of all where none is named. */
    record Close(Optional<String> cursor) implements CursorStep {}

    /** The transaction ends, or part of it is taken back, and with it some of its cursors. */
    record End(boolean takesBack) implements CursorStep {}

    /** Cursors may be closed, with or beside something else, so that nobody can tell which of it has run. */
    record Blur() implements CursorStep {}

    /** Portals of the protocol that may not be what they were. */
    default Displaced displaced() {
        if (this instanceof Declare declare) {
            return Displaced.of(declare.cursor());
        }
        if (this instanceof Close close) {
            return close.cursor().map(Displaced::of).orElse(Displaced.ALL);
        }
        return this instanceof Blur ? Displaced.ALL : Displaced.NONE;
    }

    static CursorStep of(Script script) {
        List<Statement> statements = script.statements();
        if (statements.size() == 1) {
            return of(statements.get(0));
        }
        if (statements.stream().anyMatch(statement -> statement.reading() instanceof Reading.Fetch)) {
            // What stands beside it may have given the name to another one.
            return new Fetch(NO_CURSOR);
        }
        if (statements.stream().anyMatch(CursorStep::mayClose)) {
            return new Blur();
        }
        boolean back = statements.stream().anyMatch(statement -> TAKING_BACK.contains(statement.kind()));
        boolean ends =
                statements.stream().anyMatch(statement -> statement.kind().equals("COMMIT"));
        return back || ends ? new End(back) : new None();
    }

    private static boolean mayClose(Statement statement) {
        return statement.reading() instanceof Reading.Close || statement.kinds().contains("DISCARD ALL");
    }

    private static CursorStep of(Statement statement) {
        Reading reading = statement.reading();
        if (reading instanceof Reading.Fetch fetch) {
            return new Fetch(fetch.cursor());
        }
        if (reading instanceof Reading.Close close) {
            return new Close(close.cursor());
        }
        if (reading instanceof Reading.Containing containing
                && containing.outer() instanceof Reading.Declaration declaration) {
            return new Declare(declaration.cursor(), declaration.hold());
        }
        if (statement.kinds().contains("DISCARD ALL")) {
            return new Blur();
        }
        boolean back = TAKING_BACK.contains(statement.kind());
        return back || statement.kind().equals("COMMIT") ? new End(back) : new None();
    }
}
