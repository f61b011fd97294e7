package org.sallyport.console;

import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sallyport.record.Chronicle;
import org.sallyport.record.Page;

/** The youngest sessions, read once for each rendering. */
@Named
@RequestScoped
public class SessionList {
    private static final Logger LOG = System.getLogger(SessionList.class.getName());
    private static final Page SHOWN = new Page(0, 25);

    @EJB
    private Chronicle chronicle;

    private @Nullable List<SessionLine> sessions;
    private boolean answered = true;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public SessionList() {}

    public List<SessionLine> getSessions() {
        if (sessions == null) {
            sessions = read();
        }
        return sessions;
    }

    /** Whether the store did answer. */
    public boolean isAnswered() {
        return getSessions() != null && answered;
    }

    private List<SessionLine> read() {
        try {
            return chronicle.sessions(SHOWN).stream().map(SessionLine::of).toList();
        } catch (EJBException failure) {
            LOG.log(Level.WARNING, "sessions not shown, the store did not answer failure={0}", failure.getClass());
            answered = false;
            return List.of();
        }
    }
}
