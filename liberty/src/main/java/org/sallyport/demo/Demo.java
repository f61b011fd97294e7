package org.sallyport.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./mvnw -Pdemo}: a database, an identity provider and the gateway on the loopback address, until Ctrl-C.
 *
 * <p>One thread starts everything and stops it again. The JVM's shutdown hook only interrupts it and waits, so that a
 * Ctrl-C in the middle of the start is no special case.
 */
public final class Demo {
    private static final int POSTGRES_PORT = 15431;
    private static final int GATEWAY_PORT = 15432;
    private static final int HTTPS_PORT = 9443;
    private static final int IDENTITY_PORT = 9444;
    /** Stopping takes a few seconds; past this something is stuck, and the shell should have its prompt back. */
    private static final long STOP_LIMIT_SECONDS = 90;

    private final Path runtime;
    private final Path files;
    private final Path folder;
    private final PrintStream out;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private Demo(Path runtime, Path files, Path folder, PrintStream out) {
        this.runtime = runtime;
        this.files = files;
        this.folder = folder.toAbsolutePath().normalize();
        this.out = out;
    }

    /** Arguments: the Liberty runtime, the folder {@code liberty/demo}, a folder to run in. */
    public static void main(String[] arguments) throws InterruptedException {
        Demo demo = new Demo(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]), System.out);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread runner = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(runner, stopped), "demo-stop"));
        try {
            demo.run();
        } catch (StartFailure e) {
            // Its message is for a person; the stack below it is for nobody.
            throw new StartFailure(e.getMessage());
        } finally {
            stopped.countDown();
        }
    }

    private static void stop(Thread runner, CountDownLatch stopped) {
        runner.interrupt();
        try {
            stopped.await(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Ports.requireFree(GATEWAY_PORT, "the gateway's PostgreSQL listener");
        Ports.requireFree(HTTPS_PORT, "the gateway's API and console");
        Ports.requireFree(IDENTITY_PORT, "the demo's identity provider");
        Ports.requireFree(POSTGRES_PORT, "the demo's database server");
        Folders.delete(folder);
        boolean keepLogs = true;
        try {
            start();
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            keepLogs = false;
            out.println("Stopping.");
        } finally {
            boolean asked = Thread.interrupted();
            closeAll();
            if (asked || !keepLogs) {
                Folders.delete(folder);
            }
        }
    }

    private void start() {
        long begin = System.nanoTime();
        TlsFiles tls = TlsFiles.create(folder);
        out.println("Starting PostgreSQL.");
        Postgres postgres = new Postgres(folder.resolve("postgres"), POSTGRES_PORT, tls);
        started.push(postgres);
        postgres.start();
        Postgres.Login shop = postgres.createOwner("shop_gateway", "shop");
        Postgres.Login store = postgres.createOwner("sallyport_store", "sallyport");
        postgres.execute("shop", shop, read(files.resolve("shop.sql")));

        out.println("Starting the identity provider.");
        IdentityProvider provider = IdentityProvider.define(
                ServerHome.of(runtime, "identity", folder.resolve("identity-server"), tls),
                IDENTITY_PORT,
                "https://127.0.0.1:" + HTTPS_PORT);
        started.push(provider);
        provider.start();
        provider.describeTo(folder.resolve("identity"));

        out.println("Starting the gateway.");
        ServerHome home = ServerHome.of(runtime, "gateway", folder.resolve("gateway-server"), tls);
        LibertyServer gateway = new GatewayServer(home, GATEWAY_PORT, HTTPS_PORT)
                .withStore(postgres, "sallyport", store)
                .withShop(shop)
                .withIdentityProvider(provider)
                .withPolicy(policy(home))
                .with("sallyport.checkpoint.anchors", "log,file:" + folder.resolve("anchors.ndjson"))
                .define();
        started.push(gateway);
        gateway.start();
        show(provider.password(), (System.nanoTime() - begin) / 1_000_000_000);
    }

    /** A folder with the demo's own file and the guardrails that come with the server. */
    private Path policy(ServerHome home) {
        Path policy = folder.resolve("policy");
        Path guardrails = Path.of("guardrails", "recommended.yaml");
        try {
            Files.createDirectories(policy.resolve("guardrails"));
            Files.copy(files.resolve("policy.yaml"), policy.resolve("policy.yaml"));
            Files.copy(home.definition().resolve(guardrails), policy.resolve(guardrails));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return policy;
    }

    /** Fits a terminal of 80 by 24, but for commands, which stay in one line to be pasted. */
    private void show(String password, long seconds) {
        String certificate = Path.of("")
                .toAbsolutePath()
                .relativize(folder.resolve("ca.pem"))
                .toString();
        out.printf("""

            Sallyport is up after %d s. Ctrl-C stops all of it and leaves nothing behind.

              PostgreSQL  127.0.0.1:15432         TLS; the database is shop, a token is the password
              HTTPS       https://127.0.0.1:9443  /console, /api/v1, /openapi, /health/ready
              sign in as  dana, password %s

            An agent that reports; ssn, card and email come back masked:
              PGPASSWORD=$(liberty/demo/token reporting-agent) psql "host=127.0.0.1 port=15432 dbname=shop user=reporting-agent sslmode=require" -c "SELECT * FROM customers LIMIT 3"

            An agent that migrates; changes rows and schema, within limits:
              PGPASSWORD=$(liberty/demo/token migration-agent) psql "host=127.0.0.1 port=15432 dbname=shop user=migration-agent sslmode=require"
                ALTER TABLE products ADD COLUMN weight numeric;
                DROP DATABASE shop;         -- refused
                DELETE FROM order_items;    -- waits for a person

            The person, in another terminal: what waits? Approve it, with its id in place of ID:
              api() { curl -sS --cacert %s -H "Authorization: Bearer $(liberty/demo/token dana)" "$@"; echo; }
              api "https://127.0.0.1:9443/api/v1/approvals?state=pending"
              api -H "Content-Type: application/json" -d '{"reason": "agreed"}' "https://127.0.0.1:9443/api/v1/approvals/ID/approve"

            """, seconds, password, certificate);
        out.flush();
    }

    private void closeAll() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                out.println("Could not stop everything: " + e.getMessage());
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
