package org.sallyport.contract;

import java.time.Instant;
import java.util.Set;

/** The answer to a {@link ConnectionAttempt}. */
public sealed interface Admission {

    /**
     * Let in.
     *
     * @param caller  the verified identity; established as the caller of every later question
     * @param groups  its groups
     * @param target  where the gateway logs in, and as whom
     * @param expires when the identity's token ends, and the session with it
     * @param leeway  how far the session is left alone
     * @param deputy  acts for the application in this session
     */
    record Admitted(String caller, Set<String> groups, Target target, Instant expires, Leeway leeway, Deputy deputy)
            implements Admission {
        public Admitted {
            groups = Set.copyOf(groups);
        }
    }

    /** Refused; nothing was sent to any database. */
    record Rejected(Refusal refusal) implements Admission {}
}
