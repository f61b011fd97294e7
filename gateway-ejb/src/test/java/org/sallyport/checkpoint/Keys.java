package org.sallyport.checkpoint;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.UUID;
import org.sallyport.journal.JournalHead;

/** Keys of a test. */
final class Keys {
    private Keys() {}

    static CheckpointSigner signer() {
        try {
            KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new CheckpointSigner(keys.getPrivate(), keys.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Checkpoint checkpoint(long sequence) {
        return signer().sign(new JournalHead(UUID.randomUUID(), sequence, new byte[32]), Instant.now());
    }

    /** A PKCS #12 key store with the password {@code secret} and one key, "checkpoint". */
    static Path store(Path file, String algorithm) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "checkpoint",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=test",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "secret")
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        return file;
    }
}
