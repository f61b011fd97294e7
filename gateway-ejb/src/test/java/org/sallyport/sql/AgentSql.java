package org.sallyport.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one tool writes, from {@code src/test/resources/agent-sql}; the README there has the format.
 *
 * @param tool   the name of its file
 * @param schema that its queries are about
 */
public record AgentSql(String tool, String schema, List<Text> texts) {
    private static final Path FOLDER = Path.of("src/test/resources/agent-sql");

    public AgentSql {
        texts = List.copyOf(texts);
    }

    /**
     * As it was sent to the server.
     *
     * @param sql   of one statement or of several
     * @param types the OIDs that the driver declared, where the statement has no meaning without
     */
    public record Text(String sql, List<Integer> types) {
        public Text {
            types = List.copyOf(types);
        }

        private static Text of(String block) {
            String[] parts = block.split("\n", 2);
            List<Integer> types = Arrays.stream(parts[0].strip().split(" "))
                    .filter(oid -> !oid.isEmpty())
                    .map(Integer::valueOf)
                    .toList();
            return new Text(parts[1], types);
        }
    }

    /** All of it, in the order of the tools' names. */
    public static List<AgentSql> read() throws IOException {
        List<AgentSql> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".sql"))
                    .sorted()
                    .toList()) {
                all.add(of(file));
            }
        }
        return all;
    }

    private static AgentSql of(Path file) throws IOException {
        String name = file.getFileName().toString();
        String schema = Files.readString(FOLDER.resolve("schema").resolve(name));
        List<Text> texts = Arrays.stream(Files.readString(file).stripTrailing().split("\n--;"))
                .skip(1)
                .map(Text::of)
                .toList();
        return new AgentSql(name.replace(".sql", ""), schema, texts);
    }

    @Override
    public String toString() {
        return tool;
    }
}
