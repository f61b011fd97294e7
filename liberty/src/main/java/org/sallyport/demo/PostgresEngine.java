package org.sallyport.demo;

/** What runs a PostgreSQL cluster: processes of our own, or a container. */
public interface PostgresEngine extends AutoCloseable {

    /** Starts the cluster, the first time with fresh data, and waits until it answers. */
    void start();

    /** Stops the cluster and breaks its connections, keeping its data for the next start. */
    @Override
    void close();

    /**
     * What a cluster is like, whatever runs it: TLS offered, SCRAM-SHA-256 demanded of everyone.
     *
     * @param port      on 127.0.0.1
     * @param superuser its first role
     */
    record Settings(int port, TlsFiles tls, Postgres.Login superuser) {}
}
