package org.sallyport.inbound;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.concurrent.CompletionStage;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.Verdict;

/** Where authenticated callers ask about their sessions; says who asks and hands over. */
@Stateless
@RolesAllowed("**")
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class SessionDesk {
    @EJB
    private GatewayHouse house;

    @Resource
    private SessionContext context;

    private Counter counter;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public SessionDesk() {}

    @PostConstruct
    void open() {
        counter = house.counter();
    }

    public CompletionStage<Verdict> judge(SessionId session, StatementAttempt attempt) {
        return counter.judge(caller(), session, attempt);
    }

    public MaskingPlan shape(SessionId session, ResultShape result) {
        return counter.shape(caller(), session, result);
    }

    public void ended(SessionId session, SessionEnd end) {
        counter.ended(caller(), session, end);
    }

    private String caller() {
        return context.getCallerPrincipal().getName();
    }
}
