package org.sallyport.inbound;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.sallyport.approval.ApprovalDesk;
import org.sallyport.approval.StoredDesk;
import org.sallyport.catalog.Catalogs;
import org.sallyport.client.RawClient;
import org.sallyport.contract.Admission;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.GatewayListener;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.Secret;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.Verdict;
import org.sallyport.grant.GrantBook;
import org.sallyport.grant.TestGrants;
import org.sallyport.identity.DatabaseCredentials.Credential;
import org.sallyport.identity.Identity;
import org.sallyport.identity.Verification;
import org.sallyport.journal.Durability;
import org.sallyport.journal.Journal;
import org.sallyport.journal.JournalSettings;
import org.sallyport.meaning.Meanings;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.proxy.Listener;
import org.sallyport.proxy.ListenerSettings;
import org.sallyport.record.Recorder;
import org.sallyport.record.TestRecord;

/**
 * The gateway without its container: the real listener, and behind it the real decisions on a real PostgreSQL. Put together as
 * {@link GatewayHouse} does it; the password is the name of the caller and of its one group, and the record is thrown away.
 */
public final class TestGateway implements AutoCloseable {
    private static final Duration SESSION = Duration.ofDays(1);
    private static final long JOURNAL_BYTES = 8L * JournalSettings.SEGMENT_BYTES;

    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(4);
    private final Journal journal;
    private final Meanings meanings;
    private final Catalogs catalogs;
    private final ApprovalDesk desk;
    private final TestGrants grants;
    private final Listener listener;

    private TestGateway(Path folder, PolicyBundle bundle, String role, UnaryOperator<GatewayListener> between)
            throws IOException {
        journal = Journal.open(new JournalSettings(
                folder.resolve("journal"),
                Durability.OS,
                JOURNAL_BYTES,
                JournalSettings.SEGMENT_BYTES,
                Duration.ofSeconds(5)));
        Thread writer = new Thread(journal, "journal");
        writer.setDaemon(true);
        writer.start();
        var unused = executor.scheduleAtFixedRate(() -> journal.release(journal.last()), 1, 1, TimeUnit.SECONDS);
        Clock clock = Clock.systemUTC();
        Recorder recorder = new Recorder(journal);
        Function<String, Optional<Credential>> credentials =
                alias -> Optional.of(new Credential(role, new Secret(role.toCharArray())));
        GrantBook book = new GrantBook(clock);
        grants = new TestGrants(book, clock);
        Sessions sessions = new Sessions(executor, clock);
        Judge judge = new Judge(bundle);
        CatalogLogin login = new CatalogLogin(bundle.connections(), credentials);
        catalogs = new Catalogs(login, executor, Catalogs.DEFAULT_MAXIMUM_AGE, clock);
        meanings = new Meanings(login::openToAsk, executor);
        Judgements judgements = new Judgements(judge, meanings, executor, clock, book);
        CatalogLoads loads = new CatalogLoads(catalogs, executor);
        Docket docket = new Docket(recorder, bundle.version(), new Discretion(bundle.labels()), clock);
        desk = StoredDesk.inMemory(executor, clock);
        WaitingRoom waitingRoom = new WaitingRoom(desk, judge, judgements, loads, docket, "https://localhost/", clock);
        Hearing hearing = new Hearing(judge, judgements, loads, docket, waitingRoom, clock, counted -> {});
        Reception reception = new Reception(
                secret -> verified(new String(secret.reveal()), clock),
                bundle,
                credentials,
                sessions,
                session -> new SessionDeputy(session, hearing, loads, docket, counted -> {}),
                recorder,
                executor,
                clock,
                book,
                counted -> {});
        var read = executor.scheduleWithFixedDelay(grants, 0, 50, TimeUnit.MILLISECONDS);
        var watch = executor.scheduleWithFixedDelay(
                new GrantWatch(bundle, sessions, book, clock), 20, 20, TimeUnit.MILLISECONDS);
        GatewayListener application = new Door(reception, new Counter(sessions, hearing, judge, docket));
        listener = Listener.bind(settings(folder), between.apply(application));
    }

    /**
     * @param folder  for a key store and the journal
     * @param role    with which the gateway logs in, and its password
     * @param between what stands between the listener and the decisions
     */
    public static TestGateway open(
            Path folder, PolicyBundle bundle, String role, UnaryOperator<GatewayListener> between) throws IOException {
        return new TestGateway(folder, bundle, role, between);
    }

    /**
     * In front of a cluster, with the login {@code gateway}.
     *
     * @param policy in which {@code $port} stands for the cluster's
     */
    static TestGateway open(Path folder, EmbeddedPostgres postgres, String policy) throws IOException {
        Path file = Files.writeString(
                folder.resolve("policy.yaml"), policy.replace("$port", String.valueOf(postgres.getPort())));
        return open(folder, PolicyBundle.load(file), "gateway", UnaryOperator.identity());
    }

    /** A session at the connection {@code shop} of somebody who is called as their group. */
    RawClient enter(String group) throws IOException {
        RawClient client = new RawClient(port()).withPatience(Duration.ofSeconds(10));
        client.login(group, "shop", group);
        return client;
    }

    private static Verification verified(String name, Clock clock) {
        return new Verification.Verified(
                new Identity(name, Set.of(name), Map.of(), clock.instant().plus(SESSION)));
    }

    private static ListenerSettings settings(Path folder) throws IOException {
        var limits = new ListenerSettings.Limits(100, 100, 100, 100, Duration.ofSeconds(30), 1 << 20);
        return new ListenerSettings("127.0.0.1", 0, true, keyStore(folder), limits);
    }

    /** A listener wants one, though no client of these tests asks for TLS. */
    private static ListenerSettings.KeyStoreFile keyStore(Path folder) throws IOException {
        Path file = folder.resolve("listener.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "listener",
                        "-dname",
                        "CN=a test",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return new ListenerSettings.KeyStoreFile(file.toString(), "PKCS12", "changeit");
    }

    /** A server that it may log in to: one that asks all but {@code postgres} for a password. */
    public static EmbeddedPostgres database(Path folder) throws IOException {
        return database(folder, EmbeddedPostgres.builder());
    }

    static EmbeddedPostgres database(Path folder, EmbeddedPostgres.Builder builder) throws IOException {
        Path rules = Files.writeString(
                folder.resolve("hba.conf"),
                "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
        folder.toFile().setExecutable(true, false);
        rules.toFile().setReadable(true, false);
        return builder.setServerConfig("fsync", "off")
                .setServerConfig("hba_file", rules.toString())
                .start();
    }

    /** Where what it holds is decided. */
    public ApprovalDesk desk() {
        return desk;
    }

    /** What is granted in it. */
    public TestGrants grants() {
        return grants;
    }

    /** What is recorded, in its order. */
    public List<byte[]> payloads() {
        return TestRecord.payloads(journal);
    }

    public List<Object> records() {
        return TestRecord.entities(journal);
    }

    public int port() {
        return listener.address().getPort();
    }

    @Override
    public void close() {
        listener.close();
        meanings.close();
        catalogs.close();
        executor.shutdownNow();
        journal.close();
    }

    /** Hands each question on, as the beans do once the container has said who asks. */
    private static final class Door implements GatewayListener {
        private final Reception reception;
        private final Counter counter;
        private final Map<SessionId, String> callers = new ConcurrentHashMap<>();

        Door(Reception reception, Counter counter) {
            this.reception = reception;
            this.counter = counter;
        }

        @Override
        public CompletionStage<Admission> admit(ConnectionAttempt attempt) {
            return reception.admit(attempt).thenApply(admission -> {
                if (admission instanceof Admission.Admitted admitted) {
                    callers.put(attempt.session(), admitted.caller());
                }
                return admission;
            });
        }

        @Override
        public CompletionStage<Verdict> judge(SessionId session, StatementAttempt attempt) {
            return counter.judge(caller(session), session, attempt);
        }

        @Override
        public MaskingPlan shape(SessionId session, ResultShape result) {
            return counter.shape(caller(session), session, result);
        }

        @Override
        public void ended(SessionId session, SessionEnd end) {
            counter.ended(caller(session), session, end);
            callers.remove(session);
        }

        private String caller(SessionId session) {
            return callers.getOrDefault(session, "");
        }
    }
}
