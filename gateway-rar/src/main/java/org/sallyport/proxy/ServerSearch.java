package org.sallyport.proxy;

import io.netty.bootstrap.Bootstrap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.RefusalException;
import org.sallyport.contract.Server;
import org.sallyport.contract.Target;
import org.sallyport.wire.StartupPacket.Parameter;
import org.sallyport.wire.StartupPacket.StartupMessage;

/**
 * Logs in where it can: tries the hosts in order, and every address of each, as libpq does (manual, "Specifying Multiple
 * Hosts").
 *
 * <p>A host that is not there goes by: no address, no connection, no login in time, not taking anybody at present, read-only
 * where writes are wanted. A host that refuses the gateway, or is not the one that it should be, ends the search: the next one
 * would only hide it.
 */
final class ServerSearch {
    /** How long one address may take; a server that is well takes a fraction of a second. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A name service that hangs must hold up nothing else: each question gets a thread. */
    private static final Executor LOOK_UPS = question -> {
        Thread thread = new Thread(question, "sallyport-look-up");
        thread.setDaemon(true);
        thread.start();
    };

    /** 3.2, for its cancel keys of 32 bytes; otherwise the gateway uses nothing that 3.0 has not. */
    private static final int NEWEST_MINOR = 2;

    private static final Logger LOG = Logger.getLogger(ServerSearch.class.getName());

    private final Bootstrap bootstrap;
    private final HostNames names;
    private final Duration patience;

    /** Finds a host's addresses; may block. */
    interface HostNames {
        InetAddress[] addresses(String name) throws IOException;
    }

    /** @param bootstrap with the transport and the client's event loop */
    ServerSearch(Bootstrap bootstrap) {
        this(bootstrap, InetAddress::getAllByName, PATIENCE);
    }

    ServerSearch(Bootstrap bootstrap, HostNames names, Duration patience) {
        this.bootstrap = bootstrap;
        this.names = names;
        this.patience = patience;
    }

    /**
     * Finds a host and logs in.
     *
     * @param parameters the start-up parameters to send beside user and database
     * @return completes on the event loop; exceptionally with a {@link RefusalException} or a
     *     {@link RefusedSetting}, both fit for the client
     */
    CompletableFuture<ServerConnection> login(Target target, List<Parameter> parameters) {
        var attempts = new Attempts(target, parameters);
        attempts.next();
        return attempts.result;
    }

    /** What is left to try for one session. Lives on the event loop. */
    private final class Attempts {
        private final Target target;
        private final List<Parameter> startup;
        private final Deque<Server.Host> hosts;
        private final Deque<ServerAddress> addresses = new ArrayDeque<>();
        private final CompletableFuture<ServerConnection> result = new CompletableFuture<>();
        private Throwable last = new IOException("the server has no host");

        Attempts(Target target, List<Parameter> parameters) {
            this.target = target;
            this.startup = new ArrayList<>(parameters);
            startup.add(new Parameter("user", target.user()));
            startup.add(new Parameter("database", target.server().database()));
            this.hosts = new ArrayDeque<>(target.server().hosts());
        }

        void next() {
            if (!addresses.isEmpty()) {
                login(addresses.remove(), NEWEST_MINOR);
            } else if (!hosts.isEmpty()) {
                lookUp(hosts.remove());
            } else {
                result.completeExceptionally(refusal(last));
            }
        }

        private void lookUp(Server.Host host) {
            CompletableFuture.supplyAsync(() -> addresses(host), LOOK_UPS)
                    .whenCompleteAsync(
                            (found, failure) -> {
                                if (failure == null) {
                                    addresses.addAll(found);
                                    next();
                                } else {
                                    failed(host.toString(), failure);
                                }
                            },
                            bootstrap.config().group());
        }

        private List<ServerAddress> addresses(Server.Host host) {
            try {
                List<ServerAddress> found = new ArrayList<>();
                for (InetAddress address : names.addresses(host.name())) {
                    var socketAddress = new InetSocketAddress(address, host.port());
                    found.add(new ServerAddress(
                            bootstrap, host, socketAddress, target.server().security(), patience));
                }
                return found;
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }

        /** A pooler may know 3.0 only, and say so less politely than PostgreSQL: it is asked again. */
        private void login(ServerAddress address, int minor) {
            ServerLogin.login(address, target, new StartupMessage(minor, startup))
                    .whenComplete((connection, failure) -> {
                        if (failure == null) {
                            result.complete(connection);
                        } else if (minor > 0 && cause(failure) instanceof ServerLogin.UnknownProtocol) {
                            login(address, 0);
                        } else {
                            failed(address.toString(), failure);
                        }
                    });
        }

        private void failed(String where, Throwable failure) {
            Throwable cause = cause(failure);
            LOG.log(Level.WARNING, "no login to the server host={0} cause={1}", new Object[] {where, Logged.of(cause)});
            last = cause;
            if (!isElsewhere(cause)) {
                hosts.clear();
                addresses.clear();
            }
            next();
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Whether another host may do: this one is not there, rather than not the right one. */
    private static boolean isElsewhere(Throwable cause) {
        return cause instanceof IOException && !(cause instanceof SSLException);
    }

    private static Exception refusal(Throwable last) {
        if (last instanceof RefusedSetting setting) {
            return setting;
        }
        return new RefusalException(
                Refusal.of(
                        "08001",
                        "the database cannot be reached",
                        "The gateway could not connect or log in to the database of this connection.",
                        "Try again later; the operator finds the cause in the gateway's log."),
                last);
    }
}
