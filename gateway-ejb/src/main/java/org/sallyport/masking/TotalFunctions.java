package org.sallyport.masking;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The functions that give a result for all values, so that whether they do tells nothing about one. */
final class TotalFunctions {
    private static final String RESOURCE = "total-functions.txt";

    private static final Map<Integer, String> SIGNATURES = read();

    private TotalFunctions() {}

    /** Their signatures by OID, as PostgreSQL writes them. */
    static Map<Integer, String> signatures() {
        return SIGNATURES;
    }

    static boolean all(Collection<Integer> functions) {
        return SIGNATURES.keySet().containsAll(functions);
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
