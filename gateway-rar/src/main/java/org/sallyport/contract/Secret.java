package org.sallyport.contract;

import java.util.Arrays;

/**
 * A token or a password, held as characters so that it can be wiped; it never shows in {@link #toString()}.
 *
 * <p>Whoever creates one destroys it. {@link #reveal()} hands out the live array: callers must not keep or change it.
 */
public final class Secret implements AutoCloseable {
    private final char[] characters;

    /** Takes ownership of {@code characters}. */
    public Secret(char[] characters) {
        this.characters = characters;
    }

    public char[] reveal() {
        return characters;
    }

    /** Overwrites the characters; a destroyed secret reveals zeros. */
    @Override
    public void close() {
        Arrays.fill(characters, '\0');
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
