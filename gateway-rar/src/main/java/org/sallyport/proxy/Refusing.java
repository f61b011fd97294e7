package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.wire.Backend;
import org.sallyport.wire.Frontend;

/**
 * Refuses a statement as PostgreSQL would: the client gets an error, and what PostgreSQL would roll back is rolled back.
 *
 * <p>Where no transaction is open the gateway answers by itself. Otherwise the server gets a statement that cannot succeed in
 * place of the refused one, and {@link ServerSide} gives the client the refusal in place of the server's error.
 */
final class Refusing {
    /**
     * Fails in analysis, before anything runs, whatever the search path: the schema is the system's own. In a transaction that
     * has failed already, PostgreSQL's own error for that comes first.
     */
    private static final String CANNOT_SUCCEED = "SELECT NULL::pg_catalog.\"refused by the gateway\"";

    /** A name no client uses by accident: the client's own statements must survive. */
    private static final String CANNOT_SUCCEED_NAME = "refused by the gateway";

    private final Session session;

    Refusing(Session session) {
        this.session = session;
    }

    /** In place of a simple Query: an error and ReadyForQuery. */
    void simple(Refusal refusal) {
        if (idle()) {
            forgetUnnamed();
            write(Errors.error(session.client().alloc(), refusal));
            write(Backend.readyForQuery(session.client().alloc(), 'I'));
            session.outbox().flush();
            return;
        }
        session.replies().expect(new Reply.Refused(refusal, true, session.book().endSpan()));
        send(Frontend.query(session.server().alloc(), CANNOT_SUCCEED));
    }

    /** In place of Parse: an error, and everything is ignored up to the next Sync. */
    void parse(Refusal refusal, String statement) {
        if (statement.isEmpty() && idle()) {
            forgetUnnamed();
        }
        extended(refusal, statement.isEmpty() ? "" : CANNOT_SUCCEED_NAME);
    }

    /** In place of any other message of extended query. */
    void extended(Refusal refusal) {
        extended(refusal, CANNOT_SUCCEED_NAME);
    }

    private void extended(Refusal refusal, String name) {
        boolean idle = idle();
        session.skipping(true);
        if (idle) {
            write(Errors.error(session.client().alloc(), refusal));
            session.outbox().flush();
            return;
        }
        session.replies()
                .expect(new Reply.Refused(refusal, false, session.book().span()));
        send(Frontend.parse(session.server().alloc(), name, CANNOT_SUCCEED));
    }

    /** PostgreSQL forgets the unnamed statement before it looks at the one that takes its place, or at a simple Query. */
    private void forgetUnnamed() {
        if (session.book().statement("") != null) {
            session.book().closeStatement("").made();
            session.replies().expect(new Reply.Forgotten());
            send(Frontend.closeStatement(session.server().alloc(), ""));
        }
    }

    private boolean idle() {
        return session.replies().idle() && session.transaction() == TransactionStatus.IDLE;
    }

    private void write(ByteBuf message) {
        session.outbox().write(message);
    }

    private void send(ByteBuf message) {
        session.toServer().write(message);
    }
}
