package org.sallyport.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * That somebody was given something for a time, or that this is over.
 *
 * @param id    the grant's: what ends it has the same, and repeats what was given
 */
public record GrantRecord(UUID id, Act act, Given given, Word word) {

    /** What is done. */
    public enum Act {
        GRANT,
        /** Before its time was over. */
        REVOKE,
        /** When its time was over. */
        END;

        /** As recorded. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException where there is none of that code */
        public static Act of(String code) {
            for (Act act : values()) {
                if (act.code().equals(code)) {
                    return act;
                }
            }
            throw new IllegalArgumentException("no act of a grant");
        }
    }

    /**
     * To whom, where, what and for how long.
     *
     * @param role   of the policy
     * @param labels sorted; none where the role is given whole
     * @param groups of approvers, that who gave it was in; sorted
     */
    public record Given(
            String identity, String connection, String role, List<String> labels, List<String> groups, Instant until) {
        public Given {
            labels = List.copyOf(labels);
            groups = List.copyOf(groups);
            until = until.truncatedTo(ChronoUnit.MICROS);
        }

        /** In the order in which they are recorded. */
        public static Given of(
                String identity,
                String connection,
                String role,
                Collection<String> labels,
                Collection<String> groups,
                Instant until) {
            return new Given(identity, connection, role, sorted(labels), sorted(groups), until);
        }

        private static List<String> sorted(Collection<String> names) {
            return names.stream().distinct().sorted().toList();
        }
    }

    /**
     * Whose word that is.
     *
     * @param who a person, or the identity that gives it back; absent where the clock ended it
     */
    public record Word(Optional<String> who, String reason, Instant at) {
        public Word {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }
}
