package org.sallyport.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One Open Liberty server as a child process, made from a server definition and run in a folder of its own.
 *
 * <p>Variables reach it by a file that only its owner can read, so that secrets show in no process list.
 */
public final class LibertyServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(6);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final int LINES_SHOWN = 40;
    private static final String STACK_FRAME = "\tat ";

    private static final String STARTED = "CWWKF0011I";
    /** An application failed to start, a feature is missing, the configuration is wrong, a port is taken. */
    private static final List<String> FAILURES =
            List.of("CWWKZ0002E", "CWWKZ0004E", "CWWKF0001E", "CWWKF0046W", "CWWKG0014E", "CWWKO0221E");

    private final Path runtime;
    private final Path folder;
    private final String name;
    private volatile @Nullable Process process;

    private LibertyServer(Path runtime, Path folder, String name) {
        this.runtime = runtime;
        this.folder = folder;
        this.name = name;
    }

    /**
     * Copies a server definition and gives it its variables; nothing is started yet.
     *
     * @param runtime    the folder {@code wlp}
     * @param definition the folder with its server.xml
     * @param folder     where the server lives
     */
    public static LibertyServer define(Path runtime, Path definition, Path folder, Map<String, String> variables) {
        String name = String.valueOf(definition.getFileName());
        LibertyServer server = new LibertyServer(runtime.toAbsolutePath(), folder.toAbsolutePath(), name);
        Folders.copy(definition, server.definition());
        Folders.writePrivate(server.variableFolder().resolve("variables.properties"), properties(variables));
        return server;
    }

    /** The server's folder, with its server.xml. */
    public Path definition() {
        return folder.resolve("usr/servers").resolve(name);
    }

    /** Starts the server and waits until it says that it is ready, its applications included. */
    public LibertyServer start() {
        try {
            Files.deleteIfExists(console());
            Process started = command().start();
            process = started;
            awaitStart(started);
        } catch (IOException e) {
            throw new StartFailure("the server " + name + " cannot be run", e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while the server " + name + " started", e);
        }
        return this;
    }

    private ProcessBuilder command() {
        ProcessBuilder command =
                new ProcessBuilder(runtime.resolve("bin/server").toString(), "run", name);
        command.redirectErrorStream(true).redirectOutput(Redirect.to(console().toFile()));
        command.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
        Map<String, String> environment = command.environment();
        environment.put("WLP_USER_DIR", folder.resolve("usr").toString());
        environment.put("VARIABLE_SOURCE_DIRS", variableFolder().toString());
        environment.put("JAVA_HOME", System.getProperty("sallyport.java.home", System.getProperty("java.home")));
        return command;
    }

    private void awaitStart(Process started) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!output().contains(STARTED)) {
            boolean ended = started.waitFor(200, TimeUnit.MILLISECONDS);
            if (ended || failed() || System.nanoTime() > deadline) {
                throw notStarted();
            }
        }
        if (failed()) {
            throw notStarted();
        }
    }

    private boolean failed() {
        return FAILURES.stream().anyMatch(output()::contains);
    }

    private StartFailure notStarted() {
        String lines = lastLines();
        close();
        return new StartFailure("The server %s did not start. Its last lines:%n%s".formatted(name, lines));
    }

    /** Stops the server in good order, or by force where it takes too long. */
    @Override
    public void close() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    /** Ends the server at once, as a power cut would. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly().onExit().join();
        }
    }

    public boolean isRunning() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** The process of the running server, which has the JVM's for a child or is it. */
    public long processId() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("the server " + name + " is not running");
        }
        return running.pid();
    }

    /** What the server has written to its console since its start. */
    public String output() {
        try {
            return Files.exists(console()) ? Files.readString(console(), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of the server's output without stack frames, for a failure's message. */
    public String lastLines() {
        List<String> lines =
                output().lines().filter(line -> !line.startsWith(STACK_FRAME)).toList();
        return String.join(
                System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    private Path console() {
        return folder.resolve("console.log");
    }

    private Path variableFolder() {
        return folder.resolve("variables");
    }

    private static String properties(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue().replace("\\", "\\\\"))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
