package org.sallyport.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.sallyport.contract.Admission;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.Deputy;
import org.sallyport.contract.GatewayListener;
import org.sallyport.contract.Leeway;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.ResultChunk;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.Secret;
import org.sallyport.contract.Server;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.Target;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.contract.Verdict;
import org.sallyport.contract.Visibility;
import org.sallyport.proxy.Listener;
import org.sallyport.proxy.ListenerSettings;

/** The resource adapter's listener without a server around it: everything is permitted at once and nothing recorded. */
public final class ProxyAlone {
    private ProxyAlone() {}

    /** Arguments: the port to listen on, the server's port, database and user, the key store. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String password = System.getenv("BENCH_PASSWORD");
        var settings = new ListenerSettings(
                "127.0.0.1",
                Integer.parseInt(arguments[0]),
                true,
                new ListenerSettings.KeyStoreFile(arguments[4], "PKCS12", System.getenv("BENCH_KEY_STORE_PASSWORD")),
                new ListenerSettings.Limits(1000, 1000, 100, 100, Duration.ofSeconds(30), 64 * 1024 * 1024));
        var server = new Server(
                List.of(new Server.Host("127.0.0.1", Integer.parseInt(arguments[1]))),
                Server.SessionAttributes.ANY,
                arguments[2],
                Server.Security.of(Server.TlsMode.DISABLE, Optional.empty()));
        var application = new PermitAll(() -> new Target(server, arguments[3], new Secret(password.toCharArray())));
        try (Listener listener = Listener.bind(settings, application)) {
            Thread.currentThread().join();
        }
    }

    private record PermitAll(Supplier<Target> target) implements GatewayListener, Deputy {
        private static final CompletionStage<Verdict> PERMIT =
                CompletableFuture.completedFuture(new Verdict.Permit(Visibility.CLEAR, false));
        private static final CompletionStage<Void> RECORDED = CompletableFuture.completedFuture(null);

        @Override
        public CompletionStage<Admission> admit(ConnectionAttempt attempt) {
            return CompletableFuture.completedFuture(
                    new Admission.Admitted("bench", Set.of(), target.get(), Instant.MAX, Leeway.FREE, this));
        }

        @Override
        public CompletionStage<Verdict> judge(StatementAttempt attempt) {
            return PERMIT;
        }

        @Override
        public CompletionStage<Verdict> judge(SessionId session, StatementAttempt attempt) {
            return PERMIT;
        }

        @Override
        public MaskingPlan shape(SessionId session, ResultShape result) {
            return new MaskingPlan.Show(List.of());
        }

        @Override
        public void portal(String name) {}

        @Override
        public void statement(String name) {}

        @Override
        public void synced(boolean failed, TransactionStatus transaction) {}

        @Override
        public CompletionStage<Void> shown(ResultChunk chunk) {
            return RECORDED;
        }

        @Override
        public CompletionStage<Void> finished(StatementOutcome outcome) {
            return RECORDED;
        }

        @Override
        public void ended(SessionId session, SessionEnd end) {
            // Nobody asks.
        }
    }
}
