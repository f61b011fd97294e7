package org.sallyport.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Function;
import org.sallyport.catalog.Type;
import org.sallyport.sql.ObjectName;

/** The functions and types of PostgreSQL's own that were reviewed and found to do no harm. */
final class Reviewed {

    private static final String BUILT_IN = "pg_catalog";

    private static final Set<String> FUNCTIONS = read("reviewed-functions.txt");
    private static final Set<String> OPERATORS = read("reviewed-operators.txt");
    private static final Set<String> TYPES = read("reviewed-types.txt");
    /** Harmless to who may change rows anyway. */
    private static final Set<String> OF_CHANGES = Set.of("nextval", "currval", "lastval");

    /** With it pools give back what their session holds. In a view, a default or a check it would take from whoever comes by. */
    private static final String UNLOCK_ALL = "pg_advisory_unlock_all";

    private Reviewed() {}

    static boolean function(ObjectName function, boolean changes, Catalog catalog) {
        boolean reviewed = FUNCTIONS.contains(function.name()) || (changes && OF_CHANGES.contains(function.name()));
        return reviewed && isBuiltIn(function, catalog);
    }

    /** Whether it only gives back what the session itself holds, in a statement of this kind. */
    static boolean givesBack(ObjectName function, String command, Catalog catalog) {
        return command.equals("SELECT") && function.name().equals(UNLOCK_ALL) && isBuiltIn(function, catalog);
    }

    /** The very function that the server will call. */
    static boolean givesBack(Function function, String command) {
        return command.equals("SELECT")
                && function.name().equals(UNLOCK_ALL)
                && function.schema().equals(BUILT_IN);
    }

    /** The very function that the server will call. */
    static boolean function(Function function, boolean changes) {
        return function.schema().equals(BUILT_IN)
                && (FUNCTIONS.contains(function.name())
                        || OPERATORS.contains(function.name())
                        || (changes && OF_CHANGES.contains(function.name())));
    }

    /** Whether the name can only mean PostgreSQL's own function: overloads elsewhere might fit better. */
    private static boolean isBuiltIn(ObjectName function, Catalog catalog) {
        if (function.schema().isPresent()) {
            return function.schema().get().equals(BUILT_IN);
        }
        return catalog.functionSchemas(function.name()).stream()
                .noneMatch(schema ->
                        !schema.equals(BUILT_IN) && catalog.searchPath().contains(schema));
    }

    static boolean type(Type type) {
        return type.schema().equals(BUILT_IN) && TYPES.contains(type.name());
    }

    static boolean type(ObjectName type, Catalog catalog) {
        return TYPES.contains(type.name()) && isBuiltInType(type, catalog);
    }

    /** Whether the name can only mean a type of PostgreSQL's own. */
    static boolean isBuiltInType(ObjectName type, Catalog catalog) {
        return type.schema().map(BUILT_IN::equals).orElse(comesFirst(catalog));
    }

    /** Whether a name without a schema means PostgreSQL's own wherever there is one that fits as well. */
    static boolean comesFirst(Catalog catalog) {
        return !catalog.searchPath().isEmpty() && catalog.searchPath().get(0).equals(BUILT_IN);
    }

    private static Set<String> read(String resource) {
        return Set.copyOf(words(resource));
    }

    static Set<String> words(String resource) {
        return lines(resource).stream()
                .flatMap(line -> Stream.of(line.split(" ")))
                .collect(Collectors.toSet());
    }

    /** The lines of a file beside this class, but for comments and empty ones. */
    static List<String> lines(String resource) {
        try (InputStream in = Reviewed.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in this package");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
