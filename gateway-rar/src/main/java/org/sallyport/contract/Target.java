package org.sallyport.contract;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The PostgreSQL server of a session and the gateway's own login there.
 *
 * @param database    the database's name on the server
 * @param tls         libpq's {@code sslmode}
 * @param rootCertificates PEM file with the certificates to trust; the JVM's trust store where absent
 * @param user        the role to log in as
 * @param password    destroyed by the adapter once the login is over
 */
public record Target(
        String host,
        int port,
        String database,
        TlsMode tls,
        Optional<Path> rootCertificates,
        String user,
        Secret password) {

    /** How far the server's TLS is checked, as libpq names it (manual, "SSL Mode Descriptions"). */
    public enum TlsMode {
        DISABLE,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL
    }
}
