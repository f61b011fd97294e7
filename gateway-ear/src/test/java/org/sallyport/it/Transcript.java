package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** All that a client was told in the course of a scenario, as text. */
final class Transcript {
    /** What differs between any two runs, also between two direct ones; nothing else may. */
    private static final Map<Pattern, String> NEVER_THE_SAME = new LinkedHashMap<>();

    static {
        // Process ids: psql's word for who notified; the server's slot for a process, which names its temporary schema.
        never("(?<=server process with PID )\\d+", "PID");
        never("(?<=\\bpg_temp_)\\d+", "SLOT");
        // Keys: psql's and pg_dump's random word against injection.
        never("(?m)(?<=^\\\\(un)?restrict )\\w+$", "KEY");
        // Times: psql's \watch, pg_dump's and pg_restore's words on when it was made, pgbench's figures.
        never("(?m)^\\w{3} \\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}(?= \\(every )", "TIME");
        never("(?m)(?<=^(-- Started on|-- Completed on|; Archive created at|;     Archive created at) ).*$", "TIME");
        never("(?m)^(latency average|initial connection time|tps) = .*$", "$1 = TIME");
        never("(?m)^ +\\d+\\.\\d{3} +(?=\\d+  )", "TIME ");
        never("(?<=done in )\\d+\\.\\d\\d s .*", "TIME");
    }

    private static void never(String pattern, String replacement) {
        NEVER_THE_SAME.put(Pattern.compile(pattern), replacement);
    }

    /** What a client does on one route; the same on each. */
    interface Scenario {
        /** Returns all that the client was told. */
        String play(Route route) throws Exception;
    }

    private Transcript() {}

    /**
     * Plays a scenario past the gateway and through it; whatever the client is told must be the same.
     *
     * @return what it was told
     */
    static String ofBoth(Gateway gateway, String database, Scenario scenario) throws Exception {
        return ofBoth(Route.direct(gateway, database), Route.through(gateway, database), scenario);
    }

    /** The same on these two. */
    static String ofBoth(Route past, Route by, Scenario scenario) throws Exception {
        String direct = normalised(scenario.play(past));
        String through = normalised(scenario.play(by));
        assertThat(from(through, direct)).isEqualTo(from(direct, through));
        return direct;
    }

    /** The part of a text, with a few lines before it, from where it differs from another. */
    private static List<String> from(String text, String other) {
        List<String> lines = text.lines().toList();
        List<String> others = other.lines().toList();
        int same = 0;
        while (same < Math.min(lines.size(), others.size()) && lines.get(same).equals(others.get(same))) {
            same++;
        }
        return lines.subList(Math.max(0, same - 5), Math.min(lines.size(), same + 20));
    }

    private static String normalised(String text) {
        String normalised = text;
        for (Map.Entry<Pattern, String> never : NEVER_THE_SAME.entrySet()) {
            normalised = never.getKey().matcher(normalised).replaceAll(never.getValue());
        }
        return normalised;
    }
}
