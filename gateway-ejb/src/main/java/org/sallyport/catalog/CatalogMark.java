package org.sallyport.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a database's catalogs stood when a transaction looked, to tell whether anything in them has changed since: that costs a
 * fraction of reading them.
 *
 * <p>A row that one transaction sees and an earlier one did not see is of a transaction that was not over when that one looked, so its
 * {@code xmin} is no older than the oldest that ran then (PostgreSQL manual, "pg_snapshot Components"). Where there is no such row, and no
 * fewer rows than there were, they are the same rows. What the server writes over a row in its place (VACUUM, ANALYZE) is nothing that
 * snapshots read.
 */
final class CatalogMark {

    /** All that {@link CatalogReader} and its like read, by name or by a function; but for roles. */
    static final List<String> CATALOGS = List.of(
            "pg_attrdef",
            "pg_attribute",
            "pg_auth_members",
            "pg_class",
            "pg_constraint",
            "pg_db_role_setting",
            "pg_depend",
            "pg_description",
            "pg_index",
            "pg_inherits",
            "pg_language",
            "pg_namespace",
            "pg_operator",
            "pg_partitioned_table",
            "pg_policy",
            "pg_proc",
            "pg_publication_rel",
            "pg_range",
            "pg_rewrite",
            "pg_statistic_ext",
            "pg_trigger",
            "pg_type");

    /**
     * The rows of roles, which give functions their owners' names, are for superusers. And a server that was started anew may have lost what
     * it had shown before (manual, "Asynchronous Commit").
     */
    private static final String MOMENT = """
            select pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot()),
                   pg_catalog.concat(pg_catalog.pg_postmaster_start_time(), ' ', pg_catalog.current_schemas(true), ' ',
                       (select pg_catalog.hashtextextended(
                                   pg_catalog.string_agg(pg_catalog.concat(oid, rolname, rolsuper), ' ' order by oid), 0)
                          from pg_catalog.pg_roles))""";

    /** An age below zero is that of a row of two thousand million transactions ago. */
    private static final String COUNT = """
            select '%s', count(*), count(*) filter (where pg_catalog.age(xmin) between 0 and pg_catalog.age('%d'::pg_catalog.xid))
              from pg_catalog.%1$s""";

    private static final long XIDS = 1L << 32;

    private final long oldestRunning;
    private final String surroundings;
    private final Map<String, Long> rows;
    private final boolean anyNew;

    private CatalogMark(long oldestRunning, String surroundings, Map<String, Long> rows, boolean anyNew) {
        this.oldestRunning = oldestRunning;
        this.surroundings = surroundings;
        this.rows = rows;
        this.anyNew = anyNew;
    }

    /** @param statement in a transaction that sees the same throughout (REPEATABLE READ) */
    static CatalogMark of(Statement statement) throws SQLException {
        return take(statement, -1);
    }

    /** Whether the statement's transaction sees the rows that the one of this mark saw; fewer than 2^31 transactions later. */
    boolean holds(Statement statement) throws SQLException {
        CatalogMark now = take(statement, oldestRunning);
        return !now.anyNew && now.rows.equals(rows) && now.surroundings.equals(surroundings);
    }

    /** @param since the oldest transaction whose rows count as new; below zero the oldest that runs now */
    private static CatalogMark take(Statement statement, long since) throws SQLException {
        long oldestRunning;
        String surroundings;
        try (ResultSet row = statement.executeQuery(MOMENT)) {
            row.next();
            oldestRunning = row.getLong(1);
            surroundings = row.getString(2);
        }
        long bound = (since < 0 ? oldestRunning : since) % XIDS;
        String counts = CATALOGS.stream()
                .map(catalog -> COUNT.formatted(catalog, bound))
                .collect(Collectors.joining(" union all "));
        Map<String, Long> rows = new HashMap<>();
        boolean anyNew = false;
        try (ResultSet row = statement.executeQuery(counts)) {
            while (row.next()) {
                rows.put(row.getString(1), row.getLong(2));
                anyNew |= row.getLong(3) > 0;
            }
        }
        return new CatalogMark(oldestRunning, surroundings, rows, anyNew);
    }
}
