package org.sallyport.adapter;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.Connector;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;
import org.sallyport.proxy.Listener;
import org.sallyport.proxy.ListenerSettings;

/** The resource adapter: each activation is a listener of its own, bound when activated and drained when deactivated. */
@Connector(
        displayName = "Sallyport PostgreSQL listener",
        vendorName = "Sallyport",
        eisType = "PostgreSQL",
        version = "0.1",
        requiredWorkContexts = jakarta.resource.spi.work.SecurityContext.class)
public class GatewayResourceAdapter implements ResourceAdapter {
    private final Map<MessageEndpointFactory, Listener> listeners = new ConcurrentHashMap<>();
    private @Nullable BootstrapContext server;

    @Override
    public void start(BootstrapContext server) {
        this.server = server;
    }

    @Override
    public void stop() {
        listeners.values().forEach(Listener::close);
        listeners.clear();
    }

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) throws ResourceException {
        if (!(spec instanceof GatewayActivationSpec listening) || server == null) {
            throw new ResourceException(
                    "not a Sallyport activation: " + spec.getClass().getName());
        }
        listening.validate();
        var application = new EndpointListener(factory, server.getWorkManager(), listening.getRealm());
        try {
            listeners.put(factory, Listener.bind(settings(listening), application));
        } catch (IOException e) {
            throw new ResourceException(
                    "cannot listen on " + listening.getHost() + ":" + listening.getPort() + ": " + e.getMessage(), e);
        }
    }

    private static ListenerSettings settings(GatewayActivationSpec spec) {
        return new ListenerSettings(
                spec.getHost(),
                spec.getPort(),
                spec.getTls().equals("loopback-plain"),
                new ListenerSettings.KeyStoreFile(
                        spec.getKeyStoreFile(), spec.getKeyStoreType(), spec.getKeyStorePassword()),
                new ListenerSettings.Limits(
                        spec.getMaxConnections(),
                        spec.getMaxConnectionsPerIdentity(),
                        spec.getMaxUnauthenticatedConnections(),
                        spec.getMaxUnauthenticatedPerAddress(),
                        Duration.ofSeconds(spec.getAuthenticationTimeoutSeconds()),
                        spec.getMaxMessageBytes()));
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        Listener listener = listeners.remove(factory);
        if (listener != null) {
            listener.close();
        }
    }

    /** Nothing to recover: the adapter takes no part in XA transactions. */
    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
