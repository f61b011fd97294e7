package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.approval.Approval;
import org.sallyport.approval.ApprovalState;
import org.sallyport.approval.Outcome;
import org.sallyport.approval.StoredDesk;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.record.StatementRecord;

/** Results that a person lets an agent see in the clear, once, by a real PostgreSQL through the real listener. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(20)
class UnmaskOnApprovalTest {
    private static final Pattern HELD = Pattern.compile("statement held for approval (\\S+)");
    private static final String SSN = "123-45-6789";
    private static final String MASKED = "*******6789";
    private static final String UNMASK = "/* sallyport: unmask pii.ssn */ ";

    private static final String SCHEMA = """
            create role gateway login password 'gateway';
            create table people (id int primary key, name text not null, ssn text, email text, salary int);
            insert into people values (1, 'Ann', '123-45-6789', 'ann@example.com', 100), (2, 'Ben', '987-65-4321', 'ben@example.com', 90);
            create table orders (id int primary key, amount int);
            insert into orders values (1, 5);
            create table kept (value text);
            create view contacts as select id, ssn as number from people;
            create function keep(text) returns text language sql as 'insert into kept values ($1) returning value';
            grant all on people, orders, kept, contacts to gateway;
            alter view contacts owner to gateway;""";

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
              shop:
                server: {host: 127.0.0.1, port: $port, database: postgres, tls: disable}
                credential: shop-gateway
            labels:
              pii.ssn: [shop/public.people.ssn]
              pii.email: [shop/public.people.email]
              pii.pay: [shop/public.people.salary]
            masks:
              pii.ssn: {keepLast: 4}
              pii.email: {redact: true}
              pii.pay: {'null': true}
            roles:
              agents:
                groups: [agents, shadows, payers]
                connections: [shop]
                may:
                  - read: [public.*]
                  - change: [public.*]
                  - call: [public.keep]
                unmaskOnApproval:
                  labels: [pii.ssn, pii.email]
                  approvers: {groups: [privacy]}
                  timeout: 5m
              payers:
                groups: [payers]
                connections: [shop]
                unmaskOnApproval: {labels: [pii.pay], approvers: {groups: [board]}}
              shadows:
                groups: [shadows]
                connections: [shop]
                shadow: true
              seers:
                groups: [seers]
                connections: [shop]
                may: [{read: [public.*]}]
                unmask: ["*"]
              free:
                groups: [free]
                connections: [shop]
                unrestricted: true
            guardrails:
              - name: whole-table
                if: {calls: [kept]}
                do: hold
                approvers: {groups: [dba]}
            """;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        postgres = TestGateway.database(folder);
        execute(SCHEMA);
        gateway = TestGateway.open(folder, postgres, BUNDLE);
    }

    @AfterAll
    void close() throws IOException {
        gateway.close();
        postgres.close();
    }

    private void execute(String sql) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private RawClient enter(String group) throws IOException {
        return gateway.enter(group);
    }

    /** Once the client was told of it. */
    private static UUID held(RawClient client) throws IOException {
        List<Message> told = client.flush().receiveUntil('N');
        String message = told.get(told.size() - 1).field('M').orElse("");
        Matcher matcher = HELD.matcher(message);
        assertThat(matcher.matches()).as(message).isTrue();
        return UUID.fromString(matcher.group(1));
    }

    private Approval approve(UUID id) {
        Outcome outcome = gateway.desk().approve(id, StoredDesk.approver("dana", "privacy"), "agreed");
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).approval();
    }

    private static List<String> values(List<Message> answer) {
        return answer.stream()
                .filter(message -> message.type() == 'D')
                .flatMap(row -> row.columns().stream())
                .toList();
    }

    private static List<String> values(RawClient client) throws IOException {
        List<Message> answer = client.flush().receiveUntil('Z');
        assertThat(answer).noneMatch(message -> message.type() == 'E' || message.type() == 'N');
        return values(answer);
    }

    private static Message error(RawClient client) throws IOException {
        List<Message> answer = client.flush().receiveUntil('Z');
        assertThat(answer).noneMatch(message -> message.type() == 'D' || message.type() == 'N');
        return answer.stream()
                .filter(message -> message.type() == 'E')
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing was refused"));
    }

    private static RawClient run(RawClient client, String portal, String statement, @Nullable String... values) {
        return client.bind(portal, statement, values).execute(portal, 0);
    }

    @Test
    void showsOneResultInTheClear() throws IOException {
        try (RawClient client = enter("agents")) {
            client.query(UNMASK + "SELECT ssn, email, salary FROM people WHERE ssn LIKE '123%'");
            Approval approval = approve(held(client));

            assertThat(values(client)).containsExactly(SSN, "********", "NULL");
            assertThat(approval.guardrail()).isEqualTo("unmask pii.ssn");
            assertThat(approval.reason()).isEqualTo("its result shows pii.ssn in the clear, once.");
            assertThat(approval.sql()).startsWith(UNMASK);
            assertThat(recorded(approval.id())).hasValueSatisfying(record -> {
                assertThat(record.rule()).isEqualTo("unmask pii.ssn");
                assertThat(record.verdict()).isEqualTo("PERMIT");
                assertThat(record.text()).startsWith(UNMASK);
            });
            assertThat(values(client.query("SELECT ssn FROM people WHERE id = 1")))
                    .containsExactly(MASKED);
        }
    }

    private Optional<StatementRecord> recorded(UUID approval) {
        return gateway.records().stream()
                .filter(StatementRecord.class::isInstance)
                .map(StatementRecord.class::cast)
                .filter(record -> record.approval().equals(Optional.of(approval)))
                .findFirst();
    }

    /** Comments are in no fingerprint: what was decided about either text must not serve the other. */
    @Test
    void holdsNothingWithoutTheCommentAndEverythingWithIt() throws IOException {
        String sql = "SELECT ssn FROM people WHERE id = 1 AND name <> 'Zoe'";
        String other = "SELECT ssn FROM people WHERE id = 1 AND name <> 'Yan'";
        try (RawClient client = enter("agents")) {
            for (int i = 0; i < 2; i++) {
                assertThat(values(client.query(sql))).containsExactly(MASKED);
                assertThat(values(client.query(other))).containsExactly(MASKED);
                client.query(UNMASK + sql);
                approve(held(client));
                assertThat(values(client)).containsExactly(SSN);
                client.query(UNMASK + other);
                approve(held(client));
                assertThat(values(client)).containsExactly(SSN);
            }
            assertThat(values(client.query(sql))).containsExactly(MASKED);
        }
        try (RawClient client = enter("payers")) {
            assertThat(values(client.query(sql))).containsExactly(MASKED);
        }
    }

    @Test
    void asksAgainForEachRunOfAPreparedStatement() throws IOException {
        try (RawClient client = enter("agents")) {
            client.parse("s", UNMASK + "SELECT ssn FROM people WHERE id = $1::int")
                    .describe('S', "s")
                    .sync();
            assertThat(client.flush().receiveUntil('Z')).noneMatch(message -> message.type() == 'N');

            run(client, "", "s", "1").sync();
            Approval first = approve(held(client));
            assertThat(first.parameters()).containsExactly("1");
            assertThat(values(client)).containsExactly(SSN);
            run(client, "", "s", "2").sync();
            UUID second = held(client);
            assertThat(second).isNotEqualTo(first.id());
            gateway.desk().deny(second, StoredDesk.approver("dana", "privacy"), "one is enough");
            assertThat(error(client).field('D').orElse("")).contains("one is enough");
            run(client, "", "s", "1").sync();
            approve(held(client));
            assertThat(values(client)).containsExactly(SSN);
            assertThat(gateway.desk().use(first.id()).toCompletableFuture().join())
                    .isFalse();
        }
    }

    @Test
    void whoApprovesTellsANullFromATextThatReadsSo() throws IOException {
        try (RawClient client = enter("agents")) {
            client.parse("s", UNMASK + "SELECT ssn FROM people WHERE id = 1 AND $1::text IS NULL")
                    .sync();
            client.answers();

            run(client, "", "s", (String) null).sync();
            assertThat(approve(held(client)).parameters()).containsExactly("NULL");
            assertThat(values(client)).containsExactly(SSN);
            run(client, "", "s", "NULL").sync();
            assertThat(approve(held(client)).parameters()).containsExactly("'NULL'");
            assertThat(values(client)).isEmpty();
            run(client, "", "s", "'NULL'").sync();
            assertThat(approve(held(client)).parameters()).containsExactly("''NULL''");
            assertThat(values(client)).isEmpty();
        }
    }

    @Test
    void showsOnlyTheApprovedOneOfAPipelineInTheClear() throws IOException {
        try (RawClient client = enter("agents")) {
            client.parse("masked", "SELECT ssn, 1 FROM people WHERE id = 1")
                    .parse("clear", UNMASK + "SELECT ssn, 2 FROM people WHERE id = 1");
            run(run(run(client, "", "masked"), "p", "clear"), "", "masked").sync();
            approve(held(client));

            assertThat(values(client)).containsExactly(MASKED, "1", SSN, "2", MASKED, "1");
        }
    }

    /** The name stands for another statement by the time that the approval is given for what was bound. */
    @Test
    void asksForTheTextThatRunsWhateverItsNameStoodForBefore() throws IOException {
        try (RawClient client = enter("agents")) {
            client.parse("s", UNMASK + "SELECT ssn FROM people WHERE id = 1");
            run(client, "", "s").sync();
            approve(held(client));
            assertThat(values(client)).containsExactly(SSN);

            client.close('S', "s").parse("s", "SELECT ssn FROM people WHERE id = 1");
            run(client, "", "s").sync();
            assertThat(values(client)).containsExactly(MASKED);
        }
    }

    @Test
    void goesOnWithAnApprovedPortalAndAsksForTheNext() throws IOException {
        try (RawClient client = enter("agents")) {
            client.query("BEGIN").flush().receiveUntil('Z');
            client.parse("s", UNMASK + "SELECT ssn FROM people ORDER BY ssn")
                    .bind("p", "s")
                    .execute("p", 1)
                    .sync();
            approve(held(client));
            assertThat(values(client)).containsExactly(SSN);
            client.execute("p", 0).sync();
            assertThat(values(client)).containsExactly("987-65-4321");
            client.query("FETCH BACKWARD ALL FROM p");
            assertThat(error(client).field('C')).contains("42501");
            client.query("ROLLBACK").flush().receiveUntil('Z');
        }
    }

    @Test
    void doesNotRunAPreparedStatementByItsName() throws IOException {
        try (RawClient client = enter("agents")) {
            client.parse("s", UNMASK + "SELECT ssn FROM people").sync().flush().receiveUntil('Z');
            client.query("EXECUTE s");
            assertThat(error(client).field('C')).contains("42501");
            client.query(UNMASK + "EXECUTE s");
            assertThat(error(client).field('C')).contains("42501");
        }
    }

    @Test
    void showsNothingWhereTheViewIsAnotherSince() throws IOException {
        try (RawClient client = enter("agents")) {
            client.query(UNMASK + "SELECT number FROM contacts WHERE id = 1");
            UUID id = held(client);
            execute("create or replace view contacts as select id, email as number from people");
            Approval approval = approve(id);
            assertThat(error(client).field('M').orElse("")).contains("has changed");
            assertThat(approval.state()).isEqualTo(ApprovalState.APPROVED);
            assertThat(gateway.desk().use(id).toCompletableFuture().join()).isFalse();
        } finally {
            execute("create or replace view contacts as select id, ssn as number from people");
        }
    }

    @Test
    void showsSeveralLabelsWhereOneRightCoversThem() throws IOException {
        try (RawClient client = enter("agents")) {
            client.query(
                    "/* sallyport: unmask pii.email, pii.ssn */ SELECT upper(email) || ssn FROM people WHERE id = 1");
            Approval approval = approve(held(client));
            assertThat(approval.guardrail()).isEqualTo("unmask pii.email, pii.ssn");
            assertThat(values(client)).containsExactly("ANN@EXAMPLE.COM" + SSN);
        }
    }

    /** Who approves is bothered only with what would be shown. */
    @Test
    void asksOnlyForTheLabelsThatItReads() throws IOException {
        try (RawClient client = enter("agents")) {
            client.query("/* sallyport: unmask pii.email, pii.ssn */ SELECT email FROM people WHERE id = 1");
            Approval approval = approve(held(client));
            assertThat(approval.guardrail()).isEqualTo("unmask pii.email");
            assertThat(values(client)).containsExactly("ann@example.com");
        }
    }

    @Test
    void isNotForWhoeverIsInNoApproverGroup() throws IOException {
        try (RawClient client = enter("agents")) {
            client.query(UNMASK + "SELECT ssn FROM people WHERE id = 1");
            UUID id = held(client);
            assertThat(gateway.desk().approve(id, StoredDesk.approver("dana", "dba"), "agreed"))
                    .isInstanceOf(Outcome.NotAllowed.class);
            assertThat(gateway.desk().approve(id, StoredDesk.approver("agents", "privacy"), "mine"))
                    .isInstanceOf(Outcome.NotAllowed.class);
            approve(id);
            assertThat(values(client)).containsExactly(SSN);
        }
    }

    /** What a shadow lets pass are the policy's refusals, never a masked value. */
    @Test
    void isHeldInShadowToo() throws IOException {
        try (RawClient client = enter("shadows")) {
            client.query(UNMASK + "SELECT ssn FROM people WHERE id = 1");
            approve(held(client));
            assertThat(values(client)).containsExactly(SSN);
            assertThat(values(client.query("SELECT ssn FROM people WHERE id = 1")))
                    .containsExactly(MASKED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                UNMASK + "SELECT name FROM people WHERE id = 1",
                UNMASK + "SELECT count(*) FROM people WHERE id = 1",
                UNMASK + "SELECT amount FROM orders",
                UNMASK + "SELECT 1",
                UNMASK + "VALUES (1)",
                UNMASK,
            })
    void hasNoEffectWhereNothingThatItAsksForIsRead(String sql) throws IOException {
        try (RawClient client = enter("agents")) {
            assertThat(values(client.query(sql))).hasSizeLessThan(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT /* sallyport: unmask pii.ssn */ ssn FROM people WHERE id = 1",
                "/* see /* sallyport: unmask pii.ssn */ */ SELECT ssn FROM people WHERE id = 1",
                "SELECT ssn FROM people WHERE id = 1 /* sallyport: unmask pii.ssn */",
                "-- sallyport: unmask pii.ssn\nSELECT ssn FROM people WHERE id = 1",
            })
    void meansNothingElsewhere(String sql) throws IOException {
        try (RawClient client = enter("agents")) {
            assertThat(values(client.query(sql))).containsExactly(MASKED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"seers", "free"})
    void meansNothingToWhoSeesTheLabel(String group) throws IOException {
        try (RawClient client = enter(group)) {
            assertThat(values(client.query(UNMASK + "SELECT ssn FROM people WHERE id = 1")))
                    .containsExactly(SSN);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                agents | /* sallyport: unmask pii.pay */ SELECT salary FROM people                      | no role gives the right to ask for label pii.pay
                agents | /* sallyport: unmask pii.ssn, pii.pay */ SELECT ssn FROM people                | no role gives the right to ask for label pii.pay
                payers | /* sallyport: unmask pii.ssn, pii.pay */ SELECT ssn, salary FROM people        | at once
                agents | /* sallyport: unmask pii.nothing */ SELECT ssn FROM people                     | not in the policy
                agents | /* sallyport: unmask * */ SELECT ssn FROM people                               | not in the policy
                agents | /* sallyport: unmask */ SELECT ssn FROM people                                 | not understood
                agents | /* sallyport: show pii.ssn */ SELECT 1                                         | not understood
                agents | /* sallyport: unmask pii.ssn */ UPDATE people SET name = ssn WHERE id = 1      | single SELECT
                agents | /* sallyport: unmask pii.ssn */ UPDATE people SET id = 1 WHERE id = 1 RETURNING ssn | single SELECT
                agents | /* sallyport: unmask pii.ssn */ SELECT ssn FROM people; SELECT 1               | single SELECT
                agents | /* sallyport: unmask pii.ssn */ COPY people TO STDOUT                          | single SELECT
                agents | /* sallyport: unmask pii.ssn */ COPY (SELECT ssn FROM people) TO STDOUT        | single SELECT
                agents | /* sallyport: unmask pii.ssn */ EXPLAIN ANALYZE SELECT ssn FROM people         | single SELECT
                agents | /* sallyport: unmask pii.ssn */ DECLARE c CURSOR FOR SELECT ssn FROM people    | single SELECT
                agents | /* sallyport: unmask pii.ssn */ PREPARE p AS SELECT ssn FROM people            | single SELECT
                agents | /* sallyport: unmask pii.ssn */ CREATE TABLE t AS SELECT ssn FROM people       | single SELECT
                agents | /* sallyport: unmask pii.ssn */ SELECT ssn INTO t FROM people                  | single SELECT
                agents | /* sallyport: unmask pii.ssn */ WITH d AS (DELETE FROM people RETURNING ssn) SELECT * FROM d | single SELECT
                agents | /* sallyport: unmask pii.ssn */ SELECT keep(ssn) FROM people                   | keep
                agents | /* sallyport: unmask pii.ssn */ SELECT set_config('my.x', ssn, false) FROM people | set_config
                agents | /* sallyport: unmask pii.ssn */ SELECT ssn FROM people ORDER BY email          | people.email is labelled
                agents | /* sallyport: unmask pii.ssn */ SELECT p.ssn FROM people p, kept               | whole-table
                """)
    void isRefused(String group, String sql, String because) throws IOException {
        try (RawClient client = enter(group)) {
            Message error = error(client.query(sql));
            assertThat(error.field('C')).contains("42501");
            assertThat(error.field('M').orElse("") + " " + error.field('D').orElse(""))
                    .contains(because);
        }
    }

    /** The server's own word about a name that it does not know. */
    @Test
    void leavesUnknownNamesToTheServer() throws IOException {
        try (RawClient client = enter("agents")) {
            assertThat(error(client.query(UNMASK + "SELECT ssn FROM nobody")).field('C'))
                    .contains("42P01");
        }
    }
}
