package org.sallyport.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskedType;
import org.sallyport.contract.ResultShape;

/** Values are read eight bytes at a time, and shown beside what Java's own strings say of them. */
class KeptCharactersTest {
    private static final ResultShape.Column TEXT = new ResultShape.Column("c", 0, 0, MaskedType.TEXT.oid(), false);

    /** The first characters of one, two, three and four bytes, and the last. */
    private static final int[] CHARACTERS = {1, 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xFFFD, 0x1_0000, 0x10_FFFF};

    @Test
    void areThoseThatTheMaskNamesWhereverTheValueStands() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            int ascii = random.nextInt(3);
            int[] value = random.ints(random.nextInt(30), 0, CHARACTERS.length)
                    .map(each -> CHARACTERS[ascii == 0 ? 1 : each])
                    .toArray();
            int count = random.nextInt(12);
            int before = random.nextInt(10);

            assertThat(shown(new Mask.KeepLast(count), value, before))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(text(value, hidden(value, count), value.length));
            assertThat(shown(new Mask.KeepFirst(count), value, before))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(text(value, 0, value.length - hidden(value, count)));
        }
    }

    /** A server in SQL_ASCII passes on what it was given: where letters begin and end there, nobody can say. */
    @Test
    void areNoneOfAValueThatIsNotUtf8() {
        byte[] value = "12£§¥¢34££££££".getBytes(StandardCharsets.ISO_8859_1);
        for (Mask mask : new Mask[] {new Mask.KeepLast(1), new Mask.KeepFirst(2)}) {
            ByteBuf shown = Unpooled.buffer();
            ValueMasks.of(mask, TEXT, new Findings()).mask(Unpooled.wrappedBuffer(value), shown);

            assertThat(shown.toString(StandardCharsets.ISO_8859_1)).matches("[*]+");
        }
    }

    private static int hidden(int[] value, int count) {
        return value.length <= count ? value.length : value.length - count;
    }

    /** The value, of which only a part is shown. */
    private static String text(int[] value, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length; i++) {
            text.appendCodePoint(i >= from && i < to ? value[i] : Mask.SENTINEL);
        }
        return text.toString();
    }

    /** With other bytes before and behind it, and behind what is shown. */
    private static String shown(Mask mask, int[] value, int before) {
        byte[] bytes = new String(value, 0, value.length).getBytes(StandardCharsets.UTF_8);
        ByteBuf row = Unpooled.buffer()
                .writeBytes("x€x€x€x€".getBytes(StandardCharsets.UTF_8), 0, before)
                .writeBytes(bytes)
                .writeZero(bytes.length % 3);
        ByteBuf shown = Unpooled.buffer().writeZero(3);
        ValueMasks.of(mask, TEXT, new Findings()).mask(row.setIndex(before, before + bytes.length), shown);
        return shown.skipBytes(3).toString(StandardCharsets.UTF_8);
    }
}
