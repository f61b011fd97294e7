package org.sallyport.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page ended, so that the next one goes on behind it whatever has been added since.
 *
 * @param number of a statement; of a session zero
 */
public record Position(Instant at, UUID session, long number) {
    private static final Pattern WORDS = Pattern.compile("(\\d{1,18})\\.([0-9a-f-]{36})\\.(\\d{1,19})");

    static Position of(RecordedSession session) {
        return new Position(session.started(), session.id(), 0);
    }

    static Position of(RecordedStatement statement) {
        return new Position(statement.asked(), statement.session(), statement.number());
    }

    /** Reads what {@link #words} wrote; empty where it is something else. */
    public static Optional<Position> read(String words) {
        Matcher parts = WORDS.matcher(words);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            Instant at = Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS);
            return Optional.of(new Position(at, UUID.fromString(parts.group(2)), Long.parseLong(parts.group(3))));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** For whoever comes back with it. */
    public String words() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "." + session + "." + number;
    }
}
