package org.sallyport.inbound;

import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.sallyport.contract.Admission;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.GatewayListener;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.Verdict;

/** The adapter's message endpoint: hands each question on, and turns failure into a refusal. */
@MessageDriven(messageListenerInterface = GatewayListener.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class GatewayBean implements GatewayListener {
    private static final Logger LOG = System.getLogger(GatewayBean.class.getName());

    @EJB
    private GatewayHouse house;

    @EJB
    private SessionDesk desk;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public GatewayBean() {}

    @Override
    public CompletionStage<Admission> admit(ConnectionAttempt attempt) {
        return orRefused(
                attempt.session(),
                () -> house.reception().admit(attempt),
                CompletableFuture.completedFuture(new Admission.Rejected(Refusals.NOT_ADMITTED)));
    }

    @Override
    public CompletionStage<Verdict> judge(SessionId session, StatementAttempt attempt) {
        return orRefused(
                session,
                () -> desk.judge(session, attempt),
                CompletableFuture.completedFuture(new Verdict.Deny(Refusals.NOT_JUDGED)));
    }

    @Override
    public MaskingPlan shape(SessionId session, ResultShape result) {
        return orRefused(session, () -> desk.shape(session, result), new MaskingPlan.Refuse(Refusals.NOT_JUDGED));
    }

    @Override
    public void ended(SessionId session, SessionEnd end) {
        boolean unused = orRefused(
                session,
                () -> {
                    desk.ended(session, end);
                    return true;
                },
                false);
    }

    private static <T> T orRefused(SessionId session, Supplier<T> question, T refused) {
        try {
            return question.get();
        } catch (RuntimeException | Error failure) {
            LOG.log(Level.ERROR, "question refused sessionId={0} failure={1}", session, Failures.describe(failure));
            return refused;
        }
    }
}
