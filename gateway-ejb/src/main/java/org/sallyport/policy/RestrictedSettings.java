package org.sallyport.policy;

import java.util.Optional;
import java.util.Set;
import org.sallyport.catalog.Function;
import org.sallyport.meaning.Meaning;
import org.sallyport.sql.ObjectName;
import org.sallyport.sql.Reading;

/** The settings that restricted identities may use. */
final class RestrictedSettings {

    /** Asyncpg switches it off by set_config, and on again, where it reads the database's types; it decides how long a statement takes. */
    private static final String JIT = "jit";

    private static final Set<String> SETTABLE = Set.of(
            "application_name",
            "extra_float_digits",
            "datestyle",
            "intervalstyle",
            "timezone",
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "client_min_messages",
            "bytea_output",
            JIT,
            "client_encoding",
            "standard_conforming_strings");
    private static final Set<String> SHOWABLE = Set.of(
            "transaction_isolation",
            "transaction_read_only",
            "default_transaction_isolation",
            "default_transaction_read_only",
            "server_version",
            "server_version_num",
            "server_encoding",
            "search_path",
            "max_identifier_length",
            "integer_datetimes",
            "max_index_keys",
            "default_table_access_method");
    /** Lower levels show plans and texts of what runs inside. */
    private static final Set<String> MESSAGE_LEVELS = Set.of("warning", "error");

    private RestrictedSettings() {}

    static Optional<Ruling.Deny> refusal(Reading.Setting setting) {
        boolean shown = setting.verb() == Reading.Verb.SHOW && SHOWABLE.contains(setting.name());
        if (setting.namesPath()) {
            return Optional.empty();
        }
        if (shown || (SETTABLE.contains(setting.name()) && isHarmless(setting))) {
            return Optional.empty();
        }
        return Optional.of(Refusals.deny(
                Ruling.Ground.UNREVIEWED,
                "settings",
                "permission denied to use parameter \"" + setting.name() + "\" in this way",
                "restricted roles may use a short list of settings only.",
                "Leave the setting as it is; SET search_path takes schemas by their names."));
    }

    /**
     * Whether a function is {@code current_setting}, and asked for nothing that SHOW would not show, as far as that is known before it
     * runs; see {@link ShownSettings}.
     */
    static boolean mayShow(Function function, Set<String> settings) {
        return ShownSettings.FUNCTION.equals(ObjectName.of(function.schema(), function.name()))
                && !settings.isEmpty()
                && settings.stream().allMatch(name -> name.startsWith(Meaning.Settings.PARAMETER) || mayShow(name));
    }

    /** Whether a function is {@code set_config}, and changes nothing else than {@code jit}. */
    static boolean mayChange(Function function, Set<String> settings) {
        return function.schema().equals("pg_catalog")
                && function.name().equals("set_config")
                && settings.equals(Set.of(JIT));
    }

    /** @param setting in lower case */
    static boolean mayShow(String setting) {
        return SHOWABLE.contains(setting) || SETTABLE.contains(setting);
    }

    private static boolean isHarmless(Reading.Setting setting) {
        boolean levels = setting.name().equals("client_min_messages") && setting.verb() == Reading.Verb.SET;
        return !levels || setting.value().filter(MESSAGE_LEVELS::contains).isPresent();
    }
}
