package org.sallyport.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogObject;
import org.sallyport.catalog.Relation;
import org.sallyport.meaning.Meaning;
import org.sallyport.sql.ObjectName;
import org.sallyport.sql.QueryFacts;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Statement;
import org.sallyport.sql.Token;

/** Checks one statement of a restricted identity against its roles: what no role gives is refused. */
public final class Grants {

    /** No kind of statement: only rights to all kinds are rights to it. */
    static final String ANY = "";

    private static final Set<String> READING =
            Set.of("SELECT", "TABLE", "VALUES", "PREPARE", "EXECUTE", "DECLARE", "EXPLAIN", "COPY TO");

    private final Access access;
    private final Catalog catalog;
    private final Trace trace;
    private final Set<String> granting = new HashSet<>();
    private final Set<String> showing = new HashSet<>();
    private boolean partly;

    /** @param trace is told which role gave what */
    public Grants(Access access, Catalog catalog, Trace trace) {
        this.access = access;
        this.catalog = catalog;
        this.trace = trace;
    }

    private void given(Role role, String what) {
        granting.add(role.name());
        trace.note(role.name(), "gives " + what);
    }

    /** The parameters that name settings which the statements show; see {@link ShownSettings}. */
    public Set<String> showing() {
        return showing;
    }

    /** Whether not all of a table's columns may be read, so that errors and notices must not show the others. */
    public boolean partly() {
        return partly;
    }

    /** The names of the roles that gave the rights found so far. */
    public Set<String> granting() {
        return Set.copyOf(granting);
    }

    /** By its text alone. */
    public Optional<Ruling.Deny> refusal(Statement statement) {
        return castOfArgument(statement, Set.of(0))
                .or(() -> new Check(statement.kind()).refusal(statement.reading()))
                .or(() -> operators(statement))
                .or(() -> hidden(statement))
                .or(() -> new ViewCheck(access, catalog).byText(statement));
    }

    /** Of an EXECUTE's number the server makes what its parameter is: a cast to a type of somebody's may be a function of somebody's. */
    private static Optional<Ruling.Deny> castOfArgument(Statement statement, Set<Integer> types) {
        boolean casts = statement.reading() instanceof Reading.Containing containing
                && containing.outer() instanceof Reading.Execution execution
                && !execution.texts();
        return casts && !types.stream().allMatch(type -> type != 0 && CatalogObject.isBuiltIn(type))
                ? Optional.of(Refusals.unreadable(
                        Ruling.Ground.UNREVIEWED,
                        "EXECUTE with arguments that are no texts, to what may be a type of somebody's"))
                : Optional.empty();
    }

    /** In a text they are the server's own only where its schema is looked into first, and where it has one of the name. */
    private Optional<Ruling.Deny> operators(Statement statement) {
        boolean query = statement.reading().query().isPresent();
        boolean others = (query || statement.reading() instanceof Reading.Definition) && !Reviewed.comesFirst(catalog);
        return statement.tokens().stream()
                .filter(token -> token.kind() == Token.Kind.OPERATOR)
                .map(Token::text)
                .filter(operator -> others || (query && !Statement.isBuiltIn(operator)))
                .findFirst()
                .map(operator -> Denials.function(ObjectName.of("of operator " + operator)));
    }

    /**
     * Who may drop or rename what a name stands for may have it stand for what that hides by the time it runs: it takes the right on that
     * too.
     */
    private Optional<Ruling.Deny> hidden(Statement statement) {
        return HiddenRelation.in(statement, catalog)
                .filter(hidden ->
                        access.mayDefine(hidden.shown().schema(), hidden.shown().name()))
                .flatMap(hidden -> missing(statement, hidden.behind()).stream()
                        .map(right -> Denials.relation(
                                access,
                                right,
                                hidden.behind().name(),
                                hidden.behind().qualifiedName())))
                .findFirst();
    }

    /** The right that it would take if it meant this relation, and that no role gives on it. */
    private Optional<Right> missing(Statement statement, Relation relation) {
        Right right =
                statement.defines() ? Right.DEFINE : READING.containsAll(statement.kinds()) ? Right.READ : Right.CHANGE;
        return Stream.of(Right.READ, right)
                .filter(each -> access.grantor(each, ANY, relation.schema(), relation.name())
                        .isEmpty())
                .findFirst();
    }

    /** By what the server says that the query means which the statement is, or which stands in it. */
    public Optional<Ruling.Deny> refusal(Statement statement, Meaning meaning) {
        Optional<Ruling.Deny> cast = castOfArgument(statement, meaning.inputs());
        if (cast.isPresent()) {
            return cast;
        }
        Optional<Ruling.Deny> outer = statement.reading() instanceof Reading.Containing containing
                ? new Check(statement.kind()).refusal(containing.outer())
                : Optional.empty();
        MeaningCheck check = new MeaningCheck(access, catalog, statement.kind(), this::given);
        Optional<Ruling.Deny> refusal = outer.or(() -> check.refusal(meaning));
        boolean part = check.isPartly() || changesUnread(meaning);
        partly |= part;
        showing.addAll(check.showing());
        boolean copies = part && statement.kind().startsWith("COPY");
        return refusal.or(() -> copies ? Optional.of(Denials.copyOfColumns(access)) : Optional.empty())
                .or(() -> hidden(statement))
                .or(() -> new ViewCheck(access, catalog).byMeaning(statement, meaning));
    }

    /** Whether rows change in turn that no role lets be read. */
    private boolean changesUnread(Meaning meaning) {
        return CarriedChanges.of(meaning, catalog).stream()
                .anyMatch(relation -> access.grantor(Right.READ, ANY, relation.schema(), relation.name())
                        .isEmpty());
    }

    /** Whether it is given only for what the snapshot says depends on what; see {@link Consequences}. */
    public boolean reliesOnSnapshot(Statement statement) {
        return new Check(statement.kind()).define().reliesOnSnapshot(statement.reading());
    }

    /** Of one statement, by its text. */
    private final class Check {
        private final String command;

        Check(String command) {
            this.command = command;
        }

        Optional<Ruling.Deny> refusal(Reading reading) {
            if (reading instanceof Reading.Query query) {
                return facts(query.facts());
            }
            if (reading instanceof Reading.Containing containing) {
                return refusal(containing.outer()).or(() -> refusal(containing.inner()));
            }
            if (reading instanceof Reading.Setting setting) {
                return RestrictedSettings.refusal(setting);
            }
            if (reading instanceof Reading.CopyIn copy) {
                return first(Right.CHANGE, Set.of(copy.table()));
            }
            if (reading instanceof Reading.CopyOut copy) {
                return first(Right.READ, Set.of(copy.table()));
            }
            if (reading instanceof Reading.Truncation truncation) {
                return first(Right.CHANGE, truncation.tables()).or(() -> define().consequences(truncation));
            }
            if (reading instanceof Reading.Lock lock) {
                return lock(lock);
            }
            if (reading instanceof Reading.Definition definition) {
                return definition(definition);
            }
            if (reading instanceof Reading.Unreadable unreadable) {
                return Optional.of(Refusals.unreadable(Ruling.Ground.UNREVIEWED, unreadable.reason()));
            }
            return Optional.empty();
        }

        private Optional<Ruling.Deny> definition(Reading.Definition definition) {
            return first(Right.DEFINE, definition.defines())
                    .or(() -> define().things(definition.things()))
                    .or(() -> first(Right.READ, definition.reads()))
                    .or(() -> calls(definition.functions(), true))
                    .or(() -> define().consequences(definition));
        }

        private DefineCheck define() {
            return new DefineCheck(access, catalog, command, Grants.this::given);
        }

        /** The server locks what is behind a view as it locks the view. */
        private Optional<Ruling.Deny> lock(Reading.Lock lock) {
            if (lock.shared()) {
                return first(Right.READ, lock.tables());
            }
            Set<ObjectName> locked = new HashSet<>(lock.tables());
            lock.tables().stream()
                    .flatMap(name -> ResolvedName.of(name, catalog).relation().stream())
                    .flatMap(relation -> relation.bases().stream())
                    .flatMap(oid -> catalog.relation(oid).stream())
                    .forEach(base -> locked.add(ObjectName.of(base.schema(), base.name())));
            return first(Right.CHANGE, locked);
        }

        private Optional<Ruling.Deny> facts(QueryFacts facts) {
            // A text does not tell which of its kinds changes what: a right to some kinds only is none.
            return first(Right.READ, facts.reads())
                    .or(() -> new Check(ANY).first(Right.CHANGE, facts.changes()))
                    .or(() -> calls(facts.functions(), !facts.changes().isEmpty()))
                    .or(() -> types(facts))
                    .or(() -> hiddenCalls(facts));
        }

        private Optional<Ruling.Deny> first(Right right, Collection<ObjectName> names) {
            return names.stream()
                    .map(name -> ResolvedName.of(name, catalog))
                    .flatMap(name -> relation(right, name).stream())
                    .findFirst();
        }

        private Optional<Ruling.Deny> relation(Right right, ResolvedName name) {
            List<Role> grantors = new ArrayList<>();
            for (String schema : name.schemas()) {
                access.grantor(right, command, schema, name.name()).ifPresent(grantors::add);
            }
            // A name not in the snapshot may turn out to be in any of the schemas, so all must be allowed.
            if (!name.schemas().isEmpty() && grantors.size() == name.schemas().size()) {
                grantors.forEach(role -> given(role, right.verb() + " on " + name.shown()));
                return Optional.empty();
            }
            return Optional.of(Denials.relation(access, right, name.name(), name.shown()));
        }

        private Optional<Ruling.Deny> calls(Collection<ObjectName> functions, boolean changes) {
            return functions.stream()
                    .filter(function -> !Reviewed.function(function, changes, catalog)
                            && !Reviewed.givesBack(function, command, catalog)
                            && !isNamed(function))
                    .findFirst()
                    .map(Denials::function);
        }

        /** Only with its schema does a name mean that one function, or another of the same right. */
        private boolean isNamed(ObjectName function) {
            Optional<Role> caller =
                    function.schema().flatMap(schema -> access.grantor(Right.CALL, command, schema, function.name()));
            caller.ifPresent(role -> given(role, "call of " + function));
            return caller.isPresent();
        }

        private Optional<Ruling.Deny> types(QueryFacts facts) {
            return facts.types().stream()
                    .filter(type -> !Reviewed.type(type, catalog)
                            && (access.describer().isEmpty() || !CatalogProfile.describes(type, catalog)))
                    .findFirst()
                    .map(Denials::type);
        }

        /** {@code t.f} calls {@code f(t)} where {@code t} has no such column. */
        private Optional<Ruling.Deny> hiddenCalls(QueryFacts facts) {
            return facts.qualified().stream()
                    .filter(column -> isHiddenCall(column.name(), facts))
                    .findFirst()
                    .map(Denials::function);
        }

        private boolean isHiddenCall(String name, QueryFacts facts) {
            Set<String> schemas = catalog.functionSchemas(name);
            boolean onlyBuiltIn = schemas.stream().allMatch("pg_catalog"::equals);
            if (schemas.isEmpty() || (onlyBuiltIn && facts.aliases().contains(name))) {
                return false;
            }
            return !isColumn(name, facts) && !Reviewed.function(ObjectName.of(name), false, catalog);
        }

        private boolean isColumn(String name, QueryFacts facts) {
            return facts.relations().stream()
                    .flatMap(relation -> ResolvedName.of(relation, catalog).relation().stream())
                    .anyMatch((Relation relation) -> relation.hasColumn(name));
        }
    }
}
