package org.sallyport.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table or what can stand in its place.
 *
 * @param oid   as PostgreSQL numbers it (unsigned)
 * @param bases of a view: the relations its rules reach, through further views too
 * @param kin   partition and inheritance ancestors and descendants
 * @param definition changes whenever a rule (of a view: its query) or a trigger of it does; empty where it has none
 * @param structure  what its columns have to do with each other
 */
public record Relation(
        int oid,
        String schema,
        String name,
        Kind kind,
        List<Column> columns,
        Set<Integer> bases,
        Set<Integer> kin,
        String definition,
        Structure structure) {

    public Relation {
        columns = List.copyOf(columns);
        bases = Set.copyOf(bases);
        kin = Set.copyOf(kin);
    }

    /** One without rules, triggers and constraints. */
    public Relation(
            int oid,
            String schema,
            String name,
            Kind kind,
            List<Column> columns,
            Set<Integer> bases,
            Set<Integer> kin) {
        this(oid, schema, name, kind, columns, bases, kin, "", Structure.PLAIN);
    }

    /** Among {@link #bases}: a function whose content nobody has read. */
    public static final int OPAQUE = 0;

    /** What pg_class.relkind tells apart, as far as rulings differ. */
    public enum Kind {
        TABLE,
        VIEW,
        FOREIGN_TABLE,
        SEQUENCE,
        INDEX,
        OTHER
    }

    /** A column that is not dropped. */
    public record Column(int attribute, String name, int typeOid) {}

    Relation in(String otherSchema) {
        return new Relation(oid, otherSchema, name, kind, columns, bases, kin, definition, structure);
    }

    public String qualifiedName() {
        return schema + "." + name;
    }

    public boolean hasColumn(String column) {
        return columns.stream().anyMatch(c -> c.name().equals(column));
    }

    /** Whether there is none among the numbers that is newer; those of the whole row and of the system are not, nor a sequence's. */
    public boolean knows(Set<Integer> attributes) {
        return kind == Kind.SEQUENCE
                || attributes.stream()
                        .allMatch(
                                attribute -> attribute <= 0 || column(attribute).isPresent());
    }

    public Optional<Column> column(int attribute) {
        return columns.stream().filter(c -> c.attribute() == attribute).findFirst();
    }
}
