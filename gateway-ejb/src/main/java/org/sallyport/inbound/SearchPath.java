package org.sallyport.inbound;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sallyport.contract.SessionHandle;
import org.sallyport.sql.Script;
import org.sallyport.sql.SettingChanges;
import org.sallyport.sql.Statement;
import org.sallyport.sql.StatementKinds;

/** Where a session looks names up: what may change that, and what the server says that it is. */
final class SearchPath {
    /** The path may have the role's own schema in it, and has only those that the role may use. */
    private static final Set<String> DECIDE_PATH = Set.of("search_path", "role", "session_authorization");

    /** These neither end a transaction or savepoint, nor may what they run do so. */
    private static final Set<String> KEEP_PATH = Set.of(
            "SELECT",
            "INSERT",
            "UPDATE",
            "DELETE",
            "MERGE",
            "VALUES",
            "TABLE",
            "SHOW",
            "FETCH",
            "MOVE",
            "COPY",
            "PREPARE",
            "DEALLOCATE",
            "BEGIN",
            "START TRANSACTION",
            "SAVEPOINT",
            "RELEASE");

    private static final Set<String> TRANSACTION_CONTROL = Set.of(
            "BEGIN", "START TRANSACTION", "COMMIT", "END", "ROLLBACK", "ABORT", "ROLLBACK TO", "SAVEPOINT", "RELEASE");

    private static final String USER = "$user";
    private static final String NONE = "none";

    /** The server cuts longer names, and then means another schema. */
    private static final int LONGEST_NAME = 63;

    private SearchPath() {}

    /** What a text does to the path of its session. */
    enum Effect {
        /** The session looks names up where it did. */
        KEPT,
        /** The server has to be asked afterwards. */
        MOVED,
        /** The session may be somebody else afterwards, whom nobody can ask for. */
        LOST
    }

    static Effect effect(Script script) {
        if (script.statements().stream().noneMatch(SearchPath::mayChange)) {
            return Effect.KEPT;
        }
        boolean lost = script.statements().stream()
                .anyMatch(statement -> SettingChanges.of(statement).mayBeOf(Set.of("session_authorization")));
        return lost ? Effect.LOST : Effect.MOVED;
    }

    /** Whether its session may look names up elsewhere afterwards. */
    static boolean mayChange(Statement statement) {
        return resets(statement) || SettingChanges.of(statement).mayBeOf(DECIDE_PATH);
    }

    /** Whether its session has the path with which it began afterwards, whatever else it has then. */
    static boolean resets(Statement statement) {
        return statement.kinds().contains("RESET ALL") || statement.kinds().contains("DISCARD ALL");
    }

    /** Whether statements of these kinds may take a change back that was made in their transaction. */
    static boolean mayTakeBack(List<String> kinds) {
        return kinds.isEmpty()
                || !kinds.stream().allMatch(kind -> KEEP_PATH.contains(kind) || StatementKinds.defines(kind));
    }

    /** Whether something stands behind a statement that may take a change back. */
    static boolean mayTakeBackMidway(Script script) {
        List<Statement> statements = script.statements();
        return statements.stream()
                .limit(Math.max(0, statements.size() - 1))
                .anyMatch(statement -> mayTakeBack(statement.kinds()));
    }

    /** Whether statements of these kinds set what they set once. */
    static boolean isSetting(List<String> kinds) {
        return kinds.stream()
                .allMatch(kind -> kind.startsWith("SET") || kind.startsWith("RESET") || kind.startsWith("DISCARD"));
    }

    /** Whether statements of these kinds look nothing up. */
    static boolean isMeaningless(List<String> kinds) {
        return TRANSACTION_CONTROL.containsAll(kinds);
    }

    /**
     * Asks the session's server for the schemas in which it looks names up.
     *
     * @return empty where they are none that others see, their names are cut, or the session has another role, which may not use all
     *         of them; completes exceptionally where it cannot be asked
     */
    static CompletionStage<Optional<List<String>>> of(SessionHandle session) {
        return session.show("role")
                .thenCompose(role ->
                        role.equals(NONE) ? ofItself(session) : CompletableFuture.completedFuture(Optional.empty()));
    }

    private static CompletionStage<Optional<List<String>>> ofItself(SessionHandle session) {
        return session.show("search_path").thenCompose(setting -> {
            Optional<List<String>> names = names(setting).filter(SearchPath::isVisible);
            if (names.isEmpty() || !names.get().contains(USER)) {
                return CompletableFuture.completedFuture(names);
            }
            return session.show("session_authorization")
                    .thenApply(user -> names.map(schemas -> schemas.stream()
                            .map(schema -> schema.equals(USER) ? user : schema)
                            .toList()));
        });
    }

    private static boolean isVisible(List<String> schemas) {
        return schemas.stream()
                .noneMatch(schema ->
                        schema.startsWith("pg_temp") || schema.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME);
    }

    /** The names of a list of identifiers, as the server splits it; none is one that names nothing. */
    static Optional<List<String>> names(String list) {
        List<String> names = new ArrayList<>();
        int at = 0;
        while (true) {
            at = pastBlanks(list, at);
            StringBuilder name = new StringBuilder();
            at = at < list.length() && list.charAt(at) == '"' ? quoted(list, at, name) : plain(list, at, name);
            if (at < 0) {
                return Optional.empty();
            }
            names.add(name.toString());
            at = pastBlanks(list, at);
            if (at == list.length()) {
                return Optional.of(names);
            }
            if (list.charAt(at) != ',') {
                return Optional.empty();
            }
            at++;
        }
    }

    private static int pastBlanks(String list, int from) {
        int at = from;
        while (at < list.length() && isSpace(list.charAt(at))) {
            at++;
        }
        return at;
    }

    /** What the server takes for it in a list of names: no other character of Unicode's. */
    private static boolean isSpace(char character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

    /** Returns the place behind the name; -1 where its end is missing. */
    private static int quoted(String list, int from, StringBuilder name) {
        for (int at = from + 1; at < list.length(); at++) {
            if (list.charAt(at) != '"') {
                name.append(list.charAt(at));
            } else if (at + 1 < list.length() && list.charAt(at + 1) == '"') {
                name.append('"');
                at++;
            } else {
                return at + 1;
            }
        }
        return -1;
    }

    /** Returns the place behind the name; -1 where how its letters are folded is the server's affair. */
    private static int plain(String list, int from, StringBuilder name) {
        int at = from;
        while (at < list.length() && list.charAt(at) != ',' && !isSpace(list.charAt(at))) {
            char character = list.charAt(at);
            if (character > '~') {
                return -1;
            }
            name.append(character >= 'A' && character <= 'Z' ? (char) (character + 32) : character);
            at++;
        }
        return at;
    }
}
