package org.sallyport.policy;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code when}. */
final class WhenReader {
    private final YamlNodes yaml;

    WhenReader(YamlNodes yaml) {
        this.yaml = yaml;
    }

    /** A condition, by the names that it may use. */
    @FunctionalInterface
    interface Language {
        When parse(String text) throws InvalidCondition;
    }

    Optional<When> when(Map<String, Node> entries, String what, Language language) {
        Node node = entries.get("when");
        if (node == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(language.parse(yaml.string(node, "`when` of " + what)));
        } catch (InvalidCondition e) {
            yaml.problem(node, "`when` of " + what + " is no condition in CEL: " + e.getMessage());
            return Optional.empty();
        }
    }
}
