package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.contract.Visibility;
import org.sallyport.identity.Identity;
import org.sallyport.policy.Access;
import org.sallyport.policy.Circumstances;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.Ruling;

/** In shadow everything is decided, and nothing refused but the laws. */
class ShadowTest {
    private static final String BUNDLE = """
            sallyport: 1
            issuers: [{issuer: "https://login.example.com", audience: sallyport}]
            connections:
              shop: {server: {host: db, database: shop}, credential: shop-gateway}
              trial: {server: {host: db, database: shop}, credential: shop-gateway, shadow: true}
            labels: {pii.ssn: ["*/public.customers.ssn"]}
            masks: {pii.ssn: {redact: true}}
            roles:
              blind: {groups: [blind], connections: [shop, trial], shadow: true, may: [{read: [public.orders]}]}
              seeing: {groups: [seeing], connections: [shop, trial], shadow: true, unmask: [pii.ssn]}
              strict: {groups: [strict], connections: [shop, trial], unmask: [pii.ssn]}
              all: {groups: [all], connections: [trial], unrestricted: true}
            guardrails:
              - {name: mass-change, on: [DELETE, UPDATE], if: no-where, do: hold, approvers: {groups: [dba]}}
              - {name: no-truncate, on: [TRUNCATE], do: deny}
            """;

    // Set before each test.
    @SuppressWarnings("NullAway.Init")
    private PolicyBundle bundle;

    @BeforeEach
    void load(@TempDir Path folder) throws IOException {
        bundle = PolicyBundle.load(Files.writeString(folder.resolve("policy.yaml"), BUNDLE));
    }

    private Ruling ruling(String group, String connection, String sql) {
        Identity identity = new Identity("agent", Set.of(group), Map.of(), Instant.MAX);
        Access access = bundle.access(new Circumstances(identity, connection, Instant.EPOCH))
                .orElseThrow();
        return new Judge(bundle).judge(access, connection, Shop.catalog(), sql).ruling();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seeing | shop | SELECT * FROM hidden.secret | shadow: default deny",
                "seeing | shop | DELETE FROM orders | shadow: default deny",
                "seeing | shop | SELECT pg_sleep(1) | shadow: reviewed functions",
                "seeing | shop | SET LOCAL search_path = pg_temp | shadow: settings",
                "seeing | shop | DO 'begin end' | shadow: unreadable",
                "seeing | shop | TRUNCATE orders | shadow: no-truncate",
                "strict | trial | SELECT * FROM orders | shadow: default deny",
                "all | trial | DELETE FROM orders | shadow: mass-change",
                "all | trial | TRUNCATE orders | shadow: no-truncate",
                "all | trial | SELECT 1 | all",
                "blind | shop | SELECT id FROM orders | blind",
                "blind | shop | SELECT id FROM hidden.secret | shadow: default deny",
            })
    void whatWouldBeRefusedRunsAndStandsOnRecord(String group, String connection, String sql, String rule) {
        assertThat(ruling(group, connection, sql)).isEqualTo(new Ruling.Permit(rule, Visibility.CLEAR));
    }

    @Test
    void masksStay() {
        assertThat(ruling("blind", "shop", "SELECT ssn FROM customers"))
                .isEqualTo(new Ruling.Permit("shadow: default deny", Visibility.SHAPED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT reverse(ssn) FROM customers",
                "SELECT id FROM customers WHERE ssn = 'x'",
                "SELECT 1; SELECT ssn FROM customers",
                "COPY customers TO STDOUT (NULL '')",
                "TRUNCATE customers",
                "UPDATE customers SET name = ssn",
                "SELECT query_to_xml('select * from customers', true, true, '')",
                "SELECT hidden.anything() FROM hidden.secret",
                "DO 'begin raise notice using message = (select ssn from customers); end'",
                "SELECT most_common_vals FROM pg_stats",
                "SET standard_conforming_strings = off",
                "SELECT 'x",
            })
    void theLawsStay(String sql) {
        assertThat(ruling("blind", "shop", sql)).isInstanceOf(Ruling.Deny.class);
    }

    @Test
    void outOfTheShadowNothingChanges() {
        assertThat(ruling("strict", "shop", "SELECT * FROM orders")).isInstanceOf(Ruling.Deny.class);
    }
}
