package org.sallyport.inbound;

import java.util.Map;
import org.sallyport.catalog.Catalog;
import org.sallyport.policy.StatementFacts;
import org.sallyport.sql.Script;
import org.sallyport.sql.Statement;
import org.sallyport.sql.StatementKinds;

/**
 * A text as it is put before the judge.
 *
 * @param meant   what the server says about its statements
 * @param catalog what names stand for in its session
 */
record Brief(Script script, Meant meant, Catalog catalog) {

    /** What guardrails' conditions see of one of its statements. */
    Map<String, Object> facts(Statement statement) {
        return StatementFacts.of(statement, meant.of(statement), catalog, isVisible(statement));
    }

    /** Behind what is defined, or set, in the same text, names may stand for something else by then. */
    private boolean isVisible(Statement statement) {
        for (Statement before : script.statements()) {
            if (before == statement) {
                return meant.visible();
            }
            if (before.kinds().stream().anyMatch(StatementKinds::defines)
                    || SearchPath.mayChange(before)
                    || SearchPath.mayTakeBack(before.kinds())) {
                return false;
            }
        }
        return false;
    }
}
