package org.sallyport.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes times and constants as people read them. */
final class Wording {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Wording() {}

    static String moment(Instant at) {
        return MOMENT.format(at);
    }

    static String length(Duration span) {
        if (span.isNegative()) {
            return "0 s";
        }
        if (span.toMinutes() == 0) {
            return span.toSeconds() + " s";
        }
        return span.toHours() == 0 ? span.toMinutes() + " min" : span.toHours() + " h " + span.toMinutesPart() + " min";
    }

    /** {@code CLIENT_LOST} as {@code client lost}. */
    static String words(String constant) {
        return Plain.text(constant.replace('_', ' ').toLowerCase(Locale.ROOT));
    }
}
