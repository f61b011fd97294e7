package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.wire.ParameterStatus;

/** What the gateway reads of a server's answers to itself. */
class WriteCheckTest {
    private static ByteBuf row(@Nullable String... values) {
        ByteBuf row = Unpooled.buffer().writeShort(values.length);
        for (String value : values) {
            if (value == null) {
                row.writeInt(-1);
            } else {
                row.writeInt(value.length()).writeBytes(value.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return row;
    }

    @ParameterizedTest
    @CsvSource({
        "off, off, , true, false",
        "on, off, , true, true",
        "off, on, , true, true",
        ", off, , false, false",
        ", on, , false, true",
        "off, , , false, false",
        ", , off, true, false",
        ", , on, true, true",
        ", , , false, false",
    })
    void aServerIsKnownByWhatItReportsOrAnswers(
            @Nullable String standby, @Nullable String readOnly, @Nullable String answer, boolean decided, boolean is) {
        WriteCheck check = new WriteCheck();
        if (standby != null) {
            check.reported(new ParameterStatus("in_hot_standby", standby));
        }
        if (readOnly != null) {
            check.reported(new ParameterStatus("default_transaction_read_only", readOnly));
        }
        if (answer != null) {
            check.row(row(answer));
        }

        assertThat(check.isDecided()).isEqualTo(decided);
        assertThat(check.readOnly()).isEqualTo(is);
    }

    @ParameterizedTest
    @CsvSource({
        "true, TRUE", "t, TRUE", "TRU, TRUE", "yes, TRUE", "Y, TRUE", "on, TRUE", "1, TRUE",
        "false, FALSE", "F, FALSE", "no, FALSE", "n, FALSE", "off, FALSE", "OF, FALSE", "0, FALSE",
        "o, NEITHER", "'', NEITHER", "truer, NEITHER", "offs, NEITHER", "onn, NEITHER", "2, NEITHER", "10, NEITHER",
    })
    void aBooleanIsWhatPostgreSqlTakesForOne(String value, Truth truth) {
        assertThat(Truth.of(value)).isEqualTo(truth);
    }

    @Test
    void rowsAreReadAsTheyCome() {
        Rows rows = new Rows();
        rows.add(row("a", null));
        rows.add(row("", "bc"));

        assertThat(rows.isTooLarge()).isFalse();
        assertThat(rows.all())
                .satisfiesExactly(
                        first -> assertThat(first).containsExactly("a", null),
                        second -> assertThat(second).containsExactly("", "bc"));
    }

    @Test
    void rowsThatAreTooManyAreForgotten() {
        Rows rows = new Rows();
        rows.add(row("a"));
        // Of its one column only: what is counted are bytes.
        ByteBuf large = row("b").writeZero(128 * 1024 * 1024 - 14);
        rows.add(large.duplicate());
        assertThat(rows.isTooLarge()).isFalse();
        assertThat(rows.all()).hasSize(2);

        rows.add(row());

        assertThat(rows.isTooLarge()).isTrue();
        assertThat(rows.all()).isEmpty();
    }
}
