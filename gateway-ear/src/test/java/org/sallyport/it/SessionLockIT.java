package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.client.RawClient;

/** Locks that outlive statements and hold up others: threat 102. */
@WithGateway
class SessionLockIT {
    private static final List<String> RESTRICTED = List.of("reporting-agents", "migration-agents");

    private final Gateway gateway;
    private final GuardedGateway guarded;
    private final Treasure treasure;
    private final Siege siege;

    SessionLockIT(Gateway gateway, GuardedGateway guarded) throws SQLException {
        this.gateway = gateway;
        this.guarded = guarded;
        treasure = new Treasure(gateway);
        siege = new Siege(gateway, treasure);
    }

    @AfterEach
    void close() throws SQLException {
        treasure.close();
    }

    private RawClient client(String group) throws IOException {
        return gateway.rawClient("shop", Agent.in(gateway, group));
    }

    /** Whatever advisory-lock functions the server has, by SQL, and by FunctionCall; but for the one with which pools let go. */
    @Test
    void nobodyRestrictedTakesAdvisoryLocks() throws IOException, SQLException {
        List<List<String>> functions = functions().stream()
                .filter(function -> !function.get(0).equals("pg_advisory_unlock_all"))
                .toList();
        assertThat(functions).hasSizeGreaterThan(15);
        for (String group : RESTRICTED) {
            try (RawClient client = client(group)) {
                assertThat(client.query("SELECT pg_advisory_unlock_all()").answers())
                        .contains("C:SELECT 1");
                for (List<String> function : functions) {
                    String call = function.get(0) + call(function);
                    siege.refuse("SELECT " + call, client);
                    siege.refuse("SELECT name FROM products WHERE " + call + " IS NOT NULL", client);
                    client.call(Integer.parseInt(function.get(2)), arguments(function));
                    assertThat(client.answers()).as(function.toString()).containsExactly("E:42501", "Z:I");
                }
            }
        }
        assertThat(rows("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
                .containsExactly(List.of("0"));
    }

    /** The twin: who is unrestricted takes them, and is warned where a guardrail says so; to let go is nobody's business. */
    @Test
    void oneWhoIsUnrestrictedTakesAdvisoryLocks() throws IOException, SQLException {
        try (RawClient client = client("operators");
                RawClient warned = guarded.client(Agent.in(gateway, "operators"))) {
            for (List<String> function : functions()) {
                // The second session must not wait for what the first one has.
                String sql = "BEGIN; SELECT " + function.get(0) + call(function)
                        + "; SELECT pg_advisory_unlock_all(); ROLLBACK";
                assertThat(client.query(sql).answers())
                        .as(sql)
                        .contains("Z:I")
                        .noneMatch(answer -> answer.startsWith("E"));
                boolean told = warned.query(sql).flush().receiveUntil('Z').stream()
                        .filter(answer -> answer.type() == 'N')
                        .anyMatch(answer -> answer.field('D').orElse("").contains("Rule \"session-locks\""));
                assertThat(told).as(sql).isNotEqualTo(function.get(0).contains("unlock"));
            }
        }
    }

    private List<List<String>> functions() throws SQLException {
        return rows(
                "SELECT proname, pronargs, oid FROM pg_proc WHERE proname ~ 'advisory' AND pronamespace = 'pg_catalog'::regnamespace"
                        + " ORDER BY oid");
    }

    private static String call(List<String> function) {
        return "(" + String.join(", ", arguments(function)) + ")";
    }

    private static String[] arguments(List<String> function) {
        return Stream.generate(() -> "1")
                .limit(Integer.parseInt(function.get(1)))
                .toArray(String[]::new);
    }

    private List<List<String>> rows(String sql) throws SQLException {
        try (Connection direct = gateway.connectDirectly("shop");
                Statement statement = direct.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.add(rows.getString(column));
                }
                all.add(row);
            }
            return all;
        }
    }
}
