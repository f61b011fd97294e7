package org.sallyport.approval;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.sallyport.contract.SessionId;

/** Statements to hold. */
final class Held {
    static final Duration TIMEOUT = Duration.ofMinutes(15);

    private Held() {}

    static HeldStatement by(String requester) {
        return new HeldStatement(
                SessionId.random(),
                requester,
                Set.of("migration-agents", "ci"),
                "shop",
                "mass-change",
                "changes the whole table",
                Set.of("dba", "oncall"),
                new HeldStatement.Words("DELETE FROM order_items WHERE $1 AND ssn = '123'", List.of("t", "NULL")),
                new HeldStatement.Words(
                        "DELETE FROM order_items WHERE $1 AND ssn = '[hidden]'", List.of("[hidden]", "NULL")),
                List.of("DELETE"),
                List.of("public.order_items"),
                "3f9a1c",
                TIMEOUT);
    }
}
