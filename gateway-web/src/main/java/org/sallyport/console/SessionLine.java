package org.sallyport.console;

import org.sallyport.record.RecordedSession;

/** A session as the page shows it. */
public record SessionLine(
        String id, String identity, String connection, String client, String started, boolean live, String state) {

    static SessionLine of(RecordedSession session) {
        return new SessionLine(
                session.id().toString(),
                Plain.text(session.identity()),
                Plain.text(session.connection()),
                Plain.text(session.clientAddress()),
                Wording.moment(session.started()),
                session.end().isEmpty(),
                session.end().map(end -> Wording.words(end.reason())).orElse("open"));
    }
}
