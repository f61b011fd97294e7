package org.sallyport.noninterference;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of a statement, of words and smaller pieces. Immutable.
 *
 * @param sort pieces of one sort may stand in each other's place
 * @param uses what this very piece does with labelled values
 */
record Tree(Sort sort, List<Part> parts, Set<Use> uses) implements Part {

    Tree {
        parts = List.copyOf(parts);
        uses = Set.copyOf(uses);
    }

    /** What a piece is good for. */
    sealed interface Sort {
        /** What may be left out. */
        record Clause() implements Sort {}

        /** Pieces with commas between, of which all but one may be left out. */
        record Listed() implements Sort {}

        /** A value of a type. */
        record Value(Type type) implements Sort {}

        /** A query whose result has columns of these types. */
        record Rows(List<Type> types) implements Sort {}

        /** What stands in FROM. */
        record From() implements Sort {}

        /** Whatever else. */
        record Other() implements Sort {}
    }

    static final Sort CLAUSE = new Sort.Clause();
    static final Sort LISTED = new Sort.Listed();
    static final Sort FROM = new Sort.From();
    static final Sort OTHER = new Sort.Other();

    /** @param parts each a text or a tree */
    static Tree of(Sort sort, Object... parts) {
        return new Tree(
                sort,
                Stream.of(parts)
                        .map(part -> part instanceof Tree tree ? tree : (Part) new Part.Word(part.toString()))
                        .toList(),
                Set.of());
    }

    static Tree listed(List<Tree> items) {
        return new Tree(LISTED, List.copyOf(items), Set.of());
    }

    static Tree nothing() {
        return of(CLAUSE);
    }

    Tree using(Use use) {
        return using(Set.of(use));
    }

    Tree using(Set<Use> others) {
        Set<Use> more = EnumSet.noneOf(Use.class);
        more.addAll(uses);
        more.addAll(others);
        return new Tree(sort, parts, more);
    }

    Tree with(List<? extends Part> others) {
        return new Tree(sort, List.copyOf(others), uses);
    }

    @Override
    public String sql() {
        String between = sort instanceof Sort.Listed ? ", " : " ";
        return parts.stream().map(Part::sql).filter(text -> !text.isEmpty()).collect(Collectors.joining(between));
    }

    /** What it does with labelled values, anywhere in it. */
    Set<Use> allUses() {
        Set<Use> all = EnumSet.noneOf(Use.class);
        pieces().forEach(piece -> all.addAll(piece.uses()));
        return all;
    }

    /** Itself and all pieces in it, the outer before the inner. */
    List<Tree> pieces() {
        List<Tree> all = new ArrayList<>();
        collect(all);
        return all;
    }

    private void collect(List<Tree> all) {
        all.add(this);
        for (Part part : parts) {
            if (part instanceof Tree tree) {
                tree.collect(all);
            }
        }
    }

    /** The same with another piece in the place of one, which is told by its identity. */
    Tree replacing(Tree old, Tree by) {
        if (this == old) {
            return by;
        }
        return new Tree(
                sort,
                parts.stream()
                        .map(part -> part instanceof Tree tree ? tree.replacing(old, by) : part)
                        .toList(),
                uses);
    }

    int size() {
        return pieces().size();
    }
}
