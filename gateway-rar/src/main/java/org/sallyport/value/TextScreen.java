package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.sallyport.contract.Mask;

/** Hides in a text what a {@link Screen} finds, and leaves the rest. */
final class TextScreen implements ValueMask {
    private static final byte[] HIDDEN = Mask.HIDDEN.getBytes(StandardCharsets.US_ASCII);
    private static final int USUAL_BYTES = 512;

    private final Screen screen;

    /** The present value, where the scans can go through it without asking a buffer for each byte. */
    private byte[] text = new byte[USUAL_BYTES];

    TextScreen(Screen screen) {
        this.screen = screen;
    }

    @Override
    public boolean mask(ByteBuf value, ByteBuf shown) {
        int length = value.readableBytes();
        if (screen.isTooLong(length)) {
            // Too long to be looked at.
            if (!screen.hides()) {
                shown.writeBytes(value, value.readerIndex(), length);
            }
            return !screen.hides();
        }
        text = Room.of(text, length);
        value.getBytes(value.readerIndex(), text, 0, length);
        int copied = 0;
        if (screen.look(text, 0, length)) {
            for (int part = 0; part < screen.parts(); part++) {
                shown.writeBytes(text, copied, screen.start(part) - copied).writeBytes(HIDDEN);
                copied = screen.end(part);
            }
        }
        shown.writeBytes(text, copied, length - copied);
        return true;
    }
}
