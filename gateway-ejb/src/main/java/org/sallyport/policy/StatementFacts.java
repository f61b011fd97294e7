package org.sallyport.policy;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.meaning.Meaning;
import org.sallyport.sql.ObjectName;
import org.sallyport.sql.QueryFacts;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Statement;
import org.sallyport.sql.Token;

/**
 * What a statement does, by the names that guardrails' conditions know: its {@code kinds}, whether it is {@code unbounded}, and the
 * {@code relations}, {@code changed} ones, {@code columns} and {@code functions} that it uses. What nobody knows is missing.
 *
 * <p>With a relation go those behind it, where it is a view, and its partitions, heirs and parents. By a text alone all columns of a
 * relation count, and a name that the snapshot does not have counts in each schema in which it may be.
 */
public final class StatementFacts {
    /** Those of them that depend on what names stand for. */
    static final Set<String> OF_NAMES = Set.of("relations", "changed", "columns", "functions");

    private final Statement statement;
    private final Catalog catalog;
    private final Set<String> relations = new TreeSet<>();
    private final Set<String> changed = new TreeSet<>();
    private final Set<String> columns = new TreeSet<>();
    private final Set<String> functions = new TreeSet<>();
    private boolean relationsKnown = true;
    private boolean functionsKnown = true;

    private StatementFacts(Statement statement, Catalog catalog) {
        this.statement = statement;
        this.catalog = catalog;
    }

    /**
     * By what the server says, and where it says nothing, by the text.
     *
     * @param visible whether names stand for what the snapshot and the server say: not behind definitions that nobody else sees
     */
    public static Map<String, Object> of(
            Statement statement, Optional<Meaning> meaning, Catalog catalog, boolean visible) {
        StatementFacts facts = new StatementFacts(statement, catalog);
        if (!namesNothing(statement.reading())) {
            facts.look(meaning, visible);
        }
        return facts.values();
    }

    private static boolean namesNothing(Reading reading) {
        return reading instanceof Reading.Transaction
                || reading instanceof Reading.Harmless
                || reading instanceof Reading.Setting
                || reading instanceof Reading.Declaration
                || reading instanceof Reading.Preparation
                || reading instanceof Reading.Execution
                || reading instanceof Reading.Deallocation
                || reading instanceof Reading.CopyOfQuery
                || reading instanceof Reading.Fetch
                || reading instanceof Reading.Close;
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put("kinds", statement.kinds());
        values.put("unbounded", statement.unbounded());
        if (relationsKnown) {
            values.put("relations", List.copyOf(relations));
            values.put("changed", List.copyOf(changed));
            values.put("columns", List.copyOf(columns));
        }
        if (functionsKnown) {
            values.put("functions", List.copyOf(functions));
        }
        return values;
    }

    private void look(Optional<Meaning> meaning, boolean visible) {
        if (!visible) {
            relationsKnown = false;
            functionsKnown = false;
            return;
        }
        meaning.ifPresentOrElse(this::told, () -> read(query(statement.reading())));
        if (statement.reading() instanceof Reading.Containing containing) {
            read(containing.outer());
        }
        temporary();
    }

    private static Reading query(Reading reading) {
        return reading instanceof Reading.Containing containing ? containing.inner() : reading;
    }

    private void told(Meaning meaning) {
        meaning.relations()
                .forEach((oid, use) -> catalog.relation(oid)
                        .ifPresentOrElse(relation -> use(relation, use), () -> relationsKnown = false));
        meaning.functions()
                .forEach(oid -> catalog.function(oid)
                        .ifPresentOrElse(
                                function -> functions.add(function.qualifiedName()), () -> functionsKnown = false));
    }

    private void use(Relation relation, Meaning.Use use) {
        Set<Integer> attributes = new HashSet<>(use.read());
        use.changes().values().forEach(attributes::addAll);
        for (Relation each : touch(relation, !use.changes().isEmpty())) {
            // Which column of a view is which of a table, nobody has looked up.
            boolean whole = attributes.contains(0) || (!relation.bases().isEmpty() && !attributes.isEmpty());
            each.columns().stream()
                    .map(Relation.Column::name)
                    .filter(column -> whole || isAmong(attributes, relation, column))
                    .forEach(column -> columns.add(each.qualifiedName() + "." + column));
        }
    }

    private static boolean isAmong(Set<Integer> attributes, Relation relation, String column) {
        return relation.columns().stream()
                .anyMatch(one ->
                        attributes.contains(one.attribute()) && one.name().equals(column));
    }

    private void read(Reading reading) {
        if (reading instanceof Reading.Query query) {
            read(query.facts());
        } else if (reading instanceof Reading.CopyIn || reading instanceof Reading.Truncation) {
            names(reading.relations(), true);
        } else if (reading instanceof Reading.CopyOut || reading instanceof Reading.Lock) {
            names(reading.relations(), false);
        } else if (reading instanceof Reading.Definition definition) {
            names(definition.reads(), false);
            names(definition.defines(), true);
            calls(definition.functions());
        } else if (!namesNothing(reading)) {
            relationsKnown = false;
            functionsKnown = false;
        }
        reach(reading);
    }

    private void read(QueryFacts facts) {
        names(facts.reads(), false);
        names(facts.changes(), true);
        calls(facts.functions());
        // What is written like a column may be a call.
        facts.qualified()
                .forEach(column -> catalog.functionSchemas(column.name())
                        .forEach(schema -> functions.add(schema + "." + column.name())));
    }

    private void reach(Reading reading) {
        Consequences consequences = Consequences.of(reading, catalog);
        relationsKnown &= consequences.known();
        consequences.relations(catalog).forEach(this::whole);
    }

    private void whole(Relation relation) {
        touch(relation, true).forEach(this::everyColumn);
    }

    private void everyColumn(Relation relation) {
        relation.columns().forEach(column -> columns.add(relation.qualifiedName() + "." + column.name()));
    }

    private void names(Collection<ObjectName> names, boolean changes) {
        for (ObjectName name : names) {
            ResolvedName resolved = ResolvedName.of(name, catalog);
            relationsKnown &= !resolved.schemas().isEmpty();
            resolved.relation()
                    .ifPresentOrElse(
                            relation -> touch(relation, changes).forEach(this::everyColumn),
                            () -> resolved.schemas().forEach(schema -> touch(schema + "." + resolved.name(), changes)));
        }
    }

    private void calls(Collection<ObjectName> names) {
        for (ObjectName name : names) {
            functionsKnown &= !name.name().startsWith(Condition.Calls.UNKNOWN);
            Set<String> having = catalog.functionSchemas(name.name());
            Collection<String> schemas = name.schema()
                    .<Collection<String>>map(List::of)
                    .orElseGet(() -> having.isEmpty() ? ResolvedName.userSchemas(catalog) : having);
            schemas.forEach(schema -> functions.add(schema + "." + name.name()));
        }
    }

    /** A temporary view hides other relations of its name from the session that has made it; whose it is, nobody can tell. */
    private void temporary() {
        statement.tokens().stream()
                .filter(Token::isName)
                .flatMap(token -> catalog.temporary(token.text()).stream())
                .filter(relation -> !relation.bases().isEmpty())
                .forEach(this::whole);
    }

    /** The relation and all that it stands for. */
    private Collection<Relation> touch(Relation relation, boolean changes) {
        Map<Integer, Relation> reached = new HashMap<>();
        reach(relation, reached);
        reached.values().forEach(each -> touch(each.qualifiedName(), changes));
        return reached.values();
    }

    private void reach(Relation relation, Map<Integer, Relation> reached) {
        if (reached.putIfAbsent(relation.oid(), relation) == null) {
            relation.bases().forEach(oid -> catalog.relation(oid).ifPresent(base -> reach(base, reached)));
            relation.kin().forEach(oid -> catalog.relation(oid).ifPresent(kin -> reach(kin, reached)));
        }
    }

    private void touch(String name, boolean changes) {
        relations.add(name);
        if (changes) {
            changed.add(name);
        }
    }
}
