package org.sallyport.meaning;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the session that will run a statement what it means there: with its temporary objects, and what its transaction has made. The
 * question is {@link Reader}'s, and safe for the same reasons: one command of the extended protocol, which PostgreSQL analyses and does not
 * run, and all of it is taken back. Since the session is the client's, nothing of ours is looked up where its search path says.
 *
 * <p>Blocks; not thread-safe.
 */
public final class SessionReader {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Who holds a lock that analysis needs is hardly waited for: the statement will wait by itself. */
    private static final List<String> LIMITS = List.of(
            "SET LOCAL lock_timeout = '100ms'",
            "SET LOCAL statement_timeout = '5s'",
            "SET LOCAL check_function_bodies = on");

    /** From here on names in our own texts are the server's. */
    private static final String OUR_PATH = "SET LOCAL search_path = pg_catalog, pg_temp";

    /** Each in the spelling that the server reads as that very type, on any path; 705 is the unknown one. */
    private static final String NAMES = """
            SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.typname)
              FROM %s AS given (oid, number)
              JOIN pg_catalog.pg_type t ON t.oid = CASE WHEN given.oid = 0 THEN 705 ELSE given.oid END
              JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace ORDER BY given.number""";

    private final Line line;

    /** No client's function or statement has it. */
    private final String name = "reading_" + HexFormat.of().toHexDigits(RANDOM.nextLong());

    public SessionReader(Line line) {
        this.line = line;
    }

    /** The session's server. */
    @FunctionalInterface
    public interface Line {
        /**
         * Puts commands to it that it takes back.
         *
         * @return the rows that they return
         * @throws SQLException where one of them fails, or it cannot be asked
         */
        List<List<@Nullable String>> ask(List<String> commands) throws SQLException;
    }

    /** @throws Unanswered where the server refuses the statement or cannot be asked about it */
    public Meaning ask(Question question) throws Unanswered {
        if (!question.canBeAsked()) {
            throw Unanswered.unreadable("more than " + Question.MOST_PARAMETERS + " parameters", null);
        }
        try {
            Question.Typed typed = question.typed(types(question));
            String function =
                    Reader.FUNCTION.formatted("pg_temp." + name, String.join(", ", typed.types()), typed.statement());
            String tree = only(commands(List.of(function, OUR_PATH, Reader.tree(name))));
            return MeaningReader.read(tree, typed.apart(), this::isNotNull);
        } catch (UnreadableTree e) {
            throw Unanswered.unreadable("the server's tree is not understood: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw Unanswered.notNow("SQLSTATE " + e.getSQLState());
        }
    }

    private List<List<@Nullable String>> commands(List<String> commands) throws SQLException {
        List<String> all = new ArrayList<>(LIMITS);
        all.addAll(commands);
        return line.ask(all);
    }

    private static String only(List<List<@Nullable String>> rows) throws Unanswered {
        String value = rows.size() == 1 ? rows.get(0).get(0) : null;
        if (value == null) {
            throw Unanswered.unreadable("no tree, or one that is too large", null);
        }
        return value;
    }

    private boolean isNotNull(int relation, int attribute) throws SQLException {
        return commands(List.of(OUR_PATH, Reader.notNull(relation, attribute))).stream()
                .anyMatch(row -> "t".equals(row.get(0)));
    }

    /** Types that the client left open are what the server infers where it prepares the statement. */
    private List<String> types(Question question) throws SQLException {
        List<Integer> given = question.types();
        if (given.isEmpty()) {
            return List.of();
        }
        String oids = given.stream().map(Integer::toUnsignedString).collect(Collectors.joining(",", "'{", "}'"));
        String numbered = "pg_catalog.unnest(" + oids + "::pg_catalog.oid[]) WITH ORDINALITY";
        List<String> names = question.named(names(commands(List.of(OUR_PATH, NAMES.formatted(numbered)))));
        if (!given.contains(0)) {
            return names;
        }
        String inferred = "(SELECT type::pg_catalog.oid, number FROM pg_catalog.pg_prepared_statements,"
                + " pg_catalog.unnest(parameter_types) WITH ORDINALITY AS p (type, number) WHERE name = '" + name
                + "')";
        // A prepared statement would survive what is taken back.
        return names(commands(List.of(
                "PREPARE " + name + "(" + String.join(", ", names) + ") AS\n" + question.statement(),
                OUR_PATH,
                NAMES.formatted(inferred),
                "DEALLOCATE " + name)));
    }

    private static List<String> names(List<List<@Nullable String>> rows) {
        return rows.stream().map(row -> String.valueOf(row.get(0))).toList();
    }
}
