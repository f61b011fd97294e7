package org.sallyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.FromItem;
import org.junit.jupiter.api.Test;

/** Every class that JSqlParser can build a tree of is either reviewed or on the list of those refused by name. */
class ReadableNodesTest {

    @Test
    void everyNodeIsReviewedOrRefusedByName() throws Exception {
        List<String> refused = lines("refused-nodes.txt");
        List<String> neither = new ArrayList<>();
        for (Class<?> node : nodes()) {
            boolean readable = ReadableNodes.contains(node);
            boolean named = refused.contains(node.getName().substring("net.sf.jsqlparser.".length()));
            if (readable == named) {
                neither.add(node.getName());
            }
        }

        assertThat(neither)
                .as("classes that are in neither readable-nodes.txt nor refused-nodes.txt, or in both")
                .isEmpty();
    }

    @Test
    void everyReviewedNameExists() throws Exception {
        List<String> existing = new ArrayList<>();
        for (String name : lines("readable-nodes.txt")) {
            existing.add(Class.forName("net.sf.jsqlparser." + name).getName());
        }

        assertThat(existing).hasSizeGreaterThan(50);
    }

    private static List<Class<?>> nodes() throws IOException, URISyntaxException, ClassNotFoundException {
        Path jar = Path.of(Statement.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<?>> nodes = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> names = file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("net/sf/jsqlparser/") && name.endsWith(".class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
            for (String name : names) {
                Class<?> type = Class.forName(name, false, Statement.class.getClassLoader());
                boolean node = Statement.class.isAssignableFrom(type)
                        || Expression.class.isAssignableFrom(type)
                        || FromItem.class.isAssignableFrom(type);
                if (node && !type.isInterface() && !Modifier.isAbstract(type.getModifiers())) {
                    nodes.add(type);
                }
            }
        }
        assertThat(nodes).hasSizeGreaterThan(150);
        return nodes;
    }

    private static List<String> lines(String resource) throws IOException {
        try (var in = Objects.requireNonNull(ReadableNodes.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
