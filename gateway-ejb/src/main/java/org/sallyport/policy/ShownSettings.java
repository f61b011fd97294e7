package org.sallyport.policy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sallyport.contract.Parameter;
import org.sallyport.meaning.Meaning;
import org.sallyport.sql.ObjectName;

/** What a restricted identity asks {@code current_setting} for by parameters: that is known where it runs. */
public final class ShownSettings {
    static final ObjectName FUNCTION = ObjectName.of("pg_catalog", "current_setting");

    private ShownSettings() {}

    /**
     * Where one of the parameters names nothing that SHOW would show.
     *
     * @param named  their numbers, as in {@link Meaning.Settings#shown}
     * @param values that the statement runs with, in order; none where they are not known
     */
    public static Optional<Ruling.Deny> refusal(Set<String> named, List<Parameter> values) {
        return named.stream().allMatch(parameter -> isShown(parameter, values))
                ? Optional.empty()
                : Optional.of(Denials.function(FUNCTION));
    }

    private static boolean isShown(String parameter, List<Parameter> values) {
        int number = Integer.parseInt(parameter, Meaning.Settings.PARAMETER.length(), parameter.length(), 10);
        byte[] value = number <= values.size() ? values.get(number - 1).value() : null;
        // Of a text the binary form is the same, and what is ASCII is so in every encoding of a client.
        return value != null
                && RestrictedSettings.mayShow(new String(value, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
    }
}
