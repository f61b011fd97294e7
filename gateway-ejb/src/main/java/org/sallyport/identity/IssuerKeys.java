package org.sallyport.identity;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One issuer's keys, kept while they are young, fetched again when a token names one that is not among them. */
final class IssuerKeys {
    private static final Logger LOG = System.getLogger(IssuerKeys.class.getName());

    /** A withdrawn key is believed for as long as this. */
    static final Duration FRESH = Duration.ofMinutes(5);

    /** An outage of the provider is ridden out for as long as this: tokens live no longer anyway. */
    static final Duration STALE = Duration.ofHours(1);

    /** Between two fetches: whoever invents key ids makes the gateway ask no more often than this. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    /** For a fetch that is under way: anybody may invent a key id, and threads that wait are missing elsewhere. */
    private static final int MOST_WAITING = 16;

    /** NIST SP 800-131A: nothing shorter is a signature. */
    private static final int SHORTEST_RSA_KEY = 2048;

    /** A token without a key id is tried with this many keys, so that it costs no more than a login should. */
    private static final int MOST_CANDIDATES = 8;

    private final TrustedIssuer issuer;
    private final KeyFetch fetch;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Fetched fetched;
    private volatile Instant asked = Instant.EPOCH;
    private volatile boolean failing;

    IssuerKeys(TrustedIssuer issuer, KeyFetch fetch, Clock clock) {
        this.issuer = issuer;
        this.fetch = fetch;
        this.clock = clock;
    }

    /** The keys that may have signed; empty where the issuer would have to be asked and does not answer. */
    Optional<List<JWK>> matching(JWSHeader header) {
        List<JWK> known = select(header, FRESH);
        if (!known.isEmpty()) {
            return Optional.of(known);
        }
        boolean asked = refresh();
        List<JWK> found = select(header, STALE);
        return found.isEmpty() && (failing || !asked) ? Optional.empty() : Optional.of(found);
    }

    private List<JWK> select(JWSHeader header, Duration youngerThan) {
        Fetched now = fetched;
        if (now == null || !isYounger(now.at(), youngerThan)) {
            return List.of();
        }
        return new JWKSelector(JWKMatcher.forJWSHeader(header))
                .select(now.keys()).stream()
                        .filter(key -> !KeyType.RSA.equals(key.getKeyType()) || key.size() >= SHORTEST_RSA_KEY)
                        .limit(MOST_CANDIDATES)
                        .toList();
    }

    /** What is of the future is of before the clock was set back: how old it is nobody knows. */
    private boolean isYounger(Instant then, Duration age) {
        Instant now = clock.instant();
        return !now.isBefore(then) && now.isBefore(then.plus(age));
    }

    /** Whether what is known now is as the issuer said not long ago, or would say if it answered. */
    private boolean refresh() {
        if (fetching.getQueueLength() >= MOST_WAITING) {
            return false;
        }
        fetching.lock();
        try {
            if (!isYounger(asked, PAUSE)) {
                fetch();
            }
            return true;
        } finally {
            fetching.unlock();
        }
    }

    private void fetch() {
        try {
            Instant now = clock.instant();
            fetched = new Fetched(fetch.keys(issuer), now);
            failing = false;
        } catch (IOException e) {
            failing = true;
            LOG.log(Level.WARNING, "keys of issuer not fetched issuer={0} reason={1}", issuer.issuer(), e.getMessage());
        } finally {
            // When it ends: with a slow issuer whoever waited would fetch again at once, one after the other.
            asked = clock.instant();
        }
    }

    private record Fetched(JWKSet keys, Instant at) {}
}
