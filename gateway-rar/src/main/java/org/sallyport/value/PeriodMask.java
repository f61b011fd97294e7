package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import java.time.LocalDate;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskedType;

/**
 * Shows the first moment of the month, year or decade that a day or time lies in; a time with a time zone by UTC, which is how
 * the binary format has it. In text format only what PostgreSQL writes under {@code DateStyle} ISO is understood.
 */
final class PeriodMask implements ValueMask {
    private static final long MICROSECONDS = 86_400_000_000L;

    private final Mask.Period period;
    private final MaskedType type;
    private final boolean binary;
    private final DateText text = new DateText();

    PeriodMask(Mask.Period period, MaskedType type, boolean binary) {
        this.period = period;
        this.type = type;
        this.binary = binary;
    }

    @Override
    public boolean mask(ByteBuf value, ByteBuf shown) {
        if (binary ? !isFinite(value) : !text.read(value, type)) {
            return false;
        }
        long first = first(binary ? day(value) : text.day());
        if (first < Days.FIRST) {
            return false;
        }
        if (!binary) {
            DateText.write(first, type, shown);
        } else if (type == MaskedType.DATE) {
            shown.writeInt((int) first);
        } else {
            shown.writeLong(first * MICROSECONDS);
        }
        return true;
    }

    /** {@code date}: Int32 days; the others: Int64 microseconds. The ends of the range stand for infinity. */
    private boolean isFinite(ByteBuf value) {
        int from = value.readerIndex();
        if (type == MaskedType.DATE) {
            int days = value.readableBytes() == Integer.BYTES ? value.getInt(from) : Integer.MIN_VALUE;
            return days != Integer.MIN_VALUE && days != Integer.MAX_VALUE;
        }
        long time = value.readableBytes() == Long.BYTES ? value.getLong(from) : Long.MIN_VALUE;
        return time != Long.MIN_VALUE && time != Long.MAX_VALUE;
    }

    private long day(ByteBuf value) {
        int from = value.readerIndex();
        return type == MaskedType.DATE ? value.getInt(from) : Math.floorDiv(value.getLong(from), MICROSECONDS);
    }

    private long first(long day) {
        LocalDate date = Days.date(day);
        LocalDate first = switch (period) {
            case MONTH -> date.withDayOfMonth(1);
            case YEAR -> date.withDayOfYear(1);
            case DECADE -> date.withYear(Math.floorDiv(date.getYear(), 10) * 10).withDayOfYear(1);
        };
        return Days.of(first);
    }
}
