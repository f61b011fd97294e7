package org.sallyport.proxy;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import org.sallyport.contract.Server;

/** TLS towards clients and servers: OpenSSL where its native library loads, the JDK's elsewhere. */
final class Tls {
    private static final SslProvider PROVIDER = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;

    private Tls() {}

    /** @throws IOException where the key store cannot be read or holds no usable key; names the file */
    static SslContext towardsClients(ListenerSettings.KeyStoreFile store) throws IOException {
        char[] password = store.password().toCharArray();
        try (InputStream file = Files.newInputStream(Path.of(store.file()))) {
            KeyStore keys = KeyStore.getInstance(store.type());
            keys.load(file, password);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, password);
            return SslContextBuilder.forServer(factory)
                    .sslProvider(PROVIDER)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ClientHello.POSTGRESQL))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IOException("key store " + store.file() + " is not usable: " + e.getMessage(), e);
        }
    }

    /** The client's side of {@code sslmode}; host names are checked by the handler, see {@link ServerAddress}. */
    static SslContext towardsServer(Server.Security security) throws SSLException {
        SslContextBuilder builder =
                SslContextBuilder.forClient().sslProvider(PROVIDER).protocols("TLSv1.3", "TLSv1.2");
        if (security.tls() == Server.TlsMode.REQUIRE
                && security.rootCertificates().isEmpty()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else {
            security.rootCertificates().ifPresent(file -> builder.trustManager(file.toFile()));
        }
        boolean byName = security.tls() == Server.TlsMode.VERIFY_FULL;
        return builder.endpointIdentificationAlgorithm(byName ? "HTTPS" : "").build();
    }
}
