package org.sallyport.inbound;

import java.util.Map;
import java.util.Optional;
import org.sallyport.meaning.Meaning;
import org.sallyport.sql.Statement;

/**
 * What the server says about the statements of a text.
 *
 * @param meanings by the statement's text; those are missing that it could not be asked about
 * @param lasting  whether it would say the same again, until the catalog changes
 */
record Meant(Map<String, Meaning> meanings, boolean lasting) {
    /** There is nothing to ask. */
    static final Meant NOTHING = new Meant(Map.of(), true);

    /** There is, but not now. */
    static final Meant NOT_ASKED = new Meant(Map.of(), false);

    Meant {
        meanings = Map.copyOf(meanings);
    }

    Optional<Meaning> of(Statement statement) {
        return statement.query().map(query -> meanings.get(query.text()));
    }
}
