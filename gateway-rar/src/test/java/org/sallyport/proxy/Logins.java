package org.sallyport.proxy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.sallyport.contract.Server;
import org.sallyport.contract.Server.SessionAttributes;
import org.sallyport.contract.Target;
import org.sallyport.wire.StartupPacket.Parameter;

/** Logs in to servers as a session would, and closes what it opened. */
final class Logins implements AutoCloseable {
    /** For servers that answer: only one that does not is given up after less. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Transport transport = Transport.best();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, transport.handlers());
    private final List<ServerConnection> open = new ArrayList<>();
    private final Map<String, InetAddress[]> names = new HashMap<>();

    /** From now on {@code name} has these addresses. */
    Logins withName(String name, String... addresses) throws java.net.UnknownHostException {
        InetAddress[] found = new InetAddress[addresses.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(addresses[i]);
        }
        names.put(name, found);
        return this;
    }

    ServerConnection login(Target target) throws Exception {
        return login(target, PATIENCE);
    }

    /** @throws java.util.concurrent.ExecutionException whose cause's cause says why there is no session */
    ServerConnection login(Target target, Duration patience) throws Exception {
        var search = new ServerSearch(
                transport.towardsServer(loops.next()),
                name -> names.containsKey(name) ? names.get(name) : InetAddress.getAllByName(name),
                patience);
        ServerConnection connection = search.login(target, List.of(new Parameter("client_encoding", "UTF8")))
                .get(60, TimeUnit.SECONDS);
        open.add(connection);
        return connection;
    }

    static Server server(Server.Security security, SessionAttributes attributes, Server.Host... hosts) {
        return new Server(List.of(hosts), attributes, "postgres", security);
    }

    @Override
    public void close() {
        open.forEach(ServerConnection::discard);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
