package org.sallyport.inbound;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import org.sallyport.grant.GrantBook;
import org.sallyport.policy.Circumstances;
import org.sallyport.policy.Granted;
import org.sallyport.policy.PolicyBundle;

/**
 * Ends sessions with the grants that they rest on: those that are just being shown something by one, and those that would not be let in
 * without it. All others go on, with what they may do without.
 */
final class GrantWatch implements Runnable {
    private static final Logger LOG = System.getLogger(GrantWatch.class.getName());

    private final PolicyBundle bundle;
    private final Sessions sessions;
    private final GrantBook grants;
    private final Clock clock;

    GrantWatch(PolicyBundle bundle, Sessions sessions, GrantBook grants, Clock clock) {
        this.bundle = bundle;
        this.sessions = sessions;
        this.grants = grants;
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            sessions.end(this::isOver, Refusals.GRANT_OVER);
        } catch (RuntimeException e) {
            // A periodic task that throws is never run again.
            LOG.log(Level.ERROR, "grants not looked at failure={0}", Failures.describe(e));
        }
    }

    private boolean isOver(Session session) {
        if (!session.restsOnGrants()) {
            return false;
        }
        List<Granted> inForce = grants.of(session.identity().name(), session.connection());
        if (session.outlasts(inForce)) {
            return true;
        }
        return !inForce.containsAll(session.access().grants())
                && bundle.access(new Circumstances(session.identity(), session.connection(), clock.instant(), inForce))
                        .isEmpty();
    }
}
