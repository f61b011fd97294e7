package org.sallyport.benchmarks;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures every level in turn, several rounds of it, so that whatever else the machine does falls on all of them, and prints
 * the figures beside each other.
 */
public final class SideBySide {
    static final int CLIENTS = 16;
    static final String COPY = "COPY";
    static final String SELECT = "SELECT";

    /** pgbench's scale: 100 000 accounts each, so two million rows in all. */
    private static final int SCALE = Integer.getInteger("bench.scale", 20);

    private static final String ONE_CORE = "0";

    private static final Map<String, String> BULK = Map.of(
            COPY, "COPY pgbench_accounts TO STDOUT",
            SELECT, "SELECT * FROM pgbench_accounts");

    private final Stage stage;
    private final Map<Level, Figures> figures = new LinkedHashMap<>();
    private final int rounds = Integer.getInteger("bench.rounds", 3);
    private final int seconds = Integer.getInteger("bench.seconds", 4);

    private SideBySide(Stage stage) {
        this.stage = stage;
        stage.levels().forEach(level -> figures.put(level, new Figures()));
    }

    /** {@code -Dbench.root} names the project's folder; {@code -Dbench.whole=false} leaves out what needs the EAR. */
    public static void main(String[] arguments) throws IOException, JOSEException {
        Path root = Path.of(System.getProperty("bench.root", ".")).toAbsolutePath();
        Stage stage = new Stage(root, System.getProperty("bench.durability", "os"));
        // Also where it is interrupted, nothing stays behind.
        Runtime.getRuntime().addShutdownHook(new Thread(stage::close));
        try (stage) {
            boolean whole = Boolean.parseBoolean(System.getProperty("bench.whole", "true"));
            say("starting PostgreSQL and all that is measured");
            stage.start(SCALE, whole);
            String report = new SideBySide(stage).measure();
            System.out.println(report);
            if (whole) {
                Report.keep(root.resolve("docs/benchmarks.md"), "figures", report);
            }
        }
    }

    private String measure() throws IOException {
        warmUp();
        for (int round = 1; round <= rounds; round++) {
            say("round " + round + " of " + rounds);
            round();
        }
        return new Report(figures, rounds, seconds).markdown();
    }

    private void warmUp() throws IOException {
        for (Level level : stage.levels()) {
            say("warming up " + level.name());
            for (String mode : Pgbench.MODES) {
                new Pgbench(mode, CLIENTS, seconds).warmUp(level, Cpu.all());
            }
            for (String sql : BULK.values()) {
                bulk(level, sql);
            }
        }
        // What compiles itself is not done yet with the way that a single client takes through it.
        pinAll(ONE_CORE);
        for (Level level : stage.levels()) {
            for (String mode : Pgbench.MODES) {
                new Pgbench(mode, 1, seconds).warmUp(level, ONE_CORE);
            }
        }
    }

    private void round() throws IOException {
        List<Level> order = new ArrayList<>(stage.levels());
        Collections.shuffle(order);
        pinAll(ONE_CORE);
        for (String mode : Pgbench.MODES) {
            for (Level level : order) {
                measure(level, new Pgbench(mode, 1, seconds), ONE_CORE);
            }
        }
        pinAll(Cpu.all());
        for (String mode : Pgbench.MODES) {
            for (Level level : order) {
                measure(level, new Pgbench(mode, CLIENTS, seconds), Cpu.all());
            }
        }
        for (Map.Entry<String, String> read : BULK.entrySet()) {
            for (Level level : order) {
                figuresOf(level).add(read.getKey(), bulk(level, read.getValue()));
            }
        }
    }

    private void measure(Level level, Pgbench run, String cores) {
        List<Double> before = level.cpu();
        double tps = run.tps(level, cores);
        List<Double> after = level.cpu();
        figuresOf(level).add(Report.tps(run.mode(), run.clients()), tps);
        for (int i = 0; i < before.size(); i++) {
            double micros = (after.get(i) - before.get(i)) * 1e6 / (tps * run.seconds());
            figuresOf(level)
                    .add(Report.cpu(run.mode(), run.clients(), level.processes().get(i)), micros);
        }
    }

    private static double bulk(Level level, String sql) throws IOException {
        try (BulkRead reader = new BulkRead(level)) {
            return reader.seconds(sql);
        }
    }

    private Figures figuresOf(Level level) {
        return figures.computeIfAbsent(level, unused -> new Figures());
    }

    private void pinAll(String cores) throws IOException {
        List<Long> processes = new ArrayList<>(List.of(stage.database()));
        stage.levels().forEach(level -> level.processes().forEach(process -> processes.add(process.id())));
        Cpu.pin(processes, cores);
        // The gateway's store would be another machine; nobody waits for it.
        Cpu.pin(List.of(stage.store()), Cpu.all());
    }

    private static void say(String what) {
        System.out.println(what);
    }
}
