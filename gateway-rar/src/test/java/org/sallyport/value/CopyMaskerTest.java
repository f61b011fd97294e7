package org.sallyport.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.contract.CopyFormat;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskKey;
import org.sallyport.contract.MaskedType;
import org.sallyport.contract.ResultShape;
import org.sallyport.wire.ProtocolException;

/** Threats 70, 71 and 75: rows that are copied are masked as rows that are sent one by one. */
class CopyMaskerTest {
    private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;
    private static final long SEED = new Random().nextLong(1L << 40);
    private static final int CASES = 20_000;
    private static final MaskKey KEY = new MaskKey(new byte[MaskKey.BYTES]);
    private static final List<Mask> MASKS = List.of(
            new Mask.Clear(),
            new Mask.Clear(),
            new Mask.Constant("a \"b\",\t\\N\n*"),
            new Mask.Constant(""),
            new Mask.Constant("\\."),
            new Mask.Redacted(),
            new Mask.Nothing(),
            new Mask.KeepLast(3),
            new Mask.KeepFirst(2),
            new Mask.Email(),
            new Mask.Hash(KEY),
            new Mask.Tokenize(KEY));

    /** What is copied, and what of it is masked how. */
    private record Case(CopyFormat format, List<String> names, List<Mask> masks, List<List<byte @Nullable []>> rows) {
        static Case of(long seed) {
            Random random = new Random(seed);
            CopyDice dice = new CopyDice(random);
            List<String> names = dice.names(random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(4));
            List<Mask> masks = names.stream()
                    .map(name -> MASKS.get(random.nextInt(MASKS.size())))
                    .toList();
            return new Case(dice.format(names), names, masks, dice.rows(names.size()));
        }

        List<ResultShape.Column> columns() {
            return names.stream()
                    .map(name -> new ResultShape.Column(name, 0, 0, MaskedType.TEXT.oid(), false))
                    .toList();
        }

        CopyMasker masker() {
            return new CopyMasker(format, masks, columns(), new Findings());
        }

        byte[] copied() {
            return new CopyWriter(format, names).write(rows);
        }

        /** As they would be if rows that are sent one by one were copied. */
        byte[] masked() {
            Masker masker = new Masker(masks, columns());
            return new CopyWriter(format, names)
                    .write(rows.stream().map(row -> masked(masker, row)).toList());
        }

        private static List<byte @Nullable []> masked(Masker masker, List<byte @Nullable []> row) {
            ByteBuf data = Unpooled.buffer().writeByte('D').writeInt(0).writeShort(row.size());
            for (byte[] value : row) {
                if (value == null) {
                    data.writeInt(-1);
                } else {
                    data.writeInt(value.length).writeBytes(value);
                }
            }
            ByteBuf shown = masker.mask(ALLOCATOR, data).skipBytes(7);
            List<byte @Nullable []> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                int length = shown.readInt();
                byte[] value = new byte[Math.max(length, 0)];
                shown.readBytes(value);
                values.add(length < 0 ? null : value);
            }
            shown.release();
            return Collections.unmodifiableList(values);
        }
    }

    /** In pieces that begin and end anywhere; what leaves is whole CopyData messages. */
    private static byte[] mask(CopyMasker masker, byte[] data, Random cuts) {
        ByteBuf shown = Unpooled.buffer();
        int at = 0;
        while (at < data.length) {
            int length = Math.min(data.length - at, 1 + cuts.nextInt(cuts.nextInt(4) == 0 ? data.length : 9));
            ByteBuf frame =
                    Unpooled.buffer().writeByte('d').writeInt(4 + length).writeBytes(data, at, length);
            ByteBuf message = masker.mask(ALLOCATOR, frame);
            if (message.isReadable()) {
                assertThat(message.readByte()).isEqualTo((byte) 'd');
                assertThat(message.readInt())
                        .isEqualTo(4 + message.readableBytes())
                        .isGreaterThan(4);
                shown.writeBytes(message);
                message.release();
            }
            at += length;
        }
        byte[] bytes = new byte[shown.readableBytes()];
        shown.readBytes(bytes);
        return bytes;
    }

    @Test
    void masksCopiedRowsAsItMasksRowsWhereverTheDataIsCut() {
        System.out.println("seeds from " + SEED);
        for (long seed = SEED; seed < SEED + CASES; seed++) {
            Case copy = Case.of(seed);
            CopyMasker masker = copy.masker();

            byte[] shown = mask(masker, copy.copied(), new Random(seed));

            assertThat(latin(shown)).as("seed %d: %s", seed, copy).isEqualTo(latin(copy.masked()));
            masker.end();
        }
    }

    @Test
    void showsOnlyWholeRowsOfWhatEndsEarly() {
        System.out.println("seeds from " + SEED);
        for (long seed = SEED; seed < SEED + CASES; seed++) {
            Case copy = Case.of(seed);
            Random random = new Random(seed);
            byte[] copied = copy.copied();
            CopyMasker masker = copy.masker();

            byte[] shown = mask(masker, Arrays.copyOf(copied, random.nextInt(copied.length + 1)), random);

            assertThat(latin(copy.masked())).as("seed %d: %s", seed, copy).startsWith(latin(shown));
        }
    }

    /** Where bytes are changed the data is another's, or none: nobody fails in another way. */
    @Test
    void refusesWhatIsNoCopyDataByBreakingOff() {
        System.out.println("seeds from " + SEED);
        int refused = 0;
        for (long seed = SEED; seed < SEED + CASES; seed++) {
            Case copy = Case.of(seed);
            Random random = new Random(seed);
            byte[] data = copy.copied();
            for (int i = 0; i < 3 && data.length > 0; i++) {
                data[random.nextInt(data.length)] = (byte) "\\\"\n,\tN*\0\u00ff".charAt(random.nextInt(9));
            }
            try {
                CopyMasker masker = copy.masker();
                mask(masker, data, random);
                masker.end();
            } catch (ProtocolException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(CASES / 10);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static CopyMasker masker(CopyFormat format, Mask... masks) {
        return new CopyMasker(
                format,
                List.of(masks),
                IntStream.range(0, masks.length)
                        .mapToObj(i -> new ResultShape.Column("c" + i, 0, 0, MaskedType.TEXT.oid(), false))
                        .toList(),
                new Findings());
    }

    private static String text(String data, boolean header) {
        CopyMasker masker = masker(new CopyFormat.Text('\t', "\\N", header), new Mask.Clear(), new Mask.KeepLast(2));
        byte[] shown = mask(masker, data.getBytes(StandardCharsets.UTF_8), new Random(1));
        masker.end();
        return new String(shown, StandardCharsets.UTF_8);
    }

    @Test
    void masksTheTextThatAFieldStandsFor() {
        assertThat(text("1\ta\\tbcd\n2\t\\N\n3\t\\\\\n", false)).isEqualTo("1\t***cd\n2\t\\N\n3\t*\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1\n",
                "1\t2\t3\n",
                "1\t\\x41\n",
                "1\t\\.\n",
                "1\t2",
                "1\t\\",
                "1\\\n2\t3\n",
                "\\.\n",
                "\n",
            })
    void breaksOffWhereTextIsNoRow(String data) {
        assertThatThrownBy(() -> text(data, false)).isInstanceOf(ProtocolException.class);
    }

    /** A row would pass for it. */
    @Test
    void breaksOffWhereAnotherLineStandsInTheHeadersPlace() {
        assertThat(text("c0\tc1\nx\tsecret\n", true)).isEqualTo("c0\tc1\nx\t****et\n");
        assertThatThrownBy(() -> text("x\tsecret\nc0\tc1\n", true)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> text("", true)).isInstanceOf(ProtocolException.class);
    }

    private static String csv(String data) {
        CopyFormat format = new CopyFormat.Csv(',', "", false, '"', '\\', CopyFormat.Forced.NOTHING);
        CopyMasker masker = masker(format, new Mask.Clear(), new Mask.KeepLast(2));
        byte[] shown = mask(masker, data.getBytes(StandardCharsets.UTF_8), new Random(1));
        masker.end();
        return new String(shown, StandardCharsets.UTF_8);
    }

    @Test
    void readsNewlinesAndDelimitersInQuotes() {
        assertThat(csv("\"1\n2,\",\"a\n\\\"b,\"\n3,\n4,\"\"\n")).isEqualTo("\"1\n2,\",\"***b,\"\n3,\n4,\"\"\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1,a\"b\n", "1,\"a\"b\n", "1,\"a\\b\"\n", "1,\"a\n", "1\n", "1,2,3\n", "1,2", "\"1\"\",2\n", "\n"
            })
    void breaksOffWhereCsvIsNoRow(String data) {
        assertThatThrownBy(() -> csv(data)).isInstanceOf(ProtocolException.class);
    }

    /** The header with flags, a tuple with another number of fields, an impossible length, something behind the trailer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PGCOPX\n\u00ff\r\n\0\0\0\0\0\0\0\0\0",
                "PGCOPY\n\u00ff\r\n\0\0\1\0\0\0\0\0\0",
                "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\1x",
                "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\0\1x",
                "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0\0\2\u00ff\u00ff\u00ff\u00fe",
                "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0\u00ff\u00ff\0\2",
                "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0\0\2\0\0\0\1x\0\0\0\1",
                "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0",
                "PGCOPY",
            })
    void breaksOffWhereBinaryIsNoRow(String data) {
        CopyMasker masker = masker(new CopyFormat.Binary(), new Mask.Clear(), new Mask.KeepLast(2));
        assertThatThrownBy(() -> {
                    mask(masker, data.getBytes(StandardCharsets.ISO_8859_1), new Random(1));
                    masker.end();
                })
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void quotesTheFirstOfTwoColumnsWithTheSameName() {
        CopyFormat format = new CopyFormat.Csv(',', "", false, '"', '"', new CopyFormat.Forced(false, Set.of("c")));
        ResultShape.Column column = new ResultShape.Column("c", 0, 0, MaskedType.TEXT.oid(), false);
        CopyMasker masker = new CopyMasker(
                format, List.of(new Mask.KeepLast(0), new Mask.KeepLast(0)), List.of(column, column), new Findings());

        assertThat(latin(mask(masker, "\"ab\",c\n".getBytes(StandardCharsets.US_ASCII), new Random(1))))
                .isEqualTo("\"**\",*\n");
    }

    @Test
    void fitsOnlyTheServersAnswerOfItsColumnsAndFormat() {
        CopyMasker masker = masker(new CopyFormat.Binary(), new Mask.Clear(), new Mask.KeepLast(2));
        assertThat(masker.fits(true, 2)).isTrue();
        assertThat(masker.fits(false, 2)).isFalse();
        assertThat(masker.fits(true, 3)).isFalse();
    }
}
