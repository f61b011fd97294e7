package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.wire.ProtocolException;

/** A server that has nothing but to be logged in to cannot fill the gateway's memory meanwhile. */
@ExtendWith(Leaks.class)
class ChattyServerTest {
    private final Logins logins = new Logins();

    @AfterEach
    void close() {
        logins.close();
    }

    /** Says the same until nobody listens; completes with how many bytes that were. */
    private static long talk(ServerSocket listening, char type, byte[] payload) {
        long said = 0;
        try (Socket client = listening.accept();
                DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
            client.getInputStream().read();
            while (said < 1L << 30) {
                out.writeByte(type);
                out.writeInt(payload.length + 4);
                out.write(payload);
                said += payload.length + 5L;
            }
        } catch (IOException nobodyListens) {
            // that is what it waits for
        }
        return said;
    }

    @ParameterizedTest
    @ValueSource(chars = {'S', 'N', 'T', 'K'})
    void isLeftOnceItHasSaidTooMuch(char type) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            byte[] payload = ("name\0" + "x".repeat(60_000) + "\0").getBytes(StandardCharsets.US_ASCII);
            CompletableFuture<Long> said = CompletableFuture.supplyAsync(() -> talk(listening, type, payload));

            assertThatThrownBy(() -> logins.login(RealServer.target(listening.getLocalPort(), "secret")))
                    .cause()
                    .cause()
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("more at login");
            assertThat(said.get(10, TimeUnit.SECONDS)).isLessThan(64L << 20);
        }
    }
}
