package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** What may come before a session begins, and how it ends where it may not; as PostgreSQL 18 does but where it says so. */
class StartupTest {
    private static final int V3_0 = 0x30000;
    private static final int V3_2 = 0x30002;
    private static final int SSL_REQUEST = 80877103;
    private static final int GSSENC_REQUEST = 80877104;

    @TempDir
    private static Path folder;

    private static RealServer server;
    private static ScriptedApplication application;
    private static Listener listener;

    @BeforeAll
    static void start() throws Exception {
        server = RealServer.start(folder);
        application = new ScriptedApplication(server::target);
        listener = Listener.bind(
                new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), RealServer.LIMITS),
                application);
    }

    @AfterAll
    static void stop() throws Exception {
        listener.close();
        server.close();
    }

    private static RawClient connect() throws IOException {
        return new RawClient(listener.address().getPort());
    }

    private static RawClient startup(RawClient client, int version, String... more) throws IOException {
        return client.startup(
                        version,
                        Stream.concat(Stream.of("user", "agent", "database", "shop"), Stream.of(more))
                                .toArray(String[]::new))
                .flush();
    }

    /** Everything from the start-up packet to ReadyForQuery. */
    private static List<Message> login(RawClient client, int version, String... more) throws IOException {
        List<Message> before = startup(client, version, more).receiveUntil('R');
        List<Message> after = client.password(ScriptedApplication.TOKEN).flush().receiveUntil('Z');
        return Stream.concat(before.stream(), after.stream()).toList();
    }

    private static Message only(char type, List<Message> messages) {
        return messages.stream()
                .filter(message -> message.type() == type)
                .findFirst()
                .orElseThrow();
    }

    private static void assertFatal(RawClient client, String sqlState, String message) throws IOException {
        Message error = client.receive();
        assertThat(error.type()).isEqualTo('E');
        assertThat(error.field('S')).hasValue("FATAL");
        assertThat(error.field('C')).hasValue(sqlState);
        assertThat(error.field('M')).hasValue(message);
        assertClosed(client);
    }

    private static void assertClosed(RawClient client) throws IOException {
        assertThat(client.receive().type()).isEqualTo('-');
    }

    /** Threat 109. What is expected is what PostgreSQL 18 answered to the same packets. */
    @ParameterizedTest
    @CsvSource({
        "3.0,    '',            '',                  4",
        "3.1,    '',            '',                  4",
        "3.2,    '',            '',                  32",
        "3.3,    '',            '00030002 00000000', 32",
        "3.9999, '',            '00030002 00000000', 32",
        "3.0,    '_pq_.x',      '00030000 00000001', 4",
        "3.2,    '_pq_.x _pq_.y', '00030002 00000002', 32",
        "3.5,    '_pq_.x',      '00030002 00000001', 32",
    })
    void negotiatesTheProtocol(String version, String options, String negotiated, int secretBytes) throws Exception {
        List<String> names = options.isEmpty() ? List.of() : List.of(options.split(" "));
        int minor = Integer.parseInt(version.substring(2));
        try (RawClient client = connect()) {
            List<Message> answers = login(
                    client,
                    V3_0 | minor,
                    names.stream().flatMap(name -> Stream.of(name, "1")).toArray(String[]::new));
            assertThat(answers.stream().filter(message -> message.type() == 'v').map(StartupTest::negotiation))
                    .isEqualTo(negotiated.isEmpty() ? List.of() : List.of(negotiated + " " + String.join(" ", names)));
            assertThat(only('K', answers).payload()).hasSize(4 + secretBytes);
            assertThat(client.query("SELECT 1").answers()).contains("D:[1]");
        }
    }

    private static String negotiation(Message message) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            hex.append("%02x".formatted((int) message.payload().charAt(i))).append(i == 3 ? " " : "");
        }
        return hex + " " + message.payload().substring(8).replace('\0', ' ').trim();
    }

    @Test
    void negotiatesBeforeItRefuses() throws Exception {
        try (RawClient client = connect()) {
            client.startup(0x30005, "database", "shop").flush();
            assertThat(client.receive().type()).isEqualTo('v');
            assertFatal(client, "28000", "no PostgreSQL user name specified in startup packet");
        }
    }

    /** Threats 109 and 112. */
    @ParameterizedTest
    @CsvSource({
        "0x20000, unsupported frontend protocol 2.0: server supports 3.0 to 3.2",
        "0x40000, unsupported frontend protocol 4.0: server supports 3.0 to 3.2",
        "0x4D21631, unsupported frontend protocol 1234.5681: server supports 3.0 to 3.2",
        "0, unsupported frontend protocol 0.0: server supports 3.0 to 3.2",
    })
    void refusesOtherProtocols(String code, String message) throws Exception {
        try (RawClient client = connect()) {
            startup(client, Integer.decode(code));
            assertFatal(client, "0A000", message);
        }
    }

    /** Threat 108: direct TLS. */
    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "h2 postgresql"})
    void takesTlsFromTheFirstByteWithItsOwnAlpn(String offered) throws Exception {
        try (RawClient client = connect().encrypt(offered.split(" "))) {
            assertThat(login(client, V3_2)).last().extracting(Message::summary).isEqualTo("Z:I");
            assertThat(client.query("SELECT 1").answers()).contains("D:[1]");
        }
    }

    /** Threat 108: a browser or anybody else who means another protocol is not led here. */
    @ParameterizedTest
    @ValueSource(strings = {"", "h2 http/1.1", "postgres"})
    void refusesTlsFromTheFirstByteWithoutItsAlpn(String offered) throws Exception {
        try (RawClient client = connect()) {
            assertThatThrownBy(() -> client.encrypt(offered.isEmpty() ? new String[0] : offered.split(" ")))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("no_application_protocol");
        }
    }

    @Test
    void takesTlsThatIsAskedForWithoutAlpnOrWithItsOwn() throws Exception {
        for (String[] offered : new String[][] {{}, {"postgresql"}, {"h2", "postgresql"}}) {
            try (RawClient client = connect()) {
                assertThat(client.requestTls(offered)).isEqualTo('S');
                assertThat(login(client, V3_0))
                        .last()
                        .extracting(Message::summary)
                        .isEqualTo("Z:I");
            }
        }
    }

    @Test
    void refusesTlsThatIsAskedForWithAnotherAlpn() throws Exception {
        try (RawClient client = connect()) {
            assertThatThrownBy(() -> client.requestTls("h2")).hasMessageContaining("no_application_protocol");
        }
    }

    /** Threat 108. PostgreSQL answers N to both inside direct TLS; here each is asked at most once. */
    @Test
    void refusesARequestForEncryptionInsideTls() throws Exception {
        for (int request : new int[] {SSL_REQUEST, GSSENC_REQUEST}) {
            String message =
                    "unsupported frontend protocol 1234.%d: server supports 3.0 to 3.2".formatted(request & 0xffff);
            try (RawClient client = connect()) {
                client.requestTls();
                assertFatal(client.raw(8, request).flush(), "0A000", message);
            }
            try (RawClient client = connect().encrypt("postgresql")) {
                assertFatal(client.raw(8, request).flush(), "0A000", message);
            }
        }
    }

    @Test
    void answersGssapiWithNoOnceAndGoesOn() throws Exception {
        try (RawClient client = connect()) {
            assertThat(client.raw(8, GSSENC_REQUEST).flush().receiveByte()).isEqualTo('N');
            assertThat(client.requestTls()).isEqualTo('S');
            assertThat(login(client, V3_0)).last().extracting(Message::summary).isEqualTo("Z:I");
        }
        try (RawClient client = connect()) {
            assertThat(client.raw(8, GSSENC_REQUEST).flush().receiveByte()).isEqualTo('N');
            assertFatal(
                    client.raw(8, GSSENC_REQUEST).flush(),
                    "0A000",
                    "unsupported frontend protocol 1234.5680: server supports 3.0 to 3.2");
        }
    }

    /** Threat 108 (CVE-2021-23214): what somebody in between puts behind the request is not taken for the client's. */
    @Test
    void refusesBytesStuffedBehindARequestForEncryption() throws Exception {
        int before = application.callers.size();
        try (RawClient client = connect().raw(8, SSL_REQUEST)) {
            startup(client, V3_0);
            assertFatal(client, "08P01", "received unencrypted data after SSL request");
        }
        try (RawClient client = connect().raw(8, GSSENC_REQUEST)) {
            startup(client, V3_0);
            assertFatal(client, "08P01", "received unencrypted data after GSSAPI encryption request");
        }
        try (RawClient client = connect().raw(8, SSL_REQUEST, 8, SSL_REQUEST).flush()) {
            assertFatal(client, "08P01", "received unencrypted data after SSL request");
        }
        assertThat(application.callers).hasSize(before);
    }

    @Test
    void takesNoPlainStartupWhereTlsHasBegun() throws Exception {
        try (RawClient client = connect()) {
            assertThat(client.raw(8, SSL_REQUEST).flush().receiveByte()).isEqualTo('S');
            startup(client, V3_0);
            assertClosed(client);
        }
    }

    /** Threat 111: PostgreSQL, too, closes without a word. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 7, 10_005, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    void closesOnAnImpossibleLength(int length) throws Exception {
        try (RawClient client = connect().raw(length, V3_0).flush()) {
            assertClosed(client);
        }
        try (RawClient client =
                connect().encrypt("postgresql").raw(length, V3_0).flush()) {
            assertClosed(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: db\r\n\r\n", "SSH-2.0-x\r\n", "\u0016\3\1", "\u0016\3\1\0\5hello"})
    void closesOnAnotherProtocolsClient(String text) throws Exception {
        try (RawClient client = connect().text(text).flush()) {
            client.finish();
            client.drain();
        }
        try (RawClient client = connect()) {
            client.requestTls();
            client.text(text).flush().finish();
            client.drain();
        }
    }

    /** Threats 111 and 112: the limit is PostgreSQL's, to the byte. */
    @Test
    void takesAStartupPacketUpToPostgresqlsLimit() throws Exception {
        String fixed = "user\0agent\0database\0shop\0my.var\0\0\0";
        String most = "x".repeat(10_004 - 8 - fixed.length());
        try (RawClient client = connect()) {
            assertThat(startup(client, V3_0, "my.var", most).receive().summary())
                    .isEqualTo("R:3");
        }
        try (RawClient client = connect()) {
            assertClosed(startup(client, V3_0, "my.var", most + "x"));
        }
    }

    @Test
    void refusesAPacketThatDoesNotEndWhereItSays() throws Exception {
        try (RawClient client = connect().raw(8, V3_0).flush()) {
            assertFatal(client, "08P01", "invalid startup packet layout: expected terminator as last byte");
        }
        try (RawClient client = connect()) {
            startup(client, V3_0, "", "");
            assertFatal(client, "08P01", "invalid startup packet layout: expected terminator as last byte");
        }
    }

    /** As PostgreSQL: the last one counts, and it is the one that is judged. */
    @Test
    void judgesTheUserAndDatabaseThatCount() throws Exception {
        try (RawClient client = connect()) {
            login(client, V3_0, "user", "another", "database", "elsewhere");
            assertThat(application.callers.get(application.callers.size() - 1))
                    .satisfies(caller -> assertThat(caller.user()).isEqualTo("another"))
                    .satisfies(caller -> assertThat(caller.database()).isEqualTo("elsewhere"));
        }
    }

    /** Threat 115: PostgreSQL would take the user's name; the application must see that none was named. */
    @Test
    void neverTakesTheUserForTheDatabase() throws Exception {
        for (String[] parameters : new String[][] {{"user", "agent"}, {"user", "agent", "database", ""}}) {
            try (RawClient client = connect().startup(V3_0, parameters).flush()) {
                client.receive();
                client.password(ScriptedApplication.TOKEN).flush().receiveUntil('Z');
                assertThat(application
                                .callers
                                .get(application.callers.size() - 1)
                                .database())
                        .isEmpty();
            }
        }
    }

    /** Threat 111. */
    @Test
    void takesEverythingOneByteAtATime() throws Exception {
        try (RawClient client = connect().inPiecesOf(1)) {
            assertThat(login(client, V3_2)).last().extracting(Message::summary).isEqualTo("Z:I");
        }
        try (RawClient client = connect().inPiecesOf(1)) {
            client.requestTls();
            assertThat(login(client, V3_0)).last().extracting(Message::summary).isEqualTo("Z:I");
        }
    }

    /** Threat 112. */
    @Test
    void refusesAMessageInPlaceOfThePassword() throws Exception {
        try (RawClient client = connect()) {
            startup(client, V3_0).receive();
            assertFatal(client.query("SELECT 1").flush(), "08P01", "expected password response");
        }
    }
}
