package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.contract.Detector;
import org.sallyport.contract.Sought;
import org.sallyport.identity.Identity;

/** What a bundle gives only for a time, and what it looks for in results of whom. */
class GivenForATimeTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private static final String BUNDLE = """
            sallyport: 1
            connections:
              shop: {server: {host: h, database: shop}, credential: c}
              other: {server: {host: h, database: other}, credential: c}
            labels: {pii.ssn: [shop/public.c.ssn], pii.name: [shop/public.c.name], pay: [shop/public.c.pay]}
            masks: {pii.ssn: {redact: true}, pii.name: {redact: true}, pay: {redact: true}}
            roles:
              reading: {groups: [agents], connections: [shop, other], may: [{read: [public.*]}]}
              repair:
                groups: [agents]
                connections: [shop]
                may: [{change: [public.*]}]
                unmask: [pii.*]
                catalog: true
                byGrant: {approvers: {groups: [dba]}, longest: 2h}
              operators: {groups: [operators], connections: [shop], unrestricted: true}
            patterns: {order: 'O-[0-9]{6}'}
            detection:
              - {find: [card], do: alert}
              - {find: [card, order], connections: [other], do: mask}
              - {find: [email], roles: [reading], do: mask}
              - {find: [email], roles: [reading], do: alert}
              - {find: [iban], roles: [operators, repair], do: mask}
            """;

    @TempDir
    private Path folder;

    // NullAway does not know who sets it.
    @SuppressWarnings("NullAway.Init")
    private PolicyBundle bundle;

    @BeforeEach
    void load() throws IOException {
        bundle = PolicyBundle.load(Files.writeString(folder.resolve("policy.yaml"), BUNDLE));
    }

    private Optional<Access> access(String group, String connection, Granted... granted) {
        Identity identity = new Identity("a", Set.of(group), Map.of(), Instant.MAX);
        return bundle.access(new Circumstances(identity, connection, NOON, List.of(granted)));
    }

    private static Granted grant(String role, String by, String... labels) {
        return new Granted(ID, role, Set.of(labels), Set.of(by), NOON.plusSeconds(60));
    }

    private static boolean changes(Access access) {
        return access.grantor(Right.CHANGE, "UPDATE", "public", "c").isPresent();
    }

    @Test
    void aRoleByGrantIsGivenOnlyByTheGrantOfWhoMayGiveIt() {
        assertThat(changes(access("agents", "shop").orElseThrow())).isFalse();
        assertThat(changes(access("agents", "shop", grant("repair", "agents")).orElseThrow()))
                .isFalse();
        assertThat(changes(access("agents", "shop", grant("reading", "dba")).orElseThrow()))
                .isFalse();
        assertThat(changes(access("agents", "other", grant("repair", "dba")).orElseThrow()))
                .isFalse();

        Access given = access("agents", "shop", grant("repair", "dba")).orElseThrow();

        assertThat(changes(given)).isTrue();
        assertThat(given.sees("pii.ssn")).isTrue();
        assertThat(given.sees("pay")).isFalse();
        assertThat(given.name()).isEqualTo("reading+repair by grant " + ID);
        assertThat(given.roles()).last().satisfies(role -> {
            assertThat(role.catalog()).isTrue();
            assertThat(role.grant()).contains(grant("repair", "dba"));
            assertThat(role.isOfLabelsOnly()).isFalse();
        });
    }

    @Test
    void aGrantOfLabelsGivesThoseThatTheRoleSeesAndNothingElse() {
        Access given = access("agents", "shop", grant("repair", "dba", "pii.ssn", "pay"))
                .orElseThrow();

        assertThat(given.sees("pii.ssn")).isTrue();
        assertThat(given.sees("pii.name")).isFalse();
        assertThat(given.sees("pay")).isFalse();
        assertThat(changes(given)).isFalse();
        assertThat(given.roles()).last().satisfies(role -> {
            assertThat(role.catalog()).isFalse();
            assertThat(role.isOfLabelsOnly()).isTrue();
        });
    }

    @Test
    void labelsAloneOpenNoConnection() throws IOException {
        bundle = PolicyBundle.load(Files.writeString(
                folder.resolve("policy.yaml"),
                BUNDLE.replace(
                        "groups: [agents], connections: [shop, other]",
                        "groups: [others], connections: [shop, other]")));

        assertThat(access("agents", "shop", grant("repair", "dba", "pii.ssn"))).isEmpty();
        assertThat(access("agents", "shop", grant("repair", "dba"))).isPresent();
    }

    @Test
    void knowsWhatMayBeGiven() throws IOException {
        assertThat(bundle.knowsGrants()).isTrue();
        assertThat(bundle.rolesByGrant("other")).isEmpty();
        assertThat(bundle.rolesByGrant("shop")).singleElement().satisfies(role -> {
            assertThat(role.name()).isEqualTo("repair");
            assertThat(role.grant()).isEmpty();
            assertThat(role.byGrant().orElseThrow().longest()).isEqualTo(Duration.ofHours(2));
        });
        assertThat(bundle.isTimed(
                        new Circumstances(new Identity("a", Set.of("agents"), Map.of(), Instant.MAX), "shop", NOON)))
                .isTrue();

        bundle = PolicyBundle.load(Files.writeString(
                folder.resolve("policy.yaml"),
                BUNDLE.replace("    byGrant: {approvers: {groups: [dba]}, longest: 2h}\n", "")));

        assertThat(bundle.knowsGrants()).isFalse();
        assertThat(bundle.rolesByGrant("shop")).isEmpty();
    }

    /** What one rule hides another does not only count, whichever stands first. */
    @Test
    void looksForWhatTheRulesOfConnectionAndRolesSay() {
        Sought order = new Sought.Pattern("order", "O-[0-9]{6}");

        assertThat(bundle.detectors(access("agents", "shop").orElseThrow()))
                .containsExactly(new Detector(Sought.Known.CARD, false), new Detector(Sought.Known.EMAIL, true));
        assertThat(bundle.detectors(access("agents", "other").orElseThrow()))
                .containsExactly(
                        new Detector(Sought.Known.CARD, true),
                        new Detector(order, true),
                        new Detector(Sought.Known.EMAIL, true));
        assertThat(bundle.detectors(
                        access("agents", "shop", grant("repair", "dba")).orElseThrow()))
                .as("a role is looked at by its name whether or not it is given for a time")
                .contains(new Detector(Sought.Known.IBAN, true));
        assertThat(bundle.detectors(access("operators", "shop").orElseThrow())).isEmpty();
    }
}
