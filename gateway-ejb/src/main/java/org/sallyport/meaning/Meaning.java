package org.sallyport.meaning;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a statement means to the server that will run it: names, overloads, operators and types resolved to OIDs.
 *
 * @param kind      the outermost statement's
 * @param relations those that it names, by OID; not yet what stands behind a view
 * @param functions called, those of operators, aggregates, windows and casts included
 * @param operators those that sort, group and compare rows
 * @param types     of whatever occurs in it
 * @param casts     the types among them to which something is cast otherwise than by a function: by text, or into a domain
 * @param columns   of its result, or of its RETURNING
 */
public record Meaning(
        Kind kind,
        Map<Integer, Use> relations,
        Set<Integer> functions,
        Set<Integer> operators,
        Set<Integer> types,
        Set<Integer> casts,
        List<Column> columns) {

    public Meaning {
        relations = Map.copyOf(relations);
        functions = Set.copyOf(functions);
        operators = Set.copyOf(operators);
        types = Set.copyOf(types);
        casts = Set.copyOf(casts);
        columns = List.copyOf(columns);
    }

    /** PostgreSQL's CmdType, as far as a statement has one. */
    public enum Kind {
        SELECT,
        UPDATE,
        INSERT,
        DELETE,
        MERGE
    }

    /**
     * The rights that PostgreSQL will ask for before it runs the statement. A column zero is the whole row.
     *
     * @param reads   SELECT; also where none is asked for, as for a relation whose rows are counted only
     * @param changes INSERT, UPDATE, DELETE, or the lock of FOR UPDATE and FOR SHARE
     * @param read    columns whose values it looks at
     * @param written columns that INSERT or UPDATE name
     */
    public record Use(boolean reads, boolean changes, Set<Integer> read, Set<Integer> written) {
        public Use {
            read = Set.copyOf(read);
            written = Set.copyOf(written);
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
