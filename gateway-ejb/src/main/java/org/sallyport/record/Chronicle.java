package org.sallyport.record;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the record back, newest session first, statements in their order; open to the role {@code auditor} only. */
@Stateless
@RolesAllowed("auditor")
public class Chronicle {
    @PersistenceContext(unitName = "sallyport")
    private EntityManager entities;

    @SuppressWarnings("NullAway.Init") // filled by the container
    public Chronicle() {}

    Chronicle(EntityManager entities) {
        this.entities = entities;
    }

    public List<RecordedSession> sessions(Page page) {
        return sessions("order by s.started desc, s.id", page, null);
    }

    public Optional<RecordedSession> session(UUID id) {
        return sessions("where s.id = :id", new Page(0, 1), id).stream().findFirst();
    }

    /** A session's statements; empty also where there is no such session. */
    public List<RecordedStatement> statements(UUID session, Page page) {
        return entities.createQuery("""
                        select s, o from StatementRecord s left join OutcomeRecord o on o.key = s.key
                        where s.key.session = :session order by s.key.number""", Object[].class)
                .setParameter("session", session)
                .setFirstResult(page.first())
                .setMaxResults(page.size())
                .getResultStream()
                .map(row -> RecordedStatement.of((StatementRecord) row[0], Optional.ofNullable((OutcomeRecord) row[1])))
                .toList();
    }

    private List<RecordedSession> sessions(String which, Page page, @Nullable UUID id) {
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
