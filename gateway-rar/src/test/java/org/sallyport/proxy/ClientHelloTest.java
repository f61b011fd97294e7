package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

/** Threat 108. */
class ClientHelloTest {
    private static final int RECORD_AND_HANDSHAKE_HEADER = 5 + 4;

    /** What the JDK's client says first. */
    private static ByteBuf hello(String... protocols) throws Exception {
        SSLEngine client = SSLContext.getDefault().createSSLEngine();
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        client.setSSLParameters(parameters);
        ByteBuffer record = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
        client.wrap(ByteBuffer.allocate(0), record);
        return Unpooled.wrappedBuffer(record.flip()).skipBytes(RECORD_AND_HANDSHAKE_HEADER);
    }

    @Test
    void findsWhatAClientOffers() throws Exception {
        assertThat(ClientHello.offered(hello("postgresql"))).containsExactly("postgresql");
        assertThat(ClientHello.offered(hello("h2", "http/1.1", "postgresql")))
                .containsExactly("h2", "http/1.1", "postgresql");
        assertThat(ClientHello.offered(hello())).isEmpty();
    }

    @Test
    void whatIsCutOffOffersNothingOrWhatItSaysAndNeverFails() throws Exception {
        ByteBuf whole = hello("postgresql");
        for (int length = 0; length < whole.readableBytes(); length++) {
            assertThat(ClientHello.offered(whole.slice(whole.readerIndex(), length)))
                    .isEmpty();
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[whole.readableBytes()];
            whole.getBytes(whole.readerIndex(), bytes);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            bytes[34 + random.nextInt(bytes.length - 34)] = (byte) random.nextInt();
            assertThat(ClientHello.offered(Unpooled.wrappedBuffer(bytes)))
                    .as("seed %d", seed)
                    .isNotNull();
        }
    }
}
