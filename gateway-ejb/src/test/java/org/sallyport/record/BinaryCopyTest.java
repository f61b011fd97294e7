package org.sallyport.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes in by COPY is what PostgreSQL gives back. */
class BinaryCopyTest {
    private static final String TARGET = "kept (place, id, name, names, content, at)";

    private static EmbeddedPostgres postgres;

    private Connection connection;

    /** One row of each type that the record has. */
    private record Kept(
            long place,
            @Nullable UUID id,
            @Nullable String name,
            List<@Nullable String> names,
            String content,
            Instant at) {}

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = postgres.getPostgresDatabase().getConnection();
        execute("CREATE TABLE kept (place bigint, id uuid, name text, names text[], content bytea, at timestamptz)");
    }

    @AfterEach
    void disconnect() throws SQLException {
        execute("DROP TABLE kept");
        connection.close();
    }

    @Test
    void keepsEveryValueAsItIs() throws SQLException {
        UUID id = UUID.fromString("ffffffff-0000-4000-8000-000000000001");
        var rows = List.of(
                new Kept(Long.MIN_VALUE, id, "a,b\"c\\N\n\t€😀", list("x", null, "", "NULL", "{}"), "\u0000\\x", now()),
                new Kept(Long.MAX_VALUE, null, null, List.of(), "", Instant.parse("1969-12-31T23:59:59.999999Z")),
                new Kept(0, id, "", list((String) null), "c", Instant.parse("9999-12-31T23:59:59Z")));
        assertThat(write(rows)).isEqualTo(3);
        assertThat(read()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void keepsMoreThanIsWrittenAtOnce() throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Kept> rows = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            // Now and then a row that is longer than the buffer.
            String text = "é".repeat(random.nextInt(i % 500 == 0 ? 200_000 : 200));
            rows.add(new Kept(i, new UUID(i, i), text, list(text, null, text), text, now()));
        }
        assertThat(write(rows)).as("seed %d", seed).isEqualTo(rows.size());
        assertThat(read()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void addsNothingWhenItIsGivenUp() throws SQLException {
        try (BinaryCopy copy = new BinaryCopy(connection, TARGET)) {
            give(copy, new Kept(1, null, "n".repeat(100_000), List.of(), "c", now()));
            give(copy, new Kept(2, null, "n", List.of(), "c", now()));
        }
        assertThat(read()).isEmpty();
    }

    @Test
    void addsNothingWhenOneRowIsRefused() throws SQLException {
        try (BinaryCopy copy = new BinaryCopy(connection, TARGET)) {
            give(copy, new Kept(1, null, "good", List.of(), "c", now()));
            give(copy, new Kept(2, null, "with \u0000", List.of(), "c", now()));
            assertThatThrownBy(copy::end)
                    .isInstanceOf(SQLException.class)
                    .matches(StoreFailure::isOfRows, "says that it is the row");
        }
        assertThat(read()).isEmpty();
        assertThat(write(List.of(new Kept(3, null, "good", List.of(), "c", now()))))
                .isEqualTo(1);
    }

    /** The server says so while rows are still being sent. */
    @Test
    void tellsTheRowFromTheConnectionWhenTheFirstOfManyIsRefused() throws SQLException {
        connection.setAutoCommit(false);
        assertThatThrownBy(() -> {
                    try (BinaryCopy copy = new BinaryCopy(connection, TARGET)) {
                        give(copy, new Kept(1, null, "with \u0000", List.of(), "c", now()));
                        for (int i = 0; i < 500; i++) {
                            give(copy, new Kept(i, null, "n".repeat(50_000), List.of(), "c", now()));
                        }
                        copy.end();
                    }
                })
                .isInstanceOf(SQLException.class)
                .matches(StoreFailure::isOfRows, "says that it is the row");
        connection.rollback();
        connection.setAutoCommit(true);
        assertThat(write(List.of(new Kept(3, null, "good", List.of(), "c", now()))))
                .isEqualTo(1);
    }

    /** Whoever changed a column's type gets it back as it was; meanwhile no record is taken for one that no table takes. */
    @Test
    void takesAColumnOfAnotherTypeForTheTablesFault() throws SQLException {
        execute("ALTER TABLE kept ALTER place TYPE integer");
        try (BinaryCopy copy = new BinaryCopy(connection, TARGET)) {
            give(copy, new Kept(1, null, "n", List.of(), "c", now()));
            assertThatThrownBy(copy::end)
                    .isInstanceOf(SQLException.class)
                    .matches(failure -> !StoreFailure.isOfRows(failure), "says that it is not the row");
        }
    }

    private static Instant now() {
        return Instant.parse("2026-11-27T01:02:03.456789Z");
    }

    private static List<@Nullable String> list(@Nullable String... values) {
        return Arrays.asList(values);
    }

    private long write(List<Kept> rows) throws SQLException {
        try (BinaryCopy copy = new BinaryCopy(connection, TARGET)) {
            for (Kept row : rows) {
                give(copy, row);
            }
            return copy.end();
        }
    }

    private static void give(BinaryCopy copy, Kept row) throws SQLException {
        copy.row();
        copy.number(row.place());
        copy.id(row.id());
        copy.text(row.name());
        copy.texts(row.names());
        copy.bytes(row.content().getBytes(StandardCharsets.UTF_8));
        copy.instant(row.at());
    }

    private List<Kept> read() throws SQLException {
        List<Kept> rows = new ArrayList<>();
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT place, id, name, names, content, at FROM kept");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                rows.add(new Kept(
                        row.getLong(1),
                        row.getObject(2, UUID.class),
                        row.getString(3),
                        Arrays.asList((String[]) row.getArray(4).getArray()),
                        new String(row.getBytes(5), StandardCharsets.UTF_8),
                        row.getObject(6, OffsetDateTime.class).toInstant()));
            }
        }
        return rows;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
