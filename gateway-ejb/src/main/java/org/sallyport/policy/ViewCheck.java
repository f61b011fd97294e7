package org.sallyport.policy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sallyport.catalog.Catalog;
import org.sallyport.meaning.Meaning;
import org.sallyport.sql.ObjectName;
import org.sallyport.sql.QueryFacts;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Statement;
import org.sallyport.sql.Token;

/**
 * Whether a new view lets nobody change more than its maker may: what is changed through it, the server changes with the rights of its
 * owner, which is the gateway.
 */
final class ViewCheck {

    /** Through a view with one of these outside of all parentheses PostgreSQL changes nothing. */
    private static final Set<String> NOT_UPDATABLE =
            Set.of("join", "group", "having", "union", "intersect", "except", "limit", "offset");

    private final Access access;
    private final Catalog catalog;

    ViewCheck(Access access, Catalog catalog) {
        this.access = access;
        this.catalog = catalog;
    }

    Optional<Ruling.Deny> byText(Statement statement) {
        return refusal(
                statement, statement.reading().query().map(QueryFacts::reads).orElse(Set.of()));
    }

    Optional<Ruling.Deny> byMeaning(Statement statement, Meaning meaning) {
        return refusal(
                statement,
                meaning.relations().keySet().stream()
                        .flatMap(oid -> catalog.relation(oid).stream())
                        .map(relation -> ObjectName.of(relation.schema(), relation.name()))
                        .toList());
    }

    /** @param shown the relations that its query is about */
    private Optional<Ruling.Deny> refusal(Statement statement, Collection<ObjectName> shown) {
        if (!statement.kind().equals("CREATE VIEW")
                || !(statement.reading() instanceof Reading.Containing containing)
                || !mayBeChanged(containing.outer().relations())
                || !isUpdatable(statement.tokens())) {
            return Optional.empty();
        }
        return shown.stream()
                .map(name -> ResolvedName.of(name, catalog))
                .filter(name ->
                        name.schemas().isEmpty() || !name.schemas().stream().allMatch(schema -> changes(schema, name)))
                .findFirst()
                .map(name -> Denials.relation(access, Right.CHANGE, name.name(), name.shown()));
    }

    private boolean changes(String schema, ResolvedName name) {
        return access.grantor(Right.CHANGE, Grants.ANY, schema, name.name()).isPresent();
    }

    private boolean mayBeChanged(Set<ObjectName> views) {
        return views.stream()
                .map(name -> ResolvedName.of(name, catalog))
                .anyMatch(name -> name.schemas().stream().anyMatch(schema -> access.mayChange(schema, name.name())));
    }

    private static boolean isUpdatable(List<Token> tokens) {
        int depth = 0;
        for (Token token : tokens) {
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && token.kind() == Token.Kind.WORD && NOT_UPDATABLE.contains(token.text())) {
                return false;
            }
        }
        return true;
    }
}
