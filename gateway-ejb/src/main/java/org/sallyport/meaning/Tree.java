package org.sallyport.meaning;

import java.util.List;
import java.util.Map;

/** A part of one of PostgreSQL's own trees, whatever it is: the reader knows their syntax and none of their nodes. */
sealed interface Tree {
    /** What {@code <>} stands for: no node, no list, no text. */
    Tree NOTHING = new Items(List.of());

    /** The members of a list; none of anything else. */
    static List<Tree> items(Tree tree) {
        return tree instanceof Items list ? list.items() : List.of();
    }

    /** {@code {TAG :field value …}}; the fields in their order. */
    record Node(String tag, Map<String, Tree> fields) implements Tree {
        Tree field(String name) {
            return fields.getOrDefault(name, NOTHING);
        }

        /** The field's number; zero where there is none, which no object's OID is. */
        int number(String name) {
            return field(name) instanceof Atom atom ? atom.number() : 0;
        }

        /** Whether the field is this word. */
        boolean is(String name, String word) {
            return field(name) instanceof Atom atom && atom.text().equals(word);
        }

        /** The nodes of the field's list. */
        List<Node> nodes(String name) {
            return items(field(name)).stream()
                    .filter(Node.class::isInstance)
                    .map(Node.class::cast)
                    .toList();
        }

        /** The field's list of numbers. */
        List<Integer> numbers(String name) {
            return field(name) instanceof Items list
                    ? list.items().stream()
                            .filter(Atom.class::isInstance)
                            .map(item -> ((Atom) item).number())
                            .toList()
                    : List.of();
        }
    }

    /** {@code ( … )}: nodes, numbers, texts or members of a set; also the bytes of a constant. */
    record Items(List<Tree> items) implements Tree {}

    /** A word: a number, a truth value, a name; a text of a list stands in double quotes. */
    record Atom(String text) implements Tree {
        /** OIDs are unsigned; zero where it is no number. */
        int number() {
            boolean number = !text.isEmpty()
                    && text.length() <= 11
                    && text.chars().skip(text.charAt(0) == '-' ? 1 : 0).allMatch(c -> c >= '0' && c <= '9');
            return number && text.length() > (text.charAt(0) == '-' ? 1 : 0) ? (int) Long.parseLong(text) : 0;
        }
    }
}
