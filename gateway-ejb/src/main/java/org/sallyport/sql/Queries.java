package org.sallyport.sql;

import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.statement.Statement;

/** SELECT, VALUES, INSERT, UPDATE, DELETE and MERGE, through JSqlParser. */
final class Queries {

    /** JSqlParser looks ahead again at each level, so its time grows fast with nesting. */
    static final int MAXIMUM_NESTING = 24;

    static final int MAXIMUM_TOKENS = 20_000;

    /** A column of a column of a table with its schema and database; JSqlParser's time grows with the square. */
    private static final int MAXIMUM_POINTS = 8;

    private static final Set<String> LOCKS = Set.of("update", "share", "no", "key");

    private Queries() {}

    static Reading.Query read(List<Token> tokens) {
        check(tokens);
        QueryFacts facts = facts(tokens);
        PlainSelectReader.Answer plain = PlainSelectReader.read(tokens);
        return new Reading.Query(facts, plain.select(), plain.objection());
    }

    static QueryFacts facts(List<Token> tokens) {
        CanonicalText canonical = CanonicalText.of(tokens);
        QueryFacts facts = walked(canonical);
        accountForCalls(tokens, facts);
        // PostgreSQL asks for the right to change what a query locks.
        return locksRows(tokens) ? facts.withReadsChanged() : facts;
    }

    private static QueryFacts walked(CanonicalText canonical) {
        try {
            CCJSqlParser parser = new CCJSqlParser(canonical.text());
            Statement statement = parser.Statement();
            if (parser.getNextToken().kind != CCJSqlParserConstants.EOF) {
                throw new UnreadableSql("syntax that the reader does not know");
            }
            return TreeWalk.facts(statement, canonical);
        } catch (ParseException | TokenMgrException e) {
            throw new UnreadableSql("syntax that the reader does not know");
        } catch (UnreadableSql e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // The parser fails in many ways on what it half knows; none of them may become a guess.
            throw new UnreadableSql("syntax that the reader fails on");
        }
    }

    private static void check(List<Token> tokens) {
        if (tokens.size() > MAXIMUM_TOKENS) {
            throw new UnreadableSql("more than " + MAXIMUM_TOKENS + " tokens");
        }
        int depth = 0;
        int points = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean inName = token.isSymbol(".") || (i > 0 && tokens.get(i - 1).isSymbol("."));
            points = inName ? points + (token.isSymbol(".") ? 1 : 0) : 0;
            if (points > MAXIMUM_POINTS) {
                throw new UnreadableSql("name of too many parts");
            }
            depth += opens(token) ? 1 : closes(token) ? -1 : 0;
            if (depth > MAXIMUM_NESTING) {
                throw new UnreadableSql("nested deeper than " + MAXIMUM_NESTING);
            }
            if (token.kind() == Token.Kind.STRING && i > 0 && isTypeName(tokens.get(i - 1))) {
                throw new UnreadableSql("literal of a type that is not known here");
            }
            if (token.isWord("operator")
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).isSymbol("(")) {
                throw new UnreadableSql("qualified operator");
            }
        }
    }

    /** {@code type 'literal'}: only for the few types whose names are keywords or nearly so. */
    private static boolean isTypeName(Token token) {
        boolean known = token.kind() == Token.Kind.WORD
                && (Keywords.hasMeaningInQueries(token.text()) || Keywords.startsTypedLiteral(token.text()));
        return (token.isName() && !known) || token.isSymbol(")");
    }

    private static boolean opens(Token token) {
        return token.isSymbol("(") || token.isSymbol("[") || token.isWord("case");
    }

    private static boolean closes(Token token) {
        return token.isSymbol(")") || token.isSymbol("]") || token.isWord("end");
    }

    private static boolean locksRows(List<Token> tokens) {
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i - 1).isWord("for") && LOCKS.contains(tokens.get(i).text())) {
                return true;
            }
        }
        return false;
    }

    /** A second net, of tokens: every name before a parenthesis must be one that the tree accounts for. */
    private static void accountForCalls(List<Token> tokens, QueryFacts facts) {
        for (int i = 1; i < tokens.size(); i++) {
            Token name = tokens.get(i - 1);
            if (tokens.get(i).isSymbol("(") && name.isName() && !isGrammar(tokens, i - 1)) {
                if (!isAccounted(name.text(), facts)) {
                    throw new UnreadableSql("parenthesis after a name that is no function");
                }
            }
        }
    }

    private static boolean isGrammar(List<Token> tokens, int i) {
        boolean qualified = i > 0 && tokens.get(i - 1).isSymbol(".");
        return tokens.get(i).kind() == Token.Kind.WORD
                && !qualified
                && Keywords.hasMeaningInQueries(tokens.get(i).text());
    }

    private static boolean isAccounted(String name, QueryFacts facts) {
        return facts.aliases().contains(name)
                || holds(facts.functions(), name)
                || holds(facts.types(), name)
                || holds(facts.changes(), name)
                || holds(facts.reads(), name);
    }

    private static boolean holds(Set<ObjectName> names, String name) {
        return names.stream().anyMatch(candidate -> candidate.name().equals(name));
    }
}
