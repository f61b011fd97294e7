package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trees of servers of all versions, recorded: each says of a statement the same. No server runs. */
class RecordedTreesTest {
    static Iterable<Integer> versions() {
        return RecordedTrees.VERSIONS;
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aServersTreeIsReadToTheStatementsMeaning(int version) throws IOException, SQLException {
        RecordedTrees recorded = RecordedTrees.read(version);
        Map<String, String> expected = RecordedTrees.expected();

        assertThat(recorded.trees()).hasSizeGreaterThan(60);
        for (String statement : recorded.trees().keySet()) {
            assertThat(recorded.told(statement)).as(statement).isEqualTo(expected.get(statement));
        }
    }

    @Test
    void eachStatementIsRecordedOfTheNewestServer() throws IOException {
        Set<String> missing = new HashSet<>(RecordedTrees.expected().keySet());
        missing.removeAll(RecordedTrees.read(18).trees().keySet());

        assertThat(missing).isEmpty();
    }
}
