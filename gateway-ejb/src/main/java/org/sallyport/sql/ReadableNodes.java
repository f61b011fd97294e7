package org.sallyport.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** The classes of JSqlParser's tree that were reviewed: {@link TreeWalk} takes all names they hold. */
final class ReadableNodes {

    private static final String PREFIX = "net.sf.jsqlparser.";
    private static final Set<String> NAMES = read();
    private static final ClassValue<Boolean> READABLE = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            Class<?> counted = type.isEnum() || !Enum.class.isAssignableFrom(type) ? type : type.getSuperclass();
            return Enum.class.isAssignableFrom(counted) || NAMES.contains(counted.getName());
        }
    };

    private ReadableNodes() {}

    static boolean contains(Class<?> type) {
        return READABLE.get(type);
    }

    private static Set<String> read() {
        try (InputStream in = ReadableNodes.class.getResourceAsStream("readable-nodes.txt")) {
            if (in == null) {
                throw new IllegalStateException("readable-nodes.txt is not in this package");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(PREFIX::concat)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
