package org.sallyport.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sallyport.sql.Reading;
import org.sallyport.sql.SettingChanges;
import org.sallyport.sql.Statement;

/** Refuses, to everyone, what would make the server read text differently from the gateway. */
final class ReadingSettings {

    private static final Set<String> DECIDE_READING =
            Set.of("standard_conforming_strings", "client_encoding", "backslash_quote");
    private static final Set<String> ON = Set.of("on", "true", "yes", "1");
    private static final Set<String> UTF_8 = Set.of("utf8", "unicode");

    private ReadingSettings() {}

    static Optional<Ruling.Deny> refusal(Statement statement) {
        boolean refused = statement.reading() instanceof Reading.Setting setting
                ? changesReading(setting)
                : isUnknownSet(statement) || SettingChanges.indirect(statement).mayBeOf(DECIDE_READING);
        return refused ? Optional.of(deny()) : Optional.empty();
    }

    private static boolean changesReading(Reading.Setting setting) {
        if (setting.verb() != Reading.Verb.SET || !DECIDE_READING.contains(setting.name())) {
            return false;
        }
        String value = setting.value().orElse("").toLowerCase(Locale.ROOT);
        return switch (setting.name()) {
            case "standard_conforming_strings" -> !ON.contains(value);
            case "client_encoding" -> !UTF_8.contains(value.replaceAll("[^a-z0-9]", ""));
            default -> true;
        };
    }

    /** A SET that could not be taken apart, but names such a setting. */
    private static boolean isUnknownSet(Statement statement) {
        return statement.kinds().contains("SET")
                && statement.tokens().stream()
                        .anyMatch(token -> DECIDE_READING.contains(token.text().toLowerCase(Locale.ROOT))
                                || token.isWord("names"));
    }

    private static Ruling.Deny deny() {
        return Refusals.deny(
                Ruling.Ground.LAW,
                "reading settings",
                "permission denied to change how statements are read",
                "the gateway and the server must read every statement alike.",
                "Keep standard_conforming_strings on and client_encoding UTF8.");
    }
}
