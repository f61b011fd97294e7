package org.sallyport.benchmarks;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of pgbench.
 *
 * @param script  what it runs, as pgbench's options
 * @param mode    pgbench's {@code --protocol}
 * @param clients with one, client, server and what is between share a core, so that the CPU path is measured
 */
record Pgbench(List<String> script, String mode, int clients, int seconds) {
    static final List<String> MODES = List.of("simple", "extended", "prepared");

    private static final int WARM_UP_SECONDS = 5;
    private static final int MOST_WARM_UPS = 12;
    private static final double CLEARLY_FASTER = 1.03;
    private static final List<String> SELECT = List.of("-S");
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without");

    /** Its SELECT by primary key. */
    Pgbench(String mode, int clients, int seconds) {
        this(SELECT, mode, clients, seconds);
    }

    /** Runs it again and again until it gets no faster: what compiles itself while it runs needs minutes for that. */
    void warmUp(Level level, String cores) {
        Pgbench warming = new Pgbench(script, mode, clients, WARM_UP_SECONDS);
        double best = warming.tps(level, cores);
        int noBetter = 0;
        for (int i = 0; i < MOST_WARM_UPS && noBetter < 2; i++) {
            double tps = warming.tps(level, cores);
            noBetter = tps > best * CLEARLY_FASTER ? 0 : noBetter + 1;
            best = Math.max(best, tps);
        }
    }

    /** Transactions per second, connecting not counted. */
    double tps(Level level, String cores) {
        Command command = Command.of(
                "pgbench",
                "-n",
                "-M",
                mode,
                "-c",
                Integer.toString(clients),
                "-j",
                Integer.toString(Math.min(2, clients)),
                "-T",
                Integer.toString(seconds));
        String output = command.and(script).with(level.environment()).on(cores).run();
        Matcher tps = TPS.matcher(output);
        if (!tps.find() || !output.contains("failed transactions: 0 ")) {
            throw new IllegalStateException("pgbench through " + level.name() + ":\n" + output);
        }
        return Double.parseDouble(tps.group(1));
    }
}
