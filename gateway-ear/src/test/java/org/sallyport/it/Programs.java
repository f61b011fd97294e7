package org.sallyport.it;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Client programs, from the PATH: PostgreSQL's own, and Node.js for those written for it.
 *
 * <p>A missing one skips the test on a developer's machine and fails it where {@code CI=true}: nothing is left out there.
 */
public final class Programs {
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    /** What a program left behind. */
    public record Result(int status, String output, String errors) {}

    private Programs() {}

    /** Runs a program to its end and returns what it wrote. */
    public static Result run(Map<String, String> environment, String... command) {
        return run(Duration.ofMinutes(2), environment, command);
    }

    public static Result run(Duration limit, Map<String, String> environment, String... command) {
        require(command[0]);
        try {
            Path output = Files.createTempFile("sallyport", ".out");
            Path errors = Files.createTempFile("sallyport", ".err");
            try {
                int status = await(start(environment, output, errors, command), limit);
                return new Result(status, Files.readString(output), Files.readString(errors));
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program to its end and returns what it wrote to its output and its errors, in the order in which it wrote. */
    static String runMerged(Map<String, String> environment, String... command) {
        require(command[0]);
        Result result = run(
                environment,
                Stream.concat(Stream.of("sh", "-c", "exec \"$@\" 2>&1", "sh"), Stream.of(command))
                        .toArray(String[]::new));
        return result.output() + "exit status " + result.status() + "\n";
    }

    /** Starts a program that the test talks to while it runs; the test ends it. */
    public static Process start(Map<String, String> environment, String... command) {
        require(command[0]);
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(Map<String, String> environment, Path output, Path errors, String... command)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static int await(Process process, Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return fail("still running after " + limit);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Skips the test, or fails it where nothing may be skipped, if the program is not there. */
    public static void require(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        if (SEPARATOR
                .splitAsStream(path)
                .map(Path::of)
                .anyMatch(folder -> Files.isExecutable(folder.resolve(program)))) {
            return;
        }
        String message =
                program + " is not in the PATH (Debian: postgresql-client, postgresql for pgbench, nodejs, npm)";
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            fail(message);
        }
        abort(message);
    }
}
