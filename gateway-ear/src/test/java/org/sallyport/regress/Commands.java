package org.sallyport.regress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs a program that is over soon. */
final class Commands {
    private Commands() {}

    /** Runs a program to its end, which must be a good one; what it wrote is in {@code commands.log} of the folder. */
    static void run(Path folder, List<String> command) {
        Path log = folder.resolve("commands.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        int status = await(builder);
        if (status != 0) {
            throw new IllegalStateException("%s ended with status %d; see %s".formatted(command, status, log));
        }
    }

    /** What a program says. */
    static String read(String... command) {
        try {
            Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program to its end and returns its exit status. */
    static int await(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while " + builder.command() + " ran", e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
