package org.sallyport.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Statement;
import org.sallyport.sql.Token;

/** Refuses, to everyone, what would make the server read text differently from the gateway. */
final class ReadingSettings {

    private static final Set<String> DECIDE_READING =
            Set.of("standard_conforming_strings", "client_encoding", "backslash_quote");
    private static final Set<String> ON = Set.of("on", "true", "yes", "1");
    private static final Set<String> UTF_8 = Set.of("utf8", "unicode");

    /** How pg_dump sets a setting where the server has it; only the two strings differ. */
    private static final List<String> SET_WHERE_KNOWN =
            List.of("select set_config ( name , ? , false ) from pg_settings where name = ?".split(" "));

    private ReadingSettings() {}

    static Optional<Ruling.Deny> refusal(Statement statement) {
        boolean refused = statement.reading() instanceof Reading.Setting setting
                ? changesReading(setting)
                : isUnknownSet(statement)
                        || (callsSetConfig(statement.tokens()) && !setsKnownSetting(statement.tokens()))
                        || updatesSettings(statement);
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

    /** {@code set_config} passes only with a literal name of another setting. */
    private static boolean callsSetConfig(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).text().equals("set_config")
                    && tokens.get(i).isName()
                    && tokens.get(i + 1).isSymbol("(")) {
                boolean literal = i + 3 < tokens.size()
                        && tokens.get(i + 2).kind() == Token.Kind.STRING
                        && tokens.get(i + 3).isSymbol(",");
                if (!literal || DECIDE_READING.contains(tokens.get(i + 2).text().toLowerCase(Locale.ROOT))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean setsKnownSetting(List<Token> tokens) {
        List<String> shape = tokens.stream()
                .map(token -> token.kind() == Token.Kind.STRING ? "?" : token.text())
                .toList();
        return shape.equals(SET_WHERE_KNOWN)
                && !DECIDE_READING.contains(tokens.get(tokens.size() - 1).text().toLowerCase(Locale.ROOT));
    }

    private static boolean updatesSettings(Statement statement) {
        return statement.kinds().contains("UPDATE")
                && statement.tokens().stream().anyMatch(token -> token.text().equals("pg_settings"));
    }

    private static Ruling.Deny deny() {
        return Refusals.deny(
                "reading settings",
                "permission denied to change how statements are read",
                "the gateway and the server must read every statement alike.",
                "Keep standard_conforming_strings on and client_encoding UTF8.");
    }
}
