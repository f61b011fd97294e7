package org.sallyport.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sallyport.checkpoint.AnchorLine;
import org.sallyport.checkpoint.Checkpoint;

/** An anchor's checkpoints of one journal, in their order. */
final class AnchorLines implements AutoCloseable {
    /** @param place the file and the line */
    record Anchored(Checkpoint checkpoint, String place) {}

    private final Path file;
    private final UUID journal;
    private final BufferedReader lines;
    private long number;
    private @Nullable Anchored next;

    AnchorLines(Path file, UUID journal) throws IOException {
        this.file = file;
        this.journal = journal;
        this.lines = open(file);
        pop();
    }

    /** A log may hold what is no UTF-8. */
    private static BufferedReader open(Path file) throws IOException {
        return Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
    }

    /** The journals that an anchor speaks of. */
    static Set<UUID> journals(Path file) throws IOException {
        Set<UUID> journals = new HashSet<>();
        try (BufferedReader lines = open(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                AnchorLine.read(line)
                        .ifPresent(checkpoint -> journals.add(checkpoint.head().journal()));
            }
        }
        return journals;
    }

    Optional<Anchored> peek() {
        return Optional.ofNullable(next);
    }

    /** Goes on to the next one. */
    void pop() {
        try {
            next = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                Optional<Checkpoint> checkpoint = AnchorLine.read(line);
                if (checkpoint.isPresent() && checkpoint.get().head().journal().equals(journal)) {
                    next = new Anchored(checkpoint.get(), file + ", line " + number);
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
