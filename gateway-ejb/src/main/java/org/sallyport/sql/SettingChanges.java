package org.sallyport.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The settings to which a statement may give other values, as its tokens show: by SET and RESET, by what roles, databases and
 * functions bring along, by {@code set_config}, and through the view {@code pg_settings}.
 *
 * <p>RESET ALL and DISCARD ALL name none: they go back to what the session began with.
 *
 * @param names folded, as settings are compared
 * @param any   whether it may be some other one as well
 */
public record SettingChanges(Set<String> names, boolean any) {

    private static final Set<String> OF_THE_SESSION = Set.of("SET", "RESET", "SET ROLE", "SET SESSION AUTHORIZATION");
    private static final Set<String> BROUGHT_ALONG = Set.of(
            "ALTER ROLE",
            "ALTER DATABASE",
            "ALTER SYSTEM",
            "CREATE FUNCTION",
            "CREATE PROCEDURE",
            "ALTER FUNCTION",
            "ALTER PROCEDURE",
            "ALTER ROUTINE");

    /** An UPDATE of {@code pg_settings} is a SET; so is one of a view on it. */
    private static final Set<String> WRITING_THROUGH_VIEWS = Set.of("UPDATE", "MERGE", "CREATE VIEW", "CREATE RULE");

    /** How pg_dump sets a setting where the server has it; only the two strings differ. */
    private static final List<String> SET_WHERE_KNOWN =
            List.of("select set_config ( name , ? , false ) from pg_settings where name = ?".split(" "));

    public SettingChanges {
        names = Set.copyOf(names);
    }

    public static SettingChanges of(Statement statement) {
        Set<String> names = new HashSet<>();
        List<Token> tokens = statement.tokens();
        if (OF_THE_SESSION.contains(statement.kind())) {
            names.add(name(tokens, 1));
        } else if (BROUGHT_ALONG.contains(statement.kind())) {
            for (int i = 1; i < tokens.size(); i++) {
                if (tokens.get(i - 1).isWord("set") || tokens.get(i - 1).isWord("reset")) {
                    names.add(name(tokens, i));
                }
            }
        }
        readWrite(statement).ifPresent(names::add);
        SettingChanges indirect = indirect(statement);
        names.addAll(indirect.names());
        return new SettingChanges(names, indirect.any());
    }

    /** READ WRITE of a transaction or of those to come; READ ONLY allows nothing. */
    private static Optional<String> readWrite(Statement statement) {
        boolean readWrite = false;
        for (int i = 1; i < statement.tokens().size(); i++) {
            readWrite |= statement.tokens().get(i - 1).isWord("read")
                    && statement.tokens().get(i).isWord("write");
        }
        Optional<String> setting = switch (statement.kind()) {
            case "BEGIN", "SET TRANSACTION" -> Optional.of("transaction_read_only");
            case "SET SESSION CHARACTERISTICS" -> Optional.of("default_transaction_read_only");
            default -> Optional.empty();
        };
        return readWrite ? setting : Optional.empty();
    }

    /** Only those that are made without a statement for it. */
    public static SettingChanges indirect(Statement statement) {
        List<Token> tokens = statement.tokens();
        Set<String> names = new HashSet<>();
        boolean any = writesThroughView(statement);
        for (int i = 0; i < tokens.size(); i++) {
            if (isName(tokens, i, "set_config")) {
                if (isSetWhereKnown(tokens)) {
                    names.add(fold(tokens.get(tokens.size() - 1)));
                } else if (namesItsSetting(tokens, i)) {
                    names.add(fold(tokens.get(i + 2)));
                } else {
                    // Its name is made at run time; or it is not called here, but given to something that will.
                    any = true;
                }
            }
        }
        return new SettingChanges(names, any);
    }

    /** Whether it may be one of these, which are folded. */
    public boolean mayBeOf(Set<String> settings) {
        return any || settings.stream().anyMatch(names::contains);
    }

    private static boolean writesThroughView(Statement statement) {
        List<Token> tokens = statement.tokens();
        boolean writes = statement.kinds().stream().anyMatch(WRITING_THROUGH_VIEWS::contains);
        for (int i = 0; writes && i < tokens.size(); i++) {
            if (isName(tokens, i, "pg_settings")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isName(List<Token> tokens, int at, String name) {
        return tokens.get(at).isName() && tokens.get(at).text().equals(name);
    }

    private static boolean namesItsSetting(List<Token> tokens, int function) {
        return function + 3 < tokens.size()
                && tokens.get(function + 1).isSymbol("(")
                && tokens.get(function + 2).kind() == Token.Kind.STRING
                && tokens.get(function + 3).isSymbol(",");
    }

    private static boolean isSetWhereKnown(List<Token> tokens) {
        return tokens.stream()
                .map(token -> token.kind() == Token.Kind.STRING ? "?" : token.text())
                .toList()
                .equals(SET_WHERE_KNOWN);
    }

    /** A setting's name as it stands behind SET or RESET; some have a spelling of their own there. */
    private static String name(List<Token> tokens, int at) {
        Cursor cursor = new Cursor(tokens.subList(at, tokens.size()));
        if (cursor.isAt("session", "authorization")) {
            return "session_authorization";
        }
        if (!cursor.accept("session")) {
            cursor.accept("local");
        }
        if (cursor.isAt("session", "authorization")) {
            return "session_authorization";
        }
        if (cursor.isAt("time", "zone")) {
            return "timezone";
        }
        if (cursor.isAt("xml", "option")) {
            return "xmloption";
        }
        if (cursor.isAt("names")) {
            return "client_encoding";
        }
        if (cursor.isAt("schema")
                && cursor.rest().size() > 1
                && cursor.rest().get(1).kind() == Token.Kind.STRING) {
            return "search_path";
        }
        StringBuilder name = new StringBuilder();
        while (!cursor.done()) {
            name.append(fold(cursor.next()));
            if (!cursor.acceptSymbol(".")) {
                break;
            }
            name.append('.');
        }
        return name.toString();
    }

    private static String fold(Token token) {
        return token.text().toLowerCase(Locale.ROOT);
    }
}
