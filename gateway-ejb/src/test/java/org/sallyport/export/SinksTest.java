package org.sallyport.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;

/** What sinks get, in which words, and when they count as served. */
class SinksTest {

    private static JsonObject read(String json) {
        return Json.createReader(new StringReader(json)).readObject();
    }

    @Test
    void wordsARefusalAsDatastoreActivity() {
        String line = Ocsf.line(Events.denied(9));
        JsonObject event = read(line);

        assertThat(line).matches("[ -~]*");
        assertThat(event.getInt("class_uid")).isEqualTo(6005);
        assertThat(event.getInt("category_uid")).isEqualTo(6);
        assertThat(event.getInt("activity_id")).isEqualTo(4);
        assertThat(event.getInt("type_uid")).isEqualTo(600504);
        assertThat(event.getInt("status_id")).isEqualTo(2);
        assertThat(event.getString("status_code")).isEqualTo("42501");
        assertThat(event.getInt("action_id")).isEqualTo(2);
        assertThat(event.getJsonNumber("time").longValue()).isEqualTo(Events.NOW.toEpochMilli());
        assertThat(event.getJsonObject("actor").getJsonObject("user").getString("name"))
                .isEqualTo("agent");
        assertThat(event.getJsonObject("src_endpoint").getString("ip")).isEqualTo("127.0.0.1");
        assertThat(event.getJsonObject("src_endpoint").getInt("port")).isEqualTo(4711);
        assertThat(event.getJsonObject("database").getString("name")).isEqualTo("shop");
        assertThat(event.getJsonObject("query_info").getString("query_string")).isEqualTo(Events.HOSTILE);
        assertThat(event.getJsonObject("metadata").getString("uid")).endsWith("/9");
        assertThat(event.getJsonObject("unmapped").getJsonArray("labels").getString(0))
                .isEqualTo("pii.ssn");
    }

    @Test
    void wordsItAsOpenTelemetrysLog() {
        JsonObject log = read(Otlp.body(List.of(Events.denied(9), Events.denied(10))))
                .getJsonArray("resourceLogs")
                .getJsonObject(0)
                .getJsonArray("scopeLogs")
                .getJsonObject(0)
                .getJsonArray("logRecords")
                .getJsonObject(1);

        assertThat(log.getString("timeUnixNano")).isEqualTo("1795168800123456000");
        assertThat(log.getInt("severityNumber")).isEqualTo(13);
        assertThat(log.getString("eventName")).isEqualTo("sallyport.statement");
        assertThat(log.getJsonArray("attributes").getValuesAs(JsonObject.class))
                .anySatisfy(each -> {
                    assertThat(each.getString("key")).isEqualTo("db.query.text");
                    assertThat(each.getJsonObject("value").getString("stringValue"))
                            .isEqualTo(Events.HOSTILE);
                })
                .anySatisfy(each -> {
                    assertThat(each.getString("key")).isEqualTo("sallyport.statement.number");
                    assertThat(each.getJsonObject("value").getString("intValue"))
                            .isEqualTo("7");
                });
    }

    @Test
    void takesACollectorsWordForIt() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/logs", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(bodies.size() == 1 ? 503 : 200, -1);
            exchange.close();
        });
        collector.start();
        try {
            SSLContext trust = SSLContext.getDefault();
            OtlpSink sink = new OtlpSink(
                    URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/logs"), () -> trust);
            assertThatThrownBy(() -> sink.send(List.of(Events.denied(1)))).hasMessage("status 503");
            sink.send(List.of(Events.denied(1)));
            assertThat(bodies)
                    .hasSize(2)
                    .allSatisfy(body -> assertThat(read(body)).containsKey("resourceLogs"));
        } finally {
            collector.stop(0);
        }
    }

    /** Nothing tells whether a connection that is gone had brought the last batch: it comes again. */
    @Test
    void sendsTheLastBatchAgainOverANewConnection() throws Exception {
        try (ServerSocket receiver = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            SyslogSink sink =
                    new SyslogSink(URI.create("syslog+tcp://127.0.0.1:" + receiver.getLocalPort()), Optional.empty());
            sink.send(List.of(Events.denied(1), Events.denied(2)));
            try (Socket first = receiver.accept()) {
                assertThat(messages(first, 2)).extracting(SinksTest::sequence).containsExactly(1, 2);
            }
            assertThatThrownBy(() -> sink.send(List.of(Events.denied(3)))).isInstanceOf(IOException.class);
            sink.send(List.of(Events.denied(3)));
            try (Socket second = receiver.accept()) {
                List<String> messages = messages(second, 3);
                assertThat(messages).extracting(SinksTest::sequence).containsExactly(1, 2, 3);
                assertThat(messages.get(0))
                        .startsWith("<108>1 2026-11-20T10:00:00.123456Z - sallyport - statement - {");
            }
        }
    }

    @Test
    void waitsForNoReceiverThatReadsNoMore() throws Exception {
        try (ServerSocket receiver = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            SyslogSink sink = new SyslogSink(
                    URI.create("syslog+tcp://127.0.0.1:" + receiver.getLocalPort()),
                    Optional.empty(),
                    Duration.ofMillis(500));
            List<Event> many = Collections.nCopies(40_000, Events.denied(1));
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThatThrownBy(() -> sink.send(many)).isInstanceOf(IOException.class));
        }
    }

    private static int sequence(String message) {
        return read(message.substring(message.indexOf('{')))
                .getJsonObject("metadata")
                .getInt("sequence");
    }

    /** As RFC 6587 counts them. */
    private static List<String> messages(Socket socket, int count) throws IOException {
        socket.setSoTimeout(5000);
        InputStream in = socket.getInputStream();
        List<String> messages = new ArrayList<>();
        while (messages.size() < count) {
            ByteArrayOutputStream length = new ByteArrayOutputStream();
            for (int c = in.read(); c != ' '; c = in.read()) {
                length.write(c);
            }
            byte[] message = new byte[Integer.parseInt(length.toString(StandardCharsets.US_ASCII))];
            new DataInputStream(in).readFully(message);
            messages.add(new String(message, StandardCharsets.US_ASCII));
        }
        return messages;
    }

    @Test
    void readsWhereTheOperatorWantsIt() {
        assertThat(ExportSettings.sinks(config("file:/var/log/events, syslog+tls://siem.example.com:6514,"
                        + "otlp:https://collector.example.com:4318/a-secret/v1/logs")))
                .extracting(Sink::name)
                .containsExactly(
                        "file:/var/log/events",
                        "syslog+tls://siem.example.com:6514",
                        "otlp:https://collector.example.com:4318");
        assertThat(ExportSettings.sinks(config(""))).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotUnderstandWithoutRepeatingIt() {
        for (String value : Stream.of(
                        "log",
                        "file:",
                        "syslog+tcp://host",
                        "syslog://host:514",
                        "otlp:ftp://host/a-secret",
                        "otlp:https://a:a-secret@host/",
                        "file:/a,file:/a")
                .toList()) {
            assertThatThrownBy(() -> ExportSettings.sinks(config(value)))
                    .as(value)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("sallyport.export.sinks: ")
                    .hasMessageNotContaining("a-secret");
        }
    }

    private static Config config(String sinks) {
        Map<String, String> values = Map.of("sallyport.export.sinks", sinks);
        return new Config() {
            @Override
            public <T> T getValue(String name, Class<T> type) {
                return getOptionalValue(name, type).orElseThrow();
            }

            @Override
            public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
                return Optional.ofNullable(values.get(name))
                        .filter(value -> !value.isEmpty())
                        .map(type::cast);
            }

            @Override
            public ConfigValue getConfigValue(String name) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Iterable<String> getPropertyNames() {
                return values.keySet();
            }

            @Override
            public Iterable<ConfigSource> getConfigSources() {
                return Collections.emptyList();
            }

            @Override
            public <T> Optional<Converter<T>> getConverter(Class<T> type) {
                return Optional.empty();
            }

            @Override
            public <T> T unwrap(Class<T> type) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
