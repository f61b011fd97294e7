package org.sallyport.sql;

import java.util.Set;

/** PostgreSQL's keywords (manual, appendix "SQL Key Words"), as far as reading needs them. */
final class Keywords {

    /** Reserved, whether or not they may name a function or type. */
    private static final Set<String> RESERVED = Set.of(
            ("all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate"
                            + " collation column concurrently constraint create cross current_catalog current_date"
                            + " current_role current_schema current_time current_timestamp current_user default"
                            + " deferrable desc distinct do else end except false fetch for foreign freeze from full"
                            + " grant group having ilike in initially inner intersect into is isnull join lateral"
                            + " leading left like limit localtime localtimestamp natural not notnull null offset on"
                            + " only or order outer overlaps placing primary references returning right select"
                            + " session_user similar some symmetric system_user table tablesample then to trailing true"
                            + " union unique user using variadic verbose when where window with")
                    .split(" "));

    /** Not reserved, but with a meaning of their own inside queries. */
    private static final Set<String> OF_QUERIES = Set.of(
            ("at between bigint bit boolean by char character coalesce conflict current day dec decimal delete double"
                            + " escape exclude exists extract filter first float following greatest groups insert int"
                            + " integer interval last least locked matched materialized merge next no nothing nowait"
                            + " nulls nullif numeric of ordinality over overriding partition position preceding"
                            + " precision range real recursive row rows set share skip smallint substring system ties"
                            + " time timestamp trim unbounded update value values varchar varying within without zone")
                    .split(" "));

    /** What may follow {@code extract(}. */
    private static final Set<String> FIELDS = Set.of(
            ("century day decade dow doy epoch hour isodow isoyear julian microseconds millennium milliseconds minute"
                            + " month quarter second timezone timezone_hour timezone_minute week year")
                    .split(" "));

    private static final Set<String> TYPED_LITERALS = Set.of("date", "time", "timestamp", "timestamptz", "interval");

    private Keywords() {}

    static boolean isReserved(String word) {
        return RESERVED.contains(word);
    }

    static boolean hasMeaningInQueries(String word) {
        return RESERVED.contains(word) || OF_QUERIES.contains(word);
    }

    static boolean isExtractField(String word) {
        return FIELDS.contains(word);
    }

    static boolean startsTypedLiteral(String word) {
        return TYPED_LITERALS.contains(word);
    }
}
