package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.catalog.Catalog;
import org.sallyport.identity.Identity;
import org.sallyport.policy.Access;
import org.sallyport.policy.Circumstances;
import org.sallyport.policy.Guardrail;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.Ruling;
import org.sallyport.sql.Fingerprint;

/** The guardrails that come with the server, over somebody whom nothing else stops. Numbers are those of the threat list. */
class RecommendedGuardrailsTest {
    private static final Path SHIPPED = Path.of("../liberty/src/main/liberty/gateway/guardrails/recommended.yaml");
    private static final String CASES = "/org/sallyport/inbound/recommended-guardrails.csv";
    private static final String BASE = """
            sallyport: 1
            connections:
              shop:
                server: {host: h, database: d}
                credential: c
            roles:
              operators:
                groups: [operators]
                connections: [shop]
                unrestricted: true
            """;

    @TempDir
    static Path folder;

    // NullAway does not know who sets them.
    @SuppressWarnings("NullAway.Init")
    private static PolicyBundle bundle;

    @SuppressWarnings("NullAway.Init")
    private static Judge judge;

    @SuppressWarnings("NullAway.Init")
    private static Access access;

    @BeforeAll
    static void load() throws IOException {
        Files.writeString(folder.resolve("policy.yaml"), BASE);
        Files.copy(SHIPPED, folder.resolve("recommended.yaml"));
        bundle = PolicyBundle.load(folder);
        judge = new Judge(bundle);
        Identity identity = new Identity("agent", Set.of("operators"), Map.of(), Instant.MAX);
        access = bundle.access(new Circumstances(identity, "shop", Instant.EPOCH))
                .orElseThrow();
    }

    static Stream<Guardrail> guardrails() throws IOException {
        return PolicyBundle.load(SHIPPED).guardrails().stream();
    }

    @ParameterizedTest
    @MethodSource("guardrails")
    void saysWhyAndWhatToDoNext(Guardrail guardrail) {
        assertThat(guardrail.name()).matches("[a-z]+(-[a-z]+)*");
        assertThat(guardrail.reason()).endsWith(".").hasSizeGreaterThan(15);
        assertThat(guardrail.hint()).endsWith(".").hasSizeGreaterThan(15);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvFileSource(resources = CASES, delimiter = '\t', numLinesToSkip = 1, maxCharsPerColumn = 1000)
    void firesAndLetsTheHonestTwinPass(String threat, String name, String sql, String twin) {
        Guardrail guardrail = guardrail(name);

        Ruling ruling = rule(sql);
        assertThat(ruling.rule()).as(ruling.toString()).isEqualTo(name);
        assertThat(ruling)
                .isInstanceOf(
                        switch (guardrail.action()) {
                            case DENY -> Ruling.Deny.class;
                            case HOLD -> Ruling.Hold.class;
                            case WARN -> Ruling.Warn.class;
                        });
        assertThat(rule(twin)).as(twin).isInstanceOf(Ruling.Permit.class);
    }

    /** Texts with one fingerprint share a judgement, so a guardrail must not tell them apart. */
    @Test
    void whatIsDecidedOnceIsRuledAlike() throws IOException {
        Map<String, String> rulings = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources" + CASES))) {
            for (String sql : line.split("\t")) {
                Ruling ruling = rule(sql);
                String told = ruling.getClass().getSimpleName() + " " + ruling.rule();
                String before = rulings.getOrDefault(Fingerprint.of(sql).orElse(sql), told);
                rulings.put(Fingerprint.of(sql).orElse(sql), told);
                assertThat(told).as(sql).isEqualTo(before);
            }
        }
    }

    @Test
    void eachHasACase() throws IOException {
        List<String> tried = Files.readAllLines(Path.of("src/test/resources" + CASES)).stream()
                .map(line -> line.split("\t")[1])
                .toList();

        assertThat(bundle.guardrails()).extracting(Guardrail::name).isSubsetOf(tried);
    }

    private static Guardrail guardrail(String name) {
        return bundle.guardrails().stream()
                .filter(guardrail -> guardrail.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Ruling rule(String sql) {
        return judge.judge(access, "shop", Catalog.EMPTY, sql).ruling();
    }
}
