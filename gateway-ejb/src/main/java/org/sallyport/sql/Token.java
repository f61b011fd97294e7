package org.sallyport.sql;

/**
 * One token as PostgreSQL's scanner sees it.
 *
 * @param text  what it means: an identifier folded, decoded and cut to 63 bytes; a string's value; else as written
 * @param start offset of its first character
 * @param end   offset after its last character
 */
public record Token(Kind kind, String text, int start, int end) {

    /** What a token is. */
    public enum Kind {
        /** An unquoted name, possibly a keyword. */
        WORD,
        /** A quoted name, never a keyword. */
        QUOTED,
        STRING,
        /** {@code B'…'} or {@code X'…'}. */
        BITS,
        NUMBER,
        PARAMETER,
        OPERATOR,
        /** One of {@code , ( ) [ ] . ; :} and {@code :: .. := =>}. */
        SYMBOL
    }

    public boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    public boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    public boolean isName() {
        return kind == Kind.QUOTED || kind == Kind.WORD;
    }

    /** A keyword that cannot name anything unless quoted. */
    public boolean isReserved() {
        return kind == Kind.WORD && Keywords.isReserved(text);
    }
}
