package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** Runs attacks against the gateway, and their honest twins. */
final class Siege {
    private final Gateway gateway;
    private final Treasure treasure;

    Siege(Gateway gateway, Treasure treasure) {
        this.gateway = gateway;
        this.treasure = treasure;
    }

    /** Each step may be refused; none shows a value, and nothing is left of it. In a transaction that is rolled back. */
    void repel(Attack attack, String group) throws IOException, SQLException {
        List<String> before = treasure.state();
        for (boolean savepoints : new boolean[] {false, true}) {
            try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, group))) {
                repel(attack, client, savepoints);
            }
        }
        assertThat(treasure.state()).isEqualTo(before);
    }

    private void repel(Attack attack, RawClient client, boolean savepoints) throws IOException {
        client.query("BEGIN").flush().receiveUntil('Z');
        for (Attack.Step step : attack.steps()) {
            if (savepoints) {
                client.query("SAVEPOINT before").flush().receiveUntil('Z');
            }
            List<Message> answers = step.send(client).flush().receiveUntil('Z');
            assertNothingShown(answers);
            if (last(answers).type() == '-') {
                assertEnded(answers);
                return;
            }
            if (savepoints && last(answers).payload().equals("E")) {
                client.query("ROLLBACK TO before").flush().receiveUntil('Z');
            }
        }
        assertThat(client.query("ROLLBACK").answers()).contains("Z:I");
    }

    /** Refused by the gateway in PostgreSQL's way, by simple and by extended query; and the session goes on. */
    void refuse(String sql, String group) throws IOException, SQLException {
        List<String> before = treasure.state();
        try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, group))) {
            refuse(sql, client);
            assertThat(client.query("SELECT 1").answers()).contains("D:[1]", "Z:I");
        }
        assertThat(treasure.state()).isEqualTo(before);
    }

    /** The same in a session that goes on. */
    void refuse(String sql, RawClient client) throws IOException {
        assertRefused(client.query(sql).flush().receiveUntil('Z'));
        client.parse("", sql).bind("", "").describe('P', "").execute("", 0).sync();
        assertRefused(client.flush().receiveUntil('Z'));
    }

    private void assertRefused(List<Message> answers) {
        assertThat(answers).as(shown(answers)).extracting(Message::type).containsExactly('E', 'Z');
        assertThat(answers.get(0).field('C')).as(shown(answers)).contains("42501");
        assertThat(answers.get(0).field('D').orElse("")).contains("Rule \"");
        assertThat(answers.get(0).field('H').orElse("")).isNotBlank();
        assertNothingShown(answers);
    }

    /** No step is refused, and no value shown; in a transaction that is rolled back. Returns what was answered. */
    List<Message> admit(Attack twin, String group) throws IOException {
        List<Message> all = new ArrayList<>();
        try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, group))) {
            client.query("BEGIN").flush().receiveUntil('Z');
            for (Attack.Step step : twin.steps()) {
                List<Message> answers = step.send(client).flush().receiveUntil('Z');
                assertThat(answers).as(shown(answers)).extracting(Message::type).doesNotContain('E', '-');
                assertNothingShown(answers);
                all.addAll(answers);
            }
            assertThat(client.query("ROLLBACK").answers()).contains("Z:I");
        }
        return all;
    }

    private void assertNothingShown(List<Message> answers) {
        String seen = answers.stream().map(Message::payload).collect(Collectors.joining());
        assertThat(treasure.shownIn(seen)).as(shown(answers)).isEmpty();
    }

    /** A result that is not what its statement was judged to give ends the session, and says so before any row. */
    private static void assertEnded(List<Message> answers) {
        assertThat(answers).extracting(Message::type).doesNotContain('D').endsWith('E', '-');
        Message told = answers.get(answers.size() - 2);
        assertThat(told.field('S')).contains("FATAL");
        assertThat(told.field('C')).contains("42501");
        assertThat(told.field('D').orElse("")).contains("Rule \"");
    }

    /** Enough of them to understand a failure: there may be as many as a table has rows. */
    private static String shown(List<Message> answers) {
        return answers.stream().limit(20).toList().toString();
    }

    private static Message last(List<Message> answers) {
        return answers.get(answers.size() - 1);
    }
}
