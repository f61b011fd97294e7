package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.RawClient;

/** A restricted session that sets its search path, by pgjdbc in its several ways of sending a statement. */
@WithGateway
class SearchPathIT {
    private final Gateway gateway;
    private final Agent agent;
    private final Connection direct;

    SearchPathIT(Gateway gateway) throws SQLException {
        this.gateway = gateway;
        agent = Agent.in(gateway, "reporting-agents");
        direct = gateway.connectDirectly("shop");
    }

    @BeforeEach
    void make() throws SQLException {
        execute(
                direct,
                "DROP SCHEMA IF EXISTS elsewhere CASCADE; CREATE SCHEMA elsewhere;"
                        + " CREATE TABLE elsewhere.products (id int); INSERT INTO elsewhere.products VALUES (-1)");
    }

    @AfterEach
    void clear() throws SQLException {
        execute(direct, "DROP SCHEMA elsewhere CASCADE");
        direct.close();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean hasProducts(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM products WHERE id > 0")) {
            rows.next();
            return rows.getInt(1) > 0;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared"})
    void namesAreJudgedWhereTheSessionLooksThemUp(String mode) throws SQLException {
        try (Connection connection =
                gateway.connect("shop", agent.name(), agent.token(), java.util.Map.of("preferQueryMode", mode))) {
            assertThat(hasProducts(connection)).isTrue();
            connection.setSchema("elsewhere");
            assertThatThrownBy(() -> hasProducts(connection))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            connection.setSchema("public");
            assertThat(hasProducts(connection)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void aTransactionsOwnPathIsFollowedToItsEnd(String mode) throws SQLException {
        try (Connection connection =
                gateway.connect("shop", agent.name(), agent.token(), java.util.Map.of("preferQueryMode", mode))) {
            connection.setAutoCommit(false);
            assertThat(hasProducts(connection)).isTrue();
            execute(connection, "SET LOCAL search_path = elsewhere");
            assertThatThrownBy(() -> hasProducts(connection)).hasMessageContaining("permission denied");
            connection.rollback();
            assertThat(hasProducts(connection)).isTrue();
            execute(connection, "SET LOCAL search_path = public, elsewhere");
            assertThat(hasProducts(connection)).isTrue();
            connection.commit();
            assertThat(hasProducts(connection)).isTrue();
        }
    }

    /** As asyncpg does it: prepared once, the session given back to its pool, and bound again without another Parse. */
    @Test
    void whatWasPreparedRunsAgainBehindAPoolsReset() throws IOException {
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.parse("kept", "SELECT count(*) FROM products WHERE id > 0").sync();
            assertThat(client.answers()).containsExactly("1", "Z:I");
            for (String reset : List.of(
                    "SELECT pg_advisory_unlock_all(); CLOSE ALL; UNLISTEN *; RESET ALL;",
                    "SET search_path TO public")) {
                assertThat(client.query(reset).answers()).contains("Z:I").noneMatch(answer -> answer.startsWith("E"));
                client.bind("", "kept").execute("", 0).sync();
                assertThat(client.answers()).containsExactly("2", "D:[120]", "C:SELECT 1", "Z:I");
            }
            client.query("SET search_path TO elsewhere").answers();
            client.bind("", "kept").execute("", 0).sync();
            assertThat(client.answers()).contains("E:42501", "Z:I").noneMatch(answer -> answer.startsWith("D"));
        }
    }
}
