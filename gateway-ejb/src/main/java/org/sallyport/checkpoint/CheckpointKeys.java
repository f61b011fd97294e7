package org.sallyport.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** The public keys that checkpoints may be signed with; older ones as long as what they signed is kept. */
public final class CheckpointKeys {
    static final String ALGORITHM = "Ed25519";
    private static final int ID_BYTES = 16;

    private final Map<String, PublicKey> keys = new HashMap<>();

    public CheckpointKeys(Collection<PublicKey> keys) {
        keys.forEach(key -> this.keys.put(id(key), key));
    }

    /**
     * The key of a certificate, whose dates and issuer do not matter.
     *
     * @throws IOException where the file holds no X.509 certificate of an Ed25519 key
     */
    public static PublicKey read(Path certificate) throws IOException {
        try (InputStream in = Files.newInputStream(certificate)) {
            PublicKey key = CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getPublicKey();
            if (!isUsable(key)) {
                throw new IOException(certificate + ": expected an Ed25519 key, not " + key.getAlgorithm());
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IOException(certificate + ": expected an X.509 certificate: " + e.getMessage(), e);
        }
    }

    static boolean isUsable(PublicKey key) {
        return key.getAlgorithm().equals("EdDSA") || key.getAlgorithm().equals(ALGORITHM);
    }

    /** A key's name: the first 16 bytes of the SHA-256 of its SubjectPublicKeyInfo, as hexadecimal digits. */
    public static String id(PublicKey key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(Arrays.copyOf(hash, ID_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public boolean has(String key) {
        return keys.containsKey(key);
    }

    /** Whether one of these keys, the one that it names, has signed it. */
    public boolean haveSigned(Checkpoint checkpoint) {
        PublicKey key = keys.get(checkpoint.signature().key());
        if (key == null) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(Checkpoint.signed(checkpoint.head(), checkpoint.at()));
            return signature.verify(checkpoint.signature().bytes());
        } catch (GeneralSecurityException | ArithmeticException notASignature) {
            return false;
        }
    }
}
