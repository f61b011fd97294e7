package org.sallyport.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is only appended to, on other storage than the journal's and the store's; opened anew for each line. */
public final class FileAnchor implements Anchor {
    private final Path file;

    public FileAnchor(Path file) {
        this.file = file;
    }

    @Override
    public void keep(Checkpoint checkpoint) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            // In front too: what a crash has left of the line before must not swallow this one. Empty lines say
            // nothing.
            ByteBuffer line = StandardCharsets.US_ASCII.encode("\n" + AnchorLine.of(checkpoint) + "\n");
            while (line.hasRemaining()) {
                out.write(line);
            }
            out.force(true);
        }
    }

    @Override
    public String name() {
        return "file:" + file;
    }
}
