package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a client offers by ALPN before TLS begins, and makes way for it: whoever means another protocol must not be
 * led here, and a connection that begins with TLS must say that it means this one.
 */
final class ClientHello extends SslClientHelloHandler<Boolean> {
    /** As registered for ALPN. */
    static final String POSTGRESQL = "postgresql";

    /** Far more than any client says. */
    private static final int MAX_BYTES = 16 * 1024;

    private static final int ALPN_EXTENSION = 16;

    /** TLS record {@code alert | version | Int16 length | fatal | no_application_protocol}. */
    private static final byte[] NO_APPLICATION_PROTOCOL = {21, 3, 3, 0, 2, 2, 120};

    private final SslHandler tls;
    private final boolean direct;
    private boolean refused;

    /** @param direct whether the connection began with TLS, so that ALPN is required */
    ClientHello(SslHandler tls, boolean direct) {
        super(MAX_BYTES);
        this.tls = tls;
        this.direct = direct;
    }

    @Override
    protected Future<Boolean> lookup(ChannelHandlerContext context, @Nullable ByteBuf clientHello) {
        List<String> offered = clientHello == null ? List.of() : offered(clientHello);
        boolean fits = offered.isEmpty() ? !direct : offered.contains(POSTGRESQL);
        return context.executor().newSucceededFuture(fits);
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext context, Future<Boolean> fits) {
        if (fits.getNow()) {
            context.pipeline().replace(this, null, tls);
        } else if (!refused) {
            refused = true;
            context.writeAndFlush(Unpooled.wrappedBuffer(NO_APPLICATION_PROTOCOL))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    /**
     * {@code version | random | session id | cipher suites | compression methods | Int16 length | extensions} (RFC 8446, 4.1.2).
     * What is malformed offers nothing: TLS itself refuses it.
     */
    static List<String> offered(ByteBuf hello) {
        try {
            ByteBuf rest = hello.slice().skipBytes(2 + 32);
            rest.skipBytes(rest.readUnsignedByte());
            rest.skipBytes(rest.readUnsignedShort());
            rest.skipBytes(rest.readUnsignedByte());
            ByteBuf extensions = rest.readSlice(rest.readUnsignedShort());
            while (extensions.isReadable()) {
                int type = extensions.readUnsignedShort();
                ByteBuf content = extensions.readSlice(extensions.readUnsignedShort());
                if (type == ALPN_EXTENSION) {
                    return names(content.skipBytes(2));
                }
            }
        } catch (IndexOutOfBoundsException malformed) {
            return List.of();
        }
        return List.of();
    }

    private static List<String> names(ByteBuf list) {
        List<String> names = new ArrayList<>();
        while (list.isReadable()) {
            int length = list.readUnsignedByte();
            names.add(list.readCharSequence(length, StandardCharsets.US_ASCII).toString());
        }
        return names;
    }
}
