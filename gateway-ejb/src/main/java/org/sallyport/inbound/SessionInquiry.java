package org.sallyport.inbound;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogReader;
import org.sallyport.catalog.Rows;
import org.sallyport.contract.NotAnswered;
import org.sallyport.contract.SessionHandle;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.inbound.Making.Own;
import org.sallyport.inbound.Making.View;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Meanings;
import org.sallyport.meaning.Question;
import org.sallyport.meaning.SessionReader;
import org.sallyport.meaning.Unanswered;
import org.sallyport.sql.QueryText;
import org.sallyport.sql.Script;
import org.sallyport.sql.SqlReader;
import org.sallyport.sql.Statement;
import org.sallyport.sql.Token;

/**
 * Asks a session itself about what only it can see: its temporary objects, and what its transaction has defined. What comes of it is taken
 * for nothing where the session cannot be asked or does not say: then it is judged as one that sees what others see. Thread-safe.
 */
final class SessionInquiry {
    private static final int ANSWER_SECONDS = 15;

    /** What is asked first, and looks nothing up where the session's path says. */
    private static final String OUR_PATH = "SET LOCAL search_path = pg_catalog, pg_temp";

    private static final String OWN = """
            SELECT pg_catalog.current_setting('transaction_isolation') = 'read committed', n.nspname, o.name
              FROM (SELECT pg_catalog.pg_my_temp_schema()) AS mine (schema)
              LEFT JOIN pg_catalog.pg_namespace n ON n.oid = mine.schema
              LEFT JOIN (SELECT relnamespace, relname FROM pg_catalog.pg_class
                         UNION SELECT typnamespace, typname FROM pg_catalog.pg_type
                         UNION SELECT pronamespace, proname FROM pg_catalog.pg_proc) AS o (schema, name) ON o.schema = n.oid""";

    private final Meanings meanings;
    private final Executor executor;
    private final CatalogReader catalogs = new CatalogReader();

    /** @param executor its threads may block */
    SessionInquiry(Meanings meanings, Executor executor) {
        this.meanings = meanings;
        this.executor = executor;
    }

    /** How the session sees the statement; empty where that is what others see, or it cannot be asked. */
    CompletionStage<Optional<View>> of(Matter matter, Catalog catalog) {
        Session session = matter.session();
        Judge.Text text = matter.text();
        if (!mayDiffer(matter)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Optional<View> known = session.making().view(text, catalog.version());
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known);
        }
        Script script = text.script(SqlReader::read);
        // What stands before it in the same text may give its names another meaning.
        if (script.statements().size() != 1 || !meanings.understands(session.connection())) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        long age = session.making().age();
        return own(session)
                .thenComposeAsync(
                        told -> isSince(matter)
                                ? view(
                                        new Asked(session, text, age, catalog),
                                        script.statements().get(0),
                                        told)
                                : CompletableFuture.completedFuture(Optional.<View>empty()),
                        executor)
                .exceptionally(unable -> Optional.empty());
    }

    private static boolean mayDiffer(Matter matter) {
        Session session = matter.session();
        boolean settled = !session.isPathDoubtful()
                && !session.isPathLost()
                && !session.isBoundElsewhere(matter.attempt())
                && matter.attempt().transaction() != TransactionStatus.FAILED;
        return !session.access().unrestricted()
                && (session.making().isPossible() || session.seesOtherwise())
                && settled
                && isSince(matter);
    }

    /** The server may run a plan that it has made when something that is hidden now was not, or the other way about. */
    private static boolean isSince(Matter matter) {
        boolean now = matter.attempt().prepared() == matter.attempt().id();
        Session session = matter.session();
        return now
                || (session.making().isSince(matter.attempt().prepared())
                        && session.preparations().isOwn(matter.attempt()));
    }

    /** The session's temporary objects, asked for once what was sent before is answered. */
    private static CompletionStage<Own> own(Session session) {
        Making making = session.making();
        long age = making.age();
        return making.own()
                .<CompletionStage<Own>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> session.handle()
                        .ask(List.of(OUR_PATH, OWN))
                        .thenApply(SessionInquiry::own)
                        .thenApply(told -> {
                            making.onTold(age, told);
                            return told;
                        }));
    }

    private static Own own(List<List<@Nullable String>> rows) {
        Set<String> names = new HashSet<>();
        String schema = "";
        boolean exact = false;
        for (List<@Nullable String> row : rows) {
            String name = row.get(2);
            exact = "t".equals(row.get(0));
            if (name != null) {
                schema = String.valueOf(row.get(1));
                names.add(name);
            }
        }
        return new Own(schema, names, exact);
    }

    /** Who asks about what, and when. */
    private record Asked(Session session, Judge.Text text, long age, Catalog catalog) {}

    private CompletionStage<Optional<View>> view(Asked asked, Statement statement, Own own) {
        boolean defines = asked.session().hasOpenDefinitions();
        boolean needed = isMentioned(own, statement)
                || (asked.session().seesOtherwise()
                        && (statement.query().isPresent() || isNamed(statement, Set.of("cascade"))));
        if (!needed || (defines && !own.exact())) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        try {
            Meant meant = meant(asked);
            Catalog catalog = defines ? definitions(asked) : asked.catalog();
            View view = new View(
                    asked.age(),
                    asked.catalog().version(),
                    meant,
                    own.schema().isEmpty() ? catalog : catalog.within(own.schema()));
            asked.session().making().onTold(asked.text(), view);
            return CompletableFuture.completedFuture(Optional.of(view));
        } catch (SQLException | Unanswered e) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }

    private static boolean isMentioned(Own own, Statement statement) {
        return !own.schema().isEmpty() && (isNamed(statement, own.names()) || isNamed(statement, Set.of("pg_temp")));
    }

    private static boolean isNamed(Statement statement, Set<String> names) {
        return statement.tokens().stream()
                .filter(Token::isName)
                .map(Token::text)
                .anyMatch(names::contains);
    }

    private static Meant meant(Asked asked) throws Unanswered {
        List<QueryText> queries = asked.text().queries();
        if (queries.isEmpty()) {
            return new Meant(Map.of(), false, true, true);
        }
        QueryText query = queries.get(0);
        Meaning meaning = new SessionReader(commands -> rows(asked.session().handle(), commands))
                .ask(new Question(
                        query.text(), query.types(), query.named(), query.places(), query.apart(), List.of()));
        return new Meant(Map.of(query.key(), meaning), false, true, true);
    }

    /** All of the catalog as the session's transaction has it: what depends on what may have changed as well. */
    private Catalog definitions(Asked asked) throws SQLException {
        long snapshot = asked.catalog().version();
        Optional<Catalog> known = asked.session().making().definitions(snapshot);
        if (known.isPresent()) {
            return known.get();
        }
        Catalog read = catalogs.read(sql -> Rows.of(rows(asked.session().handle(), List.of(OUR_PATH, sql))))
                .withSearchPath(asked.catalog().searchPath())
                .of(asked.catalog().traits());
        asked.session().making().onTold(new Making.Definitions(asked.age(), snapshot, read));
        return read;
    }

    /** Blocks: the server has nothing else to do. */
    private static List<List<@Nullable String>> rows(SessionHandle handle, List<String> commands) throws SQLException {
        try {
            return handle.ask(commands).toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            String state = e.getCause() instanceof NotAnswered refused ? refused.sqlState() : "08006";
            throw new SQLException("the session does not answer", state, e);
        } catch (TimeoutException e) {
            throw new SQLException("the session does not answer in time", "57014", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", "57014", e);
        }
    }
}
