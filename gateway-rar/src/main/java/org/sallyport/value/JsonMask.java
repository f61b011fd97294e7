package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Mask;

/**
 * Hides what stands at some paths of JSON documents; every other byte stays. A document that is too large, too deep on the way
 * of a path, or none becomes NULL.
 *
 * <p>Whether the rest is JSON need not be asked: PostgreSQL lets nothing else into these types. {@code jsonb} in binary format:
 * {@code Int8 version | text}.
 */
final class JsonMask implements ValueMask {
    /** A larger one would hold up the other sessions of the event loop: this takes about a millisecond. */
    static final int MOST_BYTES = 1 << 20;

    static final int MOST_DEPTH = 64;

    private static final byte JSONB_VERSION = 1;
    private static final int END = -1;
    private static final byte[] HIDDEN = ('"' + Mask.HIDDEN + '"').getBytes(StandardCharsets.US_ASCII);

    private final JsonMembers hidden;
    private final boolean versioned;

    private ByteBuf json = Unpooled.EMPTY_BUFFER;
    private ByteBuf shown = Unpooled.EMPTY_BUFFER;
    private int at;
    private int end;

    /** Up to here the document is shown. */
    private int copied;

    /** @param versioned whether a byte with jsonb's version comes first */
    JsonMask(JsonMembers hidden, boolean versioned) {
        this.hidden = hidden;
        this.versioned = versioned;
    }

    @Override
    public boolean mask(ByteBuf value, ByteBuf shown) {
        json = value;
        this.shown = shown;
        at = value.readerIndex();
        end = value.writerIndex();
        copied = at;
        if (end - at > MOST_BYTES || (versioned && (at == end || value.getByte(at++) != JSONB_VERSION))) {
            return false;
        }
        boolean whole = value(hidden, 0) && blank() == END;
        shown.writeBytes(json, copied, end - copied);
        return whole;
    }

    private boolean value(@Nullable JsonMembers members, int depth) {
        int first = blank();
        if (members == null) {
            return skip();
        }
        if (depth > MOST_DEPTH) {
            return false;
        }
        if (members.whole() || (members.elements() && first != '[')) {
            return hide();
        }
        return switch (first) {
            case '{' -> object(members, depth);
            case '[' -> array(members, depth);
            default -> skip();
        };
    }

    private boolean object(JsonMembers members, int depth) {
        at++;
        if (blank() == '}') {
            at++;
            return true;
        }
        int next = ',';
        while (next == ',') {
            int name = blank() == '"' ? at + 1 : END;
            if (name == END || !string()) {
                return false;
            }
            JsonMembers member = members.member(json, name, at - 1);
            if (blank() != ':') {
                return false;
            }
            at++;
            if (!value(member, depth + 1)) {
                return false;
            }
            next = blank();
            at++;
        }
        return next == '}';
    }

    private boolean array(JsonMembers members, int depth) {
        at++;
        if (blank() == ']') {
            at++;
            return true;
        }
        int next = ',';
        while (next == ',') {
            blank();
            if (!(members.elements() ? hide() : value(members, depth + 1))) {
                return false;
            }
            next = blank();
            at++;
        }
        return next == ']';
    }

    private boolean hide() {
        int start = at;
        if (!skip()) {
            return false;
        }
        shown.writeBytes(json, copied, start - copied).writeBytes(HIDDEN);
        copied = at;
        return true;
    }

    /** Goes behind a value, without recursion: it may be as deep as it likes. */
    private boolean skip() {
        int depth = 0;
        do {
            int next = blank();
            if (next == '"') {
                if (!string()) {
                    return false;
                }
            } else if (next == '{' || next == '[') {
                depth++;
                at++;
            } else if (depth > 0 && (next == '}' || next == ']')) {
                depth--;
                at++;
            } else if (depth > 0 && (next == ',' || next == ':')) {
                at++;
            } else if (!word()) {
                return false;
            }
        } while (depth > 0);
        return true;
    }

    /** A string, from its first quote on. */
    private boolean string() {
        for (at++; at < end; at++) {
            byte next = json.getByte(at);
            if (next == '\\') {
                at++;
            } else if (next == '"') {
                at++;
                return true;
            }
        }
        return false;
    }

    /** A number, true, false or null. */
    private boolean word() {
        int start = at;
        while (at < end && isOfWord(json.getByte(at))) {
            at++;
        }
        return at > start;
    }

    private static boolean isOfWord(byte character) {
        return Decimal.isDigit(character)
                || (character >= 'a' && character <= 'z')
                || character == '-'
                || character == '+'
                || character == '.'
                || character == 'E';
    }

    /** Goes to what comes next and is not blank, and says what that is. */
    private int blank() {
        while (at < end) {
            byte next = json.getByte(at);
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next;
            }
            at++;
        }
        return END;
    }
}
