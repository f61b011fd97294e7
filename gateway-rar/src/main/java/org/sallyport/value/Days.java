package org.sallyport.value;

import java.time.LocalDate;

/** Days as PostgreSQL counts them, from 2000-01-01 on. */
final class Days {
    private static final long ORIGIN = LocalDate.of(2000, 1, 1).toEpochDay();

    /** The first day that PostgreSQL's types have: 4713-11-24 BC, by the calendar that it extends into the past. */
    static final long FIRST = LocalDate.of(-4712, 11, 24).toEpochDay() - ORIGIN;

    private Days() {}

    static LocalDate date(long day) {
        return LocalDate.ofEpochDay(day + ORIGIN);
    }

    static long of(LocalDate date) {
        return date.toEpochDay() - ORIGIN;
    }
}
