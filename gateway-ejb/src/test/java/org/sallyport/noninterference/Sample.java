package org.sallyport.noninterference;

import static org.sallyport.noninterference.Type.DATE;
import static org.sallyport.noninterference.Type.INT;
import static org.sallyport.noninterference.Type.JSONB;
import static org.sallyport.noninterference.Type.NUMERIC;
import static org.sallyport.noninterference.Type.TEXT;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.sallyport.noninterference.Scope.Column;

/** What schema.sql and policy.yaml say, for the grammar. */
final class Sample {
    static final Relation CUSTOMERS = table(
            "customers",
            column("id", INT),
            column("name", TEXT),
            hidden("ssn", TEXT),
            hidden("email", TEXT),
            hidden("salary", NUMERIC),
            hidden("born", DATE),
            column("note", JSONB),
            column("region", TEXT));
    static final Relation ORDERS = table(
            "orders",
            column("id", INT),
            column("customer_id", INT),
            column("total", NUMERIC),
            column("status", TEXT),
            column("placed", DATE));
    static final Relation PRODUCTS =
            table("products", column("id", INT), column("name", TEXT), column("price", NUMERIC), column("stock", INT));
    static final Relation ACCOUNTS = table(
            "accounts", column("id", INT), hidden("iban", TEXT), hidden("balance", NUMERIC), column("owner", TEXT));
    static final Relation CARDS = table("cards", column("id", INT), hidden("iban", TEXT), column("kind", TEXT));
    static final Relation PEOPLE = table("people", column("id", INT), column("name", TEXT), hidden("ssn", TEXT));
    static final Relation STAFF =
            table("staff", column("id", INT), column("name", TEXT), hidden("ssn", TEXT), column("desk", TEXT));
    static final Relation VISITS = visits("visits");

    /** With something to hide. */
    static final List<Relation> LABELLED = List.of(
            CUSTOMERS,
            VISITS,
            visits("visits_2025"),
            PEOPLE,
            STAFF,
            ACCOUNTS,
            CARDS,
            view(
                    "contacts",
                    Set.of(),
                    column("id", INT),
                    column("name", TEXT),
                    hidden("email", TEXT),
                    hidden("tax_id", TEXT),
                    column("region", TEXT)));

    /** Its rows are chosen by what is hidden. */
    static final Relation SENIORS =
            view("seniors", Set.of(Use.VIEW), column("id", INT), column("name", TEXT), column("region", TEXT));

    static final List<Relation> PLAIN = List.of(
            ORDERS,
            PRODUCTS,
            view("open_orders", Set.of(), column("id", INT), column("customer_id", INT), column("total", NUMERIC)));

    /** That rows may be written to. */
    static final List<Relation> TABLES = Stream.concat(
                    LABELLED.stream().filter(Relation::isTable), Stream.of(ORDERS, PRODUCTS))
            .toList();

    private Sample() {}

    /**
     * A table or a view.
     *
     * @param uses what reading it does with labelled values
     */
    record Relation(String name, boolean isTable, List<Column> columns, Set<Use> uses) {

        boolean isLabelled() {
            return columns.stream().anyMatch(Column::labelled) || !uses.isEmpty();
        }

        /** Whether a constraint compares the column's values with one another, or with a limit. */
        boolean constrains(Column column) {
            return column.labelled() && (equals(ACCOUNTS) || equals(CARDS));
        }
    }

    private static Relation visits(String name) {
        return table(
                name,
                column("id", INT),
                column("customer_id", INT),
                hidden("ssn", TEXT),
                column("day", DATE),
                column("memo", TEXT));
    }

    private static Relation table(String name, Column... columns) {
        return new Relation(name, true, List.of(columns), Set.of());
    }

    private static Relation view(String name, Set<Use> uses, Column... columns) {
        return new Relation(name, false, List.of(columns), uses);
    }

    private static Column column(String name, Type type) {
        return new Column(name, type, false);
    }

    private static Column hidden(String name, Type type) {
        return new Column(name, type, true);
    }
}
