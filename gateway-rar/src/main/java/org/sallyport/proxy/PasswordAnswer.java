package org.sallyport.proxy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.sallyport.contract.Secret;

/** What old servers want in a PasswordMessage. The caller wipes the bytes. */
final class PasswordAnswer {
    private PasswordAnswer() {}

    /** The password as it is. */
    static byte[] clear(Secret password) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password.reveal()));
        byte[] bytes = Arrays.copyOfRange(encoded.array(), 0, encoded.limit());
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }

    /** {@code "md5" + hex(md5(hex(md5(password + user)) + salt))}. */
    static byte[] md5(String user, Secret password, byte[] salt) throws NoSuchAlgorithmException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        byte[] clear = clear(password);
        md5.update(clear);
        Arrays.fill(clear, (byte) 0);
        byte[] stored = hex(md5.digest(user.getBytes(StandardCharsets.UTF_8)));
        md5.update(stored);
        Arrays.fill(stored, (byte) 0);
        byte[] proof = hex(md5.digest(salt));
        byte[] answer = Arrays.copyOf(new byte[] {'m', 'd', '5'}, 3 + proof.length);
        System.arraycopy(proof, 0, answer, 3, proof.length);
        return answer;
    }

    private static byte[] hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII);
    }
}
