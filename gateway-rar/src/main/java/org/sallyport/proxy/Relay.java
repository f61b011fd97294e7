package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Consumer;
import org.sallyport.contract.SessionEnd;

/** The last handler of either channel of a session: hands what arrives to the session and ends it with the channel. */
final class Relay extends ChannelInboundHandlerAdapter {
    private final Session session;
    private final Consumer<ByteBuf> reader;
    private final SessionEnd lost;

    /** @param lost what the session ends as where this channel breaks */
    Relay(Session session, Consumer<ByteBuf> reader, SessionEnd lost) {
        this.session = session;
        this.reader = reader;
        this.lost = lost;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (session.over()) {
            bytes.release();
            return;
        }
        try {
            reader.accept(bytes);
        } catch (RuntimeException e) {
            session.failed(e, lost);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        session.server().flush();
        session.outbox().flush();
        session.pressure();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        session.pressure();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        session.lost(lost);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        session.failed(cause, lost);
    }
}
