package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.contract.Mask;
import org.sallyport.contract.Server;
import org.sallyport.contract.Server.AuthenticationMethod;
import org.sallyport.contract.Server.ChannelBinding;
import org.sallyport.contract.Server.Host;
import org.sallyport.contract.Server.Security;
import org.sallyport.contract.Server.SessionAttributes;
import org.sallyport.contract.Server.TlsMode;
import org.sallyport.contract.Sought;
import org.sallyport.identity.Identity;

class PolicyBundleTest {

    @TempDir
    Path folder;

    @Test
    void readsEveryKey() throws URISyntaxException {
        PolicyBundle bundle = sample();

        assertThat(bundle.version()).matches("[0-9a-f]{16}");
        assertThat(bundle.issuers())
                .containsExactly(
                        new Issuer(
                                "https://login.example.com/realms/agents",
                                "sallyport",
                                Optional.empty(),
                                "{sub}",
                                new GroupMapping.Claim("groups")),
                        new Issuer(
                                "https://ci.example.com",
                                "sallyport",
                                Optional.of(URI.create("https://ci.example.com/keys")),
                                "ci/{repository}",
                                new GroupMapping.Templates(List.of("ci", "ref:{ref}"))));
        assertThat(bundle.connections().get("shop"))
                .isEqualTo(new Connection(
                        "shop",
                        new Server(
                                List.of(new Host("db1.internal", 5433)),
                                SessionAttributes.ANY,
                                "shop",
                                Security.of(TlsMode.VERIFY_CA, Optional.of(Path.of("/etc/sallyport/ca.pem")))),
                        "shop-gateway",
                        false,
                        Recording.USUAL));
        assertThat(Objects.requireNonNull(bundle.connections().get("other")).server())
                .isEqualTo(new Server(
                        List.of(new Host("db2.internal", 5432)),
                        SessionAttributes.ANY,
                        "other",
                        Security.of(TlsMode.VERIFY_FULL, Optional.empty())));
        assertThat(Objects.requireNonNull(bundle.connections().get("old")).server())
                .isEqualTo(new Server(
                        List.of(new Host("db3.internal", 5432), new Host("db4.internal", 5434)),
                        SessionAttributes.READ_WRITE,
                        "old",
                        new Security(
                                TlsMode.VERIFY_CA,
                                Optional.empty(),
                                ChannelBinding.DISABLE,
                                EnumSet.allOf(AuthenticationMethod.class))));
        assertThat(bundle.labels())
                .extracting(Label::mask)
                .containsExactly(new Mask.KeepLast(4), new Mask.Constant("********"), new Mask.Nothing());
        assertThat(bundle.guardrails())
                .extracting(Guardrail::action, Guardrail::condition, Guardrail::timeout)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(
                                Guardrail.Action.HOLD, new Condition.NoWhere(), Duration.ofMinutes(5)),
                        org.assertj.core.groups.Tuple.tuple(
                                Guardrail.Action.HOLD, new Condition.Always(), Guardrail.DEFAULT_TIMEOUT));
    }

    @Test
    void letsInOnlyWhoHasARole() throws URISyntaxException {
        PolicyBundle bundle = sample();

        assertThat(bundle.access(at(identity("nobody"), "shop"))).isEmpty();
        assertThat(bundle.access(at(identity("reporting-agents"), "other"))).isEmpty();
        assertThat(bundle.access(at(identity("operators"), "nowhere"))).isEmpty();
        assertThat(bundle.access(at(identity("operators"), "other"))
                        .orElseThrow()
                        .unrestricted())
                .isTrue();
        Access both = bundle.access(at(identity("reporting-agents", "support"), "shop"))
                .orElseThrow();
        assertThat(both.name()).isEqualTo("reporting+support");
        assertThat(both.sees("pii.ssn")).isTrue();
        assertThat(both.sees("pay.salary")).isFalse();
        assertThat(both.grantor(Right.CHANGE, "INSERT", "public", "orders")).isPresent();
        assertThat(both.grantor(Right.CHANGE, "INSERT", "public", "customers")).isEmpty();
    }

    @Test
    void aRoleIsGivenWhileItsConditionHolds(@TempDir Path folder) throws IOException {
        String text = Files.readString(Path.of(URI.create(
                Objects.requireNonNull(PolicyBundleTest.class.getResource("/org/sallyport/policy/sample.yaml"))
                        .toString())));
        PolicyBundle bundle = PolicyBundle.load(Files.writeString(
                folder.resolve("policy.yaml"),
                text.replace(
                        "    groups: [support]\n",
                        "    groups: [support]\n    when: claims.shift == 'day' && now.getHours() >= 8\n")));
        Identity day = new Identity("a", Set.of("support"), Map.of("shift", "day"), Instant.MAX);
        Identity night = new Identity("a", Set.of("support"), Map.of("shift", "night"), Instant.MAX);
        Identity nobody = new Identity("a", Set.of("support"), Map.of(), Instant.MAX);
        Instant eight = Instant.parse("2026-11-26T08:00:00Z");

        assertThat(bundle.access(new Circumstances(day, "shop", eight))).isPresent();
        assertThat(bundle.access(new Circumstances(day, "shop", eight.minusSeconds(1))))
                .isEmpty();
        assertThat(bundle.access(new Circumstances(night, "shop", eight))).isEmpty();
        assertThat(bundle.access(new Circumstances(nobody, "shop", eight))).isEmpty();
        assertThat(bundle.isTimed(new Circumstances(night, "shop", eight))).isTrue();
        assertThat(bundle.isTimed(new Circumstances(identity("reporting-agents"), "shop", eight)))
                .isFalse();
    }

    private static Circumstances at(Identity identity, String connection) {
        return new Circumstances(identity, connection, Instant.EPOCH);
    }

    @Test
    void starsDoNotReachSystemCatalogs() {
        Role all = new Role(
                "all",
                Set.of("g"),
                Set.of("c"),
                Optional.empty(),
                List.of(
                        new Permission(Right.READ, new RelationPattern("*", "*", Set.of()), Set.of()),
                        new Permission(Right.CALL, new RelationPattern("*", "*", Set.of()), Set.of()),
                        new Permission(Right.CHANGE, new RelationPattern("pg_catalog", "*", Set.of()), Set.of())),
                List.of(),
                Optional.empty(),
                Map.of(),
                false,
                false,
                false);
        Access access = new Access("c", List.of(all), false);

        assertThat(access.grantor(Right.READ, "SELECT", "public", "t")).isPresent();
        assertThat(access.grantor(Right.READ, "SELECT", "pg_catalog", "pg_class"))
                .isEmpty();
        assertThat(access.grantor(Right.READ, "SELECT", "information_schema", "columns"))
                .isEmpty();
        assertThat(access.grantor(Right.READ, "SELECT", "pg_temp_3", "t")).isEmpty();
        assertThat(access.grantor(Right.CALL, "SELECT", "pg_catalog", "pg_sleep"))
                .isEmpty();
        assertThat(access.grantor(Right.CHANGE, "INSERT", "pg_catalog", "pg_class"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"30s, PT30S", "15m, PT15M", "12h, PT12H", "90d, P90D", "36500d, P36500D"})
    void readsHowLongContentIsKept(String keep, Duration meant) throws IOException {
        PolicyBundle bundle = PolicyBundle.load(Files.writeString(
                folder.resolve("policy.yaml"),
                "sallyport: 1\nconnections: {a: {server: {host: h, database: d}, credential: c, record: {keep: " + keep
                        + "}}}"));

        assertThat(Objects.requireNonNull(bundle.connections().get("a"))
                        .recording()
                        .keep())
                .contains(meant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "sallyport: 2|1|`sallyport` must be 1",
                "sallyport: 1\\nroles: {r: {groups: [g], connections: [], when: claims.a = 1}}|2|`when` of role `r` is no condition in CEL: 1:10",
                "sallyport: 1\\nroles: {r: {groups: [g], connections: [], may: [{read: ['a.b(c, *)']}]}}|2|columns must be named one by one",
                "sallyport: 1\\nroles: {r: {groups: [g], connections: [], may: [{define: ['a.b(c)']}]}}|2|define is given on the whole",
                "sallyport: 1\\nroles: {r: {groups: [g], connections: [], may: [{change: ['a.b'], commands: [DESTROY]}]}}|2|`DESTROY` is no kind of statement",
                "sallyport: 1\\nroles: {r: {groups: [g], connections: [], may: [{commands: [INSERT]}]}}|2|needs one of read, change, define, call",
                "sallyport: 1\\nroles: {r: {groups: [g], connections: [], byGrant: {}}}|2|`byGrant` of role `r` needs `approvers`",
                "sallyport: 1\\nroles: {r: {groups: [g], connections: [], byGrant: {approvers: {groups: []}}}}|2|needs at least one of `groups`",
                "sallyport: 1\\nroles: {r: {groups: [g], connections: [], byGrant: {approvers: {groups: [d]}, longest: 25h}}}|2|`longest` must be a number with s, m or h, at most 24h",
                "sallyport: 1\\nroles: {r: {groups: [g], connections: [], unrestricted: true, byGrant: {approvers: {groups: [d]}}}}|2|role `r` is given for a time, so `unrestricted` may not be",
                "sallyport: 1\\nroles: {r: {groups: [g], connections: [], shadow: true, byGrant: {approvers: {groups: [d]}}}}|2|role `r` is given for a time, so `shadow` may not be",
                "sallyport: 1\\nmasks: {l: {redact: true}}\\nlabels: {l: {columns: [], follow: [views]}}|3|`follow` of label `l` must be [foreign-keys]",
                "sallyport: 1\\nmasks: {l: {redact: true}}\\nlabels: {l: {follow: [foreign-keys]}}|3|label `l` needs `columns`",
                "issuers: []|1|the bundle needs `sallyport`",
                "sallyport: 1\\nroels: {}|2|unknown key `roels` in the bundle; known here: sallyport, issuers",
                "sallyport: 1\\nsallyport: 1|2|stands twice",
                "sallyport: 1\\nroles:\\n  a: {}\\n  a: {}|4|stands twice",
                "sallyport: [|1|not valid YAML",
                "sallyport: 1\\nissuers:\\n  - issuer: x|3|an issuer needs `audience`",
                "sallyport: 1\\nissuers:\\n  - issuer: x\\n    audience: y\\n    jwks: keys.json|5|must be an address",
                "sallyport: 1\\nissuers:\\n  - issuer: x\\n    audience: y\\n    identity: agent|5|names no claim",
                "sallyport: 1\\nissuers:\\n  - issuer: x\\n    audience: y\\n    owner: z|5|unknown key `owner`",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c|4|connection `a` needs `server`",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server: {host: h, database: d, tls: prefer}|5|`tls` must be one of",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server: {host: h, database: d}\\n    record: {keep: 90}|6|`keep` of `record` of connection `a` must be a number with s, m, h or d, at most 36500d, such as 90d",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server: {host: h, database: d}\\n    record: {keep: 0d}|6|`keep` of `record` of connection `a` must be a number with s, m, h or d, at most 36500d, such as 90d",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server: {host: h, database: d}\\n    record: {keep: 36501d}|6|`keep` of `record` of connection `a` must be a number with s, m, h or d, at most 36500d, such as 90d",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server: {host: h, database: d}\\n    record: {keep: P90D}|6|`keep` of `record` of connection `a` must be a number with s, m, h or d, at most 36500d, such as 90d",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server: {host: h, database: d}\\n    record: 90d|6|`record` of connection `a` must be a mapping",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server: {host: h, database: d}\\n    record: {kept: 90d}|6|unknown key `kept` in `record` of connection `a`; known here: results, keep",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server: {host: h, database: d, port: 99999}|5|`port` must be a whole number from 1 to 65535",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      port: 5432|6|needs `host`",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      host: h\\n      sslmode: require|8|unknown key `sslmode`",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      host: a,b|7|expected `hosts` for several",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      host: a\\n      hosts: [{host: b}]|7|`host` beside `hosts`",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      hosts: [{host: b}]\\n      port: 5432|8|`port` beside `hosts`",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      hosts: []|7|`hosts` needs at least one",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      hosts: b|7|`hosts` must be a list",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      hosts:\\n        - {host: b}\\n        - {port: 5433}|9|a host needs `host`",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      hosts:\\n        - {host: b}\\n        - b:5433|9|a host must be a mapping",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      hosts:\\n        - {host: b}\\n        - {host: c, port: 0}|9|`port` must be a whole number from 1 to 65535",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      host: h\\n      target_session_attrs: primary|8|`target_session_attrs` must be one of any, read-write",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      host: h\\n      channel_binding: always|8|`channel_binding` must be one of disable, prefer, require",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      host: h\\n      tls: disable\\n      channel_binding: require|9|`channel_binding: require` needs TLS",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      host: h\\n      require_auth: md5|8|`require_auth` must be a list",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      host: h\\n      require_auth: []|8|`require_auth` needs at least one of scram-sha-256, md5, password",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      host: h\\n      require_auth:\\n        - scram-sha-256\\n        - gss|10|`require_auth` must be one of scram-sha-256, md5, password",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      host: h\\n      tls: require\\n      require_auth: [password]|9|expected `tls` verify-ca or verify-full",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      host: h\\n      tls: disable\\n      require_auth: [password]|9|expected `tls` verify-ca or verify-full",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      host: h\\n      tls: disable\\n      require_auth: [scram-sha-256, md5]|9|expected another `tls` than disable",
                "sallyport: 1\\nconnections:\\n  a:\\n    credential: c\\n    server:\\n      database: d\\n      host: h\\n      channel_binding: require\\n      require_auth: [scram-sha-256, md5]|9|leaves only scram-sha-256",
                "sallyport: 1\\nconnections:\\n  a:\\n    record: {result: 1MiB}|4|unknown key `result` in `record` of connection `a`",
                "sallyport: 1\\nconnections:\\n  a:\\n    record: {results: 1MB}|4|`results` of `record` of connection `a` must be a size such as 1MiB, and at most 64MiB",
                "sallyport: 1\\nconnections:\\n  a:\\n    record: {results: 65MiB}|4|must be a size such as 1MiB, and at most 64MiB",
                "sallyport: 1\\nconnections:\\n  a:\\n    record: always|4|`record` of connection `a` must be a mapping",
                "sallyport: 1\\nconnections:\\n  a:\\n    recorder: {results: 1MiB}|4|unknown key `recorder`",
                "sallyport: 1\\nlabels:\\n  a: [x/y.z.w]|3|label `a` has no mask",
                "sallyport: 1\\nmasks:\\n  a: {redact: true}|3|mask for `a`, which is no label",
                "sallyport: 1\\nmasks:\\n  a: {keepLast: -1}|3|`keepLast` must be a whole number",
                "sallyport: 1\\nmasks:\\n  a: {keepLast: 4, redact: true}|3|must be exactly one of",
                "sallyport: 1\\nmasks:\\n  a: {hash: true}|3|`hash` must be a mapping",
                "sallyport: 1\\nmasks:\\n  a: {email: false}|3|can only be true",
                "sallyport: 1\\nmasks:\\n  a:\\n    hash: {}|4|`hash` needs `key`",
                "sallyport: 1\\nmasks:\\n  a:\\n    tokenize:\\n      alias: x|5|unknown key `alias` in `tokenize`",
                "sallyport: 1\\nmasks:\\n  a: {generalize: week}|3|`generalize` must be one of year, month, decade, or a whole number",
                "sallyport: 1\\nmasks:\\n  a: {generalize: 0}|3|`generalize` must be one of",
                "sallyport: 1\\nmasks:\\n  a: {generalize: -5}|3|`generalize` must be one of",
                "sallyport: 1\\nmasks:\\n  a: {generalize: 1000000001}|3|`generalize` must be one of",
                "sallyport: 1\\nmasks:\\n  a: {generalize: 9999999999}|3|`generalize` must be one of",
                "sallyport: 1\\nmasks:\\n  a: {generalize: 0.5}|3|`generalize` must be one of",
                "sallyport: 1\\nmasks:\\n  a: {json: $.ssn}|3|`json` must be a list",
                "sallyport: 1\\nmasks:\\n  a: {json: []}|3|`json` needs at least one path",
                "sallyport: 1\\nmasks:\\n  a:\\n    json:\\n      - $.ssn\\n      - ssn|6|`ssn` is no path",
                "sallyport: 1\\nmasks:\\n  a: {json: ['$']}|3|`$` is no path",
                "sallyport: 1\\nmasks:\\n  a: {json: ['$.a[0]']}|3|`$.a[0]` is no path",
                "sallyport: 1\\nmasks:\\n  a: {json: ['$.a..b']}|3|`$.a..b` is no path",
                "sallyport: 1\\nmasks:\\n  a: {json: ['$.a ']}|3|`$.a ` is no path",
                "sallyport: 1\\nmasks:\\n  a: {redact: false}|3|can only be true",
                "sallyport: 1\\ndetection:\\n  - find: [card, cards]\\n    do: mask|3|`cards` is not known and not under `patterns`; known: card, email, iban",
                "sallyport: 1\\ndetection:\\n  - find: []\\n    do: mask|3|lists nothing",
                "sallyport: 1\\ndetection:\\n  - do: mask|3|needs `find`",
                "sallyport: 1\\ndetection:\\n  - find: [card]|3|needs `do`",
                "sallyport: 1\\ndetection:\\n  - find: [card]\\n    do: hide|4|must be mask or alert",
                "sallyport: 1\\ndetection:\\n  - find: [card]\\n    do: mask\\n    connections: [x]|5|`x` is not under `connections`",
                "sallyport: 1\\ndetection:\\n  - find: [card]\\n    do: mask\\n    roles: [x]|5|`x` is not under `roles`",
                "sallyport: 1\\ndetection:\\n  - find: [card]\\n    do: mask\\n    roles: []|5|leave it out to mean all",
                "sallyport: 1\\npatterns:\\n  card: x|3|is looked for by the gateway itself",
                "sallyport: 1\\npatterns:\\n  a b: x|3|must be named with letters",
                "sallyport: 1\\npatterns:\\n  a: 'x('|3|is no regular expression of RE2: missing closing )",
                "sallyport: 1\\npatterns:\\n  a: '(x)\\1'|3|is no regular expression of RE2: invalid escape sequence",
                "sallyport: 1\\npatterns:\\n  a: '(x{1000}){101}'|3|is too large; repeat less in it",
                "sallyport: 1\\npatterns:\\n  a: 'x*'|3|matches the empty text",
                "sallyport: 1\\npatterns:\\n  a: '(x{100}){10}'|3|is too large",
                "sallyport: 1\\npatterns:\\n  a: '((x{1000}){2,1000}){1000,}'|3|is too large",
                "sallyport: 1\\nmasks:\\n  a: {redact: true}\\nlabels:\\n  a: [ssn]|5|is no column",
                "sallyport: 1\\nmasks:\\n  a: {redact: true}\\nlabels:\\n  a: [x/y.z.w]|5|no connection is named `x`",
                "sallyport: 1\\nroles:\\n  a:\\n    groups: [g]|4|role `a` needs `connections`",
                "sallyport: 1\\nroles:\\n  a:\\n    groups: [g]\\n    connections: [x]|5|names connection `x`",
                "sallyport: 1\\nroles:\\n  a:\\n    groups: g|4|must be a list",
                "sallyport: 1\\nroles:\\n  a:\\n    limits: {rows: 1}|4|unknown key `limits`",
                "sallyport: 1\\nroles:\\n  a:\\n    limits: {rows: 5}|4|unknown key `limits`",
                "sallyport: 1\\nroles:\\n  a:\\n    unmask: [x]|4|which no label matches",
                "sallyport: 1\\nroles:\\n  a:\\n    unmaskOnApproval: {labels: [x], approvers: {groups: [g]}}|4|names `x`, which no label matches",
                "sallyport: 1\\nroles:\\n  a:\\n    unmaskOnApproval: {approvers: {groups: [g]}}|4|needs at least one of `labels`",
                "sallyport: 1\\nroles:\\n  a:\\n    unmaskOnApproval: {labels: [x]}|4|needs `approvers`",
                "sallyport: 1\\nroles:\\n  a:\\n    unmaskOnApproval:\\n      approvers: {groups: []}|5|`approvers` of `unmaskOnApproval` of role `a` needs",
                "sallyport: 1\\nroles:\\n  a:\\n    unmaskOnApproval:\\n      labels: [x]\\n      approvers: {groups: [g]}\\n      timeout: 2d|7|`timeout` must be",
                "sallyport: 1\\nroles:\\n  a:\\n    unmaskOnApproval: {labels: [x], reason: y}|4|unknown key `reason`",
                "sallyport: 1\\nroles:\\n  a:\\n    unrestricted: true\\n    unmaskOnApproval: {}|4|`unmaskOnApproval` means nothing",
                "sallyport: 1\\nroles:\\n  a:\\n    may:\\n      - delete: [x.y]|5|unknown key `delete`",
                "sallyport: 1\\nroles:\\n  a:\\n    may:\\n      - read: [orders]|5|is no relation",
                "sallyport: 1\\nroles:\\n  a:\\n    unrestricted: maybe|4|must be true or false",
                "sallyport: 1\\nroles:\\n  a:\\n    unrestricted: true\\n    may: []|4|means nothing",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    on: [DELETE]\\n    do: refuse|5|must be deny, hold or warn",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    on: [DELETING]\\n    do: deny|4|is no kind of statement",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    on: [DELETE]\\n    do: hold|3|needs `approvers`",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    on: [DELETE]\\n    do: hold\\n    approvers: {groups: [a], quorum: 2}|6|must be 1: this version takes one approver",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    on: [DELETE]\\n    do: hold\\n    approvers: {quorum: 1}|6|needs at least one of `groups`",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    on: [DELETE]\\n    if: {any: [rows > 100]}\\n    do: deny|5|condition `rows > 100` is not supported",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    on: [DELETE]\\n    do: warn\\n    approvers: {groups: [a]}|6|does not hold, so nobody can approve",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    do: deny|3|needs `on`",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    do: deny\\n    when: kinds == 'DELETE'|5|`when` of guardrail `g` is no condition in CEL: 1:7",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    do: deny\\n    when: rows > 100|5|undeclared reference to 'rows'",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    do: deny\\n    if: no-where\\n    when: unbounded|3|needs `on`",
                "sallyport: 1\\nroles: {r: {groups: [g], connections: [], when: 'size(relations) > 1'}}|2|undeclared reference to 'relations'",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    on: []\\n    do: deny|4|lists no kind",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    if: {calls: []}\\n    do: deny|4|`calls` of guardrail `g` lists nothing",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    if: {sets: [pg_*]}\\n    do: deny|4|by their whole names",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    if: {sets: [a], calls: [b]}\\n    do: deny|4|exactly one of any, all, calls, sets",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    on: [TRUNCATE]\\n    if: no-where\\n    do: deny|4|no-where says nothing of TRUNCATE",
                "sallyport: 1\\nguardrails:\\n  - name: g\\n    on: [DELETE]\\n    do: deny\\n    timeout: 3d|6|`timeout` must be a number with s, m or h",
            })
    void refusesWithFileAndLine(String yaml, int line, String problem) throws IOException {
        Path file = Files.writeString(folder.resolve("policy.yaml"), yaml.replace("\\n", "\n"));

        assertThatThrownBy(() -> PolicyBundle.load(file))
                .isInstanceOf(InvalidBundle.class)
                .message()
                .satisfies(message -> assertThat(message.lines().filter(l -> l.contains(problem)))
                        .as(message)
                        .anyMatch(l -> l.startsWith(file + ":" + line + ": ")));
    }

    /** What is just large enough to be allowed. */
    @Test
    void readsTheLargestOfEverything() throws IOException {
        String pattern = "a{7}" + "b".repeat(496);
        PolicyBundle bundle = PolicyBundle.load(Files.writeString(
                folder.resolve("policy.yaml"),
                "sallyport: 1\nconnections: {a: {server: {host: h, database: d}, credential: c, record: {results: 64MiB}}}\n"
                        + "labels: {l: {columns: [a/s.t.c], follow: [foreign-keys]}, m: [a/s.t.d]}\n"
                        + "masks: {l: {generalize: 1000000000}, m: {keepFirst: 1000}}\npatterns: {p: '" + pattern
                        + "'}\n"
                        + "detection:\n  - {find: [card, p], do: mask, connections: [a]}\n  - {find: [p], do: alert}\n"
                        + "guardrails:\n  - {name: g, on: [DO], do: hold, approvers: {groups: [x]}, timeout: 24h}\n"
                        + "  - {name: h, on: [DO], do: hold, approvers: {groups: [x]}, timeout: 30s}\n"));

        Sought sought = new Sought.Pattern("p", pattern);
        assertThat(bundle.detection())
                .containsExactly(
                        new Detection(List.of(Sought.Known.CARD, sought), Set.of("a"), Set.of(), true),
                        new Detection(List.of(sought), Set.of(), Set.of(), false));
        assertThat(bundle.labels())
                .extracting(Label::mask, Label::followsKeys)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(new Mask.ToStep(1_000_000_000), true),
                        org.assertj.core.groups.Tuple.tuple(new Mask.KeepFirst(1000), false));
        assertThat(bundle.guardrails())
                .extracting(Guardrail::timeout)
                .containsExactly(Duration.ofHours(24), Duration.ofSeconds(30));
        assertThat(Objects.requireNonNull(bundle.connections().get("a"))
                        .recording()
                        .results())
                .isEqualTo(64L << 20);
    }

    @Test
    void saysAllThatIsWrong() throws IOException {
        Path file = Files.writeString(folder.resolve("policy.yaml"), "sallyport: 2\nfoo: 1\nbar: 2\n");

        assertThatThrownBy(() -> PolicyBundle.load(file)).message().hasLineCount(3);
    }

    @Test
    void refusesMissingEmptyAndHugeFilesAndAliases() throws IOException {
        assertThatThrownBy(() -> PolicyBundle.load(folder.resolve("none"))).hasMessageContaining("cannot be read");
        Path file = folder.resolve("policy.yaml");
        Files.writeString(file, "");
        assertThatThrownBy(() -> PolicyBundle.load(file)).hasMessageContaining("empty");
        Files.writeString(file, "sallyport: 1 # " + "x".repeat(2_000_000));
        assertThatThrownBy(() -> PolicyBundle.load(file)).isInstanceOf(InvalidBundle.class);
        Files.writeString(file, "sallyport: 1\nissuers: &a [x]\nguardrails: *a\n");
        assertThatThrownBy(() -> PolicyBundle.load(file)).isInstanceOf(InvalidBundle.class);
    }

    private static PolicyBundle sample() throws URISyntaxException {
        return PolicyBundle.load(Path.of(Objects.requireNonNull(PolicyBundleTest.class.getResource("sample.yaml"))
                .toURI()));
    }

    private static Identity identity(String... groups) {
        return new Identity("agent", Set.of(groups), Map.of(), Instant.MAX);
    }
}
