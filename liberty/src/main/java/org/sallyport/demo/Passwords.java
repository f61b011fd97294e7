package org.sallyport.demo;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes the passwords and client secrets of one run; none is written into a file under version control. */
public final class Passwords {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /** 144 random bits in letters, digits, {@code -} and {@code _}. */
    public static String random() {
        byte[] bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
