package org.sallyport.client;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * PostgreSQL of one version, from a jar of binaries that is not on the class path: they all hold the same name.
 *
 * @param jar named by the build after its version
 */
public record ServerVersion(Path jar) {

    /** Those that the build has put into the folder of gateway-rar; {@code -Pservers} puts them all. */
    public static List<ServerVersion> available() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("..", "gateway-rar", "target", "postgres"))) {
            return jars.sorted().map(ServerVersion::new).toList();
        }
    }

    public int major() {
        return Integer.parseInt(toString());
    }

    public EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder().setPgBinaryResolver((system, machine) -> binaries());
    }

    /** The archive in the jar, which holds one. */
    private InputStream binaries() throws IOException {
        ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar));
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().endsWith(".txz")) {
                return zip;
            }
        }
        throw new IOException("no binaries in " + jar);
    }

    @Override
    public String toString() {
        return jar.getFileName().toString();
    }
}
