package org.sallyport.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of a run as one table of Markdown, with the ratios that the aims are about. */
final class Report {
    private final Map<Level, Figures> figures;
    private final int rounds;
    private final int seconds;

    Report(Map<Level, Figures> figures, int rounds, int seconds) {
        this.figures = figures;
        this.rounds = rounds;
        this.seconds = seconds;
    }

    static String tps(String mode, int clients) {
        return "tps " + mode + ' ' + clients;
    }

    static String cpu(String mode, int clients, Level.Process process) {
        return "cpu " + mode + ' ' + clients + ' ' + process.name();
    }

    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s, %s, JDK %s; the median of %d rounds of %d seconds. Direct, 1 client: %s µs a statement; 16 clients: %s"
                        + " transactions/s; 2 million rows by COPY %.2f s, by SELECT %.2f s.",
                LocalDate.now(ZoneOffset.UTC),
                Cpu.machine(),
                System.getProperty("java.version"),
                rounds,
                seconds,
                each(mode -> 1e6 / of("direct").median(tps(mode, 1)), "%.1f"),
                each(mode -> of("direct").median(tps(mode, SideBySide.CLIENTS)), "%.0f"),
                of("direct").median(SideBySide.COPY),
                of("direct").median(SideBySide.SELECT)));
        lines.add("");
        lines.add("| simple / extended / prepared | added µs, 1 client, pinned | to the bare relay's | CPU µs, 1 client"
                + " | transactions/s to direct, 16 clients | to PgBouncer | CPU µs, 16 clients"
                + " | COPY: speed to direct / to the relay | SELECT: the same |");
        lines.add("|---|---|---|---|---|---|---|---|---|");
        figures.keySet().stream()
                .filter(level -> !level.name().equals("direct"))
                .forEach(level -> lines.add(row(level)));
        return String.join("\n", lines) + "\n";
    }

    private String row(Level level) {
        return "| "
                + String.join(
                        " | ",
                        level.name(),
                        each(mode -> added(level.name(), mode), "%.1f"),
                        each(mode -> added(level.name(), mode) / added("bare relay", mode), "%.2f"),
                        cpu(level, 1),
                        each(mode -> ratio(level.name(), "direct", tps(mode, SideBySide.CLIENTS)), "%.2f"),
                        each(mode -> ratio(level.name(), "PgBouncer", tps(mode, SideBySide.CLIENTS)), "%.2f"),
                        cpu(level, SideBySide.CLIENTS),
                        bulk(level, SideBySide.COPY),
                        bulk(level, SideBySide.SELECT))
                + " |";
    }

    /** Median over the rounds of what a level adds to the direct connection of the same round. */
    private double added(String level, String mode) {
        List<Double> direct = of("direct").of(tps(mode, 1));
        List<Double> through = of(level).of(tps(mode, 1));
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < Math.min(direct.size(), through.size()); i++) {
            differences.add(1e6 / through.get(i) - 1e6 / direct.get(i));
        }
        return Figures.median(differences);
    }

    /** Median over the rounds of a level's figure to another's in the same round. */
    private double ratio(String level, String other, String measure) {
        List<Double> figure = of(level).of(measure);
        List<Double> base = of(other).of(measure);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(figure.size(), base.size()); i++) {
            ratios.add(figure.get(i) / base.get(i));
        }
        return Figures.median(ratios);
    }

    /** Speed is the inverse of time. */
    private String bulk(Level level, String read) {
        return number("%.2f", 1 / ratio(level.name(), "direct", read))
                + " / "
                + number("%.2f", 1 / ratio(level.name(), "bare relay", read));
    }

    private String cpu(Level level, int clients) {
        return level.processes().stream()
                .map(process -> (level.processes().size() > 1 ? process.name() + ' ' : "")
                        + each(mode -> of(level.name()).median(cpu(mode, clients, process)), "%.1f"))
                .collect(Collectors.joining(", "));
    }

    private Figures of(String level) {
        return figures.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(level))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(Figures::new);
    }

    private interface Figure {
        double of(String mode);
    }

    private static String each(Figure figure, String format) {
        return Pgbench.MODES.stream()
                .map(mode -> number(format, figure.of(mode)))
                .collect(Collectors.joining(" / "));
    }

    private static String number(String format, double figure) {
        return Double.isNaN(figure) ? "–" : String.format(Locale.ROOT, format, figure);
    }

    /** Puts a table in the place of the one that stands in a document by this name. */
    static void keep(Path document, String name, String table) throws IOException {
        String text = Files.readString(document);
        String first = "<!-- " + name + " -->";
        String last = "<!-- end of " + name + " -->";
        int begin = text.indexOf(first);
        int end = text.indexOf(last);
        if (begin < 0 || end < begin) {
            throw new IOException(document + " has no place for the figures, between " + first + " and " + last);
        }
        Files.writeString(document, text.substring(0, begin) + first + "\n\n" + table + "\n" + text.substring(end));
    }
}
