package org.sallyport.benchmarks;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures what the record costs where everything waits for the disk: the database's commits, and the gateway's journal. Beside
 * it stands the same listener with nothing behind it that judges or records.
 */
public final class RecordingCost {
    private static final int SCALE = Integer.getInteger("bench.scale", 20);
    private static final int STEADY_SECONDS = 20;
    private static final int STEADY_RATE = 10_000;
    private static final int HEAP_STEPS = 4;
    private static final int STATEMENTS_A_STEP = 250_000;
    private static final int HEAP_CLIENTS = 16;

    private static final String TPC_B = "TPC-B, 16 clients";
    private static final String SELECT = "SELECT, 128 clients";
    private static final String READ = "one read";
    private static final String WRITE = "one write";
    private static final String ROWS = "two million rows";
    private static final String DISK = "fdatasync";
    private static final String ALONE = "proxy alone";
    private static final String GATEWAY = "gateway";

    private final Stage stage;
    private final Map<String, Figures> figures = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final int rounds = Integer.getInteger("bench.rounds", 3);
    private final int seconds = Integer.getInteger("bench.seconds", 4);
    private final Map<String, Pgbench> loads;

    private RecordingCost(Stage stage) throws IOException {
        this.stage = stage;
        stage.levels().forEach(level -> figures.put(level.name(), new Figures()));
        Path update = Files.writeString(stage.file("update.sql"), """
                \\set aid random(1, 100000 * :scale)
                UPDATE pgbench_accounts SET abalance = abalance + 1 WHERE aid = :aid;
                """);
        List<String> write = List.of("-f", update.toString(), "-s", Integer.toString(SCALE));
        loads = new LinkedHashMap<>();
        loads.put(TPC_B, new Pgbench(List.of("-b", "tpcb-like"), "prepared", 16, seconds));
        loads.put(SELECT, new Pgbench("prepared", 128, seconds));
        loads.put(READ, new Pgbench("prepared", 1, seconds));
        loads.put(WRITE, new Pgbench(write, "prepared", 1, seconds));
    }

    public static void main(String[] arguments) throws IOException, JOSEException, InterruptedException {
        Path root = Path.of(System.getProperty("bench.root", ".")).toAbsolutePath();
        Stage stage = new Stage(root, "fsync");
        Runtime.getRuntime().addShutdownHook(new Thread(stage::close));
        try (stage) {
            say("starting PostgreSQL and all that is measured");
            stage.startRecording(SCALE);
            String report = new RecordingCost(stage).measure();
            System.out.println(report);
            Report.keep(root.resolve("docs/benchmarks.md"), "recording", report);
        }
    }

    private String measure() throws IOException, InterruptedException {
        for (Level level : stage.levels()) {
            say("warming up " + level.name());
            for (Pgbench load : loads.values()) {
                load.warmUp(level, Cpu.all());
            }
        }
        for (int round = 1; round <= rounds; round++) {
            say("round " + round + " of " + rounds);
            round();
        }
        say("how the store keeps up");
        String shipping = shipping();
        say("the heap over a million statements");
        String heap = heap();
        table();
        lines.add("");
        lines.add(shipping);
        lines.add(heap);
        return String.join("\n", lines) + "\n";
    }

    private void round() throws IOException, InterruptedException {
        List<Level> order = new ArrayList<>(stage.levels());
        Collections.shuffle(order);
        for (Map.Entry<String, Pgbench> load : loads.entrySet()) {
            of("direct").add(DISK, diskMicros());
            for (Level level : order) {
                of(level.name()).add(load.getKey(), load.getValue().tps(level, Cpu.all()));
                drain();
            }
        }
        for (Level level : order) {
            try (BulkRead reader = new BulkRead(level)) {
                of(level.name()).add(ROWS, reader.seconds("SELECT * FROM pgbench_accounts"));
            }
        }
    }

    /** Microseconds until some hundred bytes at a file's end are on the disk, as the journal writes them: the median of many. */
    private double diskMicros() throws IOException {
        List<Double> micros = new ArrayList<>();
        Path file = stage.file("disk");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            // The journal's segments have their length from the start, too.
            channel.write(ByteBuffer.allocate(1 << 20));
            channel.force(true);
            channel.position(0);
            for (int i = 0; i < 500; i++) {
                long begin = System.nanoTime();
                channel.write(ByteBuffer.allocate(400));
                channel.force(false);
                micros.add((System.nanoTime() - begin) / 1e3);
            }
        }
        return Figures.median(micros);
    }

    /** Waits until the store has all of the journal; returns the seconds that this took. */
    private double drain() throws InterruptedException {
        long begin = System.nanoTime();
        long last = begin;
        long shipped = stage.shipped();
        while (System.nanoTime() - last < 700_000_000L) {
            Thread.sleep(50);
            long now = stage.shipped();
            if (now != shipped) {
                shipped = now;
                last = System.nanoTime();
            }
        }
        return (last - begin) / 1e9;
    }

    private String shipping() throws InterruptedException {
        Level gateway = level(GATEWAY);
        long before = stage.shipped();
        double tps = new Pgbench(List.of("-S", "-R", Integer.toString(STEADY_RATE)), "prepared", 16, STEADY_SECONDS)
                .tps(gateway, Cpu.all());
        double behind = drain();
        double atOnce = (stage.shipped() - before) / (STEADY_SECONDS + behind);
        before = stage.shipped();
        double most = new Pgbench("prepared", 16, STEADY_SECONDS).tps(gateway, Cpu.all());
        double mostBehind = drain();
        double mostAtOnce = (stage.shipped() - before) / (STEADY_SECONDS + mostBehind);
        return String.format(
                Locale.ROOT,
                "The store, of %,d statements a second asked for during %d seconds: %,.0f came, %,.0f records a second were shipped, the"
                        + " last one %.1f s after the load's end. As fast as 16 clients can: %,.0f statements, %,.0f records a second, %.1f s.",
                STEADY_RATE,
                STEADY_SECONDS,
                tps,
                atOnce,
                behind,
                most,
                mostAtOnce,
                mostBehind);
    }

    private String heap() throws InterruptedException {
        Level gateway = level(GATEWAY);
        List<String> used = new ArrayList<>();
        for (int step = 0; step <= HEAP_STEPS; step++) {
            if (step > 0) {
                Command.of("pgbench", "-n", "-S", "-M", "prepared", "-j", "2", "-c", Integer.toString(HEAP_CLIENTS))
                        .and(List.of("-t", Integer.toString(STATEMENTS_A_STEP / HEAP_CLIENTS)))
                        .with(gateway.environment())
                        .run();
            }
            drain();
            used.add(String.format(
                    Locale.ROOT,
                    "%.1f",
                    liveMegabytes(gateway.processes().get(0).id())));
        }
        return String.format(
                Locale.ROOT,
                "The gateway's live heap, collected after each %,d of %,d statements: %s MiB.",
                STATEMENTS_A_STEP,
                STATEMENTS_A_STEP * HEAP_STEPS,
                String.join(", ", used));
    }

    /** What is left of the heap when it has been collected. */
    private static double liveMegabytes(long process) {
        String histogram = Command.of(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process),
                        "GC.class_histogram")
                .run();
        Matcher total = Pattern.compile("(?m)^Total +\\d+ +(\\d+)").matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException("no total in the heap's histogram");
        }
        return Double.parseDouble(total.group(1)) / (1 << 20);
    }

    private void table() {
        double disk = of("direct").median(DISK);
        lines.add(String.format(
                Locale.ROOT,
                "%s, %s, JDK %s; the median of %d rounds of %d seconds. One fdatasync: %.0f µs.",
                LocalDate.now(ZoneOffset.UTC),
                Cpu.machine(),
                System.getProperty("java.version"),
                rounds,
                seconds,
                disk));
        lines.add("");
        lines.add(
                "| | TPC-B, 16 clients: transactions/s | to nothing recorded | SELECT, 128 clients | the same"
                        + " | one read, µs | added to nothing recorded, in fdatasyncs | one write, µs | the same | two million rows, s |");
        lines.add("|---|---|---|---|---|---|---|---|---|---|");
        for (Level level : stage.levels()) {
            Figures of = of(level.name());
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.2f | %.0f | %.2f | %.0f | %.2f | %.0f | %.2f | %.2f |",
                    level.name(),
                    of.median(TPC_B),
                    ratio(level, TPC_B),
                    of.median(SELECT),
                    ratio(level, SELECT),
                    1e6 / of.median(READ),
                    added(level, READ) / disk,
                    1e6 / of.median(WRITE),
                    added(level, WRITE) / disk,
                    of.median(ROWS)));
        }
    }

    private double ratio(Level level, String load) {
        return Figures.median(each(level, load, (figure, base) -> figure / base));
    }

    /** Microseconds beside the listener alone. */
    private double added(Level level, String load) {
        return Figures.median(each(level, load, (figure, base) -> 1e6 / figure - 1e6 / base));
    }

    private interface Comparison {
        double of(double figure, double base);
    }

    /** Within each round, beside the listener that records nothing. */
    private List<Double> each(Level level, String load, Comparison comparison) {
        List<Double> figure = of(level.name()).of(load);
        List<Double> base = of(ALONE).of(load);
        List<Double> compared = new ArrayList<>();
        for (int i = 0; i < figure.size(); i++) {
            compared.add(comparison.of(figure.get(i), base.get(i)));
        }
        return compared;
    }

    private Level level(String name) {
        return stage.levels().stream()
                .filter(level -> level.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Figures of(String level) {
        return figures.computeIfAbsent(level, unused -> new Figures());
    }

    private static void say(String what) {
        System.out.println(what);
    }
}
