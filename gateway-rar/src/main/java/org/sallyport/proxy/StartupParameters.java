package org.sallyport.proxy;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Refusal;

/** Which of a client's start-up parameters reach the server, and which refuse it. */
final class StartupParameters {
    /** What every identity may set: nothing of it changes what a statement means or may do. */
    private static final Set<String> HARMLESS =
            Set.of("application_name", "datestyle", "timezone", "intervalstyle", "extra_float_digits");

    /** The gateway reads statements as these settings make the server read them. */
    private static final Map<String, String> PINNED =
            Map.of("client_encoding", "UTF8", "standard_conforming_strings", "on");

    private static final Set<String> OWN = Set.of("user", "database", "options", "replication");

    private StartupParameters() {}

    /** Why a client with these parameters is not let in; null where nothing is against it. */
    static @Nullable Refusal objection(Map<String, String> parameters) {
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String name = parameter.getKey().toLowerCase(Locale.ROOT);
            String value = parameter.getValue();
            if (name.equals("replication") && !Set.of("false", "off", "no", "0").contains(value)) {
                return Refusal.of("42501", "replication connections are refused");
            }
            if (name.equals("options") && !value.isBlank()) {
                return Refusal.of(
                        "42501",
                        "the start-up parameter \"options\" is refused",
                        "Rule \"start-up\": settings given as command-line options are not read.",
                        "Use SET after connecting.");
            }
            if (name.equals("client_encoding") && !isUtf8(value)) {
                return Refusal.of(
                        "0A000",
                        "client_encoding must be UTF8",
                        "Statements are read as UTF-8.",
                        "Set client_encoding (PGCLIENTENCODING) to UTF8.");
            }
        }
        return null;
    }

    /** {@code SQL_ASCII} is what libpq asks for in the C locale; its clients take UTF-8 as bytes. */
    private static boolean isUtf8(String encoding) {
        String plain = encoding.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
        return Set.of("UTF8", "UNICODE", "SQLASCII").contains(plain);
    }

    /** Whether a value that the server reports leaves the pinned settings as they are. */
    static boolean keepsPins(String name, String value) {
        return PINNED.getOrDefault(name, value).equals(value);
    }

    /** What is sent to the server beside the gateway's own user and database. */
    static Map<String, String> forwarded(Map<String, String> parameters, boolean unrestricted) {
        Map<String, String> forwarded = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            String folded = name.toLowerCase(Locale.ROOT);
            boolean own = OWN.contains(folded) || PINNED.containsKey(folded) || folded.startsWith("_pq_.");
            if (!own && (unrestricted || HARMLESS.contains(folded))) {
                forwarded.put(name, value);
            }
        });
        forwarded.putAll(PINNED);
        return forwarded;
    }
}
