package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.contract.Secret;
import org.sallyport.contract.Server.Host;
import org.sallyport.contract.Server.Security;
import org.sallyport.contract.Server.SessionAttributes;
import org.sallyport.contract.Server.TlsMode;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.Target;

/** What a server that is none says at login, and what of it is in the gateway's log. */
class HostileServerLogTest {
    private static final String FORGED = "INFO session admitted identity=ann\u001b[2J\u202e";

    private final Logins logins = new Logins();
    private final Logger logger = Logger.getLogger("org.sallyport.proxy");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** As a file has it: with the stack, if there is one. */
    private final Handler file = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(new SimpleFormatter().formatMessage(line)
                    + (line.getThrown() == null ? "" : "\n" + line.getThrown() + causes(line.getThrown())));
        }

        private static String causes(Throwable thrown) {
            return thrown.getCause() == null ? "" : "\n" + thrown.getCause() + causes(thrown.getCause());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(file);
    }

    @AfterEach
    void close() {
        logger.removeHandler(file);
        logins.close();
    }

    @Test
    void aSqlStateOfAnyLengthIsNoLineOfTheLog() throws Exception {
        assertBounded(message('E', "SFATAL\0C28000\n" + FORGED + "x".repeat(20_000) + "\0Mno\0\0"));
    }

    @Test
    void aScramErrorOfAnyLengthIsNoLineOfTheLog() throws Exception {
        ByteBuf begin = message('R', "\0\0\0\nSCRAM-SHA-256\0\0");
        ByteBuf answer = message('R', "\0\0\0\u000be=other-error\n" + FORGED + "x".repeat(20_000));

        assertBounded(Unpooled.wrappedBuffer(begin, answer));
    }

    private void assertBounded(ByteBuf said) throws Exception {
        try (ServerSocket accepting = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answer(accepting, said));
            server.start();
            Throwable failure = catchThrowable(() -> logins.login(new Target(
                    Logins.server(
                            Security.of(TlsMode.DISABLE, Optional.empty()),
                            SessionAttributes.ANY,
                            new Host("127.0.0.1", accepting.getLocalPort())),
                    "gateway",
                    new Secret("sesame".toCharArray()))));
            Errors.refusal(SessionId.random(), Objects.requireNonNull(failure.getCause()));
            server.join();
        }

        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(600).matches("[ -~]*"));
    }

    private static ByteBuf message(char type, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return Unpooled.buffer().writeByte(type).writeInt(4 + bytes.length).writeBytes(bytes);
    }

    private static void answer(ServerSocket accepting, ByteBuf said) {
        try (Socket gateway = accepting.accept()) {
            int length = new DataInputStream(gateway.getInputStream()).readInt();
            gateway.getInputStream().readNBytes(length - 4);
            said.readBytes(gateway.getOutputStream(), said.readableBytes());
            // Until the gateway hangs up: what is on the way would be lost with a reset.
            gateway.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The gateway has hung up.
        }
    }
}
