package org.sallyport.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processes and the machine's cores, as Linux tells of them. */
final class Cpu {
    /** USER_HZ: what Linux counts in for programs, on every platform in use. */
    private static final double TICKS_PER_SECOND = 100;

    private Cpu() {}

    /** CPU seconds of a process, its children that live and those that it has waited for. */
    static double seconds(long process) {
        return tree(process).mapToDouble(Cpu::ownSeconds).sum();
    }

    private static Stream<Long> tree(long process) {
        return Stream.concat(
                Stream.of(process),
                ProcessHandle.of(process).stream()
                        .flatMap(ProcessHandle::descendants)
                        .map(ProcessHandle::pid));
    }

    private static double ownSeconds(long process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
            // The program's name, in parentheses, may hold spaces.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Stream.of(fields[11], fields[12], fields[13], fields[14])
                            .mapToLong(Long::parseLong)
                            .sum()
                    / TICKS_PER_SECOND;
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Lets these processes, with all their threads and children, run on these cores only; so too what they start. */
    static void pin(List<Long> processes, String cores) {
        processes.stream()
                .flatMap(Cpu::tree)
                .forEach(process -> Command.of("taskset", "-acp", cores, Long.toString(process))
                        .runAnyway());
    }

    /** Every core, as taskset counts them. */
    static String all() {
        return "0-" + (Runtime.getRuntime().availableProcessors() - 1);
    }

    static String machine() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            String model = lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse("unknown processor");
            return Runtime.getRuntime().availableProcessors() + " cores of " + model;
        } catch (IOException e) {
            return "unknown machine";
        }
    }
}
