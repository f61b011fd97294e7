package org.sallyport.meaning;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a {@code pg_node_tree}, as PostgreSQL's own readfuncs.c and read.c do, but knowing no node.
 *
 * <pre>
 * {TAG :field value … :field value …}    node
 * (value …)  (i 1 2)  (o 1 2)  (b 1 2)   list; of integers, of OIDs; set
 * &lt;&gt;                                     nothing
 * </pre>
 *
 * <p>A word ends at white space and at a bracket; a backslash takes the meaning from what follows it. What comes first behind a
 * field's name is its value, whatever it looks like: an alias may be called {@code :relid}. Deep trees need no deep stack.
 */
final class TreeReader {
    /** Of lists: what their members are, not one of them. */
    private static final List<String> MARKS = List.of("i", "o", "b", "x");

    private final String text;
    private final Deque<Open> open = new ArrayDeque<>();
    private int at;
    private @Nullable Tree whole;

    private TreeReader(String text) {
        this.text = text;
    }

    /** A node or a list whose end has not come. */
    private static final class Open {
        private final boolean node;
        private final Map<String, Tree> fields = new LinkedHashMap<>();
        private final List<Tree> items = new ArrayList<>();
        private @Nullable String tag;
        private @Nullable String field;

        Open(boolean node) {
            this.node = node;
        }

        void word(String word, boolean plain) {
            if (!node) {
                if (!items.isEmpty() || !plain || !MARKS.contains(word)) {
                    items.add(new Tree.Atom(word));
                }
            } else if (tag == null) {
                tag = word;
            } else if (plain && word.startsWith(":") && (field == null || !items.isEmpty())) {
                endField();
                field = word.substring(1);
            } else {
                value(new Tree.Atom(word));
            }
        }

        void value(Tree value) {
            if (node && field == null) {
                throw new UnreadableTree("a value without a field");
            }
            items.add(value);
        }

        Tree end() {
            if (!node) {
                return new Tree.Items(List.copyOf(items));
            }
            endField();
            if (tag == null) {
                throw new UnreadableTree("a node without a tag");
            }
            return new Tree.Node(tag, fields);
        }

        private void endField() {
            if (field != null) {
                if (items.isEmpty()) {
                    throw new UnreadableTree("a field without a value");
                }
                Tree value = items.size() == 1 ? items.get(0) : new Tree.Items(List.copyOf(items));
                if (fields.put(field, value) != null) {
                    throw new UnreadableTree("a field that comes twice");
                }
                items.clear();
                field = null;
            }
        }
    }

    /** @throws UnreadableTree where it is none */
    static Tree read(String text) {
        TreeReader reader = new TreeReader(text);
        reader.readAll();
        if (reader.whole == null || !reader.open.isEmpty()) {
            throw new UnreadableTree("a tree without an end");
        }
        return reader.whole;
    }

    private void readAll() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\n' || c == '\t') {
                at++;
            } else if (c == '{' || c == '(') {
                open.push(new Open(c == '{'));
                at++;
            } else if (c == '}' || c == ')') {
                close(c == '}');
                at++;
            } else {
                word();
            }
        }
    }

    private void close(boolean node) {
        Open last = open.poll();
        if (last == null || last.node != node) {
            throw new UnreadableTree("a bracket that closes nothing");
        }
        add(last.end());
    }

    private void add(Tree tree) {
        Open around = open.peek();
        if (around != null) {
            around.value(tree);
        } else if (whole == null) {
            whole = tree;
        } else {
            throw new UnreadableTree("something behind the tree");
        }
    }

    private void word() {
        int start = at;
        boolean escaped = false;
        while (at < text.length() && !endsWord(text.charAt(at))) {
            escaped |= text.charAt(at) == '\\';
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at, text.length());
        String word = text.substring(start, at);
        if (word.equals("<>")) {
            add(Tree.NOTHING);
            return;
        }
        boolean plain = text.charAt(start) != '\\';
        Open around = open.peek();
        if (around == null) {
            throw new UnreadableTree("a word outside of the tree");
        }
        around.word(escaped ? unescaped(word) : word, plain);
    }

    private static boolean endsWord(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '(' || c == ')' || c == '{' || c == '}';
    }

    private static String unescaped(String word) {
        StringBuilder plain = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) == '\\' && i + 1 < word.length()) {
                i++;
            }
            plain.append(word.charAt(i));
        }
        return plain.toString();
    }
}
