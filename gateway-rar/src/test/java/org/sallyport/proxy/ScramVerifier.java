package org.sallyport.proxy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The server's side of SCRAM-SHA-256 (RFC 5802): proves that it knows {@link #PASSWORD}, and believes the client anyway. */
final class ScramVerifier {
    static final String PASSWORD = "the server's password";

    private static final byte[] SALT = "a salt of 16 byt".getBytes(StandardCharsets.US_ASCII);
    private static final int ITERATIONS = 4096;
    private static final byte[] SERVER_KEY = serverKey();

    private String clientFirst = "";
    private @Nullable String serverFirst;

    private static byte[] serverKey() {
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), SALT, ITERATIONS, 256))
                    .getEncoded();
            return hmac(salted, "Server Key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isBegun() {
        return serverFirst != null;
    }

    /** {@code SASLInitialResponse}'s payload to the server's first message. */
    String first(String response) {
        clientFirst = response.substring(response.indexOf("n,,") + 3);
        String nonce = clientFirst.substring(clientFirst.indexOf("r=")) + "server";
        serverFirst = nonce + ",s=" + Base64.getEncoder().encodeToString(SALT) + ",i=" + ITERATIONS;
        return serverFirst;
    }

    /** {@code SASLResponse}'s payload to the server's last message. */
    String last(String response) {
        String withoutProof = response.substring(0, response.indexOf(",p="));
        byte[] signature = hmac(SERVER_KEY, clientFirst + "," + serverFirst + "," + withoutProof);
        return "v=" + Base64.getEncoder().encodeToString(signature);
    }
}
