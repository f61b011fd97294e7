package org.sallyport.console;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sallyport.record.RecordedStatement;

/** A statement as the page shows it. */
public record StatementLine(
        long number,
        boolean good,
        String verdict,
        String rule,
        String asked,
        String text,
        List<String> parameters,
        String outcome) {

    /** @param over whether its session has ended */
    static StatementLine of(RecordedStatement statement, boolean over) {
        return new StatementLine(
                statement.number(),
                statement.verdict().equals("PERMIT"),
                statement.verdict().toLowerCase(Locale.ROOT),
                Plain.text(statement.rule()),
                Wording.moment(statement.asked()),
                Plain.text(statement.text()),
                statement.parameters().stream().map(StatementLine::parameter).toList(),
                outcome(statement, over));
    }

    private static String parameter(@Nullable String value) {
        return value == null ? "NULL" : Plain.text(value);
    }

    private static String outcome(RecordedStatement statement, boolean over) {
        Optional<String> refused = statement.refusedWith().map(sqlState -> "refused with " + sqlState);
        return refused.orElseGet(
                () -> statement.outcome().map(StatementLine::outcome).orElse(over ? "outcome unknown" : "running"));
    }

    private static String outcome(RecordedStatement.Outcome outcome) {
        String what =
                outcome.sqlState().map(sqlState -> "failed with " + sqlState).orElse(outcome.commandTag());
        String found =
                outcome.found().isEmpty() ? "" : " · found " + Plain.text(new TreeMap<>(outcome.found()).toString());
        return "%s · %d %s, %d bytes, %.1f ms%s"
                .formatted(
                        Plain.text(what),
                        outcome.rows(),
                        outcome.rows() == 1 ? "row" : "rows",
                        outcome.bytes(),
                        outcome.duration().toNanos() / 1e6,
                        found);
    }
}
