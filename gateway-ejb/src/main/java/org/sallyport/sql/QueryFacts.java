package org.sallyport.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a query or DML statement touches, by its text.
 *
 * @param reads      relations read
 * @param changes    relations changed
 * @param functions  functions called, except those PostgreSQL's grammar knows by keyword
 * @param types      types cast to
 * @param qualified  columns written with a qualifier: these may be function calls in disguise
 * @param aliases    aliases and names of WITH queries
 * @param unbounded  whether it holds an UPDATE or DELETE whose WHERE is missing or always true
 */
public record QueryFacts(
        Set<ObjectName> reads,
        Set<ObjectName> changes,
        Set<ObjectName> functions,
        Set<ObjectName> types,
        List<ObjectName> qualified,
        Set<String> aliases,
        boolean unbounded) {

    public QueryFacts {
        reads = Set.copyOf(reads);
        changes = Set.copyOf(changes);
        functions = Set.copyOf(functions);
        types = Set.copyOf(types);
        qualified = List.copyOf(qualified);
        aliases = Set.copyOf(aliases);
    }

    /** All relations read or changed. */
    public Set<ObjectName> relations() {
        Set<ObjectName> all = new HashSet<>(reads);
        all.addAll(changes);
        return all;
    }

    QueryFacts withReadsChanged() {
        return new QueryFacts(reads, relations(), functions, types, qualified, aliases, unbounded);
    }
}
