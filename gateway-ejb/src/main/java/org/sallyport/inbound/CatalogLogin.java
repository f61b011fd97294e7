package org.sallyport.inbound;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.postgresql.ds.PGSimpleDataSource;
import org.sallyport.catalog.CatalogSource;
import org.sallyport.identity.DatabaseCredentials.Credential;
import org.sallyport.policy.Connection;
import org.sallyport.policy.Server;

/** Opens the gateway's own connections, with which it reads what the names in a database stand for. Blocks. */
final class CatalogLogin implements CatalogSource {
    private static final int CONNECT_SECONDS = 3;

    /** A catalog of a hundred thousand relations is read in less. */
    private static final int ANSWER_SECONDS = 15;

    private final Map<String, Connection> connections;
    private final Function<String, Optional<Credential>> credentials;

    CatalogLogin(Map<String, Connection> connections, Function<String, Optional<Credential>> credentials) {
        this.connections = connections;
        this.credentials = credentials;
    }

    @Override
    public java.sql.Connection open(String name) throws SQLException {
        Connection connection = Optional.ofNullable(connections.get(name))
                .orElseThrow(() -> new SQLException("the policy has no connection " + name, "08001"));
        Credential credential = credentials
                .apply(connection.credential())
                .orElseThrow(() -> new SQLException("no authData " + connection.credential(), "28000"));
        try (var password = credential.password()) {
            return source(connection.server()).getConnection(credential.user(), new String(password.reveal()));
        }
    }

    private static PGSimpleDataSource source(Server server) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {server.host()});
        source.setPortNumbers(new int[] {server.port()});
        source.setDatabaseName(server.database());
        source.setSslMode(server.tls().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        server.rootCertificates()
                .ifPresentOrElse(
                        file -> source.setSslRootCert(file.toString()),
                        () -> source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory"));
        source.setApplicationName("sallyport");
        source.setReadOnly(true);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(ANSWER_SECONDS);
        return source;
    }
}
