package org.sallyport.inbound;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.Admission;
import org.sallyport.contract.Admission.Admitted;
import org.sallyport.contract.Admission.Rejected;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.Deputy;
import org.sallyport.contract.Leeway;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.Secret;
import org.sallyport.contract.Target;
import org.sallyport.grant.GrantBook;
import org.sallyport.identity.DatabaseCredentials.Credential;
import org.sallyport.identity.Identity;
import org.sallyport.identity.Verification;
import org.sallyport.identity.Verification.Refused;
import org.sallyport.identity.Verification.Verified;
import org.sallyport.metric.Happening;
import org.sallyport.metric.Tally;
import org.sallyport.policy.Access;
import org.sallyport.policy.Circumstances;
import org.sallyport.policy.Connection;
import org.sallyport.policy.Evidence;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.Rules;
import org.sallyport.policy.Ruling;
import org.sallyport.policy.StatementFacts;
import org.sallyport.record.Recorder;
import org.sallyport.record.SessionRecord;
import org.sallyport.record.SessionRecord.Caller;
import org.sallyport.record.SessionRecord.Versions;

/** Decides who comes in: a good token, its own user name, a database that a role opens, and a record of it. */
final class Reception {
    private static final Logger LOG = System.getLogger(Reception.class.getName());

    private final Function<Secret, Verification> tokens;
    private final PolicyBundle bundle;
    private final Function<String, Optional<Credential>> credentials;
    private final Sessions sessions;
    private final Function<Session, Deputy> deputies;
    private final Recorder recorder;
    private final Executor executor;
    private final Clock clock;
    private final GrantBook grants;
    private final Tally tally;
    private final RefusedLogins refused;

    /** @param executor its threads may block */
    Reception(
            Function<Secret, Verification> tokens,
            PolicyBundle bundle,
            Function<String, Optional<Credential>> credentials,
            Sessions sessions,
            Function<Session, Deputy> deputies,
            Recorder recorder,
            Executor executor,
            Clock clock,
            GrantBook grants,
            Tally tally) {
        this.tokens = tokens;
        this.bundle = bundle;
        this.credentials = credentials;
        this.sessions = sessions;
        this.deputies = deputies;
        this.recorder = recorder;
        this.executor = executor;
        this.clock = clock;
        this.grants = grants;
        this.tally = tally;
        this.refused = new RefusedLogins(clock);
    }

    /** Does not block; what does runs on the executor. */
    CompletionStage<Admission> admit(ConnectionAttempt attempt) {
        return CompletableFuture.supplyAsync(() -> decide(attempt), executor)
                .thenCompose(decision -> decision)
                .exceptionally(failure -> {
                    LOG.log(
                            Level.ERROR,
                            "session not admitted sessionId={0} failure={1}",
                            attempt.session(),
                            Failures.describe(failure));
                    return new Rejected(Refusals.NOT_ADMITTED);
                })
                .thenApply(this::counted);
    }

    private Admission counted(Admission admission) {
        tally.count(admission instanceof Admitted ? Happening.SESSION_ADMITTED : Happening.SESSION_REJECTED);
        return admission;
    }

    private CompletionStage<Admission> decide(ConnectionAttempt attempt) {
        Verification verification = tokens.apply(attempt.token());
        if (verification instanceof Refused fault) {
            return rejected(attempt, fault.fault().refusal());
        }
        Identity identity = ((Verified) verification).identity();
        if (!attempt.user().equals(identity.name())) {
            return rejected(attempt, Refusals.notTheUser(identity.name()));
        }
        if (attempt.database().isEmpty()) {
            return rejected(attempt, Refusals.unnamedDatabase(openTo(identity)));
        }
        Circumstances circumstances = circumstances(identity, attempt.database());
        Optional<Access> access = bundle.access(circumstances);
        if (access.isEmpty()) {
            return rejected(attempt, notThere(attempt, openTo(identity)));
        }
        Optional<Ruling.Deny> denial = denial(access.get(), attempt.parameters().keySet());
        return denial.isPresent()
                ? rejected(attempt, denial.get().refusal())
                : letIn(attempt, session(attempt, circumstances, access.get()));
    }

    private Circumstances circumstances(Identity identity, String connection) {
        return new Circumstances(identity, connection, clock.instant(), grants.of(identity.name(), connection));
    }

    /** Shadow lets pass what guardrails deny. */
    private Optional<Ruling.Deny> denial(Access access, Set<String> settings) {
        Evidence evidence = new Evidence(
                access,
                clock.instant(),
                statement -> StatementFacts.of(statement, Optional.empty(), Catalog.EMPTY, true));
        return access.shadow() ? Optional.empty() : new Rules(bundle.guardrails()).denialAtStart(settings, evidence);
    }

    private Session session(ConnectionAttempt attempt, Circumstances circumstances, Access access) {
        boolean timed = bundle.isTimed(circumstances);
        Session session = new Session(attempt.session(), circumstances.identity(), access, timed, attempt.handle());
        // The start-up packet may say, or what the login's or the database's settings are by now: others began with
        // another path.
        session.onPathUntold();
        return session;
    }

    private static Refusal notThere(ConnectionAttempt attempt, List<String> open) {
        return attempt.database().equals(attempt.user()) ? Refusals.userForDatabase(open) : Refusals.noDatabase(open);
    }

    private CompletionStage<Admission> letIn(ConnectionAttempt attempt, Session session) {
        Connection connection = Optional.ofNullable(bundle.connections().get(session.connection()))
                .orElseThrow();
        Credential credential = credentials
                .apply(connection.credential())
                .orElseThrow(() ->
                        new IllegalStateException("server.xml has no authData with id " + connection.credential()));
        return recorder.begin(recordOf(attempt, session)).handle((recorded, failure) -> {
            if (failure != null) {
                credential.password().close();
                throw new IllegalStateException("session not recorded", failure);
            }
            sessions.enter(session);
            LOG.log(
                    Level.INFO,
                    "session admitted sessionId={0} identity={1} connection={2}",
                    session.id(),
                    session.identity().name(),
                    session.connection());
            return admitted(session, new Target(connection.server(), credential.user(), credential.password()));
        });
    }

    private Admission admitted(Session session, Target target) {
        Identity identity = session.identity();
        return new Admitted(
                identity.name(),
                identity.groups(),
                target,
                identity.expires(),
                leeway(session),
                deputies.apply(session));
    }

    /** For as long as the session lasts. */
    private Leeway leeway(Session session) {
        // In shadow nothing is refused, but what could show a value that has to be masked.
        boolean open = session.access().unrestricted()
                || (session.access().shadow() && bundle.labels().isEmpty());
        if (!open || session.isTimed()) {
            return Leeway.RESTRICTED;
        }
        return bundle.guardrails().isEmpty() && session.access().unrestricted() ? Leeway.FREE : Leeway.GUARDED;
    }

    private SessionRecord recordOf(ConnectionAttempt attempt, Session session) {
        return new SessionRecord(
                session.id().value(),
                new Caller(session.identity().name(), session.identity().groups()),
                session.connection(),
                address(attempt.client()),
                clock.instant(),
                new Versions(GatewayVersion.CURRENT, bundle.version()));
    }

    private static String address(InetSocketAddress client) {
        return client.getAddress().getHostAddress() + ":" + client.getPort();
    }

    private List<String> openTo(Identity identity) {
        return bundle.connections().keySet().stream()
                .filter(connection ->
                        bundle.access(circumstances(identity, connection)).isPresent())
                .sorted()
                .toList();
    }

    private CompletionStage<Admission> rejected(ConnectionAttempt attempt, Refusal refusal) {
        refused.add(attempt, refusal);
        return CompletableFuture.completedFuture(new Rejected(refusal));
    }
}
