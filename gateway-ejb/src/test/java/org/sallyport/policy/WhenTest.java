package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.identity.Identity;

class WhenTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private static final Map<String, Object> CLAIMS = Map.of(
            "ref", "refs/heads/main",
            "run_attempt", 2,
            "groups", List.of("ci", "nightly"),
            "act", Map.of("sub", "ann"),
            "iat", Date.from(NOON.minusSeconds(60)));

    private static final Circumstances HERE =
            new Circumstances(new Identity("ci/shop", Set.of("ci"), CLAIMS, Instant.MAX), "orders", NOON);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "claims.ref == 'refs/heads/main' | true",
                "claims.ref == 'refs/heads/other' | false",
                "claims.ref.startsWith('refs/heads/') && identity == 'ci/shop' | true",
                "claims.run_attempt < 3 | true",
                "'nightly' in claims.groups | true",
                "claims.act.sub == 'ann' | true",
                "'ci' in groups && connection == 'orders' | true",
                "now.getHours('Europe/Berlin') == 13 | true",
                "now.getDayOfWeek() in [1, 2, 3, 4, 5] | true",
                "now - claims.iat < duration('5m') | true",
                "now < timestamp('2026-11-26T00:00:00Z') | false",
                "has(claims.environment) && claims.environment == 'prod' | false",
                "claims.ref.matches('^refs/heads/ma[a-z]+$') | true",
                "claims.groups.exists(g, g.startsWith('night')) | true",
            })
    void holdsOrNot(String text, boolean holds) throws InvalidCondition {
        assertThat(When.ofRole(text).holds(HERE.values())).contains(holds);
    }

    /** Of these nobody can say whether they hold, so that what depends on them is refused. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "claims.environment == 'prod'",
                "claims.ref > 5",
                "claims.act.name == 'x'",
                "claims.ref",
                "claims.groups[7] == 'x'",
                "1 / (claims.run_attempt - 2) == 1",
                "now.getHours('Nowhere/Land') == 1",
            })
    void cannotBeSaid(String text) throws InvalidCondition {
        assertThat(When.ofRole(text).holds(HERE.values())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "claims.ref = 'x' | 1:12",
                "claim.ref == 'x' | undeclared reference to 'claim'",
                "identity | expected type 'bool' but found 'string'",
                "identity == 5 | no matching overload",
                "'a' + | 1:6",
            })
    void aConditionThatIsNoneIsToldWhereItIsWrong(String text, String problem) {
        assertThatThrownBy(() -> When.ofRole(text))
                .isInstanceOf(InvalidCondition.class)
                .hasMessageContaining(problem);
    }

    @Test
    void knowsWhetherItDependsOnTheTime() throws InvalidCondition {
        assertThat(When.ofRole("now > timestamp('2026-01-01T00:00:00Z')").isTimed())
                .isTrue();
        assertThat(When.ofRole("claims.now == 'now'").isTimed()).isFalse();
    }

    @Test
    void endsSoonWhateverItIs() throws InvalidCondition {
        String nested = "[1,2,3,4,5,6,7,8,9].all(a, [1,2,3,4,5,6,7,8,9].all(b, [1,2,3,4,5,6,7,8,9].all(c,"
                + " [1,2,3,4,5,6,7,8,9].all(d, [1,2,3,4,5,6,7,8,9].all(e, a > 0)))))";

        assertThat(When.ofRole(nested).holds(HERE.values())).isEmpty();
        assertThatThrownBy(() -> When.ofRole("true" + " && true".repeat(1000))).isInstanceOf(InvalidCondition.class);
    }

    /** Only what conditions look at belongs to an access: who differs in nothing else shares what is decided. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "true |  | {}",
                "claims.ref == 'x' | claims.ref | {claims={ref=refs/heads/main}}",
                "claims.act.sub == 'x' | claims.act | {claims={act={sub=ann}}}",
                "claims['ref'] == 'x' && claims.iat == now | claims claims.iat now | all",
                "identity == 'x' && connection == 'y' | connection identity | {claims={}, connection=orders, identity=ci/shop}",
                "'ci' in groups | groups | {claims={}, groups=[ci]}",
            })
    void whatItLooksAtIsWhatIsKept(String text, String sights, String lasting) throws InvalidCondition {
        When when = When.ofRole(text);

        assertThat(when).hasToString(text);
        assertThat(String.join(" ", new TreeSet<>(when.sights()))).isEqualTo(sights == null ? "" : sights);
        Map<String, Object> kept = HERE.lasting(when.sights());
        if ("all".equals(lasting)) {
            assertThat(kept).isEqualTo(Map.of("claims", HERE.values().get("claims")));
        } else {
            assertThat(new TreeMap<>(kept)).hasToString(lasting);
        }
    }

    @Test
    void aClaimThatIsNoValueOfCelIsAsIfItWereNotThere() {
        Map<String, Object> claims = Map.of("ratio", 0.5, "yes", true, "odd", new Object(), "big", 1L << 40);
        Circumstances odd = new Circumstances(new Identity("a", Set.of(), claims, Instant.MAX), "orders", NOON);

        assertThat(odd.values()).containsEntry("claims", Map.of("ratio", 0.5, "yes", true, "big", 1L << 40));
    }
}
