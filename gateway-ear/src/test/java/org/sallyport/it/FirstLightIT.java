package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The whole way once: a token of a real provider, a real client, the gateway, a real database. */
@WithGateway
class FirstLightIT {
    private static final String AGENT = "reporting-agent";

    private final Gateway gateway;

    FirstLightIT(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void isReady() {
        assertThat(gateway.api().get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void letsPgjdbcInWithAToken() throws SQLException {
        try (Connection connection = gateway.connect("shop", AGENT, gateway.token(AGENT));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM products")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(120);
        }
    }

    @Test
    void letsPsqlInWithAToken() {
        Programs.Result result = Programs.run(
                gateway.environment("shop", AGENT, gateway.token(AGENT)),
                "psql",
                "-XAt",
                "-c",
                "SELECT name FROM products WHERE id = 1");
        assertThat(result.errors()).isEmpty();
        assertThat(result.output()).isNotBlank();
        assertThat(result.status()).isZero();
    }
}
