package org.sallyport.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.sallyport.journal.JournalHead;

/** Signs checkpoints. A signature takes a millisecond. */
public final class CheckpointSigner {
    private final PrivateKey key;
    private final PublicKey publicKey;
    private final String id;

    public CheckpointSigner(PrivateKey key, PublicKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
        this.id = CheckpointKeys.id(publicKey);
    }

    /**
     * With a key of a PKCS #12 key store.
     *
     * @throws IOException where there is no such key, or no Ed25519 one; says what was expected
     */
    public static CheckpointSigner open(Path keystore, char[] password, String alias) throws IOException {
        try (InputStream in = Files.newInputStream(keystore)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            Key key = keys.getKey(alias, password);
            Certificate certificate = keys.getCertificate(alias);
            if (!(key instanceof PrivateKey) || certificate == null) {
                throw new IOException("expected a private key with a certificate under \"" + alias + "\"");
            }
            if (!CheckpointKeys.isUsable(certificate.getPublicKey())) {
                throw new IOException("expected an Ed25519 key under \"" + alias + "\", not " + key.getAlgorithm());
            }
            return new CheckpointSigner((PrivateKey) key, certificate.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new IOException("the key cannot be read: " + e.getMessage(), e);
        }
    }

    /** See {@link CheckpointKeys#id}. */
    public String id() {
        return id;
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    public Checkpoint sign(JournalHead head, Instant at) {
        Instant signed = at.truncatedTo(ChronoUnit.MICROS);
        try {
            Signature signature = Signature.getInstance(CheckpointKeys.ALGORITHM);
            signature.initSign(key);
            signature.update(Checkpoint.signed(head, signed));
            return new Checkpoint(head, signed, new Checkpoint.Signature(id, signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a checkpoint cannot be signed", e);
        }
    }
}
