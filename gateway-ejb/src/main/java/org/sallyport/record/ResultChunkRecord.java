package org.sallyport.record;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.ResultChunk;

/** A part of what a client has seen of a statement's results, and how much there was so far, as stored. */
@Entity
@Immutable
@Table(name = "result_chunk")
public class ResultChunkRecord {
    @EmbeddedId
    private ResultChunkKey key;

    @Column(name = "row_count")
    private long rows;

    @Column(name = "byte_count")
    private long bytes;

    private Instant at;

    private @Nullable String encoding;

    private byte[] content;

    @Embedded
    private @Nullable Place place;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected ResultChunkRecord() {}

    /** Takes the chunk's messages, and keeps them smaller where they can be. */
    public ResultChunkRecord(UUID session, ResultChunk chunk, Instant at) {
        this(
                new ResultChunkKey(session, chunk.statement(), chunk.number()),
                chunk.rows(),
                chunk.bytes(),
                at,
                Compression.of(chunk.messages()));
    }

    /** As it stands in the record. */
    public ResultChunkRecord(ResultChunkKey key, long rows, long bytes, Instant at, Compression.Content content) {
        this.key = key;
        this.rows = rows;
        this.bytes = bytes;
        this.at = at;
        this.encoding = content.encoding().orElse(null);
        this.content = content.bytes();
    }

    public ResultChunkKey key() {
        return key;
    }

    /** Sent so far, or taken by COPY; those before this chunk among them. */
    public long rows() {
        return rows;
    }

    /** Of those rows' messages. */
    public long bytes() {
        return bytes;
    }

    public Instant at() {
        return at;
    }

    /** Which record of the journal it is; null of what does not come from the store. */
    public @Nullable Place place() {
        return place;
    }

    /** Messages as {@link ResultChunk#messages()} has them, as they are kept. */
    public Compression.Content content() {
        return new Compression.Content(Optional.ofNullable(encoding), content);
    }
}
