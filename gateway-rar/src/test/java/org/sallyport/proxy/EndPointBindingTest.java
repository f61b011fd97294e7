package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.contract.Secret;
import org.sallyport.contract.Server;
import org.sallyport.contract.Server.AuthenticationMethod;
import org.sallyport.contract.Server.ChannelBinding;
import org.sallyport.contract.Server.Security;
import org.sallyport.contract.Server.SessionAttributes;
import org.sallyport.contract.Server.TlsMode;
import org.sallyport.contract.Target;

/** A real server agrees with what the gateway makes of certificates of each kind. */
class EndPointBindingTest {
    @TempDir
    private static Path folder;

    private static RealServer server;

    @TempDir
    private Path keys;

    private final Logins logins = new Logins();

    @BeforeAll
    static void start() throws Exception {
        server = RealServer.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @AfterEach
    void close() {
        logins.close();
    }

    @ParameterizedTest
    @CsvSource({
        "-keyalg EC -groupname secp256r1 -sigalg SHA256withECDSA, SHA-256",
        "-keyalg EC -groupname secp384r1 -sigalg SHA384withECDSA, SHA-384",
        "-keyalg RSA -keysize 2048 -sigalg SHA1withRSA, SHA-256",
        "-keyalg RSA -keysize 2048 -sigalg SHA512withRSA, SHA-512",
        "-keyalg RSA -keysize 3200 -sigalg RSASSA-PSS, SHA-384",
    })
    void bindsByTheHashOfTheSignature(String keytool, String hash) throws Exception {
        X509Certificate certificate = certificate(keytool);
        assertThat(EndPointBinding.of(certificate))
                .isEqualTo(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));

        present(certificate);
        logIn(ChannelBinding.REQUIRE);
    }

    @Test
    void refusesACertificateForWhichNoBindingIsDefined() throws Exception {
        X509Certificate certificate = certificate("-keyalg Ed25519");

        assertThatThrownBy(() -> EndPointBinding.of(certificate))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("no channel binding is defined");
    }

    private X509Certificate certificate(String keytool) throws Exception {
        ListenerSettings.KeyStoreFile file = RealServer.keyStore(keys, keytool.split(" "));
        RealServer.pem(file, keys);
        KeyStore store = KeyStore.getInstance(file.type());
        try (InputStream in = Files.newInputStream(Path.of(file.file()))) {
            store.load(in, file.password().toCharArray());
        }
        return (X509Certificate) store.getCertificate("listener");
    }

    /** Makes the server show another certificate, and waits until it does. */
    private void present(X509Certificate certificate) throws Exception {
        for (String file : new String[] {"server.crt", "server.key"}) {
            Files.write(folder.resolve(file), Files.readAllBytes(keys.resolve(file)));
        }
        server.execute("SELECT pg_reload_conf()");
        for (int i = 0; i < 200 && !certificate.equals(shown()); i++) {
            Thread.sleep(50);
        }
        assertThat(shown()).isEqualTo(certificate);
    }

    private X509Certificate shown() throws Exception {
        SslHandler tls = logIn(ChannelBinding.DISABLE).channel().pipeline().get(SslHandler.class);
        byte[] encoded = tls.engine().getSession().getPeerCertificates()[0].getEncoded();
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    private ServerConnection logIn(ChannelBinding binding) throws Exception {
        Security security =
                new Security(TlsMode.REQUIRE, Optional.empty(), binding, Set.of(AuthenticationMethod.SCRAM_SHA_256));
        Server.Host host = new Server.Host("127.0.0.1", server.port());
        return logins.login(new Target(
                Logins.server(security, SessionAttributes.ANY, host),
                "gateway",
                new Secret(RealServer.PASSWORD.toCharArray())));
    }
}
