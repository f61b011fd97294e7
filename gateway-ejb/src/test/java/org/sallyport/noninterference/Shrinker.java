package org.sallyport.noninterference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds a smaller statement that is still wrong. What a step makes of it need not be right: then it is not wrong in the same way. */
final class Shrinker {
    private static final int MOST_TRIES = 400;

    private final Predicate<Tree> stillWrong;
    private int tries;

    Shrinker(Predicate<Tree> stillWrong) {
        this.stillWrong = stillWrong;
    }

    Tree shrink(Tree wrong) {
        Tree smallest = wrong;
        Optional<Tree> smaller = Optional.of(wrong);
        while (smaller.isPresent() && tries < MOST_TRIES) {
            smallest = smaller.get();
            smaller = smaller(smallest);
        }
        return smallest;
    }

    private Optional<Tree> smaller(Tree wrong) {
        return candidates(wrong)
                .filter(candidate -> candidate.size() < wrong.size()
                        || candidate.sql().length() < wrong.sql().length())
                .limit(Math.max(0, MOST_TRIES - tries))
                .filter(candidate -> {
                    tries++;
                    return stillWrong.test(candidate);
                })
                .findFirst();
    }

    /** Those with the most taken away first. */
    static Stream<Tree> candidates(Tree whole) {
        return whole.pieces().stream()
                .sorted(Comparator.comparing(Tree::size).reversed())
                .flatMap(piece -> instead(piece).stream().map(by -> whole.replacing(piece, by)));
    }

    private static List<Tree> instead(Tree piece) {
        List<Tree> others = new ArrayList<>();
        if (piece.sort() instanceof Tree.Sort.Clause && !piece.parts().isEmpty()) {
            others.add(Tree.nothing());
        }
        if (piece.sort() instanceof Tree.Sort.Value value) {
            others.add(Tree.of(piece.sort(), value.type().literal()));
        }
        boolean nests = !(piece.sort() instanceof Tree.Sort.Listed || piece.sort() instanceof Tree.Sort.Other);
        if (nests) {
            piece.pieces().stream()
                    .skip(1)
                    .filter(inner -> inner.sort().equals(piece.sort()))
                    .sorted(Comparator.comparing(Tree::size))
                    .forEach(others::add);
        }
        if (piece.sort() instanceof Tree.Sort.Listed && piece.parts().size() > 1) {
            for (int i = 0; i < piece.parts().size(); i++) {
                List<Part> fewer = new ArrayList<>(piece.parts());
                fewer.remove(i);
                others.add(piece.with(fewer));
            }
        }
        return others;
    }
}
