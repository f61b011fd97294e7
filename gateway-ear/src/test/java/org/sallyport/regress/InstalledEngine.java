package org.sallyport.regress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sallyport.demo.PostgresEngine;

/** Runs a cluster with the PostgreSQL that is installed, in a folder of its own, as root or as an ordinary user. */
final class InstalledEngine implements PostgresEngine {
    private final Path programs;
    private final Path folder;
    private final Settings settings;

    /** @param programs the folder with initdb and pg_ctl */
    InstalledEngine(Path programs, Path folder, Settings settings) {
        this.programs = programs;
        this.folder = folder.toAbsolutePath();
        this.settings = settings;
    }

    @Override
    public void start() {
        if (!Files.exists(data())) {
            create();
        }
        run("pg_ctl", "start", "--wait", "--silent", "--pgdata=" + data(), "--log=" + folder.resolve("postgres.log"));
    }

    /** In the C locale, for which the suite has expected outputs on every machine. */
    private void create() {
        Path password = folder.resolve("password");
        try {
            Files.createDirectories(folder);
            Files.writeString(password, settings.superuser().password());
            run(
                    "initdb",
                    "--pgdata=" + data(),
                    "--username=" + settings.superuser().user(),
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync");
            Files.delete(password);
            Files.writeString(data().resolve("postgresql.auto.conf"), configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration() {
        return """
                port = %d
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                ssl = on
                ssl_cert_file = '%s'
                ssl_key_file = '%s'
                fsync = off
                # As pg_regress has it in clusters that it makes itself.
                max_prepared_transactions = 2
                """.formatted(
                        settings.port(),
                        settings.tls().certificate().toAbsolutePath(),
                        settings.tls().key().toAbsolutePath());
    }

    @Override
    public void close() {
        run("pg_ctl", "stop", "--wait", "--silent", "--mode=fast", "--pgdata=" + data());
    }

    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it is not.
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Commands.run(folder, command);
    }

    private Path data() {
        return folder.resolve("data");
    }
}
