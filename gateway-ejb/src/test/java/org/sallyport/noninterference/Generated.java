package org.sallyport.noninterference;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sallyport.noninterference.Scope.Column;

/**
 * A statement and the way it is sent.
 *
 * @param changes whether it writes rows
 * @param outputs for each column of a query's result, what was done with labelled values to make it
 */
record Generated(Tree tree, Delivery delivery, boolean changes, List<Set<Use>> outputs) {
    private static final Pattern LABELLED = Pattern.compile("\\b("
            + String.join(
                    "|", Sample.LABELLED.stream().map(Sample.Relation::name).toList())
            + "|seniors)\\b");

    /** What an agent would see of every table once its statement has run. */
    private static final String[] PROBES = {
        "SELECT * FROM customers ORDER BY id",
        "SELECT * FROM orders ORDER BY id",
        "SELECT * FROM products ORDER BY id",
        "SELECT * FROM visits ORDER BY id",
        "SELECT * FROM people ORDER BY id",
        "SELECT * FROM staff ORDER BY id",
        "SELECT * FROM accounts ORDER BY id",
        "SELECT * FROM cards ORDER BY id"
    };

    /** The statement of a seed; the same each time. */
    static Generated of(long seed, Profile profile) {
        Dice dice = new Dice(seed, profile);
        Queries queries = new Queries(dice);
        if (dice.chance(0.08, 0.2)) {
            Tree change = new Changes(dice, queries).change();
            return new Generated(change, dice.pick(Delivery.SIMPLE, Delivery.EXTENDED), true, List.of());
        }
        Queries.Query query = queries.query(Scope.NOTHING, dice.between(0, 2));
        List<Set<Use>> outputs = query.columns().stream().map(Column::uses).toList();
        List<Delivery> plain = Stream.of(Delivery.values())
                .filter(delivery -> delivery.use().isEmpty())
                .toList();
        boolean odd = dice.chance(0.01, 0.15);
        return new Generated(query.tree(), dice.pick(odd ? List.of(Delivery.values()) : plain), false, outputs);
    }

    Generated with(Tree other) {
        return new Generated(other, delivery, changes, outputs);
    }

    boolean touchesLabelled() {
        return LABELLED.matcher(tree.sql()).find();
    }

    /** What it does with labelled values, the way it is sent included. */
    Set<Use> uses() {
        Set<Use> uses = EnumSet.noneOf(Use.class);
        uses.addAll(tree.allUses());
        if (touchesLabelled()) {
            delivery.use().ifPresent(uses::add);
        }
        return uses;
    }

    /** Whether it touches a labelled table and has nothing to do with labelled values. */
    boolean showsAll() {
        return !changes
                && touchesLabelled()
                && tree.allUses().isEmpty()
                && delivery.use().isEmpty();
    }

    Scene scene() {
        Scene scene = delivery.scene(tree.sql(), changes);
        return changes ? scene.then(PROBES) : scene;
    }

    @Override
    public String toString() {
        return delivery + ": " + tree.sql();
    }
}
