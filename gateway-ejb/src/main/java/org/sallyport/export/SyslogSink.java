package org.sallyport.export;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of syslog (RFC 5424) over TCP or TLS, messages counted in octets (RFC 6587, RFC 5425), each with a line of OCSF.
 *
 * <p>Syslog acknowledges nothing. So what was sent last is sent again over a new connection: it may have been in the old one.
 */
final class SyslogSink implements Sink {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A receiver that is gone says so this soon, or not before the next batch. */
    private static final int FAREWELL_MILLIS = 50;

    /** Facility 13, log audit. */
    private static final int FACILITY = 13 * 8;

    private final URI address;
    private final Optional<Supplier<SSLContext>> trust;
    private final Duration patience;
    private volatile @Nullable Socket socket;
    private byte[] last = new byte[0];

    /** @param trust asked at each connection; none for TCP in the clear */
    SyslogSink(URI address, Optional<Supplier<SSLContext>> trust) {
        this(address, trust, PATIENCE);
    }

    /** @param patience how long a receiver may take a batch */
    SyslogSink(URI address, Optional<Supplier<SSLContext>> trust, Duration patience) {
        this.address = address;
        this.trust = trust;
        this.patience = patience;
    }

    @Override
    public void send(List<Event> events) throws IOException {
        StringBuilder batch = new StringBuilder();
        for (Event event : events) {
            String message = message(event);
            batch.append(message.length()).append(' ').append(message);
        }
        byte[] bytes = batch.toString().getBytes(StandardCharsets.US_ASCII);
        // A write to a socket has no time-out of its own: a receiver that reads no more would hold it for ever.
        CompletableFuture<Void> guard = CompletableFuture.runAsync(
                this::close, CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
        try {
            deliver(bytes);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        } finally {
            guard.cancel(false);
        }
    }

    private void deliver(byte[] bytes) throws IOException {
        Socket open = socket;
        if (open == null) {
            open = connect();
            socket = open;
            write(open, last);
        }
        write(open, bytes);
        listen(open);
        last = bytes;
    }

    /** All of it ASCII, so that characters are octets. */
    static String message(Event event) {
        int severity = event.sqlState().isPresent() ? 4 : 6;
        return "<" + (FACILITY + severity) + ">1 " + event.at() + " - sallyport - "
                + event.kind().name().toLowerCase(Locale.ROOT) + " - " + Ocsf.line(event);
    }

    private static void write(Socket socket, byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    private static void listen(Socket socket) throws IOException {
        try {
            if (socket.getInputStream().read() < 0) {
                throw new IOException("the receiver has closed the connection");
            }
        } catch (SocketTimeoutException stillThere) {
            // As it should be.
        }
    }

    private Socket connect() throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) PATIENCE.toMillis());
            plain.setSoTimeout((int) PATIENCE.toMillis());
            Socket open = trust.isPresent() ? secured(plain, trust.get().get()) : plain;
            open.setSoTimeout(FAREWELL_MILLIS);
            return open;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private Socket secured(Socket plain, SSLContext context) throws IOException {
        SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(plain, address.getHost(), address.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        // The receiver's name must be in its certificate, as for HTTPS.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private void close() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException gone) {
                // It is what was wanted.
            }
        }
    }

    @Override
    public String name() {
        return address.getScheme() + "://" + address.getHost() + ":" + address.getPort();
    }
}
