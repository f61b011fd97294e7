package org.sallyport.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A program and its arguments. */
record Command(List<String> words, Map<String, String> environment) {

    static Command of(String... words) {
        return new Command(List.of(words), Map.of());
    }

    Command and(List<String> more) {
        return new Command(Stream.concat(words.stream(), more.stream()).toList(), environment);
    }

    Command with(Map<String, String> environment) {
        return new Command(words, environment);
    }

    /** Runs it on these cores. */
    Command on(String cores) {
        return new Command(
                Stream.concat(Stream.of("taskset", "-c", cores), words.stream()).toList(), environment);
    }

    /** Runs it to its end; returns what it wrote, errors included. */
    String run() {
        Result result = result();
        if (result.status() != 0) {
            throw new IllegalStateException(words + " failed:\n" + result.output());
        }
        return result.output();
    }

    /** Runs it where it does not matter whether it succeeds. */
    void runAnyway() {
        result();
    }

    private record Result(int status, String output) {}

    private Result result() {
        try {
            Process process = builder().start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + words.get(0) + " ran", e);
        }
    }

    /** Starts it in the background; what it writes goes to a file. */
    Process start(Path log) {
        try {
            return builder().redirectOutput(log.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder;
    }

    /** Whether a program is in the PATH. */
    static boolean exists(String program) {
        return of("sh", "-c", "command -v " + program).result().status() == 0;
    }
}
