package org.sallyport.it;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a store has of the statements that {@link Witnesses}, and pgbench, ran. */
final class Remembered {
    private static final String EVERYTHING = """
            SELECT session_id, number, text, parameters, verdict, command_tag, sql_state
            FROM statement LEFT JOIN outcome USING (session_id, number)
            WHERE phase <> 'PARSE' ORDER BY session_id, number""";

    private static final Pattern NUMBER = Pattern.compile("(?:VALUES \\(|SELECT )(\\d{4,})");
    private static final Pattern TRANSFER =
            Pattern.compile("INSERT INTO pgbench_history .*VALUES \\(([^,]+), ([^,]+), ([^,]+), ([^,]+),.*");

    private final List<Run> runs;
    private final String table;

    private Remembered(List<Run> runs, String table) {
        this.runs = runs;
        this.table = table;
    }

    /** A statement with what became of it. */
    record Run(
            String session,
            String text,
            List<String> parameters,
            boolean isPermitted,
            @Nullable String tag) {
        boolean hasOutcome() {
            return tag != null;
        }

        /** The number that only this statement bears; null where it is none of the diarists'. */
        @Nullable
        Integer number() {
            Matcher literal = NUMBER.matcher(text);
            if (literal.find()) {
                return Integer.valueOf(literal.group(1));
            }
            return parameters.size() == 1 ? Integer.valueOf(parameters.get(0)) : null;
        }

        /** What it adds to pgbench's history; null where nothing. */
        @Nullable
        String transfer() {
            Matcher insert = TRANSFER.matcher(text);
            if (!insert.matches()) {
                return null;
            }
            return parameters.isEmpty()
                    ? insert.group(1) + "," + insert.group(2) + "," + insert.group(3) + "," + insert.group(4)
                    : String.join(",", parameters);
        }
    }

    /** @param table the one that the witnesses write to */
    static Remembered by(Connection store, String table) throws SQLException {
        List<Run> runs = new ArrayList<>();
        try (Statement statement = store.createStatement();
                ResultSet rows = statement.executeQuery(EVERYTHING)) {
            while (rows.next()) {
                Array parameters = rows.getArray(4);
                runs.add(new Run(
                        rows.getString(1),
                        rows.getString(3),
                        List.of((String[]) parameters.getArray()),
                        rows.getString(5).equals("PERMIT"),
                        rows.getString(6)));
            }
        }
        return new Remembered(runs, table);
    }

    int size() {
        return numbered().size();
    }

    Set<Integer> numbers(Predicate<Run> which) {
        return numbered().stream().filter(which).map(Run::number).collect(Collectors.toSet());
    }

    List<Integer> numbersTwice() {
        Set<Integer> once = new HashSet<>();
        return numbered().stream().map(Run::number).filter(n -> !once.add(n)).toList();
    }

    private List<Run> numbered() {
        return runs.stream()
                .filter(run -> run.text().contains(table) || run.text().contains(" FROM customers "))
                .filter(run -> run.number() != null)
                .toList();
    }

    /** How often each transfer was recorded with an END of its session behind it. */
    Map<String, Integer> committedTransfers() {
        Map<String, Integer> transfers = new HashMap<>();
        Map<String, String> open = new HashMap<>();
        for (Run run : runs) {
            String transfer = run.transfer();
            if (transfer != null) {
                open.put(run.session(), transfer);
            } else if (run.text().equals("END;") && open.containsKey(run.session())) {
                transfers.merge(open.remove(run.session()), 1, Integer::sum);
            }
        }
        return transfers;
    }
}
