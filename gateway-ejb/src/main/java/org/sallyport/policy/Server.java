package org.sallyport.policy;

import java.nio.file.Path;
import java.util.Optional;
import org.sallyport.contract.Target.TlsMode;

/**
 * A PostgreSQL server and the database on it.
 *
 * @param rootCertificates PEM file with the certificates to trust; the JVM's trust store where absent
 */
public record Server(String host, int port, String database, TlsMode tls, Optional<Path> rootCertificates) {}
