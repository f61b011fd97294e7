package org.sallyport.record;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A session's end, as stored. */
@Entity
@Immutable
@Table(name = "session_end")
public class SessionEndRecord {
    @Id
    @Column(name = "session_id")
    private UUID session;

    private Instant ended;
    private String reason;

    @Embedded
    private @Nullable Place place;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected SessionEndRecord() {}

    public SessionEndRecord(UUID session, Instant ended, String reason) {
        this.session = session;
        this.ended = ended;
        this.reason = reason;
    }

    public UUID session() {
        return session;
    }

    public Instant ended() {
        return ended;
    }

    public String reason() {
        return reason;
    }

    /** Where it is in its journal; null for one that does not come from the store. */
    @Nullable
    Place place() {
        return place;
    }
}
