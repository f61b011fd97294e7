package org.sallyport.catalog;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sallyport.catalog.Structure.Action;
import org.sallyport.catalog.Structure.Constraint;
import org.sallyport.catalog.Structure.Kind;
import org.sallyport.meaning.Flow;
import org.sallyport.meaning.Mentioned;

/** Reads what relations' columns have to do with each other, of all that was not there when the cluster was made. Thread-safe. */
final class StructureReader {
    private static final int MOST_KNOWN = 20_000;

    /** By a hash for which nobody makes two views that have the same; no conversion takes place. */
    private static final String VIEWS = """
            select r.ev_class, pg_catalog.sha256(pg_catalog.convert_to(r.ev_action::pg_catalog.text, 'SQL_ASCII'))
              from pg_catalog.pg_rewrite r
             where r.ev_type = '1' and r.oid >= 16384::pg_catalog.oid""";

    private static final String VIEW =
            "select ev_action::pg_catalog.text from pg_catalog.pg_rewrite where ev_type = '1' and ev_class = ";

    /** Expressions of one row, and whether they hold for each that is there. */
    private static final String CHECKS = """
            select conrelid, conbin::pg_catalog.text, convalidated from pg_catalog.pg_constraint
             where contype = 'c' and conrelid <> 0 and oid >= 16384::pg_catalog.oid
            union all
            select indrelid, pg_catalog.concat(indexprs::pg_catalog.text, ' ', indpred::pg_catalog.text), true
              from pg_catalog.pg_index
             where (indexprs is not null or indpred is not null) and indexrelid >= 16384::pg_catalog.oid""";

    /** Keys and what else of an index makes rows exclude each other; key zero stands for an expression. */
    private static final String UNIQUE = """
            select indrelid, indkey::pg_catalog.int2[], pg_catalog.concat(indexprs::pg_catalog.text, ' ', indpred::pg_catalog.text)
              from pg_catalog.pg_index
             where (indisunique or indisexclusion) and indexrelid >= 16384::pg_catalog.oid""";

    private static final String PARTITIONED = """
            select partrelid, partattrs::pg_catalog.int2[], partexprs::pg_catalog.text from pg_catalog.pg_partitioned_table""";

    private static final String FOREIGN = """
            select conrelid, conkey, confrelid, confkey, confdeltype, confupdtype from pg_catalog.pg_constraint where contype = 'f'""";

    /** Functions whose result depends on more than what they are given. */
    private static final String UNSTEADY = "select oid from pg_catalog.pg_proc where provolatile <> 'i'";

    private static final Pattern CALLED = Pattern.compile(":(?:op)?funcid (\\d+)");

    private static final String GENERATED = """
            select d.adrelid, d.adnum, d.adbin::pg_catalog.text, a.attgenerated = 'v'
              from pg_catalog.pg_attrdef d
              join pg_catalog.pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
             where a.attgenerated <> ''""";

    private static final String POLICIES = """
            select p.polrelid, pg_catalog.concat(p.polqual::pg_catalog.text, ' ', p.polwithcheck::pg_catalog.text)
              from pg_catalog.pg_policy p join pg_catalog.pg_class c on c.oid = p.polrelid
             where c.relrowsecurity""";

    private static final String LABELS = """
            select objoid, objsubid, description from pg_catalog.pg_description
             where classoid = 'pg_catalog.pg_class'::pg_catalog.regclass and objsubid > 0 and description like '%label:%'""";

    private static final Pattern LABEL = Pattern.compile("(?:^|\\s)label:\\s*([\\w.-]+)");

    /** By the hash of the definition. */
    private final Map<String, Optional<Flow>> views = new ConcurrentHashMap<>();

    /** What is found about one relation. */
    private static final class Found {
        private Optional<Flow> view = Optional.empty();
        private final List<Constraint> constraints = new ArrayList<>();
        private final Map<Integer, Set<Integer>> generated = new HashMap<>();
        private boolean virtual;
        private final Set<Flow.Source> guards = new HashSet<>();
        private final Map<Integer, Set<String>> labels = new HashMap<>();

        Structure structure() {
            return new Structure(view, constraints, generated, virtual, guards, labels);
        }
    }

    /** Takes one row in. */
    @FunctionalInterface
    private interface Row {
        void read(Found found, Rows row) throws SQLException;
    }

    Map<Integer, Structure> read(Line line) throws SQLException {
        Map<Integer, Found> found = new HashMap<>();
        Set<String> unsteady = unsteady(line);
        each(line, CHECKS, found, (of, row) -> of.constraints.add(check(row, unsteady)));
        each(
                line,
                UNIQUE,
                found,
                (of, row) -> of.constraints.add(Constraint.of(Kind.ROWS, keys(row, 2, row.getString(3)))));
        each(line, PARTITIONED, found, (of, row) -> {
            Set<Integer> key = keys(row, 2, row.getString(3));
            of.constraints.add(Constraint.of(Kind.ROW, key));
            for (int column : key) {
                of.guards.add(new Flow.Source((int) row.getLong(1), column));
            }
        });
        each(
                line,
                FOREIGN,
                found,
                (of, row) -> of.constraints.add(new Constraint(
                        Kind.FOREIGN,
                        row.getNumbers(2),
                        (int) row.getLong(3),
                        references(row.getNumbersInOrder(2), row.getNumbersInOrder(4)),
                        action(row.getString(5), Action.DELETES),
                        action(row.getString(6), Action.CHANGES))));
        each(line, GENERATED, found, (of, row) -> {
            of.generated.put(row.getInt(2), Mentioned.in(row.getString(3)).columns());
            of.virtual |= row.getBoolean(4);
        });
        each(
                line,
                POLICIES,
                found,
                (of, row) -> of.guards.addAll(Mentioned.in(row.getString(2)).sources((int) row.getLong(1))));
        each(line, LABELS, found, (of, row) -> of.labels.put(row.getInt(2), labels(row.getString(3))));
        views(line, found);
        return found.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, of -> of.getValue().structure()));
    }

    private static Set<String> unsteady(Line line) throws SQLException {
        Set<String> functions = new HashSet<>();
        try (Rows rows = line.ask(UNSTEADY)) {
            while (rows.next()) {
                functions.add(rows.getString(1));
            }
        }
        return functions;
    }

    /** What depends on the time, or on how a session reads texts, may have become false since. */
    private static Constraint check(Rows row, Set<String> unsteady) throws SQLException {
        String tree = row.getString(2);
        boolean steady = row.getBoolean(3)
                && !tree.contains("{SQLVALUEFUNCTION")
                && !tree.contains("{COERCEVIAIO")
                && CALLED.matcher(tree).results().noneMatch(called -> unsteady.contains(called.group(1)));
        return Constraint.of(
                steady ? Kind.ROW : Kind.DOUBTFUL_ROW, Mentioned.in(tree).columns());
    }

    /** @param cascade what CASCADE does; SET NULL and SET DEFAULT change the row */
    private static Map<Integer, Integer> references(List<Integer> columns, List<Integer> referred) {
        Map<Integer, Integer> references = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            references.put(columns.get(i), referred.get(i));
        }
        return references;
    }

    private static Action action(String type, Action cascade) {
        return switch (type) {
            case "a", "r" -> Action.NOTHING;
            case "c" -> cascade;
            default -> Action.CHANGES;
        };
    }

    private static void each(Line line, String sql, Map<Integer, Found> found, Row reader) throws SQLException {
        try (Rows rows = line.ask(sql)) {
            while (rows.next()) {
                reader.read(found.computeIfAbsent((int) rows.getLong(1), oid -> new Found()), rows);
            }
        }
    }

    private void views(Line line, Map<Integer, Found> found) throws SQLException {
        Map<Integer, String> hashes = new HashMap<>();
        try (Rows rows = line.ask(VIEWS)) {
            while (rows.next()) {
                hashes.put((int) rows.getLong(1), rows.getString(2));
            }
        }
        if (views.size() > MOST_KNOWN) {
            views.clear();
        }
        for (Map.Entry<Integer, String> view : hashes.entrySet()) {
            Optional<Flow> flow = views.get(view.getValue());
            if (flow == null) {
                flow = view(line, view.getKey());
                views.put(view.getValue(), flow);
            }
            found.computeIfAbsent(view.getKey(), oid -> new Found()).view = flow;
        }
    }

    private static Optional<Flow> view(Line line, int oid) throws SQLException {
        try (Rows row = line.ask(VIEW + Integer.toUnsignedString(oid))) {
            return row.next() ? Flow.ofView(row.getString(1)) : Optional.empty();
        }
    }

    private static Set<String> labels(String comment) {
        return LABEL.matcher(comment).results().map(label -> label.group(1)).collect(Collectors.toSet());
    }

    /** The columns of an index' or a partition's key; an expression's are in the tree. */
    private static Set<Integer> keys(Rows row, int at, String trees) throws SQLException {
        Set<Integer> columns = new HashSet<>(row.getNumbers(at));
        columns.remove(0);
        columns.addAll(Mentioned.in(trees).columns());
        return columns;
    }
}
