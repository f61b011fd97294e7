package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees of servers of all versions, recorded: each says of a statement the same. No server runs. */
class RecordedTreesTest {
    static Iterable<Integer> versions() {
        return RecordedTrees.VERSIONS;
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aServersTreeIsReadToTheStatementsMeaning(int version) throws IOException, SQLException {
        RecordedTrees recorded = RecordedTrees.read(RecordedTrees.MEANINGS, version);
        Map<String, String> expected = RecordedTrees.expected(RecordedTrees.MEANINGS);

        assertThat(recorded.trees()).hasSizeGreaterThan(60);
        for (String statement : recorded.trees().keySet()) {
            assertThat(recorded.told(statement)).as(statement).isEqualTo(expected.get(statement));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void columnsAreFollowedInAServersTree(int version) throws IOException, SQLException {
        RecordedTrees recorded = RecordedTrees.read(RecordedTrees.FLOWS, version);
        Map<String, String> expected = RecordedTrees.expected(RecordedTrees.FLOWS);

        assertThat(recorded.trees()).hasSizeGreaterThan(100);
        for (String statement : recorded.trees().keySet()) {
            assertThat(recorded.flow(statement)).as(statement).isEqualTo(expected.get(statement));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {RecordedTrees.MEANINGS, RecordedTrees.FLOWS})
    void eachStatementIsRecordedOfTheNewestServer(String what) throws IOException {
        Set<String> missing = new HashSet<>(RecordedTrees.expected(what).keySet());
        missing.removeAll(RecordedTrees.read(what, 18).trees().keySet());

        assertThat(missing).isEmpty();
    }
}
