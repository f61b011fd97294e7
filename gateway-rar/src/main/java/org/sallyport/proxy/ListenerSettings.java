package org.sallyport.proxy;

import java.time.Duration;

/**
 * Where a listener binds, its TLS and its limits.
 *
 * @param port               0 takes a free one
 * @param loopbackPlain      whether clients on a loopback address may go without TLS
 * @param authenticationTime how long a client may take until it is authenticated and logged in
 * @param maxMessageBytes    largest message a client may send, COPY data excepted
 */
public record ListenerSettings(
        String host,
        int port,
        boolean loopbackPlain,
        KeyStoreFile keyStore,
        int maxConnections,
        Duration authenticationTime,
        int maxMessageBytes) {

    /** The key store with the listener's private key and its certificate chain. */
    public record KeyStoreFile(String file, String type, String password) {
        @Override
        public String toString() {
            return "KeyStoreFile[" + file + "]";
        }
    }
}
