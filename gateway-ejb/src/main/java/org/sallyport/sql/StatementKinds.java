package org.sallyport.sql;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names what a statement is, and what stands inside it, by its keywords alone. */
public final class StatementKinds {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Map<String, String> SYNONYMS = Map.of(
            "START TRANSACTION", "BEGIN", "END", "COMMIT", "ABORT", "ROLLBACK", "VALUES", "SELECT", "TABLE", "SELECT");
    private static final Set<String> DEFINING = Set.of("create", "alter", "drop");
    private static final Set<String> OBJECT_MODIFIERS = Set.of(
            "or",
            "replace",
            "temp",
            "temporary",
            "local",
            "global",
            "unlogged",
            "unique",
            "recursive",
            "trusted",
            "procedural",
            "constraint");
    private static final Set<String> TWO_WORD_OBJECTS =
            Set.of("materialized", "event", "foreign", "text", "access", "operator", "user", "default", "large");
    private static final Set<String> SECOND_WORDS = Set.of(
            "view",
            "trigger",
            "table",
            "data",
            "search",
            "method",
            "class",
            "family",
            "mapping",
            "privileges",
            "object");
    private static final List<String> VERBS_THAT_DEFINE =
            List.of("CREATE", "ALTER", "DROP", "IMPORT", "SELECT INTO", "DO", "CALL", "EXECUTE", "REASSIGN", "UNKNOWN");
    private static final Set<String> QUERIES =
            Set.of("select", "insert", "update", "delete", "merge", "values", "table");
    private static final Set<String> CHANGES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");
    private static final Set<String> SINGLE = Set.of(
            ("ANALYZE CALL CHECKPOINT CLOSE CLUSTER COMMENT DEALLOCATE DECLARE DELETE DISCARD DO EXECUTE EXPLAIN FETCH"
                            + " GRANT INSERT LISTEN LOAD LOCK MERGE MOVE NOTIFY PREPARE REINDEX RESET REVOKE"
                            + " SELECT SHOW TRUNCATE UNLISTEN UPDATE VACUUM BEGIN COMMIT ROLLBACK SAVEPOINT RELEASE SET")
                    .split(" "));
    private static final Set<String> PHRASES = Set.of(
            "COPY FROM",
            "COPY TO",
            "SELECT INTO",
            "SET ROLE",
            "SET SESSION AUTHORIZATION",
            "SET TRANSACTION",
            "SET CONSTRAINTS",
            "SET SESSION CHARACTERISTICS",
            "PREPARE TRANSACTION",
            "COMMIT PREPARED",
            "ROLLBACK PREPARED",
            "ROLLBACK TO",
            "REFRESH MATERIALIZED VIEW",
            "IMPORT FOREIGN SCHEMA",
            "SECURITY LABEL",
            "REASSIGN OWNED",
            "DROP OWNED",
            "ALTER SYSTEM",
            "ALTER DEFAULT PRIVILEGES",
            "ALTER LARGE OBJECT");
    private static final Set<String> OBJECTS =
            Set.of(("ACCESS METHOD,AGGREGATE,CAST,COLLATION,CONVERSION,DATABASE,DOMAIN,EVENT TRIGGER,EXTENSION,"
                            + "FOREIGN DATA WRAPPER,FOREIGN TABLE,FUNCTION,INDEX,LANGUAGE,MATERIALIZED VIEW,OPERATOR,"
                            + "OPERATOR CLASS,OPERATOR FAMILY,POLICY,PROCEDURE,PUBLICATION,ROLE,ROUTINE,RULE,SCHEMA,"
                            + "SEQUENCE,SERVER,STATISTICS,SUBSCRIPTION,TABLE,TABLESPACE,TEXT SEARCH,TRANSFORM,TRIGGER,"
                            + "TYPE,USER MAPPING,VIEW")
                    .split(","));

    private StatementKinds() {}

    /** The one spelling of a kind that the policy names: synonyms such as {@code ALTER USER} become the same. */
    public static String canonical(String kind) {
        String[] words = BLANKS.split(kind.strip().toUpperCase(Locale.ROOT));
        String joined = String.join(" ", words);
        if (words.length == 2
                && (words[1].equals("USER") || words[1].equals("GROUP"))
                && DEFINING.contains(words[0].toLowerCase(Locale.ROOT))) {
            return words[0] + " ROLE";
        }
        return SYNONYMS.getOrDefault(joined, joined);
    }

    /** Whether {@link #of} may answer this kind. */
    public static boolean isKnown(String kind) {
        int space = kind.indexOf(' ');
        boolean defining =
                space > 0 && DEFINING.contains(kind.substring(0, space).toLowerCase(Locale.ROOT));
        return SINGLE.contains(kind)
                || PHRASES.contains(kind)
                || StatementForms.KINDS.contains(kind)
                || (defining && OBJECTS.contains(kind.substring(space + 1)));
    }

    /** The statement's own kind, then those of the statements inside it. */
    static List<String> of(List<Token> tokens) {
        Set<String> kinds = new LinkedHashSet<>(4);
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).isSymbol(";")) {
                piece(tokens.subList(start, i), kinds);
                start = i + 1;
            }
        }
        piece(tokens.subList(start, tokens.size()), kinds);
        return List.copyOf(kinds);
    }

    /** One of the statements of a body, or the whole where there is no body. */
    private static void piece(List<Token> tokens, Set<String> kinds) {
        if (tokens.isEmpty()) {
            return;
        }
        String main = main(tokens);
        kinds.add(main);
        StatementForms.of(main, tokens, kinds);
        if (!main.equals("EXPLAIN")) {
            ContainedKinds.of(tokens, kinds);
        } else if (tokens.stream().anyMatch(StatementKinds::isAnalyze)) {
            ContainedKinds.of(tokens, kinds);
            List<Token> inner = Outline.explained(tokens);
            if (!inner.isEmpty()) {
                kinds.add(main(inner));
            }
        }
        if (ContainedKinds.updatesByQuery(tokens)) {
            kinds.add("UPDATE");
        }
    }

    /** In quotes, too: options in parentheses are names. */
    private static boolean isAnalyze(Token token) {
        return token.isName() && (token.text().equals("analyze") || token.text().equals("analyse"));
    }

    private static String main(List<Token> tokens) {
        Token first = tokens.get(0);
        if (first.isSymbol("(")) {
            return select(tokens);
        }
        if (first.kind() != Token.Kind.WORD) {
            return "UNKNOWN";
        }
        if (DEFINING.contains(first.text())) {
            return defining(tokens);
        }
        return switch (first.text()) {
            case "with" -> afterWith(tokens);
            case "select" -> select(tokens);
            case "copy" -> copy(tokens);
            case "set" -> set(tokens);
            case "start", "import", "refresh", "reassign", "security" ->
                words(tokens, first.isWord("import") || first.isWord("refresh") ? 3 : 2);
            case "prepare", "commit", "rollback", "end", "abort" -> transaction(tokens);
            default -> single(first.text());
        };
    }

    /** {@link #canonical} of one word. */
    private static String single(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        return SYNONYMS.getOrDefault(upper, upper);
    }

    private static String words(List<Token> tokens, int count) {
        List<String> words = tokens.stream().limit(count).map(Token::text).toList();
        return canonical(String.join(" ", words));
    }

    private static String transaction(List<Token> tokens) {
        String first = canonical(tokens.get(0).text());
        Cursor cursor = new Cursor(tokens);
        cursor.next();
        if (first.equals("PREPARE")) {
            // A prepared statement may have that name.
            boolean twoPhase = cursor.accept("transaction")
                    && !cursor.done()
                    && cursor.next().kind() == Token.Kind.STRING;
            return twoPhase ? "PREPARE TRANSACTION" : first;
        }
        if (cursor.isAt("prepared")) {
            return first + " PREPARED";
        }
        if (!cursor.accept("work")) {
            cursor.accept("transaction");
        }
        return cursor.isAt("to") && first.equals("ROLLBACK") ? "ROLLBACK TO" : first;
    }

    private static String set(List<Token> tokens) {
        Cursor cursor = new Cursor(tokens);
        cursor.next();
        if (cursor.isAt("session", "authorization")) {
            return "SET SESSION AUTHORIZATION";
        }
        if (cursor.isAt("session", "characteristics")) {
            return "SET SESSION CHARACTERISTICS";
        }
        if (!cursor.accept("session")) {
            cursor.accept("local");
        }
        if (cursor.isAt("session", "authorization")) {
            return "SET SESSION AUTHORIZATION";
        }
        if (!cursor.done() && cursor.rest().get(0).isName()) {
            Optional<String> kind = ofRoleSetting(cursor.rest().get(0));
            if (kind.isPresent()) {
                return kind.get();
            }
        }
        if (cursor.isAt("constraints")) {
            return "SET CONSTRAINTS";
        }
        return cursor.isAt("transaction") ? "SET TRANSACTION" : "SET";
    }

    /** Settings' names are case-insensitive, in quotes too. */
    static Optional<String> ofRoleSetting(Token name) {
        return switch (name.text().toLowerCase(Locale.ROOT)) {
            case "role" -> Optional.of("SET ROLE");
            case "session_authorization" -> Optional.of("SET SESSION AUTHORIZATION");
            default -> Optional.empty();
        };
    }

    private static String copy(List<Token> tokens) {
        int direction = StatementForms.direction(tokens);
        return direction < 0 ? "COPY" : "COPY " + tokens.get(direction).text().toUpperCase(Locale.ROOT);
    }

    static String defining(List<Token> tokens) {
        String verb = tokens.get(0).text();
        int at = 1;
        while (at < tokens.size() - 1 && isModifier(tokens.get(at), tokens.get(at + 1))) {
            at++;
        }
        if (at >= tokens.size()) {
            return canonical(verb);
        }
        String object = tokens.get(at).text();
        String second = at + 1 < tokens.size() ? tokens.get(at + 1).text() : "";
        if (object.equals("foreign") && second.equals("data")) {
            object = "foreign data wrapper";
        } else if (object.equals("user") && !isMapping(tokens, at + 1)) {
            object = "role";
        } else if (TWO_WORD_OBJECTS.contains(object) && SECOND_WORDS.contains(second)) {
            object = object + " " + second;
        }
        return canonical(verb + " " + object);
    }

    /** Not of a user who is called so. */
    private static boolean isMapping(List<Token> tokens, int at) {
        return at + 1 < tokens.size()
                && tokens.get(at).isWord("mapping")
                && (tokens.get(at + 1).isWord("for") || tokens.get(at + 1).isWord("if"));
    }

    private static boolean isModifier(Token token, Token next) {
        return OBJECT_MODIFIERS.contains(token.text()) || (token.isWord("default") && next.isWord("conversion"));
    }

    private static String afterWith(List<Token> tokens) {
        int depth = 0;
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token before = tokens.get(i - 1);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean ofQuery = before.isWord("with") || before.isWord("recursive") || before.isSymbol(",");
            if (depth == 0 && !ofQuery && token.kind() == Token.Kind.WORD && QUERIES.contains(token.text())) {
                String kind = canonical(token.text());
                return kind.equals("SELECT") ? select(tokens) : kind;
            }
        }
        return select(tokens);
    }

    /** PostgreSQL makes a table of a SELECT with INTO also where it stands in parentheses. */
    private static String select(List<Token> tokens) {
        return into(tokens, 0) < tokens.size() ? "SELECT INTO" : "SELECT";
    }

    /** Where an INTO stands that makes a table of a SELECT, after the token {@code from}; at the end where there is none. */
    static int into(List<Token> tokens, int from) {
        for (int i = from + 1; i < tokens.size(); i++) {
            if (tokens.get(i).isWord("into") && !isOfChange(tokens, i) && !isLabel(tokens, i)) {
                return i;
            }
        }
        return tokens.size();
    }

    /** INSERT INTO or MERGE INTO at the start of a query in parentheses, or after its WITH; else those are columns' names. */
    private static boolean isOfChange(List<Token> tokens, int into) {
        Token before = tokens.get(into - 1);
        return (before.isWord("insert") || before.isWord("merge"))
                && into > 1
                && tokens.get(into - 2).isSymbol("(");
    }

    /** Behind a point, or behind an AS that is not itself a name. */
    private static boolean isLabel(List<Token> tokens, int at) {
        Token before = tokens.get(at - 1);
        return before.isSymbol(".") || (before.isWord("as") && (at < 2 || !isLabel(tokens, at - 1)));
    }

    /** Whether a statement of this kind may change all rows of a table. */
    public static boolean mayBeUnbounded(String kind) {
        return kind.equals("UPDATE") || kind.equals("DELETE");
    }

    static boolean changesRows(String kind) {
        return CHANGES.contains(kind);
    }

    /** Whether the catalog may be another after a statement of this kind. */
    public static boolean defines(String kind) {
        for (String verb : VERBS_THAT_DEFINE) {
            if (kind.startsWith(verb) && (kind.length() == verb.length() || kind.charAt(verb.length()) == ' ')) {
                return true;
            }
        }
        return false;
    }
}
