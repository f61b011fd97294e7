package org.sallyport.benchmarks;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Reads a large result and looks at no more of it than where its messages end, so that the client is not what is measured.
 *
 * <p>It logs in where the server asks for nothing or for a password in the clear, over loopback.
 */
final class BulkRead implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final byte[] buffer = new byte[256 * 1024];
    private int at;
    private int end;

    BulkRead(Level level) throws IOException {
        socket = new Socket("127.0.0.1", level.port());
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        byte[] startup = ("user\0" + level.login().user() + "\0database\0bench\0\0").getBytes(StandardCharsets.UTF_8);
        out.writeInt(8 + startup.length);
        out.writeInt(3 << 16);
        out.write(startup);
        out.flush();
        readUntilReady(level.login().password());
    }

    /** Seconds from sending the statement until the server is ready again. */
    double seconds(String sql) throws IOException {
        long began = System.nanoTime();
        send('Q', sql);
        readUntilReady("");
        return (System.nanoTime() - began) / 1e9;
    }

    private void send(char type, String text) throws IOException {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        out.writeByte(type);
        out.writeInt(4 + bytes.length);
        out.write(bytes);
        out.flush();
    }

    private void readUntilReady(String password) throws IOException {
        while (true) {
            int type = next();
            int payload = (next() << 24 | next() << 16 | next() << 8 | next()) - 4;
            if (type == 'R') {
                int kind = next() << 24 | next() << 16 | next() << 8 | next();
                payload -= 4;
                if (kind == 3) {
                    send('p', password);
                }
            } else if (type == 'E') {
                throw new IOException("refused: " + text(payload));
            }
            skip(payload);
            if (type == 'Z') {
                return;
            }
        }
    }

    private String text(int length) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int character = next();
            text.append(character == 0 ? ' ' : (char) character);
        }
        return text.toString();
    }

    private int next() throws IOException {
        if (at == end) {
            fill();
        }
        return buffer[at++] & 0xff;
    }

    private void skip(int bytes) throws IOException {
        int left = bytes;
        while (left > end - at) {
            left -= end - at;
            fill();
        }
        at += left;
    }

    private void fill() throws IOException {
        at = 0;
        end = in.read(buffer);
        if (end < 0) {
            throw new EOFException("the server closed the connection");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
