package org.sallyport.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A client of PostgreSQL's protocol 3 that sends what it is told, when it is told, in pieces as small as it is told.
 *
 * <p>It encodes by itself, so that a mistake in the gateway's codec cannot hide here. Messages are collected until
 * {@link #flush()}. It trusts any certificate: it is for tests on the loopback address.
 */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private Socket socket;
    private DataInputStream in;
    private OutputStream out;
    private int piece = Integer.MAX_VALUE;

    public RawClient(int port) throws IOException {
        use(new Socket("127.0.0.1", port));
    }

    private void use(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    /** From now on waits this long for an answer. */
    public RawClient withPatience(Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
        return this;
    }

    /** From now on sends at most {@code bytes} bytes at once. */
    public RawClient inPiecesOf(int bytes) {
        piece = bytes;
        return this;
    }

    /**
     * Asks for TLS and returns the server's answer; with {@code S} the connection then is encrypted.
     *
     * @param protocols what to offer by ALPN
     */
    public char requestTls(String... protocols) throws IOException {
        raw(8, 80877103).flush();
        int answer = in.read();
        if (answer == 'S') {
            encrypt(protocols);
        }
        return answer < 0 ? '-' : (char) answer;
    }

    /**
     * Begins TLS at once, without asking (libpq's {@code sslnegotiation=direct}).
     *
     * @param protocols what to offer by ALPN
     */
    public RawClient encrypt(String... protocols) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustEverybody()}, null);
            SSLSocket tls =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setApplicationProtocols(protocols);
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            use(tls);
            return this;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static final class TrustEverybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException("this is a client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // The listener's certificate was made for this test.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Collects a packet without a type, of these integers. */
    public RawClient raw(int... integers) {
        write(data -> {
            for (int integer : integers) {
                data.writeInt(integer);
            }
        });
        return this;
    }

    /** Collects bytes as they stand. */
    public RawClient text(String text) {
        write(data -> data.write(text.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** Collects a startup message of this protocol version. */
    public RawClient startup(int version, Map<String, String> parameters) {
        return startup(
                version,
                parameters.entrySet().stream()
                        .flatMap(parameter -> Stream.of(parameter.getKey(), parameter.getValue()))
                        .toArray(String[]::new));
    }

    /** Collects a startup message with names and values in this order, also twice or empty. */
    public RawClient startup(int version, String... namesAndValues) {
        byte[] body = bytes(data -> {
            data.writeInt(version);
            for (String text : namesAndValues) {
                string(data, text);
            }
            data.writeByte(0);
        });
        write(data -> {
            data.writeInt(body.length + 4);
            data.write(body);
        });
        return this;
    }

    /** Collects a CancelRequest with the payload of a BackendKeyData. */
    public RawClient cancel(Message key) {
        byte[] bytes = key.payload().getBytes(StandardCharsets.ISO_8859_1);
        write(data -> {
            data.writeInt(8 + bytes.length);
            data.writeInt(80877102);
            data.write(bytes);
        });
        return this;
    }

    /** Collects a message. */
    public RawClient message(char type, Body body) {
        byte[] payload = bytes(body);
        write(data -> {
            data.writeByte(type);
            data.writeInt(payload.length + 4);
            data.write(payload);
        });
        return this;
    }

    /** Collects the header of a message whose payload follows by {@link #bytes}. */
    public RawClient header(char type, int payload) {
        write(data -> {
            data.writeByte(type);
            data.writeInt(payload + 4);
        });
        return this;
    }

    /** Collects bytes as they are. */
    public RawClient bytes(byte[] bytes) {
        collected.writeBytes(bytes);
        return this;
    }

    public RawClient password(String password) {
        return message('p', data -> string(data, password));
    }

    public RawClient query(String sql) {
        return message('Q', data -> string(data, sql));
    }

    public RawClient parse(String statement, String sql) {
        return message('P', data -> {
            string(data, statement);
            string(data, sql);
            data.writeShort(0);
        });
    }

    /** Binds parameters in text format; null is SQL NULL. */
    public RawClient bind(String portal, String statement, @Nullable String... values) {
        return message('B', data -> {
            string(data, portal);
            string(data, statement);
            data.writeShort(0);
            values(data, values);
            data.writeShort(0);
        });
    }

    private static void values(DataOutputStream data, @Nullable String[] values) throws IOException {
        data.writeShort(values.length);
        for (String value : values) {
            if (value == null) {
                data.writeInt(-1);
            } else {
                byte[] text = value.getBytes(StandardCharsets.UTF_8);
                data.writeInt(text.length);
                data.write(text);
            }
        }
    }

    public RawClient describe(char kind, String name) {
        return message('D', data -> {
            data.writeByte(kind);
            string(data, name);
        });
    }

    public RawClient close(char kind, String name) {
        return message('C', data -> {
            data.writeByte(kind);
            string(data, name);
        });
    }

    public RawClient execute(String portal, int maxRows) {
        return message('E', data -> {
            string(data, portal);
            data.writeInt(maxRows);
        });
    }

    public RawClient sync() {
        return message('S', data -> {});
    }

    public RawClient copyData(String text) {
        return message('d', data -> data.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Calls a function with arguments in text format; null is SQL NULL. The result is asked for as text. */
    public RawClient call(int oid, @Nullable String... arguments) {
        return message('F', data -> {
            data.writeInt(oid);
            data.writeShort(0);
            values(data, arguments);
            data.writeShort(0);
        });
    }

    public RawClient copyFail(String reason) {
        return message('f', data -> string(data, reason));
    }

    public RawClient terminate() {
        return message('X', data -> {});
    }

    public RawClient copyDone() {
        return message('c', data -> {});
    }

    /** Sends what was collected. */
    public RawClient flush() throws IOException {
        byte[] bytes = collected.toByteArray();
        collected.reset();
        for (int at = 0; at < bytes.length; at += Math.min(piece, bytes.length - at)) {
            out.write(bytes, at, Math.min(piece, bytes.length - at));
            out.flush();
        }
        return this;
    }

    /** Sends nothing more; the server may still answer. */
    public RawClient finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** One byte that is not part of a message, such as the answer to a request for encryption. */
    public char receiveByte() throws IOException {
        return (char) in.readUnsignedByte();
    }

    /** The next message; type {@code '-'} where the server has closed the connection. */
    public Message receive() throws IOException {
        try {
            char type = (char) in.readUnsignedByte();
            byte[] payload = new byte[in.readInt() - 4];
            in.readFully(payload);
            return new Message(type, new String(payload, StandardCharsets.ISO_8859_1));
        } catch (EOFException | java.net.SocketException closed) {
            return new Message('-', "");
        }
    }

    /** Everything up to the end of the connection, whatever it is. */
    public void drain() throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (java.net.SocketException reset) {
            // an end as well
        }
    }

    /** Everything up to and with the next message of {@code type}, or the end of the connection. */
    public List<Message> receiveUntil(char type) throws IOException {
        List<Message> messages = new ArrayList<>();
        while (true) {
            Message message = receive();
            messages.add(message);
            if (message.type() == type || message.type() == '-') {
                return messages;
            }
        }
    }

    /**
     * Reads everything up to and with the next message of {@code type}, keeps nothing, and returns how many bytes that were.
     * Nothing may follow it that was not asked for yet.
     */
    public long drainUntil(char type) throws IOException {
        DataInputStream messages = new DataInputStream(new BufferedInputStream(in, 64 * 1024));
        long bytes = 0;
        while (true) {
            char received = (char) messages.readUnsignedByte();
            int length = messages.readInt();
            messages.skipNBytes(length - 4L);
            bytes += 1L + length;
            if (received == type) {
                return bytes;
            }
        }
    }

    /** The summaries of everything up to and with the next ReadyForQuery. */
    public List<String> answers() throws IOException {
        return flush().receiveUntil('Z').stream().map(Message::summary).toList();
    }

    /** TLS, startup and password; returns everything up to ReadyForQuery or the end. */
    public List<Message> login(String user, String database, String password) throws IOException {
        requestTls();
        startup(3 << 16, Map.of("user", user, "database", database)).flush();
        List<Message> messages = new ArrayList<>(List.of(receive()));
        if (messages.get(0).type() == 'R') {
            password(password).flush();
            messages.addAll(receiveUntil('Z'));
        }
        return messages;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Writes a message's payload. */
    public interface Body {
        void write(DataOutputStream data) throws IOException;
    }

    private static void string(DataOutputStream data, String text) throws IOException {
        data.write(text.getBytes(StandardCharsets.UTF_8));
        data.writeByte(0);
    }

    private void write(Body body) {
        collected.writeBytes(bytes(body));
    }

    private static byte[] bytes(Body body) {
        var bytes = new ByteArrayOutputStream();
        try {
            body.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
