package org.sallyport.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.sql.ObjectName;
import org.sallyport.sql.Statement;
import org.sallyport.sql.Token;

/**
 * A relation that a name without a schema would stand for if the one that it stands for were gone. The server looks names up when it runs
 * a statement: whoever drops or renames the one in time has the statement run on the other.
 *
 * @param shown  what the name stands for
 * @param behind further along the search path
 */
public record HiddenRelation(Relation shown, Relation behind) {

    /**
     * Those behind the names of relations in a statement, of which all names count where it is no query. Nothing hides behind temporary
     * relations and those of the server: the first are their session's own, which does one thing after the other, the others stay.
     */
    public static Stream<HiddenRelation> in(Statement statement, Catalog catalog) {
        Stream<String> names = statement.reading().query().isPresent()
                ? statement.reading().relations().stream()
                        .filter(name -> name.schema().isEmpty())
                        .map(ObjectName::name)
                : unqualified(statement.tokens());
        return names.flatMap(name -> behind(name, catalog));
    }

    private static Stream<String> unqualified(List<Token> tokens) {
        return IntStream.range(0, tokens.size())
                .filter(i ->
                        tokens.get(i).isName() && (i == 0 || !tokens.get(i - 1).isSymbol(".")))
                .mapToObj(i -> tokens.get(i).text());
    }

    private static Stream<HiddenRelation> behind(String name, Catalog catalog) {
        Optional<Relation> shown =
                catalog.resolve(name).filter(relation -> !relation.schema().startsWith("pg_"));
        return shown.stream()
                .flatMap(relation -> catalog.searchPath().stream()
                        .flatMap(schema -> catalog.relation(schema, name).stream())
                        .filter(behind -> behind.oid() != relation.oid())
                        .map(behind -> new HiddenRelation(relation, behind)));
    }
}
