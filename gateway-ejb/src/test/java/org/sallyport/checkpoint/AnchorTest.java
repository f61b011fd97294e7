package org.sallyport.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorTest {
    private final Checkpoint checkpoint = Keys.checkpoint(Long.MAX_VALUE);

    @Test
    void readsALineBackAlsoOutOfALog() {
        String line = AnchorLine.of(checkpoint);

        assertThat(AnchorLine.read(line)).usingRecursiveComparison().isEqualTo(Optional.of(checkpoint));
        assertThat(AnchorLine.read("[11/26/26, 10:00:00] 0000002a LogAnchor I checkpoint " + line + " "))
                .usingRecursiveComparison()
                .isEqualTo(Optional.of(checkpoint));
        assertThat(AnchorLine.read(line.substring(0, line.length() - 1))).isEmpty();
    }

    @Test
    void appendsToAFileAndIsNotHarmedByALineThatWasTorn(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("anchors");
        FileAnchor anchor = new FileAnchor(file);
        anchor.keep(checkpoint);
        Files.writeString(file, "{\"journal\":", StandardOpenOption.APPEND);
        Checkpoint next = Keys.checkpoint(2);

        anchor.keep(next);

        assertThat(Files.readAllLines(file).stream()
                        .map(AnchorLine::read)
                        .flatMap(Optional::stream)
                        .toList())
                .usingRecursiveComparison()
                .isEqualTo(List.of(checkpoint, next));
    }

    @Test
    void saysThatAFileCannotBeWritten(@TempDir Path folder) {
        assertThatThrownBy(() -> new FileAnchor(folder).keep(checkpoint)).isInstanceOf(IOException.class);
    }

    @Test
    void sendsToAWebhookWhatIsKeptThereOnlyIfItSaysSo() throws Exception {
        List<String> received = new ArrayList<>();
        List<Integer> answers = new ArrayList<>(List.of(503, 302, 204));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(exchange.getRequestMethod() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(answers.remove(0), -1);
            exchange.close();
        });
        server.start();
        try {
            String host = "http://127.0.0.1:" + server.getAddress().getPort();
            SSLContext trust = SSLContext.getDefault();
            WebhookAnchor anchor = new WebhookAnchor(URI.create(host + "/a-secret"), () -> trust);

            assertThatThrownBy(() -> anchor.keep(checkpoint)).hasMessage("status 503");
            assertThatThrownBy(() -> anchor.keep(checkpoint)).hasMessage("status 302");
            anchor.keep(checkpoint);

            assertThat(received).hasSize(3).containsOnly("POST " + AnchorLine.of(checkpoint));
            assertThat(anchor.name()).isEqualTo(host);
        } finally {
            server.stop(0);
        }
    }
}
