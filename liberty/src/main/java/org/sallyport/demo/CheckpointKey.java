package org.sallyport.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/**
 * The key that the gateways of a folder sign their checkpoints with.
 *
 * @param keystore    PKCS #12 with the key and its certificate
 * @param certificate the certificate as PEM, for whoever checks the record
 * @param password    of the store
 */
public record CheckpointKey(Path keystore, Path certificate, String password) {
    private static final String ALIAS = "checkpoint";

    /** The one beside those of TLS; made where there is none yet. */
    public static CheckpointKey beside(TlsFiles tls) {
        CheckpointKey key = new CheckpointKey(
                tls.keystore().resolveSibling("checkpoint.p12"),
                tls.keystore().resolveSibling("checkpoint.pem"),
                tls.password());
        if (!Files.exists(key.keystore)) {
            TlsFiles.generateKey(key.keystore, ALIAS, key.password, List.of("-keyalg", "Ed25519"));
            try {
                Files.writeString(key.certificate, TlsFiles.pem(key.keystore, ALIAS, key.password));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("keytool made a keystore that cannot be read", e);
            }
        }
        return key;
    }
}
