package org.sallyport.record;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/**
 * Names a statement: its session, and its number there.
 *
 * @param number counts the session's attempts from 1
 */
@Embeddable
public record StatementKey(
        @Column(name = "session_id") UUID session,
        @Column(name = "number") long number) {}
