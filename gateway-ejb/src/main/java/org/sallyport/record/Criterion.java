package org.sallyport.record;

import java.util.Locale;

/** What an auditor may ask for, and how the store is asked: of the session {@code h}, its statement {@code s} and that one's outcome. */
public enum Criterion {
    /** The whole name; the index has its beginning. */
    IDENTITY("left(h.identity, 200) = left(:identity, 200) and h.identity = :identity"),
    CONNECTION("h.connection = :connection"),
    /** As {@code schema.name}. */
    RELATION(inArray("relations", "relation")),
    LABEL(inArray("labels", "label")),
    /** {@code PERMIT} or {@code DENY}. */
    VERDICT("s.verdict = :verdict"),
    RULE("s.rule = :rule"),
    /** That it was refused with, or failed with. */
    SQL_STATE("""
            (s.key.session, s.key.number) in (
                select r.key.session, r.key.number from StatementRecord r
                where r.verdict = 'DENY' and r.refusedWith = :sqlState
                union all
                select f.key.session, f.key.number from OutcomeRecord f where f.sqlState = :sqlState)"""),
    /** Part of the text, in capitals or not. No index helps: all that the other criteria leave is read. */
    TEXT("s.text ilike :text escape '\\'");

    private final String condition;

    Criterion(String condition) {
        this.condition = condition;
    }

    String condition() {
        return condition;
    }

    /** The index leaves out rows whose array is empty, and is used only where a question leaves them out, too. */
    private static String inArray(String array, String value) {
        return """
                cast(sql('? <> array[]::text[]', s.%1$s) as Boolean) = true
                and cast(sql('? @> array[cast(? as text)]', s.%1$s, :%2$s) as Boolean) = true""".formatted(array, value);
    }

    /** Whether it is about a statement, and not about its session. */
    boolean isOfStatement() {
        return this != IDENTITY && this != CONNECTION;
    }

    /** The condition's parameter. */
    String parameter() {
        return this == SQL_STATE ? "sqlState" : name().toLowerCase(Locale.ROOT);
    }

    /** What is asked for, as the condition's parameter has it. */
    String argument(String value) {
        return this == TEXT
                ? "%" + value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
                : value;
    }
}
