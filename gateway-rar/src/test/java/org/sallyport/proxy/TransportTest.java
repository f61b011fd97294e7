package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransportTest {

    static Stream<Transport> transports() {
        return Stream.of(Transport.best(), Transport.nio());
    }

    /** As the operating system has it: what it does not know, it does not take. */
    @ParameterizedTest
    @MethodSource("transports")
    void asksAServerThatIsSilentWhetherItIsThere(Transport transport) throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, transport.handlers());
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel channel = transport
                    .towardsServer(loops.next())
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(server.getLocalSocketAddress())
                    .sync()
                    .channel();
            assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
            Transport.KeepAlive names = transport.keepAlive();
            assertThat(channel.config().getOption(names.idle())).isEqualTo(30);
            assertThat(channel.config().getOption(names.interval())).isEqualTo(10);
            assertThat(channel.config().getOption(names.count())).isEqualTo(3);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }
}
