package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import org.sallyport.wire.ProtocolException;
import org.sallyport.wire.StartupPacket;

/** How a client's connection becomes encrypted: by TLS, from its first byte or once it is asked for, and never by GSSAPI. */
final class Encryption {
    private final ChannelHandler door;
    private final SslContext context;
    private boolean on;
    private boolean askedGss;

    /** @param door the handler that reads what was encrypted */
    Encryption(ChannelHandler door, SslContext context) {
        this.door = door;
        this.context = context;
    }

    boolean on() {
        return on;
    }

    /** A request for encryption that comes again, or inside TLS, is to PostgreSQL a protocol that it does not know. */
    StartupPacket once(StartupPacket packet) {
        if (packet instanceof StartupPacket.SslRequest && on) {
            return StartupPacket.OtherProtocol.of(StartupPacket.SSL_REQUEST);
        }
        if (packet instanceof StartupPacket.GssEncRequest && (on || askedGss)) {
            return StartupPacket.OtherProtocol.of(StartupPacket.GSSENC_REQUEST);
        }
        return packet;
    }

    /** @param rest what came behind the request */
    void tls(ChannelHandlerContext client, ByteBuf rest) {
        requireEnd(rest, "received unencrypted data after SSL request");
        answer(client, 'S');
        begin(client.pipeline(), false);
    }

    /** @param rest what came behind the request */
    void gss(ChannelHandlerContext client, ByteBuf rest) {
        requireEnd(rest, "received unencrypted data after GSSAPI encryption request");
        askedGss = true;
        answer(client, 'N');
    }

    /** @param direct whether the connection begins with TLS */
    void begin(ChannelPipeline client, boolean direct) {
        on = true;
        SslHandler tls = context.newHandler(client.channel().alloc());
        tls.setHandshakeTimeoutMillis(0); // it counts within the deadline for everything
        // As PostgreSQL: who ends TLS has left, also where the connection under it stays.
        tls.sslCloseFuture().addListener(ended -> client.channel().close());
        client.addBefore(client.context(door).name(), null, new ClientHello(tls, direct));
    }

    /** What came behind the request came unencrypted: somebody in between put it there (CVE-2021-23214). */
    private static void requireEnd(ByteBuf rest, String violation) {
        if (rest.isReadable()) {
            throw new ProtocolException(violation);
        }
    }

    private static void answer(ChannelHandlerContext client, char yesOrNo) {
        client.writeAndFlush(client.alloc().buffer(1).writeByte(yesOrNo), client.voidPromise());
    }
}
