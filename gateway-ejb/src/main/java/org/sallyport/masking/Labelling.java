package org.sallyport.masking;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.contract.Mask;
import org.sallyport.policy.Access;
import org.sallyport.policy.Label;

/** The columns of one database that one identity must not see in the clear. Immutable. */
public final class Labelling {

    private final boolean masks;
    private final Map<Integer, Map<String, Mask>> columns = new HashMap<>();
    private final Set<Integer> views = new HashSet<>();

    private Labelling(boolean masks) {
        this.masks = masks;
    }

    public static Labelling of(List<Label> labels, Access access, Catalog catalog) {
        List<Label> hidden = labels.stream()
                .filter(label -> !access.sees(label.name()))
                .filter(label -> label.columns().stream().anyMatch(c -> c.covers(access.connection())))
                .toList();
        Labelling labelling = new Labelling(!hidden.isEmpty());
        if (labelling.masks) {
            catalog.relations().forEach(relation -> labelling.label(relation, hidden, access.connection(), catalog));
            catalog.relations().forEach(labelling::view);
        }
        return labelling;
    }

    private void label(Relation relation, List<Label> labels, String connection, Catalog catalog) {
        Map<String, Mask> masked = new HashMap<>();
        own(relation, relation, labels, connection, masked);
        // A parent shows its children's rows, and a child is its parent's in part.
        for (int oid : relation.kin()) {
            catalog.relation(oid).ifPresent(kin -> own(kin, relation, labels, connection, masked));
        }
        if (!masked.isEmpty()) {
            columns.put(relation.oid(), Map.copyOf(masked));
        }
    }

    private static void own(
            Relation labelled, Relation shown, List<Label> labels, String connection, Map<String, Mask> masked) {
        for (Relation.Column column : shown.columns()) {
            for (Label label : labels) {
                boolean carries = label.columns().stream()
                        .anyMatch(c -> c.matches(connection, labelled.schema(), labelled.name(), column.name()));
                if (carries) {
                    masked.merge(column.name(), label.mask(), (a, b) -> a.equals(b) ? a : new Mask.Nothing());
                }
            }
        }
    }

    private void view(Relation relation) {
        boolean reachesLabelled =
                relation.bases().stream().anyMatch(oid -> columns.containsKey(oid) || oid == Relation.OPAQUE);
        if (reachesLabelled) {
            views.add(relation.oid());
        }
    }

    /** Whether anything at all on the connection is masked for the identity. */
    public boolean masks() {
        return masks;
    }

    public boolean touches(Relation relation) {
        return columns.containsKey(relation.oid()) || isView(relation);
    }

    /** Whether the relation's rules reach labelled columns, or what nobody can know. */
    public boolean isView(Relation relation) {
        return views.contains(relation.oid());
    }

    /** The names of the relation's masked columns. */
    public Set<String> columns(Relation relation) {
        return columns.getOrDefault(relation.oid(), Map.of()).keySet();
    }

    Optional<Mask> mask(Relation relation, String column) {
        return Optional.ofNullable(
                columns.getOrDefault(relation.oid(), Map.of()).get(column));
    }
}
