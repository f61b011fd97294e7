package org.sallyport.noninterference;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sallyport.client.RawClient;

/**
 * Cursors of SQL and portals of the protocol under the same few names, declared, bound, fetched, closed and taken back in any order. All
 * results have the same description, so that it gives nothing away if one is taken for another.
 */
final class CursorGame {
    private static final List<String> QUERIES = List.of(
            "SELECT name || '' AS v FROM products",
            "SELECT 'a' AS v",
            "SELECT ssn || '' AS v FROM customers",
            "SELECT coalesce(email, '-') AS v FROM customers");
    private static final List<String> NAMES = List.of("k", "k", "l");

    private final Random random;

    private CursorGame(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** The game of a seed; the same each time. It leaves nothing behind. */
    static Scene of(long seed) {
        CursorGame game = new CursorGame(seed);
        List<Scene.Step> steps = new ArrayList<>();
        // Else whoever plays it keeps a savepoint before each, and goes back to it behind an error.
        boolean alone = game.random.nextInt(3) == 0;
        if (alone) {
            steps.add(Scene.query("BEGIN"));
        }
        steps.add(Scene.query("SAVEPOINT a"));
        steps.add(Scene.query(game.declare(game.name())));
        for (int moves = 3 + game.random.nextInt(9); moves > 0; moves--) {
            steps.add(game.step());
        }
        if (alone) {
            steps.add(Scene.query("ROLLBACK"));
        }
        steps.add(Scene.query("CLOSE ALL"));
        return new Scene(steps, alone);
    }

    private Scene.Step step() {
        if (random.nextInt(3) > 0) {
            return Scene.query(sql());
        }
        List<Scene.Step> messages = new ArrayList<>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            messages.add(message());
        }
        return client -> {
            RawClient sent = client;
            for (Scene.Step message : messages) {
                sent = message.apply(sent);
            }
            return sent.sync();
        };
    }

    /** Without a Sync. */
    private Scene.Step message() {
        String name = name();
        String query = query();
        String sql = sql();
        int rows = random.nextInt(2);
        return switch (random.nextInt(6)) {
            case 0 -> client -> client.parse("", query).bind(name, "");
            case 1 -> client -> client.parse("", query).bind(name, "").execute(name, 1);
            case 2 -> client -> client.execute(name, rows);
            case 3 -> client -> client.close('P', name);
            case 4 -> client -> client.parse("", "FETCH ALL FROM " + name).bind("f", "");
            default -> client -> client.parse("", sql).bind("", "").execute("", 0);
        };
    }

    private String sql() {
        String name = name();
        return switch (random.nextInt(18)) {
            case 0, 1, 2, 3 -> declare(name);
            case 4, 5, 6 -> "FETCH ALL FROM " + name;
            case 7 -> "FETCH 1 FROM " + name;
            case 8 -> "MOVE 1 IN " + name;
            case 9, 10 -> "CLOSE " + name;
            case 11 -> "CLOSE ALL";
            case 12 -> "SAVEPOINT a";
            case 13 -> "ROLLBACK TO a";
            case 14 -> pick(List.of("BEGIN", "COMMIT", "ROLLBACK", "COMMIT AND CHAIN"));
            case 15 -> "CLOSE " + name + "; SELECT 1";
            case 16 -> "ROLLBACK TO a; SELECT 1";
            default -> "DECLARE " + name + " CURSOR FOR " + QUERIES.get(random.nextInt(2)) + "; SELECT 1";
        };
    }

    private String declare(String name) {
        String binary = random.nextInt(4) == 0 ? " BINARY" : "";
        String hold = random.nextInt(4) == 0 ? " WITH HOLD" : "";
        return "DECLARE " + name + binary + " CURSOR" + hold + " FOR " + query();
    }

    private String query() {
        return pick(QUERIES);
    }

    private String name() {
        return pick(NAMES);
    }

    private String pick(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
