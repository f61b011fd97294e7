package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Tells TLS from PostgreSQL's protocol by a client's first byte: a TLS handshake begins with one that no start-up packet can
 * have, whose length would be far beyond the limit.
 */
final class FirstByte extends ByteToMessageDecoder {
    private static final int TLS_HANDSHAKE = 0x16;

    private final Encryption encryption;

    FirstByte(Encryption encryption) {
        this.encryption = encryption;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.getByte(in.readerIndex()) == TLS_HANDSHAKE) {
            encryption.begin(context.pipeline(), true);
        }
        context.pipeline().remove(this); // hands on what it has
    }
}
