package org.sallyport.meaning;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PgResultSet;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Snapshots;
import org.sallyport.policy.Extent;
import org.sallyport.sql.SqlReader;

/**
 * Compares what a session really locks for a statement, and where its result's columns really come from, with what was said before.
 * A statement in autocommit gets a transaction of its own, with its deferred checks made before the locks are looked at.
 */
final class LockWitness {
    /** Not those of TOAST, which belong to their tables, nor those of the system's own, which any statement takes. */
    private static final String LOCKS = """
            select l.relation from pg_catalog.pg_locks l join pg_catalog.pg_class c on c.oid = l.relation
             where l.pid = pg_catalog.pg_backend_pid() and l.locktype = 'relation' and l.granted
               and c.oid >= 16384::pg_catalog.oid and c.relnamespace::pg_catalog.regnamespace::pg_catalog.text !~ '^pg_toast'""";

    private final Connection connection;
    private Optional<Catalog> snapshot = Optional.empty();
    private final Findings findings;

    /** Of all statements. */
    static final class Findings {
        final TreeMap<String, Integer> counts = new TreeMap<>();
        final List<String> misses = new ArrayList<>();

        void miss(String what) {
            System.out.println("MISS " + what.replace('\n', ' '));
            misses.add(what);
        }

        void count(String what, int number) {
            counts.merge(what, number, Integer::sum);
        }
    }

    LockWitness(Connection connection, Findings findings) {
        this.connection = connection;
        this.findings = findings;
    }

    /** After it whatever the session sees may be something else. */
    void forget() {
        snapshot = Optional.empty();
    }

    /** Runs the statement; whether the server took it. */
    boolean run(String sql, Meaning meaning) throws SQLException {
        boolean own = connection.unwrap(PgConnection.class).getTransactionState() == TransactionState.IDLE;
        if (snapshot.isEmpty()) {
            long begun = System.nanoTime();
            snapshot = Optional.of(Snapshots.within(connection));
            findings.count("snapshots", 1);
            findings.count("snapshots, ms", (int) ((System.nanoTime() - begun) / 1_000_000));
        }
        Catalog catalog = snapshot.get();
        Extent extent = extent(sql, meaning, catalog);
        if (extent.opaque()) {
            forget();
        }
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            if (own) {
                statement.execute("BEGIN");
            }
            Set<Integer> before = locks(statement);
            boolean taken = false;
            try {
                List<Meaning.Column> columns = execute(statement, sql);
                if (own) {
                    statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
                }
                taken = true;
                Set<Integer> after = locks(statement);
                after.removeAll(before);
                compare(sql, extent, after, catalog);
                compare(sql, meaning, columns);
            } catch (SQLException e) {
                if (taken) {
                    throw e;
                }
            } finally {
                if (own) {
                    statement.execute(taken ? "COMMIT" : "ROLLBACK");
                }
            }
            return taken;
        }
    }

    private static Extent extent(String sql, Meaning meaning, Catalog catalog) {
        return Extent.of(SqlReader.read(sql, List.of()).statements().get(0), Optional.of(meaning), catalog);
    }

    private static List<Meaning.Column> execute(Statement statement, String sql) throws SQLException {
        statement.setQueryTimeout(10);
        boolean rows = statement.execute(sql);
        statement.setQueryTimeout(0);
        if (!rows) {
            return List.of();
        }
        try (ResultSet result = statement.getResultSet()) {
            List<Meaning.Column> columns = new ArrayList<>();
            for (org.postgresql.core.Field field : fields(result)) {
                columns.add(
                        new Meaning.Column(field.getColumnLabel(), field.getTableOid(), field.getPositionInTable()));
            }
            return columns;
        }
    }

    /** The driver looks names up for whoever asks, and keeps the numbers to itself. */
    private static org.postgresql.core.Field[] fields(ResultSet result) {
        try {
            Field fields = PgResultSet.class.getDeclaredField("fields");
            fields.setAccessible(true);
            return (org.postgresql.core.Field[]) fields.get(result);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<Integer> locks(Statement statement) throws SQLException {
        Set<Integer> locks = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(LOCKS)) {
            while (rows.next()) {
                locks.add((int) rows.getLong(1));
            }
        }
        return locks;
    }

    private void compare(String sql, Extent extent, Set<Integer> locked, Catalog catalog) {
        Set<Integer> old = new HashSet<>(locked);
        old.removeIf(oid -> catalog.relation(oid).isEmpty());
        findings.count("statements", 1);
        findings.count("locks", old.size());
        findings.count("locks of what the statement itself makes", locked.size() - old.size());
        findings.count("relations reached", extent.relations().size());
        if (extent.opaque()) {
            findings.count("statements that touch what nobody can know", 1);
        }
        for (int oid : old) {
            Relation relation = catalog.relation(oid).orElseThrow();
            if (extent.relations().contains(oid)) {
                findings.count("locks reached, of a " + relation.kind(), 1);
            } else if (extent.opaque()) {
                findings.count("locks that nobody could know", 1);
            } else {
                findings.miss("lock of " + relation.kind() + " " + relation.qualifiedName() + " :: " + sql);
            }
        }
    }

    private void compare(String sql, Meaning meaning, List<Meaning.Column> columns) {
        boolean shows = sql.strip().split("\\W", 2)[0].matches("(?i)EXPLAIN");
        if (columns.isEmpty() || shows) {
            return;
        }
        findings.count("columns", columns.size());
        findings.count("columns of a relation", (int)
                columns.stream().filter(column -> column.relation() != 0).count());
        if (!columns.equals(meaning.columns())) {
            findings.miss("columns " + columns + " told " + meaning.columns() + " :: " + sql);
        }
    }
}
