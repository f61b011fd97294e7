package org.sallyport.meaning;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a statement means to the server that will run it: names, overloads, operators and types resolved to OIDs.
 *
 * @param kind      the outermost statement's
 * @param changes   what it does to rows
 * @param relations those that it names, by OID; not yet what stands behind a view
 * @param functions called, those of operators, aggregates, windows and casts included
 * @param operators those that sort, group and compare rows
 * @param types     of whatever occurs in it
 * @param casts     the types among them to which something is cast otherwise than by a function: by text, or into a domain
 * @param inputs    the types among them that literals and parameters have: their input functions read text
 * @param settings  that functions show and change
 * @param columns   of its result, or of its RETURNING
 * @param flow      where the columns of its relations go
 */
public record Meaning(
        Kind kind,
        Changes changes,
        Map<Integer, Use> relations,
        Set<Integer> functions,
        Set<Integer> operators,
        Set<Integer> types,
        Set<Integer> casts,
        Set<Integer> inputs,
        Settings settings,
        List<Column> columns,
        Flow flow) {

    public Meaning {
        relations = Map.copyOf(relations);
        functions = Set.copyOf(functions);
        operators = Set.copyOf(operators);
        types = Set.copyOf(types);
        casts = Set.copyOf(casts);
        inputs = Set.copyOf(inputs);
        columns = List.copyOf(columns);
    }

    /**
     * Settings by their names, in lower case; one without a name where that is not a literal.
     *
     * @param shown   those whose values it asks {@code current_setting} for; {@code $1} where a parameter names one
     * @param changed those that {@code set_config} gives a literal or a parameter; one without a name where it gives something else
     */
    public record Settings(Set<String> shown, Set<String> changed) {
        public static final Settings NONE = new Settings(Set.of(), Set.of());

        /** Before the number of a parameter that names a setting; no setting's name begins with it. */
        public static final String PARAMETER = "$";

        public Settings {
            shown = Set.copyOf(shown);
            changed = Set.copyOf(changed);
        }
    }

    /** PostgreSQL's CmdType, as far as a statement has one. */
    public enum Kind {
        SELECT,
        UPDATE,
        INSERT,
        DELETE,
        MERGE;

        /** PostgreSQL's numbers of them. */
        private static final int FIRST = 1;

        static Optional<Kind> known(int commandType) {
            int at = commandType - FIRST;
            return at >= 0 && at < values().length ? Optional.of(values()[at]) : Optional.empty();
        }

        static Kind of(int commandType) {
            return known(commandType).orElseThrow(() -> new UnreadableTree("a query of another kind"));
        }
    }

    /**
     * What a statement does to rows, with all that stands inside it.
     *
     * @param kinds     the statement's and those inside it; an INSERT of a query's rows that updates on conflict is an UPDATE too
     * @param unbounded whether an UPDATE or DELETE among them does not choose among a table's rows
     */
    public record Changes(Set<Kind> kinds, boolean unbounded) {
        public Changes {
            kinds = Set.copyOf(kinds);
        }
    }

    /**
     * The rights that PostgreSQL will ask for before it runs the statement. A column zero is the whole row.
     *
     * @param reads   SELECT; also where none is asked for, as for a relation whose rows are counted only
     * @param read    columns whose values it looks at
     * @param changes INSERT, UPDATE and DELETE with the columns that are written; the lock of FOR UPDATE and FOR SHARE is an UPDATE of
     *                the whole row
     */
    public record Use(boolean reads, Set<Integer> read, Map<Kind, Set<Integer>> changes) {
        public Use {
            read = Set.copyOf(read);
            changes = Map.copyOf(changes);
        }
    }

    /**
     * A column of a result.
     *
     * @param relation  whose column it is, unchanged; zero where it is an expression
     * @param attribute that column's number
     */
    public record Column(String name, int relation, int attribute) {}
}
