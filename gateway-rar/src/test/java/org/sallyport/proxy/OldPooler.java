package org.sallyport.proxy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Before a server stands something that knows protocol 3.0 and calls everything else broken, as PgBouncer 1.18 does. */
final class OldPooler implements AutoCloseable {
    private final ServerSocket accepting = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final int serverPort;

    OldPooler(int serverPort) throws IOException {
        this.serverPort = serverPort;
        start(() -> {
            while (true) {
                Socket client = accepting.accept();
                start(() -> serve(client));
            }
        });
    }

    int port() {
        return accepting.getLocalPort();
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            var in = new DataInputStream(client.getInputStream());
            int length = in.readInt();
            int version = in.readInt();
            byte[] rest = in.readNBytes(length - 8);
            if (version != 3 << 16) {
                client.getOutputStream().write(error("08P01"));
                return;
            }
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            var out = new DataOutputStream(server.getOutputStream());
            out.writeInt(length);
            out.writeInt(version);
            out.write(rest);
            start(() -> server.getInputStream().transferTo(client.getOutputStream()));
            in.transferTo(out);
        }
    }

    /** {@code 'E' | Int32 length | (Byte1 code | String value)* | Byte1 0}. */
    static byte[] error(String sqlState) throws IOException {
        byte[] fields = ("SFATAL\0VFATAL\0C" + sqlState + "\0Mno\0\0").getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeByte('E');
        out.writeInt(4 + fields.length);
        out.write(fields);
        return bytes.toByteArray();
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void start(Step step) {
        Thread thread = new Thread(() -> {
            try {
                step.run();
            } catch (IOException e) {
                // One end has closed.
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
