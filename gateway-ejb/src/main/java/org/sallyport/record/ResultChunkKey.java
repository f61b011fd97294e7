package org.sallyport.record;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/**
 * Names a part of a statement's results.
 *
 * @param chunk counts the statement's parts from 1
 */
@Embeddable
public record ResultChunkKey(
        @Column(name = "session_id") UUID session,
        @Column(name = "number") long number,
        @Column(name = "chunk") int chunk) {}
