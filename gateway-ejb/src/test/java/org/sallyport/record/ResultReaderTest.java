package org.sallyport.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sallyport.record.RecordedResults.Column;
import org.sallyport.record.RecordedResults.Kind;
import org.sallyport.record.RecordedResults.Result;

class ResultReaderTest {
    private static final long SEED = new Random().nextLong(1L << 40);

    private static final int TEXT = 25;
    private static final int INT4 = 23;

    private final Messages messages = new Messages();

    @Test
    void readsColumnsRowsAndTags() {
        messages.columns(new Column("id", INT4, false), new Column("name", TEXT, false));
        messages.row("1", "eins").row("2", null).tag("SELECT 2");

        assertThat(page(0, 10))
                .isEqualTo(new RecordedResults(
                        List.of(new Result(
                                Kind.ROWS,
                                List.of(new Column("id", INT4, false), new Column("name", TEXT, false)),
                                List.of(List.of("1", "eins"), Arrays.asList("2", null)),
                                Optional.of("SELECT 2"))),
                        Optional.empty(),
                        false));
    }

    @Test
    void readsBinaryValuesOfTypesThatItKnows() {
        messages.columns(new Column("id", INT4, true), new Column("point", 600, true));
        messages.values(new byte[] {0, 0, 0, 42}, new byte[] {(byte) 0xab, 1}).tag("SELECT 1");

        assertThat(page(0, 10).results().get(0).rows()).containsExactly(List.of("42", "\\xab01"));
    }

    /** As in a session with another client_encoding. */
    @Test
    void readsTheBytesOfTextsThatAreNotInUtf8() {
        byte[] latin = {'f', (byte) 0xfc, 'r'};
        messages.columns(new Column("text", TEXT, false), new Column("binary", TEXT, true));
        messages.values(latin, latin).tag("SELECT 1");
        messages.message('H', new byte[] {0, 0, 0}).message('d', latin).tag("COPY 1");

        assertThat(page(0, 10).results())
                .flatExtracting(Result::rows)
                .containsExactly(List.of("\\x66fc72", "\\x66fc72"), List.of("\\x66fc72"));
    }

    @Test
    void readsCopiesAndFunctionResults() {
        messages.message('H', new byte[] {0, 0, 0})
                .message('d', utf8("1\tone\n"))
                .message('c', new byte[0])
                .tag("COPY 1");
        messages.message('G', new byte[] {1, 0, 0})
                .message('d', new byte[] {1, 2})
                .tag("COPY 0");
        messages.message('V', new byte[] {0, 0, 0, 1, 7});

        assertThat(page(0, 10).results())
                .containsExactly(
                        new Result(Kind.COPY_OUT, List.of(), List.of(List.of("1\tone\n")), Optional.of("COPY 1")),
                        new Result(Kind.COPY_IN, List.of(), List.of(List.of("\\x0102")), Optional.of("COPY 0")),
                        new Result(Kind.FUNCTION, List.of(), List.of(List.of("\\x07")), Optional.empty()));
        assertThat(page(0, 10).cut()).isFalse();
    }

    @Test
    void aResultWithoutRowsIsThere() {
        messages.columns(new Column("id", INT4, false)).tag("SELECT 0");

        assertThat(page(0, 10).results()).hasSize(1);
        assertThat(page(0, 10).cut()).isFalse();
    }

    @Test
    void whereTheRecordEndsTooEarlyItSaysSo() {
        messages.columns(new Column("name", TEXT, false)).row("whole").row("longer than that");
        byte[] bytes = messages.bytes();

        RecordedResults page = page(Arrays.copyOf(bytes, bytes.length - 3), 0, 10);

        assertThat(page.results().get(0).rows()).containsExactly(List.of("whole"));
        assertThat(page.cut()).isTrue();
        assertThat(page(bytes, 0, 10).cut()).isTrue();
    }

    @Test
    void rowsWhoseDescriptionIsNotThereAreText() {
        messages.row("one", "two").tag("SELECT 1");

        assertThat(page(0, 10).results().get(0).rows()).containsExactly(List.of("one", "two"));
    }

    @Test
    void aPageEndsBeforeItFillsTheHeap() {
        messages.columns(new Column("name", TEXT, false));
        for (int i = 0; i < 6; i++) {
            messages.row("x".repeat(1_500_000));
        }
        messages.tag("SELECT 6");

        RecordedResults page = page(0, 500);

        assertThat(page.results().get(0).rows()).hasSize(3);
        assertThat(page.next()).contains(3);
        assertThat(page(3, 500).results().get(0).rows()).hasSize(3);
        assertThat(page(3, 500).next()).isEmpty();
    }

    /** Page by page, and however the messages were cut into parts, all rows come once and in order. */
    @Test
    void pagesTogetherAreTheWhole() {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            Messages some = new Messages();
            List<String> expected = new ArrayList<>();
            for (int result = random.nextInt(4); result > 0; result--) {
                some.columns(new Column("name", TEXT, false));
                int rows = random.nextInt(6);
                for (int i = 0; i < rows; i++) {
                    String value = expected.size() + "-" + "y".repeat(random.nextInt(30));
                    expected.add(value);
                    some.row(value);
                }
                some.tag("SELECT " + rows);
            }
            List<String> read = new ArrayList<>();
            Optional<Integer> next = Optional.of(0);
            int size = 1 + random.nextInt(7);
            while (next.isPresent()) {
                ResultReader reader = new ResultReader(next.get(), size);
                ByteBuffer bytes = ByteBuffer.wrap(some.bytes());
                while (bytes.hasRemaining()) {
                    byte[] part = new byte[Math.min(bytes.remaining(), 1 + random.nextInt(40))];
                    bytes.get(part);
                    reader.accept(part);
                }
                RecordedResults page = reader.page();
                page.results().forEach(result -> result.rows().forEach(row -> read.add(row.get(0))));
                assertThat(page.cut()).as("seed %d round %d", SEED, round).isFalse();
                next = page.next();
            }
            assertThat(read).as("seed %d round %d", SEED, round).isEqualTo(expected);
        }
    }

    private RecordedResults page(int first, int size) {
        return page(messages.bytes(), first, size);
    }

    private static RecordedResults page(byte[] bytes, int first, int size) {
        ResultReader reader = new ResultReader(first, size);
        reader.accept(bytes);
        return reader.page();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Messages as a server sends them. */
    private static final class Messages {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream data = new DataOutputStream(bytes);

        private interface Body {
            void write(DataOutputStream data) throws IOException;
        }

        Messages message(char type, byte[] payload) {
            return message(type, body -> body.write(payload));
        }

        private Messages message(char type, Body body) {
            try {
                ByteArrayOutputStream payload = new ByteArrayOutputStream();
                body.write(new DataOutputStream(payload));
                data.writeByte(type);
                data.writeInt(payload.size() + 4);
                payload.writeTo(data);
                return this;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        Messages columns(Column... columns) {
            return message('T', body -> {
                body.writeShort(columns.length);
                for (Column column : columns) {
                    body.write(utf8(column.name() + '\0'));
                    body.writeInt(0);
                    body.writeShort(0);
                    body.writeInt(column.type());
                    body.writeShort(-1);
                    body.writeInt(-1);
                    body.writeShort(column.binary() ? 1 : 0);
                }
            });
        }

        Messages row(@Nullable String... values) {
            return values(Arrays.stream(values)
                    .map(value -> value == null ? null : utf8(value))
                    .toArray(byte[][]::new));
        }

        Messages values(byte[] @Nullable ... values) {
            return message('D', body -> {
                body.writeShort(values.length);
                for (byte @Nullable [] value : values) {
                    body.writeInt(value == null ? -1 : value.length);
                    body.write(value == null ? new byte[0] : value);
                }
            });
        }

        Messages tag(String tag) {
            return message('C', utf8(tag + '\0'));
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
