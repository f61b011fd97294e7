package org.sallyport.record;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Reads the record back, newest session first, statements in their order; open to the role {@code auditor} only.
 *
 * <p>What this node recorded before the question is in the answer, unless the store is slower than {@link #PATIENCE}.
 */
@Stateless
@RolesAllowed("auditor")
public class Chronicle {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int CHUNKS_AT_ONCE = 64;

    /** Far more than a gateway puts into one. */
    private static final int LARGEST_CHUNK = 1024 * 1024;

    @PersistenceContext(unitName = "sallyport")
    private EntityManager entities;

    @EJB
    private RecordHouse house;

    private Predicate<Duration> catchUp;

    @SuppressWarnings("NullAway.Init") // filled by the container
    public Chronicle() {}

    @SuppressWarnings("NullAway.Init") // no container, no house
    Chronicle(EntityManager entities, Predicate<Duration> catchUp) {
        this.entities = entities;
        this.catchUp = catchUp;
    }

    @PostConstruct
    void open() {
        catchUp = house::catchUp;
    }

    public List<RecordedSession> sessions(Page page) {
        return sessions("order by s.started desc, s.id desc", page, null);
    }

    /** Sessions that fit, the youngest first, from behind a position. */
    public List<RecordedSession> find(Search search, Optional<Position> after, int limit) {
        boolean unused = catchUp.test(PATIENCE);
        return search.sessions(entities, after)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> RecordedSession.of((SessionRecord) row[0], Optional.ofNullable((SessionEndRecord) row[1])))
                .toList();
    }

    /** Statements that fit, the youngest first, from behind a position; {@linkplain Abridging not all of them whole}. */
    public List<FoundStatement> findStatements(Search search, Optional<Position> after, int limit) {
        boolean unused = catchUp.test(PATIENCE);
        List<Object[]> found =
                search.statements(entities, after).setMaxResults(limit).getResultList();
        Map<StatementKey, RecordedStatement> statements = new HashMap<>();
        Abridging abridging = new Abridging();
        for (int at = 0; at < found.size(); at += Abridging.ROWS_AT_ONCE) {
            read(found.subList(at, Math.min(found.size(), at + Abridging.ROWS_AT_ONCE)))
                    .forEach(row ->
                            statements.put(((StatementRecord) row[0]).key(), abridging.fitted(taken(entities, row))));
        }
        Set<UUID> over =
                over(statements.keySet().stream().map(StatementKey::session).collect(Collectors.toSet()));
        return found.stream()
                .flatMap(row -> Optional.ofNullable(statements.get((StatementKey) row[0])).stream()
                        .map(statement -> found(row, statement, over)))
                .toList();
    }

    /** Statements that were found, the youngest first, with their outcomes. */
    private List<Object[]> read(List<Object[]> found) {
        return entities.createQuery("""
                        select s, o from StatementRecord s left join OutcomeRecord o on o.key = s.key
                        where s.key in :keys and s.asked between :oldest and :youngest""", Object[].class)
                .setParameter("keys", found.stream().map(row -> row[0]).toList())
                .setParameter("oldest", found.get(found.size() - 1)[1])
                .setParameter("youngest", found.get(0)[1])
                .getResultList();
    }

    private static FoundStatement found(Object[] row, RecordedStatement statement, Set<UUID> over) {
        return new FoundStatement((String) row[2], (String) row[3], statement, over.contains(statement.session()));
    }

    /** The statement of a row that begins with it and its outcome; they are not kept besides. */
    static RecordedStatement taken(EntityManager entities, Object[] row) {
        StatementRecord statement = (StatementRecord) row[0];
        Optional<OutcomeRecord> outcome = Optional.ofNullable((OutcomeRecord) row[1]);
        entities.detach(statement);
        outcome.ifPresent(entities::detach);
        return RecordedStatement.of(statement, outcome);
    }

    /** Those of the sessions that have ended. */
    private Set<UUID> over(Set<UUID> sessions) {
        return Set.copyOf(entities.createQuery(
                        "select e.session from SessionEndRecord e where e.session in :sessions", UUID.class)
                .setParameter("sessions", sessions)
                .getResultList());
    }

    public Optional<RecordedSession> session(UUID id) {
        return sessions("where s.id = :id", new Page(0, 1), id).stream().findFirst();
    }

    /** A session's statements, {@linkplain Abridging not all of them whole}; empty also where there is no such session. */
    public List<RecordedStatement> statements(UUID session, Page page) {
        boolean unused = catchUp.test(PATIENCE);
        Abridging abridging = new Abridging();
        return entities.createQuery("""
                        select s, o from StatementRecord s left join OutcomeRecord o on o.key = s.key
                        where s.key.session = :session order by s.key.number""", Object[].class)
                .setParameter("session", session)
                .setFirstResult(page.first())
                .setMaxResults(page.size())
                .setHint(Abridging.FETCH_SIZE, Abridging.ROWS_AT_ONCE)
                .getResultStream()
                .map(row -> abridging.fitted(taken(entities, row)))
                .toList();
    }

    /**
     * Results of a statement as its client saw them, as far as they are on record; empty also where there is no such statement.
     *
     * @param first row of the page; the rows of all the statement's results count from 0
     * @param size  rows, from 1 to {@value Page#LARGEST}
     * @throws IllegalArgumentException where either is out of range
     */
    public RecordedResults results(UUID session, long number, int first, int size) {
        if (first < 0 || size < 1 || size > Page.LARGEST) {
            throw new IllegalArgumentException("a page of rows begins at 0 or later and has from 1 to " + Page.LARGEST);
        }
        boolean unused = catchUp.test(PATIENCE);
        ResultReader reader = new ResultReader(first, size);
        int read = 0;
        List<ResultChunkRecord> chunks;
        do {
            chunks = chunks(session, number, read);
            read += chunks.size();
            chunks.forEach(chunk -> reader.accept(Compression.undone(chunk.content(), LARGEST_CHUNK)));
            entities.clear();
        } while (chunks.size() == CHUNKS_AT_ONCE && !reader.isFull());
        return reader.page();
    }

    /** Which of a session's statements, from one number to another, have results on record. */
    public Set<Long> withResults(UUID session, long from, long to) {
        return Set.copyOf(entities.createQuery("""
                        select distinct c.key.number from ResultChunkRecord c
                        where c.key.session = :session and c.key.number between :from and :to""", Long.class)
                .setParameter("session", session)
                .setParameter("from", from)
                .setParameter("to", to)
                .getResultList());
    }

    /** Parts of a statement's results, in order, from behind one; none at their end. */
    public List<Exported> exportedResults(UUID session, long number, int after) {
        List<Exported> exported =
                chunks(session, number, after).stream().map(Exported::of).toList();
        entities.clear();
        return exported;
    }

    private List<ResultChunkRecord> chunks(UUID session, long number, int after) {
        return entities.createQuery("""
                        select c from ResultChunkRecord c
                        where c.key.session = :session and c.key.number = :number and c.key.chunk > :after
                        order by c.key.chunk""", ResultChunkRecord.class)
                .setParameter("session", session)
                .setParameter("number", number)
                .setParameter("after", after)
                .setMaxResults(CHUNKS_AT_ONCE)
                .getResultList();
    }

    /** What happened in a session, in the order of its times; empty also where there is no such session. */
    public List<SessionEvent> timeline(UUID session, Optional<Position> after, int limit) {
        boolean unused = catchUp.test(PATIENCE);
        return new Timeline(entities, session).events(after, limit);
    }

    /** Whoever was asked about a session's statements, the first ones first. */
    public List<RecordedApproval> approvals(UUID session) {
        return new Timeline(entities, session).approvals();
    }

    /** A session's first row, and where it has ended its last. */
    public List<Exported> exported(UUID session) {
        boolean unused = catchUp.test(PATIENCE);
        return entities.createQuery("""
                        select s, e from SessionRecord s left join SessionEndRecord e on e.session = s.id
                        where s.id = :session""", Object[].class)
                .setParameter("session", session)
                .getResultStream()
                .flatMap(Chronicle::exported)
                .toList();
    }

    /** A session's statements, each with what became of it behind it, from behind a number. */
    public List<Exported> exported(UUID session, long after, int limit) {
        return entities.createQuery("""
                        select s, o from StatementRecord s left join OutcomeRecord o on o.key = s.key
                        where s.key.session = :session and s.key.number > :after order by s.key.number""", Object[].class)
                .setParameter("session", session)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultStream()
                .flatMap(Chronicle::exported)
                .toList();
    }

    private static Stream<Exported> exported(Object[] rows) {
        return Arrays.stream(rows).filter(Objects::nonNull).map(Exported::of);
    }

    /** The largest totals of what was asked from one time to before another, by bytes. */
    public List<Total> totals(Total.By by, Instant from, Instant to, int limit) {
        boolean unused = catchUp.test(PATIENCE);
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (PreparedStatement query = connection.prepareStatement(by.query())) {
                query.setQueryTimeout((int) Search.LONGEST.toSeconds());
                query.setObject(1, from.atOffset(ZoneOffset.UTC));
                query.setObject(2, to.atOffset(ZoneOffset.UTC));
                query.setInt(3, limit);
                List<Total> totals = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        totals.add(new Total(
                                rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getLong(5)));
                    }
                }
                return totals;
            }
        });
    }

    private List<RecordedSession> sessions(String which, Page page, @Nullable UUID id) {
        boolean unused = catchUp.test(PATIENCE);
        TypedQuery<Object[]> query = entities.createQuery(
                "select s, e from SessionRecord s left join SessionEndRecord e on e.session = s.id " + which,
                Object[].class);
        if (id != null) {
            query.setParameter("id", id);
        }
        return query.setFirstResult(page.first())
                .setMaxResults(page.size())
                .getResultStream()
                .map(row -> RecordedSession.of((SessionRecord) row[0], Optional.ofNullable((SessionEndRecord) row[1])))
                .toList();
    }
}
