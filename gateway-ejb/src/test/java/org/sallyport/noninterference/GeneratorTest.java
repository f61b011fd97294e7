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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The grammar makes what it is meant to make. */
class GeneratorTest {
    private static final int STATEMENTS = 1500;

    @TempDir
    private Path folder;

    @Test
    void theSameSeedMakesTheSameStatement() {
        for (long seed = 0; seed < 200; seed++) {
            assertThat(Generated.of(seed, Profile.HOSTILE)).isEqualTo(Generated.of(seed, Profile.HOSTILE));
        }
    }

    /** Errors while it runs are wanted; one that cannot be analysed shows nothing. */
    @ParameterizedTest
    @EnumSource
    void postgresqlUnderstandsNearlyAllOfIt(Profile profile) throws IOException, SQLException {
        Map<String, Integer> reasons = new TreeMap<>();
        int understood = 0;
        try (Twins twins = Twins.ofSample(folder, UnaryOperator.identity());
                Connection connection = twins.direct("zero");
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
        reasons.keySet().stream().limit(15).forEach(System.out::println);
        System.out.println(profile + ": understood " + understood + " of " + STATEMENTS);
        assertThat(understood).isGreaterThan(STATEMENTS * 95 / 100);
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
