package org.sallyport.demo;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The gateway's Liberty server, with all it has to be told. */
public final class GatewayServer {
    private final Map<String, String> variables = new TreeMap<>();
    private final ServerHome home;

    /**
     * @param port      of its PostgreSQL listener
     * @param httpsPort of its API and console
     */
    public GatewayServer(ServerHome home, int port, int httpsPort) {
        this.home = home;
        variables.putAll(home.tlsVariables());
        CheckpointKey key = CheckpointKey.beside(home.tls());
        variables.put(
                "sallyport.checkpoint.keystore", key.keystore().toAbsolutePath().toString());
        variables.put("sallyport.checkpoint.keystore.password", key.password());
        variables.put("gateway.port", Integer.toString(port));
        variables.put("https.port", Integer.toString(httpsPort));
    }

    public GatewayServer withStore(Postgres cluster, String database, Postgres.Login login) {
        variables.put("store.port", Integer.toString(cluster.port()));
        variables.put("store.database", database);
        variables.put("store.user", login.user());
        variables.put("store.password", login.password());
        return this;
    }

    /** The role that owns the store's tables, where the gateway's own may only add to them. */
    public GatewayServer withStoreOwner(Postgres.Login owner) {
        variables.put("store.owner.user", owner.user());
        variables.put("store.owner.password", owner.password());
        return this;
    }

    public GatewayServer withShop(Postgres.Login login) {
        variables.put("shop.user", login.user());
        variables.put("shop.password", login.password());
        return this;
    }

    /** @param place a file, or a folder of them */
    public GatewayServer withPolicy(Path place) {
        variables.put("sallyport.policy.file", place.toAbsolutePath().toString());
        return this;
    }

    public GatewayServer withIdentityProvider(IdentityProvider provider) {
        variables.put("people.issuer", provider.people());
        variables.put("console.secret", provider.consoleSecret());
        return this;
    }

    /** Any other variable of the server definition. */
    public GatewayServer with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** The server, not yet started. */
    public LibertyServer define() {
        return home.define(variables);
    }
}
