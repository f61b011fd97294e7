package org.sallyport.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Leeway;
import org.sallyport.contract.Refusal;
import org.sallyport.wire.StartupPacket.Parameter;

/**
 * What a client asks for in its start-up packet: who and where, and settings, those in {@code options} first as PostgreSQL
 * applies them.
 *
 * <p>The names of settings are case-insensitive; those of the protocol's own parameters are not.
 */
final class StartupParameters {
    /** What every identity may set: nothing of it changes what a statement means or may do. */
    private static final Set<String> HARMLESS = Set.of(
            "application_name",
            "datestyle",
            "timezone",
            "intervalstyle",
            "extra_float_digits",
            "bytea_output",
            "jit",
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout");

    /** Lower levels show plans and texts of what runs inside. */
    private static final Set<String> MESSAGE_LEVELS = Set.of("warning", "error");

    private static final Refusal NOT_UTF8 = Refusal.of(
            "0A000",
            "client_encoding must be UTF8",
            "Statements are read as UTF-8.",
            "Set client_encoding (PGCLIENTENCODING) to UTF8.");

    private static final Refusal NOT_STANDARD = Refusal.of(
            "0A000",
            "standard_conforming_strings must be on",
            "Strings are read as the SQL standard has them.",
            "Leave standard_conforming_strings on, and write E'' for a string with backslashes.");

    /** The gateway reads statements as these settings make the server read them. */
    private static final Map<String, String> PINNED =
            Map.of("client_encoding", "UTF8", "standard_conforming_strings", "on");

    private static final Set<String> OWN = Set.of("user", "database", "options", "replication");

    /** Their SET is a statement that guardrails name, so it has to be one. */
    private static final Set<String> ROLES = Set.of("role", "session_authorization");

    private static final String RESERVED = "_pq_.";

    private final Map<String, String> own = new HashMap<>();
    private final List<String> protocolOptions = new ArrayList<>();
    private final List<Parameter> settings = new ArrayList<>();
    private @Nullable Refusal fault;

    /** @param sent as the start-up packet has them; of the protocol's own the last counts */
    StartupParameters(List<Parameter> sent) {
        for (Parameter parameter : sent) {
            if (parameter.name().startsWith(RESERVED)) {
                protocolOptions.add(parameter.name());
            } else if (OWN.contains(parameter.name())) {
                own.put(parameter.name(), parameter.value());
                fault = fault == null && parameter.name().equals("replication")
                        ? replication(parameter.value())
                        : fault;
            } else {
                settings.add(parameter);
            }
        }
        CommandLine options = CommandLine.parse(own.getOrDefault("options", ""));
        settings.addAll(0, options.settings());
        fault = fault == null ? options.fault() : fault;
    }

    private static @Nullable Refusal replication(String value) {
        if (Truth.of(value) == Truth.FALSE) {
            return null;
        }
        if (Truth.of(value) == Truth.TRUE || value.equals("database")) {
            return Refusal.of(
                    "42501",
                    "replication connections are refused",
                    "Rule \"start-up\": what a replication connection carries cannot be judged.",
                    "Connect without the parameter \"replication\".");
        }
        return new Refusal(
                "22023",
                "invalid value for parameter \"replication\": \"" + value + "\"",
                Optional.empty(),
                Optional.of("Valid values are: \"false\", 0, \"true\", 1, \"database\"."));
    }

    String user() {
        return own.getOrDefault("user", "");
    }

    /** Empty where none was named; it never is the user's name by default. */
    String database() {
        return own.getOrDefault("database", "");
    }

    /** The names of the {@code _pq_.} options: the gateway knows none, and they go no further. */
    List<String> protocolOptions() {
        return protocolOptions;
    }

    /** The settings by name; of one that is set twice the last. */
    Map<String, String> byName() {
        Map<String, String> values = new HashMap<>();
        settings.forEach(setting -> values.put(folded(setting), setting.value()));
        return values;
    }

    /** Why nobody is let in with these parameters; null where nothing is against it. */
    @Nullable
    Refusal objection() {
        if (fault != null) {
            return fault;
        }
        return first(setting -> {
            String name = folded(setting);
            if (OWN.contains(name) || name.startsWith(RESERVED)) {
                return Refusal.of("42704", "unrecognized configuration parameter \"" + setting.name() + "\"");
            }
            if (ROLES.contains(name)) {
                return Refusal.of(
                        "42501",
                        "permission denied to set parameter \"" + setting.name() + "\" at start-up",
                        "Rule \"start-up\": which role a session has is decided statement by statement.",
                        "Use SET ROLE or SET SESSION AUTHORIZATION after connecting.");
            }
            return null;
        });
    }

    private static @Nullable Refusal pinned(String name, String value) {
        if (name.equals("client_encoding") && !isUtf8(value)) {
            return NOT_UTF8;
        }
        return name.equals("standard_conforming_strings") && Truth.of(value) != Truth.TRUE ? NOT_STANDARD : null;
    }

    /** Why somebody with this leeway is not let in with these parameters; null where nothing is against it. */
    @Nullable
    Refusal objection(Leeway leeway) {
        return switch (leeway) {
            case FREE -> null;
            case GUARDED -> first(setting -> pinned(folded(setting), setting.value()));
            case RESTRICTED -> first(StartupParameters::restricted);
        };
    }

    private static @Nullable Refusal restricted(Parameter setting) {
        String name = folded(setting);
        return mayBeSetByAll(name, setting.value())
                ? pinned(name, setting.value())
                : Refusal.of(
                        "42501",
                        "permission denied to set parameter \"" + setting.name() + "\" at start-up",
                        "Rule \"start-up\": restricted roles may use a short list of settings only.",
                        "Leave it out of the connection's parameters, its options and PGOPTIONS.");
    }

    private static boolean mayBeSetByAll(String name, String value) {
        return switch (name) {
            case "client_encoding", "standard_conforming_strings" -> true; // judged by their values
            case "client_min_messages" -> MESSAGE_LEVELS.contains(value.toLowerCase(Locale.ROOT));
            default -> HARMLESS.contains(name);
        };
    }

    private @Nullable Refusal first(Function<Parameter, @Nullable Refusal> objection) {
        for (Parameter setting : settings) {
            Refusal refusal = objection.apply(setting);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static String folded(Parameter setting) {
        return setting.name().toLowerCase(Locale.ROOT);
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
    List<Parameter> forwarded(Leeway leeway) {
        if (leeway == Leeway.FREE) {
            return settings;
        }
        List<Parameter> forwarded = new ArrayList<>(settings);
        forwarded.removeIf(setting -> PINNED.containsKey(folded(setting)));
        PINNED.forEach((name, value) -> forwarded.add(new Parameter(name, value)));
        return forwarded;
    }
}
