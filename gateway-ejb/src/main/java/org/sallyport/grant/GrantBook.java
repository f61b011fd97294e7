package org.sallyport.grant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.sallyport.policy.Granted;

/**
 * Which grants are in force, as far as this node knows. What the store said is believed for a second: whoever took a grant back on
 * another node is heard by then, or nothing is granted. Thread-safe; does not block.
 */
public final class GrantBook {
    private static final Duration LONGEST_BELIEVED = Duration.ofSeconds(1);

    private final Clock clock;
    private final Set<UUID> over = ConcurrentHashMap.newKeySet();
    private volatile Page page = new Page(Map.of(), Instant.MIN);

    /** @param asked when the store was asked */
    private record Page(Map<Who, List<Granted>> grants, Instant asked) {}

    private record Who(String identity, String connection) {}

    public GrantBook(Clock clock) {
        this.clock = clock;
    }

    /**
     * What the store has.
     *
     * @param asked a time before the store was asked
     */
    synchronized void read(List<Grant> grants, Instant asked) {
        boolean older = asked.isBefore(page.asked());
        // Whoever asked earlier may be answered later; only after a clock was set back is the earlier one the newer.
        if (older && !clock.instant().isBefore(page.asked())) {
            return;
        }
        Map<Who, List<Granted>> by = grants.stream()
                .collect(Collectors.groupingBy(
                        grant -> new Who(grant.given().identity(), grant.given().connection()),
                        Collectors.mapping(Grant::granted, Collectors.toUnmodifiableList())));
        page = new Page(by, asked);
    }

    /** What is granted to an identity on a connection now. */
    public List<Granted> of(String identity, String connection) {
        Page read = page;
        List<Granted> grants = read.grants().getOrDefault(new Who(identity, connection), List.of());
        if (grants.isEmpty() || !isFresh(read)) {
            return List.of();
        }
        Instant now = clock.instant();
        return grants.stream()
                .filter(grant -> now.isBefore(grant.until()) && !over.contains(grant.id()))
                .toList();
    }

    /** This one is over, whatever the store has heard of that. */
    void forget(UUID grant) {
        over.add(grant);
    }

    /** Whether what is in it can be believed. */
    boolean isFresh() {
        return isFresh(page);
    }

    /** Not a page from the future either: of that nobody knows how old it is. */
    private boolean isFresh(Page read) {
        Instant now = clock.instant();
        return !now.isBefore(read.asked()) && now.minus(LONGEST_BELIEVED).isBefore(read.asked());
    }
}
