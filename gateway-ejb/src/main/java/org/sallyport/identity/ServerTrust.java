package org.sallyport.identity;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * Whom the server trusts: the truststore of its default {@code ssl} element, which Liberty does not make the JVM's default.
 *
 * <p>Outside Liberty, as in unit tests, the JVM's default holds.
 */
public final class ServerTrust {
    /** Liberty's API (feature transportSecurity-1.0), by reflection: its jar comes with the server alone. */
    private static final String HELPER = "com.ibm.websphere.ssl.JSSEHelper";

    private ServerTrust() {}

    /** As configured now: asked anew for each use, since the operator may change it. */
    public static SSLContext context() {
        Class<?> helper;
        try {
            helper = Class.forName(
                    HELPER, true, MethodHandles.lookup().lookupClass().getClassLoader());
        } catch (ClassNotFoundException notLiberty) {
            return jvmDefault();
        }
        try {
            Object instance = helper.getMethod("getInstance").invoke(null);
            Method context = helper.getMethod(
                    "getSSLContext",
                    String.class,
                    Map.class,
                    Class.forName("com.ibm.websphere.ssl.SSLConfigChangeListener", false, helper.getClassLoader()));
            return (SSLContext) context.invoke(instance, null, null, null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the server's ssl configuration cannot be read", e);
        }
    }

    private static SSLContext jvmDefault() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JVM has no TLS", e);
        }
    }
}
