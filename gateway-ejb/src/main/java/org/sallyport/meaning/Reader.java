package org.sallyport.meaning;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Parser;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;

/**
 * Asks a server what a statement means: it is made the body of a function, which PostgreSQL analyses and does not run, and the
 * tree is read from the catalog. All of it is rolled back, in an open transaction to a savepoint (manual, "CREATE FUNCTION", sql_body; PostgreSQL 14 and later).
 *
 * <p>The client's text stands inside ours. It cannot break out: it goes as one command of the extended protocol, where the server
 * refuses a second one; the driver, which would split a text, is asked first whether it sees one command too; and nothing is ever
 * committed. Literals go through their types' input functions, as at any analysis.
 *
 * <p>Needs the right to make temporary objects. Blocks; one per connection, not thread-safe.
 */
public final class Reader {
    /** Its name, its arguments' types, and the statement. */
    static final String FUNCTION = "CREATE FUNCTION %s(%s) RETURNS void BEGIN ATOMIC\n%s\n;END";

    private static final String NAME = "reading";

    /** Characters; PostgreSQL's regression suite has none above a tenth of it. In memory a tree takes some twenty times its text. */
    private static final int LONGEST_TREE = 1024 * 1024;

    private static final String PARAMETER_TYPES =
            "SELECT parameter_types::text[] FROM pg_catalog.pg_prepared_statements WHERE name = 'reading'";

    /** Who holds a lock that analysis needs is hardly waited for: the session will wait by itself, or is the one who holds it. */
    private static final String LIMITS =
            "SET LOCAL lock_timeout = '100ms'; SET LOCAL statement_timeout = '5s'; SET LOCAL check_function_bodies = on";

    /** Classes of errors that say nothing about the statement: resources, a lock, a time-out, the system, a conflict. */
    private static final Set<String> PASSING = Set.of("40", "53", "55", "57", "58", "XX");

    private final Connection connection;

    /** @param connection the caller's, who closes it; in autocommit, not read-only, a transaction of its own at most */
    public Reader(Connection connection) {
        this.connection = connection;
    }

    /**
     * What the statement means on this connection: to its role, its search path and its settings.
     *
     * @throws Unanswered where the server refuses the statement or cannot be asked about it
     * @throws SQLException where the connection is lost; it is of no use any more
     */
    public Meaning ask(Question question) throws Unanswered, SQLException {
        if (!question.canBeAsked()) {
            throw Unanswered.unreadable("more than " + Question.MOST_PARAMETERS + " parameters", null);
        }
        try (Statement statement = connection.createStatement()) {
            // Braces are the client's, not JDBC's.
            statement.setEscapeProcessing(false);
            boolean open = connection.unwrap(PgConnection.class).getTransactionState() != TransactionState.IDLE;
            statement.execute((open ? "SAVEPOINT reading;" : "BEGIN;") + LIMITS + path(question));
            try {
                Question.Typed typed = question.typed(types(statement, question));
                return MeaningReader.read(
                        tree(statement, typed),
                        typed.apart(),
                        (relation, attribute) -> isNotNull(statement, relation, attribute));
            } catch (UnreadableTree e) {
                throw Unanswered.unreadable("the server's tree is not understood: " + e.getMessage(), e);
            } finally {
                statement.execute(open ? "ROLLBACK TO SAVEPOINT reading; RELEASE SAVEPOINT reading" : "ROLLBACK");
            }
        }
    }

    private static String path(Question question) {
        return question.path().isEmpty()
                ? ""
                : question.path().stream()
                        .map(schema -> '"' + schema.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(", ", "; SET LOCAL search_path = ", ""));
    }

    static String tree(String function) {
        return "SELECT CASE WHEN pg_catalog.length(tree) <= " + LONGEST_TREE
                + " THEN tree END FROM (SELECT prosqlbody::pg_catalog.text AS tree FROM pg_catalog.pg_proc"
                + " WHERE proname = '" + function + "' AND pronamespace = pg_catalog.pg_my_temp_schema()) t";
    }

    static String notNull(int relation, int attribute) {
        return "SELECT attnotnull FROM pg_catalog.pg_attribute WHERE attrelid = " + Integer.toUnsignedString(relation)
                + " AND attnum = " + attribute;
    }

    private static boolean isNotNull(Statement statement, int relation, int attribute) throws SQLException {
        try (ResultSet row = statement.executeQuery(notNull(relation, attribute))) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static String tree(Statement statement, Question.Typed typed) throws Unanswered, SQLException {
        put(statement, FUNCTION.formatted("pg_temp." + NAME, String.join(", ", typed.types()), typed.statement()));
        try (ResultSet row = statement.executeQuery(tree(NAME))) {
            if (!row.next()) {
                throw Unanswered.unreadable("the function is not there", null);
            }
            String tree = row.getString(1);
            if (tree == null) {
                throw Unanswered.unreadable("the server's tree is too large", null);
            }
            return tree;
        }
    }

    /** Types that the client left open are what the server infers at the Parse of a prepared statement. */
    private List<String> types(Statement statement, Question question) throws Unanswered, SQLException {
        List<Integer> given = question.types();
        if (given.isEmpty()) {
            return List.of();
        }
        List<String> names = question.named(names(statement, given));
        if (!given.contains(0)) {
            return names;
        }
        put(statement, "PREPARE reading(" + String.join(", ", names) + ") AS\n" + question.statement());
        try (ResultSet row = statement.executeQuery(PARAMETER_TYPES)) {
            row.next();
            return texts(row);
        } finally {
            // It would survive the rollback.
            statement.execute("DEALLOCATE reading");
        }
    }

    /** Each in the spelling that the server reads as that very type. */
    private static List<String> names(Statement statement, List<Integer> oids) throws SQLException {
        if (oids.stream().allMatch(oid -> oid == 0)) {
            return Collections.nCopies(oids.size(), "unknown");
        }
        String numbers = oids.stream().map(Integer::toUnsignedString).collect(Collectors.joining(","));
        try (ResultSet row = statement.executeQuery("SELECT pg_catalog.array_agg(CASE WHEN oid = 0 THEN 'unknown'"
                + " ELSE pg_catalog.format_type(oid, NULL) END ORDER BY number)"
                + " FROM pg_catalog.unnest('{" + numbers
                + "}'::pg_catalog.oid[]) WITH ORDINALITY AS t (oid, number)")) {
            row.next();
            return texts(row);
        }
    }

    private static List<String> texts(ResultSet row) throws SQLException {
        Array array = row.getArray(1);
        return List.of((String[]) array.getArray());
    }

    /** Sends what holds the client's text. */
    private static void put(Statement statement, String sql) throws Unanswered, SQLException {
        if (Parser.parseJdbcSql(sql, true, false, true, false, false).size() != 1) {
            throw Unanswered.unreadable("more than one command in it", null);
        }
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw unanswered(e);
        }
    }

    private static Unanswered unanswered(SQLException e) throws SQLException {
        @Nullable String state = e.getSQLState();
        // Read-only: the connection is to a server that has become a standby.
        if (state == null || state.startsWith("08") || state.startsWith("57P") || state.equals("25006")) {
            throw e;
        }
        boolean passing = PASSING.contains(state.substring(0, 2));
        return passing ? Unanswered.notNow("SQLSTATE " + state) : Unanswered.refused(state, e);
    }
}
