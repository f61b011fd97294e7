package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sallyport.meaning.Flow;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Meaning.Kind;
import org.sallyport.policy.Ruling;

/** The server's answers are made up here: a real one would have to be deceived for them. */
class CrossCheckTest {
    private static final String SQL = "SELECT total FROM orders";

    private final Judge judge = new Judge(Shop.bundle());

    private static Meaning meaning(Kind kind, Integer... relations) {
        Map<Integer, Meaning.Use> uses = new LinkedHashMap<>();
        for (int relation : relations) {
            uses.put(relation, new Meaning.Use(true, Set.of(3), Map.of()));
        }
        return new Meaning(
                kind,
                new Meaning.Changes(Set.of(kind), false),
                uses,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Meaning.Settings.NONE,
                List.of(),
                new Flow(List.of(), Map.of(), Map.of(), Set.of()));
    }

    private Ruling ruling(String sql, Meaning meaning) {
        return judge.judge(
                        Shop.access("reporting-agents"),
                        "shop",
                        Shop.catalog(),
                        new Judge.Text(sql, List.of()),
                        new Meant(Map.of(sql, meaning), true, true, true))
                .ruling();
    }

    @Test
    void whatTextAndServerAgreeOnPasses() {
        assertThat(ruling(SQL, meaning(Kind.SELECT, Shop.ORDERS))).isInstanceOf(Ruling.Permit.class);
    }

    @Test
    void whereTheyNameOtherTablesItIsRefused() {
        assertThat(ruling(SQL, meaning(Kind.SELECT, Shop.CUSTOMERS)).rule()).isEqualTo("cross-check");
    }

    @Test
    void whereOneOfThemSeesMoreTheOtherWayRoundToo() {
        assertThat(ruling("SELECT total AS a FROM orders", meaning(Kind.SELECT, Shop.ORDERS, Shop.CONTACTS_VIEW))
                        .rule())
                .isEqualTo("cross-check");
        assertThat(ruling("SELECT total AS b FROM orders", meaning(Kind.SELECT)).rule())
                .isEqualTo("cross-check");
    }

    @Test
    void whereOneOfThemSeesAnotherKindItIsRefused() {
        assertThat(ruling(SQL, meaning(Kind.DELETE, Shop.ORDERS)).rule()).isEqualTo("cross-check");
    }

    /** A name that stands for nothing does not switch the comparison of the others off. */
    @Test
    void oneUnknownNameDoesNotHideTheOthers() {
        assertThat(ruling("SELECT total FROM orders, newest", meaning(Kind.SELECT, Shop.CUSTOMERS))
                        .rule())
                .isEqualTo("cross-check");
    }

    @Test
    void aTableThatTheSnapshotDoesNotHaveIsNotShown() {
        assertThat(ruling("SELECT * FROM ONLY (newest)", meaning(Kind.SELECT, 99_999)))
                .isInstanceOf(Ruling.Deny.class);
    }
}
