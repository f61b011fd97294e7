package org.sallyport.masking;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sallyport.meaning.Flow.Call;

/** The functions that give a result for all values, so that whether they do tells nothing about one. */
final class TotalFunctions {
    private static final String RESOURCE = "total-functions.txt";

    /** Types that are compared by a collation. */
    private static final Set<String> COLLATED = Set.of("text", "character", "character varying", "name");

    /** Types whose values are small. */
    private static final Set<String> SMALL = Set.of(
            "boolean",
            "smallint",
            "integer",
            "bigint",
            "real",
            "double precision",
            "numeric",
            "date",
            "time without time zone",
            "timestamp without time zone",
            "timestamp with time zone",
            "uuid");

    /** These look at lengths first, or at a part. */
    private static final Set<String> BRIEF = Set.of(
            "texteq",
            "textne",
            "bpchareq",
            "bpcharne",
            "nameeq",
            "namene",
            "nameeqtext",
            "namenetext",
            "texteqname",
            "textnename",
            "jsonb_typeof",
            "jsonb_object_field",
            "jsonb_object_field_text",
            "jsonb_array_element",
            "jsonb_array_element_text",
            "jsonb_extract_path",
            "jsonb_extract_path_text");

    private static final Map<Integer, String> SIGNATURES = read();

    private TotalFunctions() {}

    /** Their signatures by OID, as PostgreSQL writes them. */
    static Map<Integer, String> signatures() {
        return SIGNATURES;
    }

    /** Whether none of the calls fails, or takes long, for some values only. */
    static boolean all(Collection<Call> calls) {
        return calls.stream().allMatch(TotalFunctions::isTotal);
    }

    private static boolean isTotal(Call call) {
        String signature = SIGNATURES.get(call.function());
        return signature != null
                && (call.collated() || arguments(signature).noneMatch(COLLATED::contains))
                && (!call.decided() || isBrief(signature));
    }

    /** Whether it takes as good as no time, and makes nothing large, whatever it is given. */
    private static boolean isBrief(String signature) {
        return BRIEF.contains(signature.substring(0, signature.indexOf('(')))
                || arguments(signature).allMatch(SMALL::contains);
    }

    private static Stream<String> arguments(String signature) {
        return Stream.of(signature
                .substring(signature.indexOf('(') + 1, signature.length() - 1)
                .split(","));
    }

    private static Map<Integer, String> read() {
        try (InputStream in = TotalFunctions.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in this package");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .collect(Collectors.toUnmodifiableMap(parts -> Integer.valueOf(parts[0]), parts -> parts[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
