package org.sallyport.demo;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a Liberty server of ours comes from and lives.
 *
 * @param runtime    the folder {@code wlp}
 * @param definition the server definition to copy
 * @param folder     where the copy lives, with its logs and variables
 * @param tls        its certificate, and the certificate it trusts
 */
public record ServerHome(Path runtime, Path definition, Path folder, TlsFiles tls) {

    /** One of the servers that the build put into the runtime. */
    public static ServerHome of(Path runtime, String server, Path folder, TlsFiles tls) {
        return new ServerHome(runtime, runtime.resolve("usr/servers").resolve(server), folder, tls);
    }

    LibertyServer define(Map<String, String> variables) {
        return LibertyServer.define(runtime, definition, folder, variables);
    }

    Map<String, String> tlsVariables() {
        return Map.of(
                "tls.keystore", tls.keystore().toAbsolutePath().toString(),
                "tls.keystore.password", tls.password(),
                "tls.truststore", tls.truststore().toAbsolutePath().toString(),
                "tls.truststore.password", tls.password());
    }
}
