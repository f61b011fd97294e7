package org.sallyport.inbound;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.sallyport.approval.ApprovalHouse;
import org.sallyport.catalog.Catalogs;
import org.sallyport.grant.GrantHouse;
import org.sallyport.identity.DatabaseCredentials;
import org.sallyport.identity.DatabaseCredentials.Credential;
import org.sallyport.identity.TokenVerifier;
import org.sallyport.meaning.Answer;
import org.sallyport.meaning.Meanings;
import org.sallyport.metric.Happening;
import org.sallyport.metric.MetricTally;
import org.sallyport.metric.Tally;
import org.sallyport.policy.InvalidBundle;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.record.RecordHouse;
import org.sallyport.retention.Retention;
import org.sallyport.retention.RetentionHouse;

/** Opens the gateway when the application starts: reads the policy and puts together what answers the adapter. */
@Singleton
@Startup
@DependsOn({"RecordHouse", "ApprovalHouse", "RetentionHouse", "GrantHouse"})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class GatewayHouse {
    private static final Logger LOG = System.getLogger(GatewayHouse.class.getName());

    @EJB
    private RecordHouse records;

    @EJB
    private ApprovalHouse approvals;

    @EJB
    private RetentionHouse retention;

    @EJB
    private GrantHouse grants;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private MetricRegistry metrics;

    private final Clock clock = Clock.systemUTC();
    private TokenVerifier tokens;
    private Reception reception;
    private Counter counter;
    private Explainer explainer;
    private Meanings meanings;
    private Catalogs catalogs;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public GatewayHouse() {}

    @PostConstruct
    void open() {
        Config config = ConfigProvider.getConfig();
        Function<String, Optional<Credential>> credentials = new DatabaseCredentials()::find;
        PolicyBundle bundle = load(Path.of(config.getValue("sallyport.policy.file", String.class)), credentials);
        warnOfOtherNames(bundle, config);
        Tally tally = new MetricTally(metrics);
        Sessions sessions = new Sessions(executor, clock);
        tokens = new TokenVerifier(Issuers.trusted(bundle), clock);
        Judge judge = new Judge(bundle, clock);
        CatalogLogin login = new CatalogLogin(bundle.connections(), credentials);
        catalogs = new Catalogs(login, executor, Catalogs.DEFAULT_MAXIMUM_AGE, clock);
        meanings = new Meanings(login::openToAsk, executor, answer -> tally.count(happening(answer)));
        Judgements judgements = new Judgements(judge, meanings, executor, clock, grants.book());
        CatalogLoads loads = new CatalogLoads(catalogs, executor);
        Docket docket = new Docket(records.recorder(), bundle.version(), new Discretion(bundle.labels()), clock);
        String address = config.getValue("sallyport.console.url", String.class);
        WaitingRoom waitingRoom = new WaitingRoom(approvals.desk(), judge, judgements, loads, docket, address, clock);
        Hearing hearing = new Hearing(judge, judgements, loads, docket, waitingRoom, clock, tally);
        explainer = new Explainer(bundle, meanings, loads::current);
        counter = new Counter(sessions, hearing, judge, docket);
        reception = new Reception(
                tokens::verify,
                bundle,
                credentials,
                sessions,
                session -> new SessionDeputy(session, hearing, loads, docket, tally),
                records.recorder(),
                executor,
                clock,
                grants.book(),
                tally);
        grants.under(bundle, new GrantWatch(bundle, sessions, grants.book(), clock));
        retention.keep(retention(bundle));
        showGauges(sessions);
    }

    private static void warnOfOtherNames(PolicyBundle bundle, Config config) {
        String claim = config.getOptionalValue("people.name", String.class).orElse("sub");
        config.getOptionalValue("people.issuer", String.class)
                .ifPresent(people -> Issuers.otherNames(bundle, people, claim)
                        .forEach(template -> LOG.log(
                                Level.WARNING,
                                "people could approve what they asked for: they have one name for the API and another in a session"
                                        + " issuer={0} people.name={1} identity={2}",
                                people,
                                claim,
                                template)));
    }

    private static Retention retention(PolicyBundle bundle) {
        Map<String, Duration> keeps = new HashMap<>();
        bundle.connections()
                .forEach((name, connection) -> connection.recording().keep().ifPresent(keep -> keeps.put(name, keep)));
        return new Retention(keeps, bundle.version());
    }

    private static Happening happening(Answer answer) {
        return answer.meaning().isPresent() ? Happening.QUESTION_ANSWERED : Happening.QUESTION_UNANSWERED;
    }

    private void showGauges(Sessions sessions) {
        MetricTally.gauge(metrics, "sallyport.sessions.open", "Sessions that are in", sessions::open);
        MetricTally.gauge(metrics, "sallyport.journal.lag", "Records that are not in the store yet", records::lag);
    }

    @PreDestroy
    void close() {
        meanings.close();
        catalogs.close();
    }

    /** A policy that cannot be used stops the application: nothing is decided without one. */
    private static PolicyBundle load(Path file, Function<String, Optional<Credential>> credentials) {
        try {
            PolicyBundle bundle =
                    PolicyBundle.load(file, alias -> credentials.apply(alias).map(Credential::password));
            LOG.log(Level.INFO, "policy loaded file={0} version={1}", file, bundle.version());
            return bundle;
        } catch (InvalidBundle invalid) {
            LOG.log(Level.ERROR, "policy cannot be used\n{0}", invalid.getMessage());
            throw invalid;
        }
    }

    /** Public for the container: a bean shows its other methods to nobody, also within its package. */
    public Reception reception() {
        return reception;
    }

    /** See {@link #reception()}. */
    public Counter counter() {
        return counter;
    }

    /** See {@link #reception()}. */
    public TokenVerifier tokens() {
        return tokens;
    }

    /** See {@link #reception()}. */
    public Explainer explainer() {
        return explainer;
    }

    /** Whether the policy is loaded and everything put together. */
    public boolean isOpen() {
        return true;
    }
}
