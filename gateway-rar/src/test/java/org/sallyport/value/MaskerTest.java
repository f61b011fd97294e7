package org.sallyport.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskedType;
import org.sallyport.contract.ResultShape;
import org.sallyport.wire.ProtocolException;

class MaskerTest {
    private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    private static ByteBuf row(@Nullable String... values) {
        ByteBuf row = Unpooled.buffer().writeByte('D').writeInt(0).writeShort(values.length);
        for (String value : values) {
            if (value == null) {
                row.writeInt(-1);
            } else {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                row.writeInt(bytes.length).writeBytes(bytes);
            }
        }
        return row.setInt(1, row.writerIndex() - 1);
    }

    private static List<@Nullable String> values(ByteBuf row) {
        assertThat(row.readByte()).isEqualTo((byte) 'D');
        assertThat(row.readInt()).isEqualTo(row.readableBytes() + 4);
        List<@Nullable String> values = new ArrayList<>();
        int columns = row.readShort();
        for (int i = 0; i < columns; i++) {
            int length = row.readInt();
            values.add(
                    length < 0
                            ? null
                            : row.readCharSequence(length, StandardCharsets.UTF_8)
                                    .toString());
        }
        assertThat(row.isReadable()).isFalse();
        return values;
    }

    private static Masker masker(Mask... masks) {
        return new Masker(
                List.of(masks),
                Stream.of(masks)
                        .map(mask -> new ResultShape.Column("c", 0, 0, MaskedType.TEXT.oid(), false))
                        .toList());
    }

    private static @Nullable String masked(Mask mask, @Nullable String value) {
        ByteBuf masked = masker(mask).mask(ALLOCATOR, row(value));
        try {
            return values(masked).get(0);
        } finally {
            masked.release();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4, 123-45-6789, *******6789",
        "4, 1234, ****",
        "4, 12345, *2345",
        "0, abc, ***",
        "2, 'äöü€😀', ***€😀",
        "1, '', ''",
    })
    void keepsTheLastCharacters(int count, String value, String expected) {
        assertThat(masked(new Mask.KeepLast(count), value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2, abcdef, ab****", "6, abcdef, ******", "0, abc, ***", "2, 'äöü€😀', äö***"})
    void keepsTheFirstCharacters(int count, String value, String expected) {
        assertThat(masked(new Mask.KeepFirst(count), value)).isEqualTo(expected);
    }

    @Test
    void nullStaysNullUnderEveryMask() {
        for (Mask mask : List.of(
                new Mask.Clear(),
                new Mask.Nothing(),
                new Mask.Constant("x"),
                new Mask.KeepFirst(1),
                new Mask.KeepLast(1))) {
            assertThat(masked(mask, null)).isNull();
        }
    }

    @Test
    void masksEachColumnByItsOwnMaskAndLeavesTheOthersAsTheyAre() {
        Masker masker = masker(new Mask.Clear(), new Mask.Constant("(hidden)"), new Mask.Nothing(), new Mask.Clear());
        ByteBuf masked = masker.mask(ALLOCATOR, row("a", "b", "c", "dé"));
        assertThat(values(masked)).containsExactly("a", "(hidden)", null, "dé");
        masked.release();
    }

    @Test
    void neverShowsMoreCharactersThanItDeclares() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            String value = random.ints(random.nextInt(20), 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            int count = random.nextInt(8);
            Mask mask = random.nextBoolean() ? new Mask.KeepLast(count) : new Mask.KeepFirst(count);
            String shown = String.valueOf(masked(mask, value)).replace("*", "");
            assertThat(shown.length()).as("seed %d", seed).isEqualTo(value.length() > count ? count : 0);
        }
    }

    @Test
    void aRowWithoutAMaskedColumnIsPassedOnAsItIs() {
        ByteBuf row = row("a", null);
        ByteBuf shown = masker(new Mask.Clear(), new Mask.Clear()).mask(ALLOCATOR, row);
        assertThat(shown).isSameAs(row);
        assertThat(row.refCnt()).isEqualTo(2);
    }

    @Test
    void whatIsMadeOfAValueIsHiddenWithItsNull() {
        assertThat(masked(new Mask.Redacted(), null)).isEqualTo("********");
        assertThat(masked(new Mask.Redacted(), "a")).isEqualTo("********");
    }

    @Test
    void refusesARowThatDoesNotHaveTheDescribedColumns() {
        Masker masker = masker(new Mask.Clear(), new Mask.KeepLast(1));
        assertThatThrownBy(() -> masker.mask(ALLOCATOR, row("a"))).isInstanceOf(ProtocolException.class);
        ByteBuf broken = row("a", "b");
        broken.setInt(7, 100);
        assertThatThrownBy(() -> masker.mask(ALLOCATOR, broken)).isInstanceOf(ProtocolException.class);
    }
}
