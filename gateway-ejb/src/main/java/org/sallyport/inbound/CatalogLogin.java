package org.sallyport.inbound;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;
import org.sallyport.catalog.CatalogSource;
import org.sallyport.contract.Server;
import org.sallyport.contract.Server.Security;
import org.sallyport.contract.Server.SessionAttributes;
import org.sallyport.contract.Server.TlsMode;
import org.sallyport.identity.DatabaseCredentials.Credential;
import org.sallyport.policy.Connection;

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
        return open(name, true);
    }

    /** To ask what statements mean, which makes temporary objects and rolls them back. */
    java.sql.Connection openToAsk(String name) throws SQLException {
        return open(name, false);
    }

    private java.sql.Connection open(String name, boolean readOnly) throws SQLException {
        Connection connection = Optional.ofNullable(connections.get(name))
                .orElseThrow(() -> new SQLException("the policy has no connection " + name, "08001"));
        Credential credential = credentials
                .apply(connection.credential())
                .orElseThrow(() -> new SQLException("no authData " + connection.credential(), "28000"));
        try (var password = credential.password()) {
            PGSimpleDataSource source = source(connection.server());
            source.setReadOnly(readOnly);
            return source.getConnection(credential.user(), new String(password.reveal()));
        }
    }

    static PGSimpleDataSource source(Server server) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        List<Server.Host> hosts = server.hosts();
        source.setServerNames(hosts.stream().map(Server.Host::name).toArray(String[]::new));
        source.setPortNumbers(hosts.stream().mapToInt(Server.Host::port).toArray());
        source.setTargetServerType(server.attributes() == SessionAttributes.READ_WRITE ? "primary" : "any");
        source.setDatabaseName(server.database());
        secure(source, server.security());
        source.setApplicationName("sallyport");
        // As in every session of a client's: the login's own settings, at the server, may say otherwise.
        source.setOptions(
                "-c standard_conforming_strings=on -c default_transaction_read_only=off -c statement_timeout=0"
                        + " -c transform_null_equals=off");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS * hosts.size());
        source.setSocketTimeout(ANSWER_SECONDS);
        return source;
    }

    /** The driver left to itself would answer whatever the server asks for, a password in the clear included. */
    private static void secure(PGSimpleDataSource source, Security security) {
        Optional<Path> roots = security.rootCertificates();
        // As libpq does, and the gateway's own login: where there are certificates to trust, `require` checks them.
        boolean checks = security.tls() == TlsMode.REQUIRE && roots.isPresent();
        source.setSslMode(libpq(checks ? TlsMode.VERIFY_CA : security.tls()));
        roots.ifPresent(file -> source.setSslRootCert(file.toString()));
        if (roots.isEmpty() && security.tls().verifies()) {
            source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        source.setChannelBinding(libpq(security.channelBinding()));
        source.setRequireAuth(
                security.methods().stream().map(CatalogLogin::libpq).collect(Collectors.joining(",")));
    }

    /** As libpq and its like spell it. */
    private static String libpq(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
