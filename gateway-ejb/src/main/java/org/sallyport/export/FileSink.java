package org.sallyport.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file that is appended to, a line of OCSF for each event; opened anew for each batch, so that it may be moved away. */
final class FileSink implements Sink {
    private final Path file;

    FileSink(Path file) {
        this.file = file;
    }

    @Override
    public void send(List<Event> events) throws IOException {
        StringBuilder lines = new StringBuilder();
        // In front too: what a crash has left of the line before must not swallow this one. Empty lines say nothing.
        events.forEach(event -> lines.append('\n').append(Ocsf.line(event)));
        ByteBuffer bytes = StandardCharsets.US_ASCII.encode(lines.append('\n').toString());
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }

    @Override
    public String name() {
        return "file:" + file;
    }
}
