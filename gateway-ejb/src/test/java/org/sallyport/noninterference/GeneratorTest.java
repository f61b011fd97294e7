package org.sallyport.noninterference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The grammar makes what it is meant to make. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratorTest {
    private static final int STATEMENTS = 1500;

    @SuppressWarnings("NullAway.Init")
    private Twins twins;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        twins = Twins.ofSample(folder, UnaryOperator.identity());
    }

    @AfterAll
    void stop() throws IOException {
        twins.close();
    }

    @Test
    void theSameSeedMakesTheSameStatement() {
        for (long seed = 0; seed < 200; seed++) {
            assertThat(Generated.of(seed, Profile.HOSTILE)).isEqualTo(Generated.of(seed, Profile.HOSTILE));
        }
    }

    /** Errors while it runs are wanted; one that cannot be analysed shows nothing. */
    @ParameterizedTest
    @EnumSource
    void postgresqlUnderstandsNearlyAllOfIt(Profile profile) throws SQLException {
        Map<String, Integer> reasons = new TreeMap<>();
        int understood = 0;
        try (Connection connection = twins.direct();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (long seed = 0; seed < STATEMENTS; seed++) {
                Generated generated = Generated.of(seed, profile);
                try {
                    statement.execute("PREPARE s AS " + generated.tree().sql());
                    understood++;
                } catch (SQLException e) {
                    reasons.merge(e.getMessage() + "\n   " + generated, 1, Integer::sum);
                }
                connection.rollback();
                statement.execute("DEALLOCATE ALL");
            }
        }
        System.out.println(profile + ": understood " + understood + " of " + STATEMENTS);
        assertThat(understood).as(() -> String.join("\n", reasons.keySet())).isGreaterThan(STATEMENTS * 97 / 100);
    }

    @Test
    void everyUseIsMade() {
        for (Use use : Use.values()) {
            boolean made = false;
            for (long seed = 0; seed < 20_000 && !made; seed++) {
                made = Generated.of(seed, Profile.HOSTILE).uses().contains(use);
            }
            assertThat(made).as(use.name()).isTrue();
        }
    }
}
