package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class LeaksTest {
    @Test
    void findsABufferThatWasNotReleased() {
        UnpooledByteBufAllocator.DEFAULT.directBuffer(16).writeByte(1);
        StringBuilder found = new StringBuilder();
        for (int attempt = 0; attempt < 50 && found.isEmpty(); attempt++) {
            found.append(Leaks.found());
        }
        assertThat(found).contains("ByteBuf");
    }
}
