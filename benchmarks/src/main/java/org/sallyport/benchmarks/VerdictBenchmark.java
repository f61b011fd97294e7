package org.sallyport.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Function;
import org.sallyport.catalog.Relation;
import org.sallyport.identity.Identity;
import org.sallyport.inbound.Judge;
import org.sallyport.inbound.Judgement;
import org.sallyport.policy.Access;
import org.sallyport.policy.Circumstances;
import org.sallyport.policy.PolicyBundle;

/** From a text to its verdict, for a restricted role under guardrails, where nobody has to be asked. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class VerdictBenchmark {
    private static final String POLICY = """
            sallyport: 1
            issuers: [{issuer: "https://login.example.com", audience: sallyport}]
            connections: {shop: {server: {host: db, database: shop}, credential: shop-gateway}}
            roles:
              reporting: {groups: [agents], connections: [shop], may: [{read: [public.*]}]}
            guardrails:
              - {name: mass-change, on: [DELETE, UPDATE], if: no-where, do: hold, approvers: {groups: [dba]}}
              - {name: no-truncate, on: [TRUNCATE], do: deny}
            """;

    private static final String TEXT =
            "SELECT o.id, o.status, c.name FROM orders o JOIN customers c ON c.id = o.customer_id"
                    + " WHERE o.status = 'open' AND o.total > 100 ORDER BY o.id LIMIT ";

    private final Judge judge = new Judge(policy());
    private final Access access = judge.bundle()
            .access(new Circumstances(
                    new Identity("agent", Set.of("agents"), Map.of(), Instant.MAX), "shop", Instant.EPOCH))
            .orElseThrow();
    private final Catalog catalog = new Catalog(
            1,
            List.of("pg_catalog", "public"),
            List.of(table(20_000, "orders"), table(20_001, "customers")),
            List.of(new Function(870, "pg_catalog", "lower")),
            List.of());
    private int next;

    public VerdictBenchmark() {
        judge.judge(access, "shop", catalog, TEXT + 50);
    }

    private static PolicyBundle policy() {
        try {
            Path file = Files.createTempFile("policy", ".yaml");
            try {
                return PolicyBundle.load(Files.writeString(file, POLICY));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Relation table(int oid, String name) {
        return new Relation(oid, "public", name, Relation.Kind.TABLE, List.of(), Set.of(), Set.of());
    }

    private Optional<Judgement> standing(String sql) {
        // As it comes from the wire: a new object each time, whose hash nobody knows yet.
        return judge.standing(access, catalog, new Judge.Text(new String(sql.toCharArray()), List.of()), false);
    }

    @Benchmark
    public boolean sameText() {
        return standing(TEXT + 50).isPresent();
    }

    @Benchmark
    public boolean otherValues() {
        next++;
        return standing(TEXT.replace("'open'", "'s" + next + "'") + 50).isPresent();
    }

    /** The gateway's own part; the server's answer takes longer than that. */
    @Benchmark
    public Judgement newText() {
        next++;
        return judge.judge(access, "shop", catalog, TEXT + next);
    }
}
