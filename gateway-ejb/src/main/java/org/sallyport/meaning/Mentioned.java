package org.sallyport.meaning;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sallyport.meaning.Flow.Source;

/**
 * What expressions of the catalog look at: those of a constraint, an index, a default or a policy.
 *
 * @param columns   of the relation that they belong to, or of one in a subquery; zero is the whole row
 * @param relations that stand in their subqueries
 */
public record Mentioned(Set<Integer> columns, Set<Integer> relations) {

    private static final Set<Integer> WHOLE_ROW = Set.of(0);

    public Mentioned {
        columns = Set.copyOf(columns);
        relations = Set.copyOf(relations);
    }

    /** @param trees one or more, or none; where they are not understood the whole row is meant */
    public static Mentioned in(String trees) {
        Deque<Tree> rest = new ArrayDeque<>();
        try {
            rest.push(TreeReader.read("(" + trees + ")"));
        } catch (UnreadableTree e) {
            return new Mentioned(WHOLE_ROW, Set.of());
        }
        Set<Integer> columns = new HashSet<>();
        Set<Integer> relations = new HashSet<>();
        while (!rest.isEmpty()) {
            Tree next = rest.pop();
            Tree.items(next).forEach(rest::push);
            if (next instanceof Tree.Node node) {
                if (node.tag().equals("VAR")) {
                    columns.add(node.number("varattno"));
                }
                if (node.number("relid") != 0) {
                    relations.add(node.number("relid"));
                }
                node.fields().values().forEach(rest::push);
            }
        }
        return new Mentioned(columns, relations);
    }

    /** The columns of the relation that the expressions belong to, and all of the relations in their subqueries. */
    public Set<Source> sources(int relation) {
        return Stream.concat(
                        columns.stream().map(column -> new Source(relation, column)),
                        relations.stream().map(other -> new Source(other, 0)))
                .collect(Collectors.toSet());
    }
}
