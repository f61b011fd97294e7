package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Consumer;

/** The last handler of either channel of a session: hands what arrives to the session and ends it with the channel. */
final class Relay extends ChannelInboundHandlerAdapter {
    private final Session session;
    private final Consumer<ByteBuf> reader;
    private final Runnable lost;

    /** @param lost called when this channel has closed */
    Relay(Session session, Consumer<ByteBuf> reader, Runnable lost) {
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
            session.pressure();
        } catch (RuntimeException e) {
            session.failed(e);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        session.tape().pulse();
        session.flush();
        session.pressure();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        session.pressure();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        lost.run();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        session.failed(cause);
    }
}
