package org.sallyport.trial;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogReader;
import org.sallyport.inbound.Explainer;
import org.sallyport.meaning.Meanings;
import org.sallyport.policy.InvalidBundle;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.PolicyCase;
import org.sallyport.policy.PolicyCases;

/** The command that tests a policy, without a gateway. */
public final class Main {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private static final String USAGE = """
            Tests a policy: who sends what, and what should become of it.

            usage: java -jar sallyport-policy.jar POLICY [TESTS] [--database NAME=URL]...

              POLICY            the bundle: a file, or a folder of them
              TESTS             a file of tests, or a folder of them; POLICY/policy-tests if left out
              --database NAME=URL
                                where the bundle's connection NAME finds the tables, such as
                                orders=jdbc:postgresql://localhost/orders?user=me
                                (the password from ~/.pgpass); nothing is changed there

            Exit status: 0 all as expected, 1 some are not, 2 the policy, the tests or the command are wrong.""";

    private final PrintStream out;
    private final Map<String, String> databases = new HashMap<>();
    private final Map<String, Catalog> catalogs = new ConcurrentHashMap<>();

    private Main(PrintStream out) {
        this.out = out;
    }

    /** Ends the virtual machine with the exit status. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out));
    }

    /** The exit status. */
    static int run(List<String> arguments, PrintStream out) {
        try {
            return new Main(out).start(new ArrayDeque<>(arguments));
        } catch (InvalidBundle invalid) {
            out.println(invalid.getMessage());
        } catch (IllegalArgumentException misuse) {
            out.println(misuse.getMessage());
            out.println();
            out.println(USAGE);
        }
        return MISUSED;
    }

    private int start(Deque<String> arguments) {
        Deque<Path> places = new ArrayDeque<>();
        while (!arguments.isEmpty()) {
            String argument = arguments.pop();
            if (argument.equals("--help") || argument.equals("-h")) {
                out.println(USAGE);
                return 0;
            } else if (argument.equals("--database")) {
                database(arguments.isEmpty() ? "" : arguments.pop());
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException("unknown option " + argument);
            } else {
                places.add(Path.of(argument));
            }
        }
        if (places.isEmpty() || places.size() > 2) {
            throw new IllegalArgumentException("expected POLICY and perhaps TESTS");
        }
        Path policy = places.pop();
        return test(PolicyBundle.load(policy), PolicyCases.load(tests(policy, places)));
    }

    private static Path tests(Path policy, Deque<Path> places) {
        if (!places.isEmpty()) {
            return places.pop();
        }
        Path beside = (Files.isDirectory(policy)
                        ? policy
                        : policy.resolveSibling("").toAbsolutePath())
                .resolve("policy-tests");
        if (!Files.isDirectory(beside)) {
            throw new IllegalArgumentException("there are no tests in " + beside + "; expected TESTS");
        }
        return beside;
    }

    private void database(String argument) {
        int equals = argument.indexOf('=');
        if (equals < 1 || !argument.startsWith("jdbc:postgresql:", equals + 1)) {
            throw new IllegalArgumentException("--database needs NAME=jdbc:postgresql://…");
        }
        databases.put(argument.substring(0, equals), argument.substring(equals + 1));
    }

    private int test(PolicyBundle bundle, List<PolicyCase> cases) {
        for (PolicyCase test : cases) {
            String connection = test.circumstances().connection();
            if (bundle.connections().containsKey(connection) && !databases.containsKey(connection)) {
                throw new IllegalArgumentException(test.place() + ": test `" + test.name() + "` needs --database "
                        + connection + "=jdbc:postgresql://…");
            }
        }
        ExecutorService executor = Executors.newCachedThreadPool();
        try (Meanings meanings = new Meanings(this::open, executor)) {
            Explainer explainer = new Explainer(
                    bundle, meanings, name -> CompletableFuture.supplyAsync(() -> catalog(name), executor));
            PolicyTrial trial = new PolicyTrial(
                    test -> explainer
                            .explain(test.circumstances(), test.sql(), List.of())
                            .toCompletableFuture()
                            .join(),
                    out);
            return trial.run(cases) == 0 ? 0 : FAILED;
        } finally {
            executor.shutdownNow();
        }
    }

    private Connection open(String name) throws SQLException {
        return DriverManager.getConnection(databases.getOrDefault(name, ""));
    }

    private Catalog catalog(String name) {
        return catalogs.computeIfAbsent(name, unread -> {
            try (Connection connection = open(name)) {
                return new CatalogReader().read(connection);
            } catch (SQLException e) {
                // The driver's words may hold the address, and that the password.
                throw new CompletionException("database " + name + " does not answer: SQLSTATE " + e.getSQLState(), e);
            }
        });
    }
}
