package org.sallyport.inbound;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.catalog.Function;

/**
 * What would become of a text, and why.
 *
 * @param policy     the bundle's version
 * @param roles      those that the identity would have now, in the bundle's order
 * @param shadow     whether nothing would be refused on the policy's account
 * @param statements what is known of each of the text's statements
 * @param steps      the rules that were looked at, in order
 * @param decision   what came of it
 */
public record Explanation(
        String policy,
        List<String> roles,
        boolean shadow,
        List<Facts> statements,
        List<Step> steps,
        Decision decision) {

    public Explanation {
        roles = List.copyOf(roles);
        statements = List.copyOf(statements);
        steps = List.copyOf(steps);
    }

    /**
     * What is known of a statement.
     *
     * @param kinds     its kind first, then those of the statements inside it
     * @param source    who says the rest: {@code server}, {@code text}, or {@code nobody} where it is not understood
     * @param unread    why the text was not understood, where it was not
     * @param relations that it uses
     * @param reaches   the relations behind those, as {@code schema.name}: heirs, what views show, rules, policies, foreign keys
     * @param opaque    whether it may reach what nobody can know, by a function or a trigger of somebody's, or on another server
     * @param functions that it calls, those behind operators and casts included where the server says so
     * @param unbounded whether an UPDATE or DELETE in it does not choose among rows
     */
    public record Facts(
            List<String> kinds,
            String source,
            Optional<String> unread,
            List<Use> relations,
            List<String> reaches,
            boolean opaque,
            List<Call> functions,
            boolean unbounded) {
        public Facts {
            kinds = List.copyOf(kinds);
            relations = List.copyOf(relations);
            reaches = List.copyOf(reaches);
            functions = List.copyOf(functions);
        }
    }

    /**
     * How a statement uses a relation.
     *
     * @param relation {@code schema.name}
     * @param reads    whether it reads it
     * @param columns  that it reads, where the server says so; {@code *} for the whole row
     * @param changes  what it does to its rows, with the columns that it writes; {@code *} for rows as wholes
     */
    public record Use(String relation, boolean reads, List<String> columns, Map<String, List<String>> changes) {
        public Use {
            columns = List.copyOf(columns);
            changes = Map.copyOf(changes);
        }
    }

    /**
     * A function that a statement calls.
     *
     * @param function   {@code schema.name}; without the schema where only the text tells, and then nothing more is known
     * @param volatility as CREATE FUNCTION spells it
     * @param owner      with whose rights it runs, if it is a definer's
     */
    public record Call(
            String function,
            Optional<String> volatility,
            Optional<String> language,
            Optional<String> owner,
            boolean securityDefiner) {

        static Call named(String function) {
            return new Call(function, Optional.empty(), Optional.empty(), Optional.empty(), false);
        }

        static Call of(Function function) {
            return new Call(
                    function.qualifiedName(),
                    Optional.of(function.volatility().name()),
                    Optional.of(function.language()),
                    Optional.of(function.owner()),
                    function.definer());
        }
    }

    /** A rule, and what it says of the text. */
    public record Step(String rule, String says) {}

    /**
     * What would become of it.
     *
     * @param verdict {@code permit}, {@code warn}, {@code hold} or {@code deny}
     * @param rule    the one that decides
     * @param results {@code clear}, {@code screened} by detectors, or {@code masked} where labelled columns are; nothing where it would not run
     * @param message what the client would be told, with its detail and hint
     */
    public record Decision(
            String verdict,
            String rule,
            Optional<String> results,
            Optional<String> message,
            Optional<String> detail,
            Optional<String> hint) {}
}
