package org.sallyport.record;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.Optional;

/** Keeps bytes smaller: as one Zstandard frame (RFC 8878) where that is. Thread-safe. */
public final class Compression {
    private static final String ZSTD = "zstd";

    /** The fastest: an event loop waits for it. */
    private static final int LEVEL = 1;

    /** Less than this hardly gets smaller. */
    private static final int WORTH_IT = 256;

    private Compression() {}

    /**
     * Bytes as they are kept.
     *
     * @param encoding {@code zstd}, or none where they are what they are
     */
    public record Content(Optional<String> encoding, byte[] bytes) {}

    static Content of(byte[] bytes) {
        if (bytes.length >= WORTH_IT) {
            byte[] frame = Zstd.compress(bytes, LEVEL);
            if (frame.length < bytes.length) {
                return new Content(Optional.of(ZSTD), frame);
            }
        }
        return new Content(Optional.empty(), bytes);
    }

    /**
     * @param most bytes that it may come to
     * @throws IllegalArgumentException where it is not what {@link #of} makes of so many bytes
     */
    static byte[] undone(Content content, int most) {
        byte[] bytes = content.bytes();
        if (content.encoding().isEmpty()) {
            return bytes;
        }
        if (!content.encoding().get().equals(ZSTD)) {
            throw new IllegalArgumentException(
                    "unknown encoding " + content.encoding().get());
        }
        long size = Zstd.getFrameContentSize(bytes);
        if (size < 0 || size > most) {
            throw new IllegalArgumentException("not a frame of at most " + most + " bytes");
        }
        try {
            return Zstd.decompress(bytes, (int) size);
        } catch (ZstdException e) {
            throw new IllegalArgumentException("a damaged frame", e);
        }
    }
}
