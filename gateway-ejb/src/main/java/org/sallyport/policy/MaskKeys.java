package org.sallyport.policy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sallyport.contract.MaskKey;
import org.sallyport.contract.Secret;

/**
 * Makes the keys of masks from secrets that stand outside the policy.
 *
 * <p>A key is HMAC-SHA-256 of the mask's kind and the label's name: the same on every node, another for each label. Nothing here
 * shows a secret, in an exception neither.
 */
final class MaskKeys {
    /** A secret that could be guessed would give away what the masks hide. */
    static final int LEAST_CHARACTERS = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final Function<String, Optional<Secret>> secrets;

    private MaskKeys(Function<String, Optional<Secret>> secrets) {
        this.secrets = secrets;
    }

    /** @param secrets finds a secret by its alias */
    static MaskKeys from(Function<String, Optional<Secret>> secrets) {
        return new MaskKeys(secrets);
    }

    /** Other keys each time, for every alias. */
    static MaskKeys madeUp() {
        SecureRandom random = new SecureRandom();
        return new MaskKeys(alias -> Optional.of(new Secret(random.ints(LEAST_CHARACTERS, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .toCharArray())));
    }

    /**
     * The key of one mask for one label.
     *
     * @param problem is told what is wrong where there is none; not the alias, in whose place somebody may have put the key
     */
    Optional<MaskKey> find(String alias, String mask, String label, Consumer<String> problem) {
        Optional<Secret> found = secrets.apply(alias);
        if (found.isEmpty()) {
            problem.accept("`key` of `" + mask
                    + "` must be the alias of an authData of the server's, whose password is the key");
            return Optional.empty();
        }
        try (Secret secret = found.get()) {
            if (secret.reveal().length < LEAST_CHARACTERS) {
                problem.accept("the password behind `key` of `" + mask + "` has fewer than " + LEAST_CHARACTERS
                        + " characters and could be guessed");
                return Optional.empty();
            }
            return Optional.of(derive(secret, mask + "/" + label));
        }
    }

    private static MaskKey derive(Secret secret, String purpose) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(secret.reveal()));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            return new MaskKey(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(encoded.array(), (byte) 0);
        }
    }
}
