package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.sallyport.contract.Mask;

/**
 * Hides what a {@link Screen} finds in the strings, keys and numbers of JSON documents, so that they stay JSON. What is none becomes NULL.
 *
 * <p>A number with something in it becomes the string {@code "********"}, and so does what stands in a string with escapes: where in it
 * something was found cannot be told from what it means.
 *
 * <p>{@code jsonb} in binary format: {@code Int8 version | text}.
 */
final class JsonScreen implements ValueMask {
    private static final byte JSONB_VERSION = 1;
    private static final byte[] HIDDEN = Mask.HIDDEN.getBytes(StandardCharsets.US_ASCII);
    private static final int USUAL_BYTES = 512;

    private final Screen screen;
    private final boolean versioned;
    private final JsonText decoded = new JsonText();
    private byte[] json = new byte[USUAL_BYTES];
    private int at;
    private int end;

    /** Up to here the document is shown. */
    private int copied;

    /** @param versioned whether a byte with jsonb's version comes first */
    JsonScreen(Screen screen, boolean versioned) {
        this.screen = screen;
        this.versioned = versioned;
    }

    @Override
    public boolean mask(ByteBuf value, ByteBuf shown) {
        end = value.readableBytes();
        if (screen.isTooLong(end)) {
            if (!screen.hides()) {
                shown.writeBytes(value, value.readerIndex(), end);
            }
            return !screen.hides();
        }
        json = Room.of(json, end);
        value.getBytes(value.readerIndex(), json, 0, end);
        at = versioned ? 1 : 0;
        copied = 0;
        boolean whole = (!versioned || (end > 0 && json[0] == JSONB_VERSION)) && document(shown);
        shown.writeBytes(json, copied, end - copied);
        return whole;
    }

    private boolean document(ByteBuf shown) {
        while (at < end) {
            byte next = json[at];
            if (next == '"') {
                if (!string(shown)) {
                    return false;
                }
            } else if (next == '-' || Decimal.isDigit(next)) {
                number(shown);
            } else {
                at++;
            }
        }
        return true;
    }

    private boolean string(ByteBuf shown) {
        int start = ++at;
        boolean escapes = false;
        while (at < end && json[at] != '"') {
            if (json[at] == '\\') {
                escapes = true;
                at++;
            }
            at++;
        }
        if (at >= end) {
            return false;
        }
        if (escapes) {
            int length = decoded.decode(json, start, at);
            if (screen.look(decoded.text(), 0, length)) {
                hide(start, at, shown);
            }
        } else if (screen.look(json, start, at)) {
            for (int part = 0; part < screen.parts(); part++) {
                hide(screen.start(part), screen.end(part), shown);
            }
        }
        at++;
        return true;
    }

    private void number(ByteBuf shown) {
        int start = at;
        while (at < end && isOfNumber(json[at])) {
            at++;
        }
        if (screen.look(json, start, at)) {
            shown.writeBytes(json, copied, start - copied)
                    .writeByte('"')
                    .writeBytes(HIDDEN)
                    .writeByte('"');
            copied = at;
        }
    }

    private static boolean isOfNumber(byte character) {
        return Decimal.isDigit(character)
                || character == '-'
                || character == '+'
                || character == '.'
                || character == 'e'
                || character == 'E';
    }

    private void hide(int from, int to, ByteBuf shown) {
        shown.writeBytes(json, copied, from - copied).writeBytes(HIDDEN);
        copied = to;
    }
}
