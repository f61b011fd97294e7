package org.sallyport.meaning;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers what statements mean, each question once, over few connections of its own. Thread-safe; does not block.
 *
 * <p>An answer holds for one version of the catalog; whoever has another asks anew.
 */
public final class Meanings implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Meanings.class.getName());

    /** Connections that ask one server at the same time. */
    private static final int AT_ONCE = 4;

    /** How long a question waits for one of them; then the statement is read by its text alone. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** A server that cannot answer is not asked again for so long. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private static final int KEPT = 4096;
    private static final int LONGEST_KEPT = 8 * 1024;

    /** Where texts are read as the gateway reads them, trees are known, and temporary functions can be made. */
    private static final String CAN_ANSWER = """
            SELECT pg_catalog.current_setting('server_version_num')::int BETWEEN 140000 AND 189999
               AND pg_catalog.current_setting('standard_conforming_strings') = 'on'
               AND NOT pg_catalog.pg_is_in_recovery()
               AND pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY')""";

    /** Every server's answer to this is known: whoever gives another one speaks of its trees in a way that is not understood. */
    private static final Question PROBE = new Question(
            "SELECT FROM pg_catalog.pg_class c WHERE c.oid = 0 ORDER BY pg_catalog.upper(c.relname::text) FOR SHARE",
            List.of());

    /** With a schema for temporary objects that stays, no question has to make one that goes again: half of what each would leave behind. */
    private static final String OWN_SCHEMA =
            "CREATE TEMPORARY TABLE sallyport_side (); DROP TABLE pg_temp.sallyport_side";

    private static final int PG_CLASS = 1259;
    private static final Set<Integer> OIDEQ_AND_UPPER = Set.of(184, 871);

    private final Source source;
    private final Executor executor;
    private final Consumer<Answer> answered;
    private final Map<String, Side> sides = new ConcurrentHashMap<>();
    private final Map<Key, CompletableFuture<Answer>> asked = new ConcurrentHashMap<>();
    private final Map<Kept, Answer> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kept, Answer> eldest) {
            return size() > KEPT;
        }
    };

    /** @param executor its threads may block */
    public Meanings(Source source, Executor executor) {
        this(source, executor, answer -> {});
    }

    /**
     * @param executor its threads may block
     * @param answered is told of each answer that is not merely remembered
     */
    public Meanings(Source source, Executor executor, Consumer<Answer> answered) {
        this.source = source;
        this.executor = executor;
        this.answered = answered;
    }

    /** Opens the gateway's own connections. */
    @FunctionalInterface
    public interface Source {
        /** The caller closes it; blocks. Not read-only. */
        Connection open(String connection) throws SQLException;
    }

    private record Key(String connection, long catalog, Question question) {
        Kept kept() {
            return new Kept(
                    connection,
                    catalog,
                    TextDigest.of(question.statement()),
                    question.types(),
                    question.named(),
                    question.apart(),
                    question.path());
        }
    }

    /** What an answer is remembered by. */
    private record Kept(
            String connection,
            long catalog,
            TextDigest statement,
            List<Integer> types,
            List<String> named,
            boolean apart,
            List<String> path) {}

    /** The connections to one server. */
    private static final class Side {
        /** Whoever asked first is answered first. */
        private final Semaphore free = new Semaphore(AT_ONCE, true);

        private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
        private volatile long silentUntil = System.nanoTime();

        boolean isSilent() {
            return silentUntil - System.nanoTime() > 0;
        }

        void silence() {
            silentUntil = System.nanoTime() + SILENCE.toNanos();
        }
    }

    /**
     * What the statement means on a connection of the bundle. The stage never fails.
     *
     * @param catalog the version of the catalog by which it is judged; zero where by none, and then the answer is not kept
     */
    public CompletableFuture<Answer> of(String connection, long catalog, Question question) {
        Key key = new Key(connection, catalog, question);
        Answer answer = known(key);
        if (answer != null) {
            return CompletableFuture.completedFuture(answer);
        }
        CompletableFuture<Answer> mine = new CompletableFuture<>();
        CompletableFuture<Answer> first = asked.putIfAbsent(key, mine);
        if (first != null) {
            return first;
        }
        try {
            executor.execute(() -> answer(key, mine));
        } catch (RuntimeException rejected) {
            asked.remove(key, mine);
            mine.complete(Answer.untold(false));
        }
        return mine;
    }

    /** Whether {@link #of} only remembers. */
    public boolean knows(String connection, long catalog, Question question) {
        return known(new Key(connection, catalog, question)) != null;
    }

    /** Whether the server's trees are understood, as far as is known. */
    public boolean understands(String connection) {
        Side side = sides.get(connection);
        return side == null || !side.isSilent();
    }

    private @Nullable Answer known(Key key) {
        synchronized (known) {
            return known.get(key.kept());
        }
    }

    private void keep(Key key, Answer answer) {
        if (key.catalog() != 0 && key.question().statement().length() <= LONGEST_KEPT) {
            synchronized (known) {
                known.put(key.kept(), answer);
            }
        }
    }

    private void answer(Key key, CompletableFuture<Answer> mine) {
        Answer answer = Answer.untold(false);
        try {
            answer = Answer.told(ask(key));
        } catch (Unanswered e) {
            answer = Answer.untold(e.lasting());
            LOG.log(Level.DEBUG, "not told connection={0} reason={1}", key.connection(), e.getMessage());
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "cannot ask connection={0} SQLSTATE={1}", key.connection(), e.getSQLState());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(Level.ERROR, "cannot ask connection={0} failure={1}", key.connection(), e.getClass());
        } finally {
            if (answer.lasting()) {
                keep(key, answer);
            }
            asked.remove(key, mine);
            answered.accept(answer);
            mine.complete(answer);
        }
    }

    private Meaning ask(Key key) throws Unanswered, SQLException, InterruptedException {
        Side side = sides.computeIfAbsent(key.connection(), name -> new Side());
        if (side.isSilent()) {
            throw Unanswered.unreadable("the server cannot answer", null);
        }
        if (!side.free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw Unanswered.notNow("too many questions at once");
        }
        try {
            Connection kept = side.idle.poll();
            if (kept != null) {
                try {
                    return ask(side, kept, key.question());
                } catch (SQLException gone) {
                    // Or the server was started anew since.
                    LOG.log(Level.DEBUG, "asking again connection={0}", key.connection());
                }
            }
            return ask(side, open(side, key.connection()), key.question());
        } finally {
            side.free.release();
        }
    }

    private static Meaning ask(Side side, Connection connection, Question question) throws Unanswered, SQLException {
        boolean usable = false;
        try {
            Meaning meaning = new Reader(connection).ask(question);
            usable = true;
            return meaning;
        } catch (Unanswered e) {
            usable = true;
            throw e;
        } finally {
            if (usable) {
                side.idle.push(connection);
            } else {
                discard(connection);
            }
        }
    }

    private Connection open(Side side, String name) throws Unanswered, SQLException {
        Connection connection = source.open(name);
        boolean answers = false;
        try {
            answers = canAnswer(connection);
        } finally {
            if (!answers) {
                discard(connection);
            }
        }
        if (answers) {
            return connection;
        }
        side.silence();
        LOG.log(
                Level.WARNING,
                "statements on this connection are read by their text alone: that takes PostgreSQL 14 to 18, not a standby, and"
                        + " the right TEMPORARY on the database connection={0}",
                name);
        throw Unanswered.unreadable("the server cannot answer", null);
    }

    private static boolean canAnswer(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(CAN_ANSWER)) {
            row.next();
            if (!row.getBoolean(1)) {
                return false;
            }
            statement.execute(OWN_SCHEMA);
        }
        try {
            Meaning meaning = new Reader(connection).ask(PROBE);
            Meaning.Use use = meaning.relations().get(PG_CLASS);
            return meaning.relations().size() == 1
                    && use != null
                    && use.reads()
                    && !use.changes().isEmpty()
                    && meaning.functions().containsAll(OIDEQ_AND_UPPER);
        } catch (Unanswered e) {
            return false;
        }
    }

    private static void discard(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "not closed SQLSTATE={0}", e.getSQLState());
        }
    }

    /** Closes the connections that nobody uses. */
    @Override
    public void close() {
        sides.values().forEach(side -> {
            Connection connection = side.idle.poll();
            while (connection != null) {
                discard(connection);
                connection = side.idle.poll();
            }
        });
    }
}
