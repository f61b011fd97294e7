package org.sallyport.proxy;

import java.time.Duration;

/**
 * Where a listener binds, its TLS and its limits.
 *
 * @param port          0 takes a free one
 * @param loopbackPlain whether clients on a loopback address may go without TLS
 */
public record ListenerSettings(String host, int port, boolean loopbackPlain, KeyStoreFile keyStore, Limits limits) {

    /** The key store with the listener's private key and its certificate chain. */
    public record KeyStoreFile(String file, String type, String password) {
        @Override
        public String toString() {
            return "KeyStoreFile[" + file + "]";
        }
    }

    /**
     * How much a listener takes on.
     *
     * @param sessions                  admitted clients at once
     * @param sessionsPerIdentity       of those, with one identity
     * @param unauthenticated           clients at once that are connected and not admitted yet
     * @param unauthenticatedPerAddress of those, from one address; an IPv6 network of 64 bits counts as one
     * @param authenticationTime        how long a client may take until it is authenticated and logged in
     * @param messageBytes              largest message a client may send, COPY data excepted; about as much may be prepared and bound at a time
     */
    public record Limits(
            int sessions,
            int sessionsPerIdentity,
            int unauthenticated,
            int unauthenticatedPerAddress,
            Duration authenticationTime,
            int messageBytes) {}
}
