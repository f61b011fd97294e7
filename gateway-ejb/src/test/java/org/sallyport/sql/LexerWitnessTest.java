package org.sallyport.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.record.TestPostgres;

/**
 * PostgreSQL itself says how many statements a text holds and what its literals mean. It is asked by Parse in a transaction that
 * has failed: there it reads the text and goes no further.
 *
 * <p>{@code -Dsallyport.lexer.seed=N} makes the same texts again, {@code -Dsallyport.lexer.texts=N} more of them;
 * {@code -Dsallyport.corpus=FILE} names the statements of PostgreSQL's regression suite, as lines of JSON in gzip.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LexerWitnessTest {
    private static final int TEXTS = Integer.getInteger("sallyport.lexer.texts", 20_000);

    private final EmbeddedPostgres postgres = TestPostgres.start();
    private final Set<String> compared = new HashSet<>();
    private RawClient failed;
    private RawClient sound;

    /** What a text holds, as far as PostgreSQL's parser can tell. */
    private enum Count {
        NONE,
        ONE,
        SEVERAL,
        ERROR
    }

    @BeforeAll
    void connect() throws IOException {
        failed = login();
        failed.query("BEGIN; SELECT 1/0").flush().receiveUntil('Z');
        sound = login();
    }

    private RawClient login() throws IOException {
        RawClient client = new RawClient(postgres.getPort());
        client.startup(3 << 16, "user", "postgres", "database", "postgres")
                .flush()
                .receiveUntil('Z');
        return client;
    }

    @AfterAll
    void stop() throws IOException {
        failed.close();
        sound.close();
        postgres.close();
    }

    private Count count(String sql) throws IOException {
        List<Message> answers = failed.parse("", sql).sync().flush().receiveUntil('Z');
        Message first = answers.get(0);
        if (first.type() == '1') {
            // Nothing at all, or what ends a failed transaction.
            return Splitter.split(Lexer.tokens(sql)).isEmpty() ? Count.NONE : Count.ONE;
        }
        if (first.field('C').equals(Optional.of("25P02"))) {
            return Count.ONE;
        }
        boolean several = first.field('M').orElse("").startsWith("cannot insert multiple commands");
        return several ? Count.SEVERAL : Count.ERROR;
    }

    /** Returns whether PostgreSQL takes the text; then the gateway must see in it what PostgreSQL sees. */
    private boolean compare(String sql) throws IOException {
        Count server;
        List<List<Token>> pieces;
        try {
            server = count(sql);
            pieces = Splitter.split(Lexer.tokens(sql));
        } catch (UnreadableSql unreadable) {
            // Refused whatever PostgreSQL thinks of it.
            return false;
        }
        if (server == Count.ERROR) {
            return false;
        }
        Count gateway = pieces.isEmpty() ? Count.NONE : pieces.size() == 1 ? Count.ONE : Count.SEVERAL;
        assertThat(gateway).as("statements of %s", sql).isEqualTo(server);
        for (List<Token> piece : pieces) {
            String text = sql.substring(
                    piece.get(0).start(), piece.get(piece.size() - 1).end());
            assertThat(count(text)).as("the piece %s of %s", text, sql).isEqualTo(Count.ONE);
            for (Token token : piece) {
                compare(sql, token);
            }
        }
        return true;
    }

    private void compare(String sql, Token token) throws IOException {
        String text = sql.substring(token.start(), token.end());
        boolean literal = token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.BITS;
        boolean name = token.kind() == Token.Kind.QUOTED || token.kind() == Token.Kind.WORD;
        boolean national = token.isWord("nchar") && text.length() == 1;
        if ((!literal && !name) || national || !compared.add(text)) {
            return;
        }
        if (literal) {
            String cast = token.kind() == Token.Kind.BITS ? "" : "::text";
            List<Message> answers = sound.query("SELECT " + text + cast).flush().receiveUntil('Z');
            assertThat(answers.get(1).columns()).as(text).containsExactly(value(token));
        } else {
            Message described =
                    sound.query("SELECT 1 AS " + text).flush().receiveUntil('Z').get(0);
            if (described.type() == 'T') {
                String payload = described.payload();
                String column = payload.substring(2, payload.indexOf('\0', 2));
                assertThat(new String(column.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                        .as(text)
                        .isEqualTo(token.text());
            }
        }
    }

    /** PostgreSQL shows bits as such, whatever they were written as. */
    private static String value(Token token) {
        if (token.kind() != Token.Kind.BITS || token.text().charAt(0) == 'b') {
            return token.kind() == Token.Kind.BITS ? token.text().substring(1) : token.text();
        }
        StringBuilder bits = new StringBuilder();
        token.text().substring(1).chars().forEach(digit -> {
            String four = Integer.toBinaryString(16 + Character.digit(digit, 16));
            bits.append(four, 1, 5);
        });
        return bits.toString();
    }

    @Test
    void hostileTextsAreReadAsPostgresqlReadsThem() throws IOException {
        long seed = Long.getLong("sallyport.lexer.seed", System.nanoTime());
        HostileText texts = new HostileText(new Random(seed));
        int taken = 0;
        for (int i = 0; i < TEXTS; i++) {
            String sql = texts.next();
            try {
                taken += compare(sql) ? 1 : 0;
            } catch (AssertionError | RuntimeException e) {
                fail("seed " + seed + ", text " + i, e);
            }
        }
        assertThat(taken).as("texts that PostgreSQL takes").isGreaterThan(TEXTS / 4);
    }

    @Test
    @EnabledIfSystemProperty(named = "sallyport.corpus", matches = ".+")
    void theRegressionSuiteIsReadAsPostgresqlReadsIt() throws IOException {
        int taken = 0;
        List<String> unreadable = new ArrayList<>();
        Set<String> statements = new LinkedHashSet<>();
        Corpus.read().values().forEach(statements::addAll);
        for (String sql : statements) {
            try {
                Lexer.tokens(sql);
                taken += compare(sql) ? 1 : 0;
            } catch (UnreadableSql e) {
                if (isTaken(sql)) {
                    unreadable.add(e.reason() + ": " + sql);
                }
            }
        }
        System.out.println(statements.size() + " statements, " + taken + " taken by both, " + unreadable.size()
                + " taken by PostgreSQL alone");
        unreadable.forEach(System.out::println);
        assertThat(unreadable).isEmpty();
    }

    @Test
    void whatAgentsWriteIsReadAsPostgresqlReadsIt() throws IOException {
        for (AgentSql tool : AgentSql.read()) {
            for (AgentSql.Text text : tool.texts()) {
                assertThat(compare(text.sql())).as(text.sql()).isTrue();
            }
        }
    }

    private boolean isTaken(String sql) throws IOException {
        Message first = failed.parse("", sql).sync().flush().receiveUntil('Z').get(0);
        return first.type() == '1' || first.field('C').equals(Optional.of("25P02"));
    }
}
