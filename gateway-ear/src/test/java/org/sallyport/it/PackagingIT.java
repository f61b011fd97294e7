package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the EAR carries, and where: a library that is there twice is one nobody can tell apart from its other half. */
class PackagingIT {
    /** The archives that hold each class, by the class file's path. */
    private static final Map<String, List<String>> HOMES = new HashMap<>();

    private static final List<String> ARCHIVES = new ArrayList<>();

    @BeforeAll
    static void readTheEar() throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(System.getProperty("sallyport.ear")))) {
            readArchive("", in);
        }
    }

    private static void readArchive(String path, InputStream in) throws IOException {
        ZipInputStream archive = new ZipInputStream(in);
        for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
            String name = entry.getName();
            if (name.matches(".*\\.(jar|rar|war)")) {
                ARCHIVES.add(path + name);
                readArchive(path + name + "!", new ByteArrayInputStream(archive.readAllBytes()));
            } else if (isOrdinaryClass(name)) {
                HOMES.computeIfAbsent(name, key -> new ArrayList<>()).add(path);
            }
        }
    }

    /** Module descriptors and the versions of a multi-release jar have namesakes on purpose. */
    private static boolean isOrdinaryClass(String name) {
        return name.endsWith(".class") && !name.endsWith("module-info.class") && !name.startsWith("META-INF/");
    }

    @Test
    void holdsTheThreeModules() {
        assertThat(ARCHIVES).contains("gateway-rar.rar", "gateway-ejb.jar", "gateway-web.war");
    }

    @Test
    void carriesNettyInTheResourceAdapterOnly() {
        Set<String> homes = new HashSet<>();
        HOMES.entrySet().stream()
                .filter(home -> home.getKey().startsWith("io/netty/"))
                .forEach(home -> homes.addAll(home.getValue()));
        assertThat(homes).isNotEmpty().allMatch(home -> home.startsWith("gateway-rar.rar!"));
    }

    @Test
    void carriesEachClassOnce() {
        Set<List<String>> twice = new HashSet<>(HOMES.values());
        twice.removeIf(homes -> homes.size() == 1);
        assertThat(twice).as("archives that share classes").isEmpty();
    }

    @Test
    void carriesNoCopyOfWhatTheServerProvides() {
        assertThat(HOMES.keySet())
                .noneMatch(name -> name.startsWith("org/postgresql/"))
                .noneMatch(name ->
                        name.matches("jakarta/(persistence|transaction|ejb|resource|ws/rs|inject|enterprise)/.*"))
                .noneMatch(name -> name.startsWith("org/eclipse/microprofile/"));
    }
}
