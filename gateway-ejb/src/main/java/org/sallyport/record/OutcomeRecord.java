package org.sallyport.record;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.StatementOutcome;

/** What became of a permitted statement, as stored. */
@Entity
@Immutable
@Table(name = "outcome")
public class OutcomeRecord {
    @EmbeddedId
    private StatementKey key;

    @Column(name = "command_tag")
    private String commandTag;

    @Column(name = "sql_state")
    private @Nullable String sqlState;

    @Column(name = "row_count")
    private long rows;

    @Column(name = "byte_count")
    private long bytes;

    @Column(name = "duration_micros")
    private long durationMicros;

    private List<String> found;
    private Instant completed;

    @Embedded
    private @Nullable Place place;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected OutcomeRecord() {}

    public OutcomeRecord(UUID session, StatementOutcome outcome, Instant completed) {
        this.key = new StatementKey(session, outcome.statement());
        this.commandTag = outcome.commandTag();
        this.sqlState = outcome.sqlState().orElse(null);
        this.rows = outcome.rows();
        this.bytes = outcome.bytes();
        this.durationMicros = TimeUnit.NANOSECONDS.toMicros(outcome.duration().toNanos());
        this.found = outcome.found().entrySet().stream()
                .map(each -> each.getKey() + '=' + each.getValue())
                .sorted()
                .toList();
        this.completed = completed;
    }

    public StatementKey key() {
        return key;
    }

    public String commandTag() {
        return commandTag;
    }

    public Optional<String> sqlState() {
        return Optional.ofNullable(sqlState);
    }

    public long rows() {
        return rows;
    }

    public long bytes() {
        return bytes;
    }

    public Duration duration() {
        return Duration.of(durationMicros, ChronoUnit.MICROS);
    }

    /** What detectors found in values and how often, as {@code label=count}. */
    public List<String> found() {
        return found;
    }

    public Instant completed() {
        return completed;
    }

    /** Where it is in its journal; null for one that does not come from the store. */
    @Nullable
    Place place() {
        return place;
    }
}
