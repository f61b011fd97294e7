package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import org.sallyport.contract.MaskedType;

/**
 * Days and times as PostgreSQL writes them under {@code DateStyle} ISO: {@code 2001-02-03}, {@code 2001-02-03 04:05:06.789},
 * {@code 0044-03-15 04:05:06+02:30:15 BC}. Other styles differ in the first four digits or the dashes.
 */
final class DateText {
    private static final int DAY = 86_400;
    private static final int MOST_YEAR_DIGITS = 7;
    private static final byte[] MIDNIGHT = " 00:00:00".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BC = " BC".getBytes(StandardCharsets.US_ASCII);

    private ByteBuf text = Unpooled.EMPTY_BUFFER;
    private int at;
    private int end;
    private long day;

    /** False where the text is in no such form; then there is no {@link #day()}. */
    boolean read(ByteBuf value, MaskedType type) {
        text = value;
        at = value.readerIndex();
        end = value.writerIndex();
        boolean beforeChrist = endsWithBc();
        if (beforeChrist) {
            end -= BC.length;
        }
        int year = year();
        int month = part('-', 12);
        int dayOfMonth = part('-', 31);
        if (year < 1 || month < 1 || dayOfMonth < 1) {
            return false;
        }
        int astronomical = beforeChrist ? 1 - year : year;
        if (dayOfMonth > YearMonth.of(astronomical, month).lengthOfMonth()) {
            return false;
        }
        day = Days.of(LocalDate.of(astronomical, month, dayOfMonth));
        return type == MaskedType.DATE ? at == end : time(type == MaskedType.TIMESTAMPTZ);
    }

    /** By UTC where the text had a time zone. */
    long day() {
        return day;
    }

    private boolean endsWithBc() {
        for (int i = 0; i < BC.length; i++) {
            if (end - at < BC.length || text.getByte(end - BC.length + i) != BC[i]) {
                return false;
            }
        }
        return true;
    }

    /** At least four digits; -1 where there are none. */
    private int year() {
        int from = at;
        int year = 0;
        while (at < end && at - from < MOST_YEAR_DIGITS && Decimal.isDigit(text.getByte(at))) {
            year = year * 10 + text.getByte(at++) - '0';
        }
        return at - from < 4 ? -1 : year;
    }

    /** Two digits behind a separator; -1 where there are none. */
    private int part(char separator, int largest) {
        if (end - at < 3
                || text.getByte(at) != separator
                || !Decimal.isDigit(text.getByte(at + 1))
                || !Decimal.isDigit(text.getByte(at + 2))) {
            return -1;
        }
        int part = (text.getByte(at + 1) - '0') * 10 + text.getByte(at + 2) - '0';
        at += 3;
        return part > largest ? -1 : part;
    }

    private boolean time(boolean zoned) {
        int hour = part(' ', 23);
        int minute = part(':', 59);
        int second = part(':', 59);
        if (hour < 0 || minute < 0 || second < 0) {
            return false;
        }
        if (at < end && text.getByte(at) == '.') {
            do {
                at++;
            } while (at < end && Decimal.isDigit(text.getByte(at)));
        }
        return zoned ? zone((hour * 60 + minute) * 60 + second) : at == end;
    }

    /** What is left of the text is an offset: by it a time may be of another day. */
    private boolean zone(int seconds) {
        char sign = at < end ? (char) text.getByte(at) : ' ';
        if (sign != '+' && sign != '-') {
            return false;
        }
        int offset = part(sign, 23) * 3600;
        for (int unit = 60; at < end && unit > 0; unit /= 60) {
            int part = part(':', 59);
            if (part < 0) {
                return false;
            }
            offset += part * unit;
        }
        if (offset < 0 || at != end) {
            return false;
        }
        day += Math.floorDiv(sign == '+' ? seconds - offset : seconds + offset, DAY);
        return true;
    }

    /** A day, or its first moment in UTC. */
    static void write(long day, MaskedType type, ByteBuf shown) {
        LocalDate date = Days.date(day);
        boolean beforeChrist = date.getYear() < 1;
        Decimal.write(beforeChrist ? 1 - date.getYear() : date.getYear(), 4, shown);
        Decimal.write(date.getMonthValue(), 2, shown.writeByte('-'));
        Decimal.write(date.getDayOfMonth(), 2, shown.writeByte('-'));
        if (type != MaskedType.DATE) {
            shown.writeBytes(MIDNIGHT);
        }
        if (type == MaskedType.TIMESTAMPTZ) {
            shown.writeByte('+').writeByte('0').writeByte('0');
        }
        if (beforeChrist) {
            shown.writeBytes(BC);
        }
    }
}
