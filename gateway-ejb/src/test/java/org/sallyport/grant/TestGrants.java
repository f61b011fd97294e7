package org.sallyport.grant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sallyport.record.GrantRecord.Given;
import org.sallyport.record.GrantRecord.Word;

/** A store of grants, in memory: whoever runs it reads it into a book. */
public final class TestGrants implements Runnable {
    private final GrantBook book;
    private final Clock clock;
    private final List<Grant> grants = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    public TestGrants(GrantBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    @Override
    public void run() {
        if (!away) {
            Instant asked = clock.instant();
            book.read(new ArrayList<>(grants), asked);
        }
    }

    /** Given by dana of the group dba, on connection shop; of the whole role where no label is named. */
    public UUID give(String identity, String role, Duration lasting, String... labels) {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        Given given = Given.of(identity, "shop", role, List.of(labels), List.of("dba"), now.plus(lasting));
        grants.add(new Grant(id, given, new Word(Optional.of("dana"), "a test", now), Optional.empty()));
        run();
        return id;
    }

    public void revoke(UUID id) {
        grants.removeIf(grant -> grant.id().equals(id));
        run();
    }

    /** From now on it does not answer, or does again. */
    public void away(boolean gone) {
        away = gone;
        run();
    }
}
