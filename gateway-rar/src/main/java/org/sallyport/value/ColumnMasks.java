package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Mask;
import org.sallyport.contract.ResultShape;

/** What is shown of the columns of one result. */
final class ColumnMasks {
    private static final byte[] REDACTED = Mask.Redacted.TEXT.getBytes(StandardCharsets.US_ASCII);

    /** One for each column; null where the value is shown as it is. */
    private final @Nullable ValueMask[] values;

    /** For each column whether its NULL is hidden too. */
    private final boolean[] redacted;

    /**
     * @param columns  as they are described, one for each mask
     * @param findings counts what detectors find
     */
    ColumnMasks(List<Mask> masks, List<ResultShape.Column> columns, Findings findings) {
        if (masks.size() != columns.size()) {
            throw new IllegalArgumentException("one mask for each column");
        }
        values = new ValueMask[masks.size()];
        redacted = new boolean[masks.size()];
        for (int i = 0; i < values.length; i++) {
            Mask mask = masks.get(i);
            values[i] = mask instanceof Mask.Clear ? null : ValueMasks.of(mask, columns.get(i), findings);
            redacted[i] = mask instanceof Mask.Redacted && values[i] != ValueMask.NOTHING;
        }
    }

    int count() {
        return values.length;
    }

    /** Whether the column's values are shown as they are. */
    boolean isClear(int column) {
        return values[column] == null;
    }

    /** Whether the column's values are shown as one text, and NULL too: they need not be looked at. */
    boolean isRedacted(int column) {
        return redacted[column];
    }

    /** Writes what is shown in place of each value of a column that is redacted. */
    static void redact(ByteBuf shown) {
        shown.writeBytes(REDACTED);
    }

    static int redactedLength() {
        return REDACTED.length;
    }

    /**
     * Writes what is shown of a value that is not NULL, of a column that is neither clear nor redacted.
     *
     * @return false where NULL is shown; what was written then does not count
     */
    boolean mask(int column, ByteBuf value, ByteBuf shown) {
        ValueMask mask = values[column];
        return mask != null && mask.mask(value, shown);
    }
}
