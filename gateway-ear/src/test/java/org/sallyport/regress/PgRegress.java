package org.sallyport.regress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's regression tests and pg_regress, which runs them with psql.
 *
 * @param suite      the folder {@code src/test/regress} of PostgreSQL's source
 * @param programs   the folder with psql, initdb and pg_ctl
 * @param libraries  the server's folder of loadable modules
 * @param pgRegress  the program
 * @param headers    the server's C headers
 */
record PgRegress(Path suite, Path programs, Path libraries, Path pgRegress, Path headers) {
    private static final Pattern VERSION = Pattern.compile("PACKAGE_VERSION='([0-9.]+)'");
    private static final Pattern ENDED = Pattern.compile("(?m)^(?:test|    ) ?(\\S+) +\\.\\.\\. (ok|FAILED)\\b");

    /**
     * What a run left behind.
     *
     * @param outputs  what psql wrote, by test
     * @param failed   the tests whose output is none of those PostgreSQL expects
     */
    record Outcome(Map<String, String> outputs, List<String> failed, Duration time) {}

    /** The suite that {@code -Dregress.suite} names, with what is installed; says what is missing. */
    static PgRegress find() {
        Path config = Path.of(System.getProperty("regress.pg_config"));
        need(
                config,
                "Install postgresql-15 and postgresql-server-dev-15, or name another pg_config by -Dregress.pg_config.");
        Path programs = Path.of(Commands.read(config.toString(), "--bindir"));
        Path libraries = Path.of(Commands.read(config.toString(), "--pkglibdir"));
        Path headers = Path.of(Commands.read(config.toString(), "--includedir-server"));
        Path pgRegress = libraries.resolve("pgxs/src/test/regress/pg_regress");
        need(programs.resolve("initdb"), "Install the server, on Debian postgresql-15.");
        need(programs.resolve("psql"), "Install psql, on Debian postgresql-client-15.");
        need(pgRegress, "Install the server's development files, on Debian postgresql-server-dev-15.");
        PgRegress found = new PgRegress(named(), programs, libraries, pgRegress, headers);
        found.requireOneVersion(Commands.read(config.toString(), "--version"));
        return found;
    }

    private static Path named() {
        String folder = System.getProperty("regress.suite", "");
        if (folder.isEmpty()) {
            throw new IllegalStateException("""
                    Say where the suite is: -Dregress.suite=FOLDER, the folder src/test/regress of PostgreSQL's source in the \
                    version that is installed (on Debian, with a deb-src line: apt-get source postgresql-15).""");
        }
        Path suite = Path.of(folder).toAbsolutePath();
        need(
                suite.resolve("parallel_schedule"),
                "-Dregress.suite names the folder src/test/regress of PostgreSQL's source.");
        return suite;
    }

    private static void need(Path file, String advice) {
        if (!Files.exists(file)) {
            throw new IllegalStateException(file + " is not there. " + advice);
        }
    }

    /** Messages and plans differ from one version to the next. */
    private void requireOneVersion(String installed) {
        Matcher source = VERSION.matcher(read(suite.resolve("../../../configure")));
        if (!source.find() || !List.of(installed.split(" ")).contains(source.group(1))) {
            throw new IllegalStateException(
                    "the suite in %s is not that of the installed %s".formatted(suite, installed));
        }
    }

    /** Runs all tests against a server, in {@code folder}. */
    Outcome run(Path folder, Map<String, String> environment) {
        try {
            Files.createDirectories(folder);
            build(folder);
            Path log = folder.resolve("pg_regress.log");
            ProcessBuilder builder = new ProcessBuilder(command(folder))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().putAll(environment);
            long begin = System.nanoTime();
            Commands.await(builder);
            Duration time = Duration.ofNanos(System.nanoTime() - begin);
            return new Outcome(outputs(folder.resolve("results")), failed(log), time);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(Path folder) {
        return List.of(
                pgRegress.toString(),
                "--use-existing",
                "--dbname=regression",
                "--bindir=" + programs,
                "--inputdir=" + suite,
                "--outputdir=" + folder,
                "--dlpath=" + folder,
                "--schedule=" + suite.resolve("parallel_schedule"),
                "--max-concurrent-tests=20");
    }

    /** The suite's functions in C, and two modules of the server that it looks for in the same place; needs gcc. */
    private void build(Path folder) throws IOException {
        for (String module : List.of("refint.so", "autoinc.so")) {
            Files.copy(libraries.resolve(module), folder.resolve(module));
        }
        Commands.run(
                folder,
                List.of(
                        "gcc",
                        "-O1",
                        "-fPIC",
                        "-shared",
                        "-I" + headers,
                        "-o",
                        folder.resolve("regress.so").toString(),
                        suite.resolve("regress.c").toString()));
    }

    private static Map<String, String> outputs(Path results) throws IOException {
        Map<String, String> outputs = new TreeMap<>();
        try (Stream<Path> files = Files.list(results)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith(".out")) {
                    outputs.put(name.substring(0, name.length() - ".out".length()), read(file));
                }
            }
        }
        return outputs;
    }

    private static List<String> failed(Path log) {
        List<String> failed = new ArrayList<>();
        Matcher test = ENDED.matcher(read(log));
        while (test.find()) {
            if (test.group(2).equals("FAILED")) {
                failed.add(test.group(1));
            }
        }
        return failed;
    }

    /** Results hold bytes of several encodings. */
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
