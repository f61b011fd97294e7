package org.sallyport.adapter;

import jakarta.resource.spi.work.SecurityContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import java.util.List;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;

/**
 * A question asked as a caller: JCA's security inflow gives the beans the caller's principal and groups.
 *
 * <p>The caller's subject was logged in once, when the session was admitted; here it is copied and no callback is called,
 * since the server would look a callback's name up in its own user registry, where token identities are not.
 */
final class CallerWork implements Work, WorkContextProvider {
    private static final long serialVersionUID = 1L;

    private final transient Runnable question;
    private final transient Caller caller;

    CallerWork(Subject subject, Runnable question) {
        this.question = question;
        this.caller = new Caller(subject);
    }

    @Override
    public void run() {
        question.run();
    }

    @Override
    public void release() {
        // A question is answered at once: there is nothing to interrupt.
    }

    @Override
    public List<WorkContext> getWorkContexts() {
        return List.of(caller);
    }

    /** The security context of one question. */
    static final class Caller extends SecurityContext {
        private static final long serialVersionUID = 1L;

        private final transient Subject subject;

        Caller(Subject subject) {
            this.subject = subject;
        }

        @Override
        public void setupSecurityContext(CallbackHandler handler, Subject execution, Subject service) {
            execution.getPrincipals().addAll(subject.getPrincipals());
            execution.getPublicCredentials().addAll(subject.getPublicCredentials());
            execution.getPrivateCredentials().addAll(subject.getPrivateCredentials());
        }
    }
}
