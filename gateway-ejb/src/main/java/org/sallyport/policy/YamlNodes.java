package org.sallyport.policy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML trees and collects what is wrong with them, each problem with its file and line. */
final class YamlNodes {

    private static final int MAXIMUM_CHARACTERS = 1 << 20;

    private final List<String> problems = new ArrayList<>();
    private final Map<Node, Node> keys = new IdentityHashMap<>();

    List<String> problems() {
        return List.copyOf(problems);
    }

    Optional<Node> parse(Path file, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(MAXIMUM_CHARACTERS)
                .setUseMarks(true)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.add(file + ":1: the file is empty; expected `sallyport: 1`");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            problems.add(file + ":" + line + ": not valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(file + ":1: not valid YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    void problem(Node at, String what) {
        problems.add(place(at) + ": " + what);
    }

    /** A problem at the key of an entry's value. */
    void problemAtKey(Node value, String what) {
        problem(key(value), what);
    }

    /** The node of the key that has this value; the value itself where it has none. */
    Node key(Node value) {
        return keys.getOrDefault(value, value);
    }

    /** {@code file:line}. */
    String place(Node at) {
        return at.getStartMark()
                .map(mark -> mark.getName() + ":" + (mark.getLine() + 1))
                .orElse("");
    }

    /** The entries of a mapping whose keys are all among {@code known}; others are problems. */
    Map<String, Node> mapping(Node node, String what, List<String> known) {
        Map<String, Node> entries = entries(node, what);
        entries.forEach((key, value) -> {
            if (!known.contains(key)) {
                problemAtKey(
                        value, "unknown key `" + key + "` in " + what + "; known here: " + String.join(", ", known));
            }
        });
        return entries;
    }

    /** The entries of a mapping with free keys. */
    Map<String, Node> entries(Node node, String what) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem(node, what + " must be a mapping");
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            keys.put(tuple.getValueNode(), tuple.getKeyNode());
            if (entries.putIfAbsent(key, tuple.getValueNode()) != null) {
                problem(tuple.getKeyNode(), "key `" + key + "` stands twice in " + what);
            }
        }
        return entries;
    }

    List<Node> list(Node node, String what) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problem(node, what + " must be a list");
        return List.of();
    }

    List<String> strings(Node node, String what) {
        return list(node, what).stream().map(item -> string(item, what)).toList();
    }

    String string(Node node, String what) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        problem(node, what + " must be a text that is not empty");
        return "";
    }

    int integer(Node node, String what, int least, int most) {
        try {
            int value = Integer.parseInt(string(node, what));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number out of bounds
        }
        problem(node, what + " must be a whole number from " + least + " to " + most);
        return least;
    }

    boolean truth(Node node, String what) {
        String text = string(node, what);
        if (!text.equals("true") && !text.equals("false")) {
            problem(node, what + " must be true or false");
        }
        return text.equals("true");
    }

    /** The value of a key that must be there; a problem at {@code in} where it is not. */
    String required(Map<String, Node> entries, String key, Node in, String what) {
        Node node = entries.get(key);
        if (node == null) {
            problem(in, what + " needs `" + key + "`");
            return "";
        }
        return string(node, "`" + key + "` of " + what);
    }
}
