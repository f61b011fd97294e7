package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** Guardrails under a condition on who asks and on what a statement does; they hold for unrestricted sessions, too. */
@WithGateway
class GuardrailConditionIT {
    private final Gateway gateway;
    private final GuardedGateway guarded;
    private final Shelf shelf;

    GuardrailConditionIT(Gateway gateway, GuardedGateway guarded) throws SQLException {
        this.gateway = gateway;
        this.guarded = guarded;
        shelf = new Shelf(gateway);
        shelf.makeView();
    }

    @AfterEach
    void clear() throws SQLException {
        shelf.close();
    }

    private RawClient client(String... groups) throws IOException {
        return guarded.client(Agent.in(gateway, groups));
    }

    private RawClient visitor(String group) throws IOException {
        return client(group, "visitors");
    }

    private String named(String pattern) {
        return pattern.replace("SHELF", shelf.name()).replace("VIEW", shelf.viewName());
    }

    private static void assertRefused(List<Message> answers, String rule) {
        assertThat(answers).as(answers.toString()).extracting(Message::type).containsExactly('E', 'Z');
        assertThat(answers.get(0).field('C')).contains("42501");
        assertThat(answers.get(0).field('D').orElse("")).contains("Rule \"" + rule + "\"");
        assertThat(answers.get(0).field('H').orElse("")).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM SHELF WHERE n = 1",
                "UPDATE public.\"SHELF\" SET n = 9 WHERE n = 1",
                "DELETE FROM VIEW WHERE n = 1",
                "WITH gone AS (DELETE FROM SHELF WHERE n = 1 RETURNING n) SELECT n FROM gone",
            })
    void noVisitorChangesAShelf(String pattern) throws IOException, SQLException {
        String sql = named(pattern);
        for (String group : List.of("operators", "migration-agents")) {
            try (RawClient client = visitor(group)) {
                for (int time = 1; time <= 2; time++) {
                    assertRefused(client.query(sql).flush().receiveUntil('Z'), "shelves-and-visitors");
                    client.parse("", sql)
                            .bind("", "")
                            .describe('P', "")
                            .execute("", 0)
                            .sync();
                    assertRefused(client.flush().receiveUntil('Z'), "shelves-and-visitors");
                }
                assertThat(client.query("SELECT 1").answers()).contains("D:[1]", "Z:I");
            }
        }
        assertThat(shelf.values()).containsExactly(1, 2, 3);
        try (RawClient client = client("operators", "visitors", "dba")) {
            assertThat(client.query(sql).answers()).contains("Z:I").noneMatch(answer -> answer.startsWith("E"));
        }
        assertThat(shelf.values()).doesNotContain(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT n FROM SHELF",
                "DELETE FROM other_SHELF WHERE n IN (SELECT n FROM SHELF)",
                "UPDATE other_SHELF SET n = 9 WHERE n = 7",
                "CREATE TEMPORARY TABLE held AS SELECT n FROM SHELF",
            })
    void whatOnlyReadsItIsForVisitorsToo(String pattern) throws IOException, SQLException {
        try (RawClient client = visitor("operators")) {
            assertThat(client.query(named(pattern)).answers())
                    .contains("Z:I")
                    .noneMatch(answer -> answer.startsWith("E"));
        }
    }

    @Test
    void behindItsOwnDefinitionsASessionCannotHideAShelf() throws IOException, SQLException {
        try (RawClient client = visitor("operators")) {
            client.query("BEGIN").answers();
            assertThat(client.query("ALTER TABLE " + shelf.name() + " RENAME TO harmless")
                            .answers())
                    .contains("Z:T");
            List<Message> answers =
                    client.query("DELETE FROM harmless WHERE n = 1").flush().receiveUntil('Z');
            assertRefused(answers, "shelves-and-visitors");
            assertThat(answers.get(0).field('D').orElse("")).contains("cannot be said");
            assertThat(client.query("ROLLBACK").answers()).contains("Z:I");
        }
        assertThat(shelf.values()).containsExactly(1, 2, 3);
    }

    @Test
    void aClaimThatATokenDoesNotHaveStopsWhatItDecides() throws IOException, SQLException {
        try (RawClient client = visitor("operators")) {
            List<Message> answers = client.query("INSERT INTO " + shelf.name() + " VALUES (4)")
                    .flush()
                    .receiveUntil('Z');
            assertRefused(answers, "shelves-by-claim");
            assertThat(client.query("INSERT INTO other_" + shelf.name() + " VALUES (4)")
                            .answers())
                    .contains("C:INSERT 0 1");
        }
        assertThat(shelf.values()).containsExactly(1, 2, 3);
    }
}
