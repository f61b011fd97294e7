package org.sallyport.adapter;

import jakarta.resource.spi.Activation;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.GatewayListener;

/** One PostgreSQL listener: where it binds, its TLS and its limits, as configured in {@code server.xml}. */
@Activation(messageListeners = GatewayListener.class)
public class GatewayActivationSpec implements ActivationSpec {

    @ConfigProperty(defaultValue = "127.0.0.1", description = "Address to bind")
    private String host = "127.0.0.1";

    @ConfigProperty(defaultValue = "5432", description = "TCP port to bind; 0 takes a free one")
    private Integer port = 5432;

    @ConfigProperty(
            defaultValue = "require",
            description = "require: clients must use TLS; loopback-plain: clients on a loopback address may go without")
    private String tls = "require";

    @ConfigProperty(defaultValue = "", description = "Key store with the listener's private key and certificate")
    private String keyStoreFile = "";

    @ConfigProperty(defaultValue = "PKCS12", description = "Type of the key store")
    private String keyStoreType = "PKCS12";

    @ConfigProperty(defaultValue = "", confidential = true, description = "Password of the key store and its key")
    private String keyStorePassword = "";

    @ConfigProperty(defaultValue = "1000", description = "Most sessions at once; one more is refused, 53300")
    private Integer maxConnections = 1000;

    /** A quarter of all, as one address has of the unauthenticated: whoever goes wrong alone leaves the others most of them. */
    @ConfigProperty(
            defaultValue = "250",
            description = "Most sessions of one identity at once; one more is refused, 53300")
    private Integer maxConnectionsPerIdentity = 250;

    @ConfigProperty(
            defaultValue = "400",
            description = "Most connections at once that are not authenticated yet; one more is closed at once")
    private Integer maxUnauthenticatedConnections = 400;

    @ConfigProperty(
            defaultValue = "100",
            description = "The same for one address; an IPv6 network of 64 bits counts as one address")
    private Integer maxUnauthenticatedPerAddress = 100;

    @ConfigProperty(defaultValue = "30", description = "Seconds a client has to authenticate")
    private Integer authenticationTimeoutSeconds = 30;

    @ConfigProperty(
            defaultValue = "67108864",
            description =
                    "Largest message, in bytes, that a client may send, COPY data excepted; it bounds a statement")
    private Integer maxMessageBytes = 64 * 1024 * 1024;

    @ConfigProperty(defaultValue = "sallyport", description = "Security realm of the callers; the server must trust it")
    private String realm = "sallyport";

    private @Nullable ResourceAdapter resourceAdapter;

    @Override
    public void validate() throws InvalidPropertyException {
        require(port >= 0 && port <= 65_535, "port", "0 to 65535", port);
        require(tls.equals("require") || tls.equals("loopback-plain"), "tls", "require or loopback-plain", tls);
        require(
                Files.isReadable(Path.of(keyStoreFile)),
                "keyStoreFile",
                "a readable key store file",
                keyStoreFile.isEmpty() ? "nothing" : keyStoreFile);
        require(maxConnections > 0, "maxConnections", "1 or more", maxConnections);
        require(maxConnectionsPerIdentity > 0, "maxConnectionsPerIdentity", "1 or more", maxConnectionsPerIdentity);
        require(
                maxUnauthenticatedConnections > 0,
                "maxUnauthenticatedConnections",
                "1 or more",
                maxUnauthenticatedConnections);
        require(
                maxUnauthenticatedPerAddress > 0,
                "maxUnauthenticatedPerAddress",
                "1 or more",
                maxUnauthenticatedPerAddress);
        require(
                authenticationTimeoutSeconds > 0,
                "authenticationTimeoutSeconds",
                "1 or more",
                authenticationTimeoutSeconds);
        require(maxMessageBytes >= 16 * 1024, "maxMessageBytes", "16384 or more", maxMessageBytes);
    }

    private static void require(boolean holds, String property, String expected, Object found)
            throws InvalidPropertyException {
        if (!holds) {
            throw new InvalidPropertyException(
                    "activationSpec property " + property + ": expected " + expected + ", found " + found);
        }
    }

    public String getHost() {
        return host;
    }

    public void setHost(String host) {
        this.host = host;
    }

    public Integer getPort() {
        return port;
    }

    public void setPort(Integer port) {
        this.port = port;
    }

    public String getTls() {
        return tls;
    }

    public void setTls(String tls) {
        this.tls = tls;
    }

    public String getKeyStoreFile() {
        return keyStoreFile;
    }

    public void setKeyStoreFile(String keyStoreFile) {
        this.keyStoreFile = keyStoreFile;
    }

    public String getKeyStoreType() {
        return keyStoreType;
    }

    public void setKeyStoreType(String keyStoreType) {
        this.keyStoreType = keyStoreType;
    }

    public String getKeyStorePassword() {
        return keyStorePassword;
    }

    public void setKeyStorePassword(String keyStorePassword) {
        this.keyStorePassword = keyStorePassword;
    }

    public Integer getMaxConnections() {
        return maxConnections;
    }

    public void setMaxConnections(Integer maxConnections) {
        this.maxConnections = maxConnections;
    }

    public Integer getMaxConnectionsPerIdentity() {
        return maxConnectionsPerIdentity;
    }

    public void setMaxConnectionsPerIdentity(Integer maxConnectionsPerIdentity) {
        this.maxConnectionsPerIdentity = maxConnectionsPerIdentity;
    }

    public Integer getMaxUnauthenticatedConnections() {
        return maxUnauthenticatedConnections;
    }

    public void setMaxUnauthenticatedConnections(Integer maxUnauthenticatedConnections) {
        this.maxUnauthenticatedConnections = maxUnauthenticatedConnections;
    }

    public Integer getMaxUnauthenticatedPerAddress() {
        return maxUnauthenticatedPerAddress;
    }

    public void setMaxUnauthenticatedPerAddress(Integer maxUnauthenticatedPerAddress) {
        this.maxUnauthenticatedPerAddress = maxUnauthenticatedPerAddress;
    }

    public Integer getAuthenticationTimeoutSeconds() {
        return authenticationTimeoutSeconds;
    }

    public void setAuthenticationTimeoutSeconds(Integer authenticationTimeoutSeconds) {
        this.authenticationTimeoutSeconds = authenticationTimeoutSeconds;
    }

    public Integer getMaxMessageBytes() {
        return maxMessageBytes;
    }

    public void setMaxMessageBytes(Integer maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    public String getRealm() {
        return realm;
    }

    public void setRealm(String realm) {
        this.realm = realm;
    }

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return resourceAdapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter resourceAdapter) {
        this.resourceAdapter = resourceAdapter;
    }
}
