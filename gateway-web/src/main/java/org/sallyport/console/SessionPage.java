package org.sallyport.console;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sallyport.record.Chronicle;
import org.sallyport.record.Page;
import org.sallyport.record.RecordedSession;

/** One session with a page of its statements, as the address names them. */
@Named
@RequestScoped
public class SessionPage {
    private static final int SIZE = 100;

    @EJB
    private Chronicle chronicle;

    private @Nullable SessionLine session;
    private List<StatementLine> statements = List.of();
    private int page;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public SessionPage() {}

    @PostConstruct
    void read() {
        Map<String, String> sent =
                FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
        page = number(sent.getOrDefault("page", "0"));
        Optional<UUID> id = id(sent.getOrDefault("id", ""));
        Optional<RecordedSession> found = id.flatMap(chronicle::session);
        boolean over = found.flatMap(RecordedSession::end).isPresent();
        session = found.map(SessionLine::of).orElse(null);
        statements = id.map(known -> chronicle.statements(known, new Page(page, SIZE))).orElse(List.of()).stream()
                .map(statement -> StatementLine.of(statement, over))
                .toList();
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    }

    public @Nullable SessionLine getSession() {
        return session;
    }

    public List<StatementLine> getStatements() {
        return statements;
    }

    public int getPage() {
        return page;
    }

    public boolean isMore() {
        return statements.size() == SIZE;
    }
}
