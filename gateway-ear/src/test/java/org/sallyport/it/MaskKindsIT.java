package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The masks that depend on a value's type and format or on a key of the server's, as pgjdbc reads them. */
@WithGateway
class MaskKindsIT {
    private static final String HASH = "[0-9a-f]{32}";

    private final Gateway gateway;
    private final Connection direct;

    MaskKindsIT(Gateway gateway) throws SQLException {
        this.gateway = gateway;
        direct = gateway.connectDirectly("shop");
    }

    @BeforeEach
    void make() throws SQLException {
        try (Statement statement = direct.createStatement()) {
            statement.execute("""
                    DROP TABLE IF EXISTS patients;
                    CREATE TABLE patients (visit int, id int8, name text, email text, card text, born date, weight numeric,
                        file jsonb, phones text[]);
                    INSERT INTO patients VALUES
                        (1, 17, 'Ada', 'ada@example.com', '4111 1111 1111 1111', '1815-12-10', 58.5, '{"ssn": 1, "b": 2}',
                            '{5551234,NULL}'),
                        (2, 17, 'Ada', NULL, '12', NULL, -1, NULL, '{}')""");
        }
    }

    @AfterEach
    void clear() throws SQLException {
        try (Statement statement = direct.createStatement()) {
            statement.execute("DROP TABLE patients");
        }
        direct.close();
    }

    private List<List<String>> read(String binary) throws SQLException {
        Agent agent = Agent.in(gateway, "reporting-agents");
        Map<String, String> settings = Map.of("binaryTransfer", binary, "prepareThreshold", "-1");
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = gateway.connect("shop", agent.name(), agent.token(), settings);
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT id, name, email, card, born, weight, file, phones FROM patients ORDER BY visit");
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= 7; column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                // As a text the driver writes the same array in two ways.
                row.add(Arrays.toString((Object[]) result.getArray(8).getArray()));
                rows.add(row);
            }
        }
        return rows;
    }

    @Test
    void textAndBinaryResultsShowTheSameMaskedValues() throws SQLException {
        List<List<String>> rows = read("false");

        assertThat(read("true")).isEqualTo(rows);
        List<String> first = rows.get(0);
        assertThat(first.get(0)).matches("[0-9]{1,19}").isNotEqualTo("17");
        assertThat(first.get(1)).matches(HASH);
        assertThat(first.get(3)).matches("\\d{4} \\d{4} \\d{4} \\d{4}").isNotEqualTo("4111 1111 1111 1111");
        assertThat(List.of(first.get(2), first.get(4), first.get(5), first.get(6), first.get(7)))
                .containsExactly(
                        "********@example.com",
                        "1815-01-01",
                        "50",
                        "{\"b\": 2, \"ssn\": \"********\"}",
                        "[*****34, null]");
        List<String> second = rows.get(1);
        assertThat(second.subList(0, 2)).isEqualTo(first.subList(0, 2));
        assertThat(second.subList(2, 8)).containsExactly("null", "********", "null", "-10", "null", "[]");
    }
}
