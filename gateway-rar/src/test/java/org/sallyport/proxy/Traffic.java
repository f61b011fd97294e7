package org.sallyport.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.sallyport.client.RawClient;

/**
 * Makes up what a client might send: any messages in any order that PostgreSQL takes, whether or not it likes them. Equal
 * seeds make equal traffic.
 *
 * <p>COPY FROM STDIN and its data are one step, since anything else in between ends the connection. Names are few, so that
 * messages meet the same statements, portals and cursors often.
 */
final class Traffic {
    /**
     * What is sent at once in the sense that nothing is left out of it when traffic is shrunk.
     *
     * @param text for people
     */
    record Step(String text, Consumer<RawClient> send) {
        @Override
        public String toString() {
            return text;
        }
    }

    private static final String[] STATEMENTS = {"", "", "s", "r"};
    private static final String[] PORTALS = {"", "", "p", "q"};

    private final Random random;
    private final boolean denying;

    /** How many parameters the last statement of each name wants, whether or not the server has taken it. */
    private final Map<String, Integer> statements = new TreeMap<>(Map.of("", 0));

    private final Set<String> portals = new TreeSet<>(Set.of(""));
    private boolean unnamedBound;

    /** @param denying whether some statements are such as policy and server both refuse */
    Traffic(long seed, boolean denying) {
        this.random = new Random(seed);
        this.denying = denying;
    }

    List<Step> sequence() {
        List<Step> steps = new ArrayList<>();
        unnamedBound = false;
        if (random.nextBoolean()) {
            steps.add(new Step("Query \"BEGIN\"", client -> client.query("BEGIN")));
        }
        int length = 1 + random.nextInt(12);
        for (int i = 0; i < length; i++) {
            steps.addAll(next());
        }
        return steps;
    }

    private List<Step> next() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> List.of(query());
            case 3, 4 -> parse(pick(STATEMENTS));
            case 5, 6 -> List.of(bind(pick(PORTALS), statement()));
            case 7 -> List.of(name("Describe", 'D'));
            case 8, 9, 10 -> List.of(execute(portal()));
            case 11 -> List.of(name("Close", 'C'));
            case 12 -> List.of(new Step("Flush", client -> client.message('H', data -> {})));
            case 13, 14 -> List.of(sync());
            case 15 -> List.of(copyIn());
            case 16 -> List.of(stray());
            default -> whole();
        };
    }

    /** What ordinary clients send for one statement. */
    private List<Step> whole() {
        String statement = pick(STATEMENTS);
        String portal = pick(PORTALS);
        List<Step> steps = new ArrayList<>(parse(statement));
        steps.add(bind(portal, statement));
        if (random.nextBoolean()) {
            steps.add(new Step("Describe portal '" + portal + "'", client -> client.describe('P', portal)));
        }
        steps.add(execute(portal));
        if (random.nextInt(3) > 0) {
            steps.add(sync());
        }
        return steps;
    }

    /** The name of a statement, more often than not of one that is there. */
    private String statement() {
        return random.nextInt(5) == 0
                ? pick(STATEMENTS)
                : pick(statements.keySet().toArray(String[]::new));
    }

    /**
     * The name of a portal or cursor. The unnamed portal only where it was bound just before: PostgreSQL 15 crashes where one
     * is run that a failed Query left behind.
     */
    private String portal() {
        String name = random.nextInt(5) == 0 ? pick(PORTALS) : pick(portals.toArray(String[]::new));
        return name.isEmpty() && !unnamedBound ? "p" : name;
    }

    private Step sync() {
        unnamedBound = false;
        return new Step("Sync", RawClient::sync);
    }

    private Step query() {
        unnamedBound = false;
        String sql = text();
        if (random.nextInt(4) == 0) {
            sql = String.join(
                    "; ",
                    IntStream.range(0, 1 + random.nextInt(3))
                            .mapToObj(i -> plainText())
                            .toList());
            sql = random.nextInt(4) == 0 ? sql + ";" : sql;
        }
        String query = sql;
        return new Step("Query \"" + query + "\"", client -> client.query(query));
    }

    private List<Step> parse(String statement) {
        String sql = text();
        while (!statement.isEmpty() && sql.contains("EXECUTE ")) {
            sql = text(); // a statement that executes itself overflows PostgreSQL's stack
        }
        String prepared = sql;
        Step parse = new Step("Parse '" + statement + "' \"" + sql + "\"", client -> client.parse(statement, prepared));
        boolean known = statements.put(statement, sql.contains("$2") ? 2 : sql.contains("$1") ? 1 : 0) != null;
        // A named statement is not simply replaced.
        return known && !statement.isEmpty() && random.nextInt(6) > 0
                ? List.of(close('S', statement), parse)
                : List.of(parse);
    }

    private Step bind(String portal, String statement) {
        portals.add(portal);
        unnamedBound |= portal.isEmpty();
        int count = random.nextInt(20) > 0 ? statements.getOrDefault(statement, 0) : random.nextInt(3);
        boolean binary = random.nextInt(3) == 0;
        List<Integer> resultFormats = switch (random.nextInt(5)) {
            case 0 -> List.of(1);
            case 1 -> List.of(0);
            case 2 -> random.nextInt(4) == 0 ? List.of(0, 1) : List.of();
            default -> List.of();
        };
        String text = "Bind '%s' to '%s', %d %s parameters, result formats %s"
                .formatted(portal, statement, count, binary ? "binary" : "text", resultFormats);
        byte[] parameter = binary ? new byte[] {0, 0, 0, 3} : new byte[] {'3'};
        return new Step(
                text,
                client -> client.message('B', data -> {
                    data.writeBytes(portal + '\0' + statement + '\0');
                    data.writeShort(1);
                    data.writeShort(binary ? 1 : 0);
                    data.writeShort(count);
                    for (int i = 0; i < count; i++) {
                        data.writeInt(parameter.length);
                        data.write(parameter);
                    }
                    data.writeShort(resultFormats.size());
                    for (int format : resultFormats) {
                        data.writeShort(format);
                    }
                }));
    }

    private Step execute(String portal) {
        int maxRows = random.nextBoolean() ? 0 : 1 + random.nextInt(4);
        return new Step("Execute '" + portal + "' " + maxRows, client -> client.execute(portal, maxRows));
    }

    private Step name(String message, char type) {
        boolean portal = random.nextBoolean();
        return name(message, type, portal ? 'P' : 'S', portal ? portal() : statement());
    }

    private static Step close(char kind, String name) {
        return name("Close", 'C', kind, name);
    }

    private static Step name(String message, char type, char kind, String name) {
        String text = message + (kind == 'P' ? " portal '" : " statement '") + name + "'";
        return new Step(text, client -> client.message(type, data -> data.writeBytes(kind + name + "\0")));
    }

    /** Outside of COPY these are ignored. */
    private Step stray() {
        return switch (random.nextInt(3)) {
            case 0 -> new Step("CopyData", client -> client.copyData("900\tstray\n"));
            case 1 -> new Step("CopyDone", RawClient::copyDone);
            default -> copyFail();
        };
    }

    static Step copyFail() {
        return new Step("CopyFail", client -> client.message('f', data -> data.writeBytes("no more\0")));
    }

    private Step copyIn() {
        unnamedBound = false;
        boolean simple = random.nextBoolean();
        int copies = simple ? 1 + random.nextInt(5) / 4 : 1;
        List<Step> parts = new ArrayList<>();
        if (simple) {
            String before = random.nextInt(4) == 0 ? plainText() + "; " : "";
            String behind = random.nextInt(4) == 0 ? "; " + plainText() : "";
            String sql = before
                    + String.join(
                            "; ",
                            IntStream.range(0, copies)
                                    .mapToObj(i -> pick(Sql.COPY_IN))
                                    .toList())
                    + behind;
            parts.add(new Step("Query \"" + sql + "\"", client -> client.query(sql)));
        } else {
            String sql = pick(Sql.COPY_IN);
            parts.add(new Step(
                    "Parse 'copy' \"" + sql + "\"",
                    client -> client.close('S', "copy").parse("copy", sql).bind("copy", "copy")));
            parts.add(new Step("Execute 'copy'", client -> client.execute("copy", 0)));
        }
        for (int i = 0; i < copies; i++) {
            parts.addAll(copyData());
        }
        String text = String.join(", ", parts.stream().map(Step::text).toList());
        return new Step(text, client -> parts.forEach(part -> part.send().accept(client)));
    }

    private List<Step> copyData() {
        List<Step> parts = new ArrayList<>();
        int rows = random.nextInt(4);
        for (int i = 0; i < rows; i++) {
            String row = random.nextInt(6) == 0 ? "no number\n" : (100 + random.nextInt(30)) + "\tcopied\n";
            int cut = random.nextInt(3) == 0 ? random.nextInt(row.length()) : 0;
            parts.add(new Step("CopyData \"" + row.strip() + "\"", client -> {
                if (cut > 0) {
                    client.copyData(row.substring(0, cut));
                }
                client.copyData(row.substring(cut));
            }));
            if (random.nextInt(8) == 0) {
                parts.add(new Step("Flush", client -> client.message('H', data -> {})));
            }
        }
        parts.add(random.nextInt(5) == 0 ? copyFail() : new Step("CopyDone", RawClient::copyDone));
        return parts;
    }

    /** The text of one statement, or of none. */
    private String text() {
        return denying && random.nextInt(6) == 0 ? pick(Sql.DENIED) : plainText();
    }

    private String plainText() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> pick(Sql.READING);
            case 3 -> pick(Sql.WRITING);
            case 4 -> pick(Sql.FAILING);
            case 5, 6 -> pick(Sql.TRANSACTION);
            case 7 -> pick(Sql.PREPARED);
            case 8 -> pick(Sql.CURSORS);
            default -> pick(Sql.OTHER);
        };
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }

    /** The statements, each with the same answer whenever it is given. */
    private static final class Sql {
        static final String[] READING = {
            "SELECT 1",
            "SELECT id, v FROM t ORDER BY id",
            "SELECT generate_series(1, 7)",
            "SELECT $1::int + 1",
            "SELECT $1::text, $2::int",
            "SELECT v FROM t WHERE id = $1",
            "SELECT count(*) FROM t",
            "SELECT nextval('numbers')",
            "VALUES (1, 'a'), (2, NULL)",
            "SELECT '\\x00ff'::bytea, 1.50::numeric, ARRAY[1, 2], ROW(1, 'a'), NULL::int",
            "SELECT repeat('long ', 20000)",
            "SELECT repeat('row ', 50) FROM generate_series(1, 300)",
            "SELECT FROM t WHERE id < 3",
            "SELECT id FROM t ORDER BY id FOR UPDATE",
            "TABLE t"
        };

        static final String[] WRITING = {
            "INSERT INTO t VALUES (nextval('numbers'), 'new')",
            "INSERT INTO t VALUES (nextval('numbers'), $1) RETURNING id, v",
            "UPDATE t SET v = v || '!' WHERE id < 3",
            "UPDATE t SET v = upper(v) WHERE id < 3 RETURNING *",
            "DELETE FROM t WHERE id = 4",
            "INSERT INTO child VALUES (1)",
            "SELECT 5 AS five INTO TEMP made",
            "CREATE TEMP TABLE made AS SELECT 6 AS six"
        };

        static final String[] FAILING = {
            "SELECT 1/0",
            "SELECT 10 / (id - 3) FROM t ORDER BY id",
            "SELECT missing",
            "SELEC",
            "INSERT INTO t VALUES (1, 'taken')",
            "INSERT INTO child VALUES (999)",
            "SELECT 1; SELECT 2",
            "DO $$BEGIN RAISE EXCEPTION 'raised'; END$$",
            "VACUUM t",
            "SELECT pg_temp.missing()"
        };

        static final String[] TRANSACTION = {
            "BEGIN",
            "BEGIN",
            "COMMIT",
            "COMMIT",
            "ROLLBACK",
            "ROLLBACK",
            "SAVEPOINT a",
            "ROLLBACK TO a",
            "RELEASE a",
            "COMMIT AND CHAIN",
            "ROLLBACK AND CHAIN",
            "START TRANSACTION READ ONLY",
            "BEGIN ISOLATION LEVEL SERIALIZABLE",
            "END",
            "PREPARE TRANSACTION 'two phases'",
            "ROLLBACK PREPARED 'two phases'"
        };

        static final String[] PREPARED = {
            "PREPARE s AS SELECT 's by SQL'",
            "PREPARE r(int) AS SELECT $1 + 1",
            "PREPARE r AS INSERT INTO t VALUES (nextval('numbers'), 'prepared') RETURNING v",
            "EXECUTE s",
            "EXECUTE r",
            "EXECUTE r(3)",
            "EXPLAIN (COSTS OFF) EXECUTE s",
            "CREATE TEMP TABLE made AS EXECUTE s",
            "DEALLOCATE s",
            "DEALLOCATE r",
            "DEALLOCATE ALL",
            "DISCARD ALL",
            "SELECT name, statement, from_sql FROM pg_prepared_statements ORDER BY name"
        };

        static final String[] CURSORS = {
            "DECLARE p CURSOR FOR SELECT id FROM t ORDER BY id",
            "DECLARE q SCROLL CURSOR WITH HOLD FOR SELECT generate_series(1, 5)",
            "DECLARE p CURSOR WITH HOLD FOR SELECT 10 / (id - 3) FROM t ORDER BY id",
            "FETCH 2 FROM p",
            "FETCH ALL FROM q",
            "FETCH 1 FROM p",
            "MOVE 1 FROM p",
            "MOVE BACKWARD ALL FROM q",
            "FETCH BACKWARD 2 FROM q",
            "CLOSE p",
            "CLOSE q",
            "CLOSE ALL",
            "UPDATE t SET v = 'current' WHERE CURRENT OF p",
            "SELECT name, is_holdable FROM pg_cursors WHERE name <> '' ORDER BY name"
        };

        static final String[] COPY_IN = {
            "COPY t FROM STDIN", "COPY t (id, v) FROM STDIN", "COPY no_table FROM STDIN", "COPY lines FROM STDIN"
        };

        static final String[] OTHER = {
            "",
            ";",
            "-- nothing",
            "COPY t TO STDOUT",
            "COPY (SELECT generate_series(1, 4)) TO STDOUT (FORMAT binary)",
            "COPY (SELECT 10 / (i - 2) FROM generate_series(1, 4) i) TO STDOUT",
            "DO $$BEGIN RAISE NOTICE 'noticed'; END$$",
            "DO $$BEGIN RAISE WARNING 'first'; RAISE INFO 'second'; END$$",
            "SET application_name = 'traffic'",
            "SET TimeZone = 'UTC'",
            "SET LOCAL TimeZone = 'Europe/Vienna'",
            "RESET TimeZone",
            "SHOW TimeZone",
            "LISTEN channel",
            "NOTIFY channel, 'heard'",
            "UNLISTEN *",
            "EXPLAIN (COSTS OFF) SELECT 1",
            "CALL committing()",
            "DROP TABLE IF EXISTS made",
            "TRUNCATE child",
            "ANALYZE t",
            "LOCK TABLE t IN SHARE MODE"
        };

        /** Each fails in analysis for whoever has no right to the schema. */
        static final String[] DENIED = {
            "SELECT * FROM hidden.t /*deny*/",
            "INSERT INTO hidden.t VALUES (1) /*deny*/",
            "UPDATE hidden.t SET v = $1 /*deny*/",
            "DECLARE p CURSOR FOR SELECT * FROM hidden.t /*deny*/"
        };
    }
}
