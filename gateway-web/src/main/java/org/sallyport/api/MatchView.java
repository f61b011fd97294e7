package org.sallyport.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import org.sallyport.record.FoundStatement;

/** A statement that was looked for, as the API shows it. */
@JsonbPropertyOrder({"identity", "connection", "statement"})
public record MatchView(String identity, String connection, StatementView statement) {

    static MatchView of(FoundStatement found) {
        return new MatchView(found.identity(), found.connection(), StatementView.of(found.statement(), found.over()));
    }
}
