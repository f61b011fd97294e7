package org.sallyport.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A PostgreSQL database, on one host or on several that hold the same; the terms are libpq's (manual, "Parameter Key Words").
 *
 * @param hosts      tried in order until one will do
 * @param attributes {@code target_session_attrs}: which of them will do
 * @param database   the database's name on the server
 * @param security   how the gateway and the server make sure of each other
 */
public record Server(List<Host> hosts, SessionAttributes attributes, String database, Security security) {

    public Server {
        hosts = List.copyOf(hosts);
    }

    /** A name or an address, and a port. */
    public record Host(String name, int port) {
        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    /** What a session must be able to do. */
    public enum SessionAttributes {
        ANY,
        READ_WRITE
    }

    /**
     * How the gateway and the server make sure of each other.
     *
     * @param tls              {@code sslmode}
     * @param rootCertificates PEM file with the certificates to trust; the JVM's trust store where absent
     * @param channelBinding   {@code channel_binding}
     * @param methods          {@code require_auth}: how the server may ask for the password
     */
    public record Security(
            TlsMode tls,
            Optional<Path> rootCertificates,
            ChannelBinding channelBinding,
            Set<AuthenticationMethod> methods) {

        public Security {
            methods = Set.copyOf(methods);
        }

        /** As libpq's defaults, but with SCRAM-SHA-256 only: no other method proves the server. */
        public static Security of(TlsMode tls, Optional<Path> rootCertificates) {
            return new Security(
                    tls, rootCertificates, ChannelBinding.PREFER, Set.of(AuthenticationMethod.SCRAM_SHA_256));
        }
    }

    /** How far the server's TLS is checked, as libpq names it (manual, "SSL Mode Descriptions"). */
    public enum TlsMode {
        DISABLE,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL;

        /** Whether the certificate is traced back to somebody trusted. */
        public boolean verifies() {
            return this == VERIFY_CA || this == VERIFY_FULL;
        }
    }

    /** Whether SCRAM is bound to the server's certificate, so that nobody between the two can relay it. */
    public enum ChannelBinding {
        DISABLE,
        PREFER,
        REQUIRE
    }

    /** How a server may ask for the password. */
    public enum AuthenticationMethod {
        SCRAM_SHA_256,
        MD5,
        PASSWORD
    }
}
