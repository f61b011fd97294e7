package org.sallyport.inbound;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sallyport.contract.Displaced;
import org.sallyport.sql.Reading;
import org.sallyport.sql.SqlReader;
import org.sallyport.sql.Statement;

/** What a text does to the statements that SQL has prepared in a restricted session. */
sealed interface PreparingStep {
    /** Whoever prepares and forgets does it by one of these. */
    Set<String> KINDS = Set.of("PREPARE", "DEALLOCATE", "DISCARD ALL");

    /** Nothing. */
    record None() implements PreparingStep {}

    /**
     * PREPARE.
     *
     * @param sql the text
     */
    record Prepare(String name, String sql) implements PreparingStep {}

    /** DEALLOCATE; of all, too, where something stands beside it, so that nobody can tell which of it has run. */
    record Forget(Optional<String> name) implements PreparingStep {}

    /** What may have the names of the protocol's prepared statements then. */
    default Displaced.Names displaced() {
        if (this instanceof Prepare prepare) {
            return Displaced.Names.of(prepare.name());
        }
        return this instanceof Forget forget
                ? forget.name().map(Displaced.Names::of).orElse(Displaced.Names.ALL)
                : Displaced.Names.NONE;
    }

    /** @param kinds of the text */
    static PreparingStep of(List<String> kinds, String sql) {
        if (kinds.stream().noneMatch(KINDS::contains)) {
            return new None();
        }
        List<Statement> statements = SqlReader.read(sql).statements();
        Optional<Statement> only =
                Optional.of(statements).filter(all -> all.size() == 1).map(all -> all.get(0));
        return only.flatMap(statement -> of(statement, sql)).orElse(new Forget(Optional.empty()));
    }

    private static Optional<PreparingStep> of(Statement statement, String sql) {
        if (statement.reading() instanceof Reading.Containing containing
                && containing.outer() instanceof Reading.Preparation preparation) {
            return Optional.of(new Prepare(preparation.name(), sql));
        }
        return statement.reading() instanceof Reading.Deallocation deallocation
                ? Optional.of(new Forget(deallocation.name()))
                : Optional.empty();
    }
}
