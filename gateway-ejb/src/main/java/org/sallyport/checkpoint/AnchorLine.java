package org.sallyport.checkpoint;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.journal.JournalHead;

/** A checkpoint as one line of JSON, the same for all anchors. */
public final class AnchorLine {
    private static final Pattern LINE = Pattern.compile("\\{\\s*\"journal\"\\s*:\\s*\"([0-9a-f-]{36})\"\\s*,"
            + "\\s*\"sequence\"\\s*:\\s*(\\d{1,19})\\s*,\\s*\"chain\"\\s*:\\s*\"([0-9a-f]{64})\"\\s*,"
            + "\\s*\"at\"\\s*:\\s*\"([^\"]{20,32})\"\\s*,\\s*\"key\"\\s*:\\s*\"([0-9a-f]{32})\"\\s*,"
            + "\\s*\"signature\"\\s*:\\s*\"([0-9a-f]{128})\"\\s*}");

    private AnchorLine() {}

    static String of(Checkpoint checkpoint) {
        HexFormat hex = HexFormat.of();
        return "{\"journal\":\"" + checkpoint.head().journal() + "\",\"sequence\":"
                + checkpoint.head().sequence() + ",\"chain\":\""
                + hex.formatHex(checkpoint.head().chain()) + "\",\"at\":\"" + checkpoint.at() + "\",\"key\":\""
                + checkpoint.signature().key() + "\",\"signature\":\""
                + hex.formatHex(checkpoint.signature().bytes()) + "\"}";
    }

    /** Reads a line back, also one that a log has put its own words around; empty where there is none in it. */
    public static Optional<Checkpoint> read(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.find()) {
            return Optional.empty();
        }
        HexFormat hex = HexFormat.of();
        try {
            JournalHead head = new JournalHead(
                    UUID.fromString(parts.group(1)), Long.parseLong(parts.group(2)), hex.parseHex(parts.group(3)));
            var signature = new Checkpoint.Signature(parts.group(5), hex.parseHex(parts.group(6)));
            return Optional.of(new Checkpoint(head, Instant.parse(parts.group(4)), signature));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
