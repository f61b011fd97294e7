package org.sallyport.meaning;

import java.util.List;
import java.util.Optional;

/** A constant of the type text in a tree. */
final class TextConstant {
    /** PostgreSQL's OID of text. */
    private static final int TEXT = 25;

    /** Before the characters stands four times their and its own length, as PostgreSQL keeps a value in memory; a shorter one is another form. */
    private static final int HEADER = 4;

    private TextConstant() {}

    /** Its characters, where they are ASCII and no more than a name has: {@code :constvalue 9 [ 36 0 0 0 97 98 99 100 101 ]}. */
    static Optional<String> of(Tree.Node node) {
        if (!node.tag().equals("CONST") || node.number("consttype") != TEXT) {
            return Optional.empty();
        }
        List<Tree> value = Tree.items(node.field("constvalue"));
        int characters = value.size() - 3 - HEADER;
        boolean whole = characters >= 0
                && number(value, 0) == HEADER + characters
                && value.get(1).equals(new Tree.Atom("["))
                && (number(value, 2) & 0xff) == (HEADER + characters) * 4;
        StringBuilder text = new StringBuilder();
        for (int i = 0; whole && i < characters; i++) {
            int character = number(value, 2 + HEADER + i);
            whole = character >= ' ' && character <= '~';
            text.append((char) character);
        }
        return whole ? Optional.of(text.toString()) : Optional.empty();
    }

    private static int number(List<Tree> value, int at) {
        return value.get(at) instanceof Tree.Atom atom ? atom.number() : 0;
    }
}
