package org.sallyport.grant;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sallyport.policy.Granted;
import org.sallyport.record.GrantRecord.Act;
import org.sallyport.record.GrantRecord.Given;
import org.sallyport.record.GrantRecord.Word;

/**
 * A grant as the store has it.
 *
 * @param made  whose it is
 * @param ended what ended it, where that is on record
 */
public record Grant(UUID id, Given given, Word made, Optional<Ended> ended) {

    /** What ended a grant: a person, the identity itself, or its time. */
    public record Ended(Act act, Word word) {}

    /** Whether somebody has the right by it at this time. */
    public boolean isInForce(Instant now) {
        return ended.isEmpty() && now.isBefore(given.until());
    }

    /** As the API shows it: {@code active}, {@code revoked} or {@code ended}. */
    public String state(Instant now) {
        if (isInForce(now)) {
            return "active";
        }
        return ended.filter(end -> end.act() == Act.REVOKE).isPresent() ? "revoked" : "ended";
    }

    /** As decisions see it. */
    Granted granted() {
        return new Granted(id, given.role(), Set.copyOf(given.labels()), Set.copyOf(given.groups()), given.until());
    }
}
