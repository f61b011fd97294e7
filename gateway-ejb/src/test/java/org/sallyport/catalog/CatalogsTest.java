package org.sallyport.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sallyport.identity.AdjustableClock;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogsTest {

    private static final Duration AGE = Duration.ofSeconds(30);

    private final EmbeddedPostgres postgres = start();
    private final AdjustableClock clock = new AdjustableClock(Instant.EPOCH);
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private Runnable whileReading = () -> {};

    private final Catalogs catalogs = new Catalogs(this::open, tasks::add, AGE, clock);

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterAll
    void stop() throws IOException {
        catalogs.close();
        postgres.close();
    }

    @Test
    void hasNothingBeforeItIsLoaded() {
        assertThat(catalogs.current("never")).isEmpty();
    }

    @Test
    void keepsASnapshotUntilItIsTooOld() {
        Catalog catalog = catalogs.load("a");

        clock.advance(AGE.minusMillis(1));
        assertThat(catalogs.current("a")).containsSame(catalog);
        clock.advance(Duration.ofMillis(1));
        assertThat(catalogs.current("a")).isEmpty();
    }

    @Test
    void tellsWhetherASnapshotWasBegunAfterAMoment() {
        Instant moment = clock.instant();
        catalogs.load("a");
        assertThat(catalogs.current("a", moment)).isEmpty();

        clock.advance(Duration.ofNanos(1));
        Catalog later = catalogs.load("a");
        assertThat(catalogs.current("a", moment)).containsSame(later);
        assertThat(catalogs.current("a", clock.instant())).isEmpty();
    }

    @Test
    void believesNoSnapshotOfBeforeTheClockWasSetBack() {
        catalogs.load("a");

        clock.advance(Duration.ofHours(-1));

        assertThat(catalogs.current("a")).isEmpty();
        Catalog again = catalogs.load("a");
        assertThat(catalogs.current("a")).containsSame(again);
    }

    @Test
    void refreshesAheadOfTimeAndOnlyOnceAtATime() {
        Catalog catalog = catalogs.load("b");
        tasks.clear();
        clock.advance(AGE.dividedBy(2));

        catalogs.current("b");
        catalogs.current("b");

        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        clock.advance(AGE.dividedBy(2));
        assertThat(catalogs.current("b")).containsSame(catalog);
    }

    @Test
    void forgetsWhatIsStale() {
        catalogs.load("c");

        catalogs.stale("c");

        assertThat(catalogs.current("c")).isEmpty();
    }

    @Test
    void doesNotKeepWhatWasReadBeforeAChange() {
        whileReading = () -> catalogs.stale("d");

        catalogs.load("d");

        assertThat(catalogs.current("d")).isEmpty();
    }

    @Test
    void saysThatTheDatabaseDoesNotAnswer() {
        assertThatThrownBy(() -> catalogs.load("broken"))
                .isInstanceOf(CatalogUnavailable.class)
                .hasMessage("catalog of connection broken cannot be read");
    }

    private Connection open(String connection) throws SQLException {
        if (connection.equals("broken")) {
            throw new SQLException("no route");
        }
        Connection open = postgres.getPostgresDatabase().getConnection();
        whileReading.run();
        return open;
    }
}
