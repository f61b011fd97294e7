package org.sallyport.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;
import org.sallyport.journal.JournalHead;
import org.sallyport.record.RecordFormat;

/** Checks a store, in one transaction. */
final class StoreCheck {
    /** Rows that are fetched at once from each table; one may take half a megabyte. */
    private static final int FETCH = 100;

    /** Says which journals there are: one that it does not show would not be looked at. */
    private static final String JOURNALS = "journal";

    /** Of the table and its partitions; it has some where it is kept by days. */
    private static final String SHAPE = """
            SELECT relname, attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
            WHERE attrelid IN (SELECT ?::regclass UNION ALL SELECT inhrelid FROM pg_inherits WHERE inhparent = ?::regclass)
              AND attnum > 0 AND NOT attisdropped
              AND (relkind <> CASE WHEN NOT relispartition AND ? THEN 'p' ELSE 'r' END
                   OR (relhassubclass AND relkind = 'r') OR relrowsecurity
                   OR atttypid <> ALL ('{uuid,text,text[],bigint,timestamptz,bytea}'::regtype[]))""";

    private final Connection connection;
    private final Findings findings;

    StoreCheck(Connection connection, Findings findings) {
        this.connection = connection;
        this.findings = findings;
    }

    /** From now on the connection shows the store as it is now, and changes nothing there. */
    static void freeze(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        try (Statement statement = connection.createStatement()) {
            // Rows that a policy would hide are an error, not missing; and what a path would put in front of the tables
            // does not count.
            statement.execute("SET row_security = off");
            statement.execute("SET search_path = pg_catalog, public");
            // Before anything is looked at: a partition that were dropped after that would be missing.
            statement.execute("LOCK TABLE " + JOURNALS + " IN ACCESS SHARE MODE");
            for (StoreTable table : StoreTable.values()) {
                statement.execute("LOCK TABLE " + table.table() + " IN ACCESS SHARE MODE");
            }
        }
    }

    /** How far the store says that each journal has come. */
    List<JournalHead> journals() throws SQLException {
        List<JournalHead> journals = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, shipped, chain FROM journal ORDER BY id")) {
            while (rows.next()) {
                journals.add(new JournalHead(rows.getObject(1, UUID.class), rows.getLong(2), rows.getBytes(3)));
            }
        }
        return journals;
    }

    /** Tables that show other rows than they hold, or other values: nothing that is read there would say anything. */
    void checkShape() throws SQLException {
        checkShape(JOURNALS, false);
        for (StoreTable table : StoreTable.values()) {
            checkShape(table.table(), table.isKeptByDay());
        }
    }

    private void checkShape(String table, boolean keptByDay) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SHAPE)) {
            query.setString(1, table);
            query.setString(2, table);
            query.setBoolean(3, keptByDay);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    findings.add(
                            "table " + rows.getString(1) + ", column " + rows.getString(2),
                            "not as the gateway's migrations make it");
                }
            }
        }
    }

    /** Rows that say they are of journals that the store does not know. */
    void checkForeignRows() throws SQLException {
        for (StoreTable table : StoreTable.values()) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT journal, count(*) FROM " + table.table()
                            + " t WHERE NOT EXISTS (SELECT FROM journal WHERE id = t.journal) GROUP BY journal")) {
                while (rows.next()) {
                    findings.add(
                            "table " + table.table() + ", journal = " + rows.getString(1),
                            rows.getLong(2) + " rows of a journal that table journal does not have");
                }
            }
        }
    }

    /** Takes a journal's records. */
    void check(JournalHead head, ChainCheck check) throws SQLException {
        // By sequence, and by table where an added row has taken another one's.
        PriorityQueue<Rows> tables =
                new PriorityQueue<>(Comparator.comparingLong(Rows::sequence).thenComparing(rows -> rows.table));
        List<Rows> all = new ArrayList<>();
        try {
            for (StoreTable table : StoreTable.values()) {
                Rows rows = new Rows(table, head.journal());
                all.add(rows);
                if (rows.next()) {
                    tables.add(rows);
                }
            }
            while (!tables.isEmpty()) {
                Rows rows = tables.remove();
                check.take(rows.entry);
                if (rows.table == StoreTable.STRAY_RECORD) {
                    checkStray(rows.entry);
                }
                if (rows.next()) {
                    tables.add(rows);
                }
            }
        } finally {
            for (Rows rows : all) {
                rows.close();
            }
        }
        checkHead(head, check);
    }

    /** What can be read belongs into its table: whoever moves it changes nothing in the chain. */
    private void checkStray(Entry entry) {
        if (entry.payload() != null && isReadable(entry.payload())) {
            findings.add(entry.place(), "it can be read, and is not in its table, where it would be found");
        }
    }

    private static boolean isReadable(byte[] payload) {
        try {
            Object unused = RecordFormat.decode(payload);
            return true;
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    private void checkHead(JournalHead head, ChainCheck check) {
        String place = "table journal, id = " + head.journal();
        if (check.last() != head.sequence()) {
            findings.add(place, "it says that record " + head.sequence() + " is the last, but " + check.last() + " is");
        } else if (!check.chain()
                .map(chain -> Arrays.equals(chain, head.chain()))
                .orElse(true)) {
            findings.add(place, "its chain is not that of record " + head.sequence());
        }
    }

    /** One table's rows of one journal, fetched as they are wanted. */
    private final class Rows implements AutoCloseable {
        private final StoreTable table;
        private final UUID journal;
        private final PreparedStatement query;
        private final ResultSet rows;
        private Entry entry;

        @SuppressWarnings("NullAway.Init") // there is an entry once next() has said so
        Rows(StoreTable table, UUID journal) throws SQLException {
            this.table = table;
            this.journal = journal;
            query = connection.prepareStatement(table.query());
            query.setFetchSize(FETCH);
            query.setObject(1, journal);
            rows = query.executeQuery();
        }

        boolean next() throws SQLException {
            if (!rows.next()) {
                return false;
            }
            entry = table.entry(journal, new RowFields(rows));
            return true;
        }

        long sequence() {
            return entry.sequence();
        }

        @Override
        public void close() throws SQLException {
            query.close();
        }
    }
}
