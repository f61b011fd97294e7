package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.identity.Identity;
import org.sallyport.sql.SqlReader;
import org.sallyport.sql.Statement;

class RulesTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
              shop:
                server: {host: localhost, port: 5432, database: shop, tls: disable}
                credential: shop
            roles:
              some: {groups: [some], connections: [shop], may: [{read: [public.*]}]}
            guardrails:
            """;

    @TempDir
    private Path folder;

    private final List<String> guardrails = new ArrayList<>();
    private Map<String, Object> facts = Map.of();

    @BeforeEach
    void clear() {
        guardrails.clear();
        facts = Map.of("kinds", List.of("DELETE"));
    }

    private PolicyBundle bundle() {
        String text = BUNDLE
                + String.join(
                        "",
                        guardrails.stream().map(each -> "  - {" + each + "}\n").toList());
        try {
            Path file = Files.writeString(
                    folder.resolve("policy.yaml"), guardrails.isEmpty() ? BUNDLE.replace("guardrails:\n", "") : text);
            return PolicyBundle.load(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Rules rules() {
        return new Rules(bundle().guardrails());
    }

    private Evidence evidence() {
        Identity identity = new Identity("agent", Set.of("some"), Map.of(), Instant.MAX);
        Access access =
                bundle().access(new Circumstances(identity, "shop", NOON)).orElseThrow();
        return new Evidence(access, NOON, statement -> facts);
    }

    private static List<Statement> statements(String sql) {
        return SqlReader.read(sql, List.of()).statements();
    }

    private Ruling.Deny denied(String sql) {
        return rules().denial(statements(sql), evidence()).orElseThrow();
    }

    @Test
    void noneLookAtNothing() {
        assertThat(rules().isEmpty()).isTrue();
        assertThat(rules().lookAtNames()).isFalse();
        assertThat(rules().lookAtRows()).isFalse();
        assertThat(rules().ask(List.of("DELETE"))).isFalse();
        assertThat(rules().denial(statements("DELETE FROM orders"), evidence())).isEmpty();
    }

    @Test
    void aDenialSaysTheRuleItsReasonAndWhatToDo() {
        guardrails.add("name: g, on: [DELETE], do: deny, reason: 'rows stay', hint: 'Archive them.'");

        Ruling.Deny deny = denied("DELETE FROM orders");

        assertThat(deny.rule()).isEqualTo("g");
        assertThat(deny.refusal().message()).isEqualTo("permission denied by guardrail g");
        assertThat(deny.refusal().toString()).contains("rows stay").contains("Archive them.");
        assertThat(rules().denial(statements("SELECT 1"), evidence())).isEmpty();
    }

    @Test
    void oneWithoutReasonAndHintSaysWhatItIsAbout() {
        guardrails.add("name: g, on: [DELETE, TRUNCATE], do: deny");

        assertThat(denied("TRUNCATE orders").refusal().toString())
                .contains("it denies DELETE, TRUNCATE.")
                .contains("Ask an operator if it must be done.");
    }

    @Test
    void theFirstOfTheBundleIsNamed() {
        guardrails.add("name: first, on: [DELETE], do: deny");
        guardrails.add("name: second, on: [DELETE], do: deny");

        assertThat(denied("DELETE FROM orders").rule()).isEqualTo("first");
    }

    @Test
    void eachActionIsAskedForByItself() {
        guardrails.add("name: w, on: [DELETE], do: warn");
        guardrails.add("name: h, on: [DELETE], do: hold, approvers: {groups: [dba]}");
        List<Statement> delete = statements("DELETE FROM orders");

        assertThat(rules().denial(delete, evidence())).isEmpty();
        assertThat(rules().hold(delete, evidence()).orElseThrow().name()).isEqualTo("h");
        assertThat(rules().warning(delete, evidence()).orElseThrow().name()).isEqualTo("w");
        assertThat(rules().hold(statements("SELECT 1"), evidence())).isEmpty();
        assertThat(rules().warning(statements("SELECT 1"), evidence())).isEmpty();
    }

    @Test
    void whatWouldBeHeldIsNotPrepared() {
        guardrails.add("name: h, on: [DELETE], do: hold, approvers: {groups: [dba]}");

        assertThat(denied("PREPARE p AS DELETE FROM orders").refusal().toString())
                .contains("an approval is for one run");
        assertThat(rules().denial(statements("DELETE FROM orders"), evidence())).isEmpty();
        assertThat(rules().denial(statements("PREPARE p AS SELECT 1"), evidence()))
                .isEmpty();
    }

    @Test
    void settingsByWhichStatementsAreReadAreDeniedWithoutAnyGuardrail() {
        assertThat(denied("SET standard_conforming_strings = off").refusal().message())
                .isNotEmpty();
        assertThat(rules().denial(statements("SET work_mem = '1MB'"), evidence()))
                .isEmpty();
    }

    @Test
    void whereNobodyCanSayWhetherAConditionHoldsItDoes() {
        guardrails.add("name: g, on: [DELETE], do: deny, reason: 'not these', when: 'size(relations) > 3'");

        assertThat(denied("DELETE FROM orders").refusal().toString())
                .contains("not these Whether its condition holds cannot be said here, so it does.");
        facts = Map.of("relations", List.of("a", "b", "c", "d"));
        assertThat(denied("DELETE FROM orders").refusal().toString())
                .contains("not these")
                .doesNotContain("cannot be said");
        facts = Map.of("relations", List.of("a"));
        assertThat(rules().denial(statements("DELETE FROM orders"), evidence())).isEmpty();
    }

    @Test
    void whatTheyLookAtIsKnown() {
        guardrails.add("name: rows, on: [DELETE], if: no-where, do: deny");
        assertThat(rules().lookAtRows()).isTrue();
        assertThat(rules().lookAtNames()).isFalse();
        assertThat(rules().ask(List.of("UPDATE"))).isTrue();
        assertThat(rules().ask(List.of("SELECT"))).isFalse();

        guardrails.add("name: names, on: [SELECT], do: deny, when: '\"public.people\" in relations'");
        assertThat(rules().lookAtNames()).isTrue();
        assertThat(rules().lookAtNames(List.of("SELECT"))).isTrue();
        assertThat(rules().lookAtNames(List.of("COPY TO"))).isFalse();
        assertThat(rules().ask(List.of("SELECT"))).isTrue();
        assertThat(rules().ask(List.of("COPY TO"))).isFalse();
    }

    @Test
    void noSessionBeginsWithASettingThatIsDenied() {
        guardrails.add("name: s, do: deny, if: {sets: [work_mem]}");
        guardrails.add("name: h, do: hold, if: {sets: [jit]}, approvers: {groups: [dba]}");
        guardrails.add("name: w, do: warn, if: {sets: [geqo]}");
        guardrails.add("name: d, on: [DELETE], do: deny");

        assertThat(rules().denialAtStart(Set.of("work_mem", "timezone"), evidence())
                        .orElseThrow()
                        .rule())
                .isEqualTo("s");
        assertThat(rules().denialAtStart(Set.of("jit"), evidence())
                        .orElseThrow()
                        .rule())
                .isEqualTo("h");
        assertThat(rules().denialAtStart(Set.of("geqo"), evidence())).isEmpty();
        assertThat(rules().denialAtStart(Set.of("timezone"), evidence())).isEmpty();
    }

    @Test
    void anAtStartDenialAsksWhoItIsFor() {
        guardrails.add("name: s, do: deny, if: {sets: [work_mem]}, when: 'identity == \"somebody else\"'");

        assertThat(rules().denialAtStart(Set.of("work_mem"), evidence())).isEmpty();
    }

    @Test
    void eachSaysWhatItSaysOfAText() {
        guardrails.add("name: applies, on: [DELETE], do: deny");
        guardrails.add("name: other kind, on: [SELECT], do: warn");
        guardrails.add("name: bounded, on: [DELETE], if: no-where, do: deny");
        guardrails.add("name: unsure, do: warn, when: 'size(columns) > 3'");
        Map<String, String> said = new LinkedHashMap<>();

        rules().trace(statements("DELETE FROM orders WHERE id = 1"), evidence(), said::put);

        assertThat(said)
                .containsEntry("applies", "applies: deny")
                .containsEntry("other kind", "does not apply: it is about SELECT")
                .containsEntry("bounded", "does not apply: its condition does not hold")
                .containsEntry("unsure", "applies: warn, since nobody can say whether its condition holds")
                .hasSize(4);
    }

    /** What is decided once for good must not be asked again, and what the time decides must be. */
    @Test
    void onlyWhatDependsOnTheTimeIsKnownToDoSo() {
        guardrails.add("name: timed, on: [DELETE], do: deny, when: 'now < timestamp(\"2027-01-01T00:00:00Z\")'");
        guardrails.add(
                "name: settled, do: deny, when: 'identity == \"x\" && now < timestamp(\"2027-01-01T00:00:00Z\")'");
        guardrails.add("name: untimed, do: deny, when: 'size(columns) > 3'");
        List<Guardrail> all = bundle().guardrails();
        Statement delete = statements("DELETE FROM orders").get(0);
        Statement prepared = statements("PREPARE p AS DELETE FROM orders").get(0);

        Evidence evidence = evidence();
        assertThat(all.get(1).whenHolds(delete, evidence)).isFalse();
        assertThat(all.get(2).whenHolds(delete, evidence)).isTrue();
        assertThat(all.get(2).isUnsure(delete, evidence)).isTrue();
        assertThat(all.get(0).isUnsure(prepared, evidence))
                .as("when it will run nobody knows")
                .isTrue();
        assertThat(evidence.timed()).isEmpty();

        assertThat(all.get(0).isUnsure(delete, evidence)).isFalse();
        assertThat(all.get(0).whenHolds(delete, evidence)).isTrue();
        assertThat(evidence.timed()).containsExactly(all.get(0));
    }
}
