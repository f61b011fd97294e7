package org.sallyport.proxy;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Somebody between gateway and server who speaks TLS with both, towards the gateway with a certificate of his own. */
final class TlsRelay implements AutoCloseable {
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f};

    private final ServerSocket accepting = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final SSLContext tls;
    private final int serverPort;
    private final UnaryOperator<String> change;

    /** @param change what he makes of the server's messages, one char for each byte */
    TlsRelay(ListenerSettings.KeyStoreFile keyStore, int serverPort, UnaryOperator<String> change)
            throws IOException, GeneralSecurityException {
        this.tls = context(keyStore);
        this.serverPort = serverPort;
        this.change = change;
        start(this::accept);
    }

    int port() {
        return accepting.getLocalPort();
    }

    private static SSLContext context(ListenerSettings.KeyStoreFile file) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(file.type());
        try (InputStream in = Files.newInputStream(Path.of(file.file()))) {
            keys.load(in, file.password().toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, file.password().toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return context;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = accepting.accept();
            start(() -> relay(client));
        }
    }

    private void relay(Socket plainClient) throws IOException {
        plainClient.getInputStream().readNBytes(SSL_REQUEST.length);
        plainClient.getOutputStream().write('S');
        SSLSocket client = (SSLSocket) tls.getSocketFactory().createSocket(plainClient, null, true);
        Socket plainServer = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        plainServer.getOutputStream().write(SSL_REQUEST);
        plainServer.getInputStream().readNBytes(1);
        Socket server = tls.getSocketFactory().createSocket(plainServer, "127.0.0.1", serverPort, true);
        start(() -> copy(server, client, change));
        copy(client, server, UnaryOperator.identity());
    }

    private static void copy(Socket from, Socket to, UnaryOperator<String> change) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                String bytes = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                out.write(change.apply(bytes).getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void start(Step step) {
        Thread thread = new Thread(() -> {
            try {
                step.run();
            } catch (IOException e) {
                // One end has closed: so does this one.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        accepting.close();
    }
}
