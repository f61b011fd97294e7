package org.sallyport.noninterference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.noninterference.Twins.Content;
import org.sallyport.noninterference.Twins.Pair;
import org.sallyport.sql.AgentSql;

/** What agents' tools really write, on their own tables with some rows in them: it tells the twins apart neither. */
@Timeout(600)
class AgentSqlInterferenceTest {
    /** Those whose tables know people, and whose statements look at them. */
    private static final Set<String> TOOLS = Set.of(
            "analytics", "django-5", "drizzle", "hibernate", "node-postgres", "prisma", "sqlalchemy-2", "typeorm");

    @Test
    void whatToolsWriteTellsTheTwinsApartNeither(@TempDir Path folder) throws IOException, SQLException {
        List<AgentSql> tools = AgentSql.read().stream()
                .filter(tool -> TOOLS.contains(tool.tool()))
                .toList();
        List<String> leaks = new ArrayList<>();
        try (Twins twins = Twins.of(folder, contents(tools), Twins.resource("policy-agent-sql.yaml"))) {
            for (AgentSql tool : tools) {
                try (Pair pair = twins.enter(name(tool), "maker")) {
                    play(pair, tool, leaks);
                }
            }
        }
        assertThat(leaks).isEmpty();
    }

    private static void play(Pair pair, AgentSql tool, List<String> leaks) {
        int permitted = 0;
        for (AgentSql.Text text : tool.texts()) {
            // Any type has a value that is written so, or at least the answer is the same error.
            String sql = text.sql().replaceAll("\\$\\d+", "'1'");
            Scene scene = Scene.rolledBack(List.of(sql));
            awaitStatistics(sql);
            Comparison comparison = pair.play(scene);
            permitted += comparison.isRefused() ? 0 : 1;
            if (comparison.isLeak() && !pair.isFickle(scene)) {
                leaks.add(tool + ": " + sql + "\n    " + comparison.difference());
            }
        }
        System.out.println(tool + ": " + permitted + " of " + tool.texts().size() + " permitted");
    }

    /** What its statistics count (rows that are dead) a server tells as much as ten seconds late: both have told it then. */
    private static void awaitStatistics(String sql) {
        if (sql.contains("n_dead_tup")) {
            LockSupport.parkNanos(Duration.ofSeconds(11).toNanos());
        }
    }

    private static Map<String, Content> contents(List<AgentSql> tools) {
        Map<String, Content> contents = new HashMap<>();
        for (AgentSql tool : tools) {
            String values = Twins.resource("fill-agent-sql.sql") + Twins.resource("values-agent-sql.sql");
            contents.put(name(tool), new Content(tool.schema(), values));
        }
        return contents;
    }

    private static String name(AgentSql tool) {
        return tool.tool().replace('-', '_');
    }
}
