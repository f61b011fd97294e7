package org.sallyport.inbound;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sallyport.meaning.Meaning;
import org.sallyport.sql.Script;
import org.sallyport.sql.Statement;

/**
 * What the server says about the statements of a text.
 *
 * @param meanings by the statement's text; those are missing that it could not be asked about
 * @param lasting  whether it would say the same again, until the catalog changes
 * @param complete whether it has said something about each
 * @param visible  whether it, and the catalog, see what the session sees
 */
record Meant(Map<String, Meaning> meanings, boolean lasting, boolean complete, boolean visible) {
    /** There is nothing to ask. */
    static final Meant NOTHING = new Meant(Map.of(), true, true, true);

    /** There is, but not now. */
    static final Meant NOT_ASKED = new Meant(Map.of(), false, false, false);

    Meant {
        meanings = Map.copyOf(meanings);
    }

    /** For what is judged under no catalog, so that nobody would notice where the answer becomes another. */
    Meant once() {
        return new Meant(meanings, false, complete, visible);
    }

    /** The script, its statements doing to rows what the server says. */
    Script told(Script script) {
        List<Statement> statements = script.statements().stream()
                .map(statement -> of(statement)
                        .map(meaning -> statement.told(
                                changes(meaning), meaning.changes().unbounded()))
                        .orElse(statement))
                .toList();
        return new Script(statements, script.unreadable());
    }

    private static Set<String> changes(Meaning meaning) {
        return meaning.changes().kinds().stream()
                .filter(kind -> kind != Meaning.Kind.SELECT)
                .map(Meaning.Kind::name)
                .collect(Collectors.toSet());
    }

    Optional<Meaning> of(Statement statement) {
        return statement.query().map(query -> meanings.get(query.key()));
    }
}
