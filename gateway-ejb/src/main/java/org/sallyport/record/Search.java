package org.sallyport.record;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an auditor looks for; all of it at once.
 *
 * @param wanted each as a whole, but for a text's part
 * @param from   not before; of a session when it started, of a statement when it was asked
 * @param to     before
 */
public record Search(Map<Criterion, String> wanted, Optional<Instant> from, Optional<Instant> to) {
    /** One that finds everything. */
    public static final Search ALL = new Search(Map.of(), Optional.empty(), Optional.empty());

    /** Less than the server's time-out for a transaction: who asks too much is told so. */
    static final Duration LONGEST = Duration.ofSeconds(20);

    public Search {
        wanted = Map.copyOf(wanted);
    }

    /** Sessions with their ends, the youngest first. */
    TypedQuery<Object[]> sessions(EntityManager entities, Optional<Position> after) {
        List<String> conditions = conditions(false);
        range("h.started", conditions);
        List<String> ofStatement = conditions(true);
        if (!ofStatement.isEmpty()) {
            conditions.add("exists (select 1 from StatementRecord s where s.key.session = h.id and "
                    + String.join(" and ", ofStatement) + ")");
        }
        after.ifPresent(position -> conditions.add("(h.started, h.id) < (:at, :session)"));
        TypedQuery<Object[]> query = query(
                entities,
                "select h, e from SessionRecord h left join SessionEndRecord e on e.session = h.id",
                conditions,
                "h.started desc, h.id desc");
        after.ifPresent(
                position -> query.setParameter("at", position.at()).setParameter("session", position.session()));
        return query;
    }

    /** Statements by their keys and times, with their identities and connections, the youngest first. */
    TypedQuery<Object[]> statements(EntityManager entities, Optional<Position> after) {
        List<String> conditions = conditions(false);
        conditions.addAll(conditions(true));
        range("s.asked", conditions);
        after.ifPresent(
                position -> conditions.add("(s.asked, s.key.session, s.key.number) < (:at, :session, :number)"));
        TypedQuery<Object[]> query =
                query(entities, """
                select s.key, s.asked, h.identity, h.connection from StatementRecord s
                join SessionRecord h on h.id = s.key.session left join OutcomeRecord o on o.key = s.key""", conditions, "s.asked desc, s.key.session desc, s.key.number desc");
        after.ifPresent(position -> query.setParameter("at", position.at())
                .setParameter("session", position.session())
                .setParameter("number", position.number()));
        return query;
    }

    private List<String> conditions(boolean ofStatement) {
        List<String> conditions = new ArrayList<>();
        wanted.keySet().stream()
                .filter(criterion -> criterion.isOfStatement() == ofStatement)
                .forEach(criterion -> conditions.add(criterion.condition()));
        return conditions;
    }

    private void range(String time, List<String> conditions) {
        from.ifPresent(first -> conditions.add(time + " >= :from"));
        to.ifPresent(end -> conditions.add(time + " < :to"));
    }

    private TypedQuery<Object[]> query(
            EntityManager entities, String selection, List<String> conditions, String order) {
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        TypedQuery<Object[]> query = entities.createQuery(selection + where + " order by " + order, Object[].class);
        wanted.forEach((criterion, value) -> query.setParameter(criterion.parameter(), criterion.argument(value)));
        from.ifPresent(first -> query.setParameter("from", first));
        to.ifPresent(end -> query.setParameter("to", end));
        return query.setHint("jakarta.persistence.query.timeout", (int) LONGEST.toMillis());
    }
}
