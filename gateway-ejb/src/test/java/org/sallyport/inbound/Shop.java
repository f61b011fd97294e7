package org.sallyport.inbound;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogObject;
import org.sallyport.catalog.Dependencies;
import org.sallyport.catalog.Function;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Relation.Kind;
import org.sallyport.catalog.Type;
import org.sallyport.identity.Identity;
import org.sallyport.policy.Access;
import org.sallyport.policy.Circumstances;
import org.sallyport.policy.PolicyBundle;

/** The sample bundle, and a catalog that fits it. */
final class Shop {

    static final int CUSTOMERS = 100;
    static final int ORDERS = 101;
    static final int CONTACTS_VIEW = 102;
    static final int PEOPLE_PARENT = 103;
    static final int OPAQUE_VIEW = 106;
    private static final int SECRET = 900;
    private static final int SECRET_PART = 901;
    private static final int RELATIONS = 1259;
    private static final int CONSTRAINTS = 2606;
    private static final int SCHEMAS = 2615;

    private Shop() {}

    static PolicyBundle bundle() {
        URL sample = Objects.requireNonNull(Shop.class.getResource("/org/sallyport/policy/sample.yaml"));
        try {
            return PolicyBundle.load(Path.of(sample.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Access access(String group) {
        Identity identity = new Identity("agent", Set.of(group), Map.of(), Instant.MAX);
        return bundle().access(new Circumstances(identity, "shop", Instant.EPOCH))
                .orElseThrow();
    }

    static Catalog catalog() {
        List<Relation> relations = new ArrayList<>(List.of(
                table(CUSTOMERS, "customers", "id", "name", "ssn", "email", "salary", "note", "created_at"),
                table(ORDERS, "orders", "id", "customer_id", "total", "status", "created_at"),
                view(CONTACTS_VIEW, "contacts", Set.of(CUSTOMERS), "id", "mail"),
                kin(PEOPLE_PARENT, "people", Set.of(104), "id", "email"),
                kin(104, "people_2026", Set.of(PEOPLE_PARENT), "id", "email"),
                table(107, "referrals", "id", "customers", "ssn_guess"),
                view(105, "order_totals", Set.of(ORDERS), "id", "total"),
                view(OPAQUE_VIEW, "computed", Set.of(Relation.OPAQUE), "id")));
        relations.add(system(1259, "pg_class", "oid", "relname"));
        relations.add(system(3256, "pg_stats", "tablename", "most_common_vals"));
        relations.add(system(2671, "pg_database", "oid", "datname"));
        relations.add(new Relation(SECRET, "hidden", "secret", Kind.TABLE, columns("id", "value"), Set.of(), Set.of()));
        relations.add(kin(108, "events", Set.of(SECRET_PART), "id"));
        relations.add(
                new Relation(SECRET_PART, "hidden", "events_1", Kind.TABLE, columns("id"), Set.of(), Set.of(108)));
        relations.add(new Relation(110, "public", "orders_i", Kind.INDEX, List.of(), Set.of(), Set.of()));
        relations.add(new Relation(111, "public", "of_customers", Kind.INDEX, List.of(), Set.of(), Set.of()));
        relations.add(view(109, "of_secret", Set.of(SECRET), "id"));
        List<Function> functions = List.of(
                new Function(870, "pg_catalog", "lower"),
                new Function(2147, "pg_catalog", "count"),
                new Function(3155, "pg_catalog", "row_to_json"),
                new Function(2924, "pg_catalog", "query_to_xml"),
                new Function(871, "pg_catalog", "upper"),
                new Function(20_001, "public", "upper"),
                new Function(20_002, "public", "order_value"));
        List<Type> types =
                List.of(new Type(30_001, "public", "mood", 0, false), new Type(30_002, "public", "told", 0, false));
        return new Catalog(1, List.of("pg_catalog", "public"), relations, functions, types, dependencies());
    }

    /** Views on tables, a partition, two foreign keys of which one is hidden, and a hidden column of a type. */
    private static Dependencies dependencies() {
        CatalogObject ofOrders = new CatalogObject(CONSTRAINTS, 5001, 0);
        CatalogObject ofSecret = new CatalogObject(CONSTRAINTS, 5002, 0);
        CatalogObject secretColumn = new CatalogObject(RELATIONS, SECRET, 2);
        Map<CatalogObject, Set<CatalogObject>> dependents = Map.of(
                CatalogObject.relation(ORDERS),
                Set.of(CatalogObject.relation(105)),
                CatalogObject.relation(CUSTOMERS),
                Set.of(CatalogObject.relation(CONTACTS_VIEW), ofOrders),
                CatalogObject.relation(PEOPLE_PARENT),
                Set.of(CatalogObject.relation(104)),
                CatalogObject.relation(107),
                Set.of(ofSecret),
                CatalogObject.type(30_002),
                Set.of(secretColumn),
                CatalogObject.function(20_002),
                Set.of(CatalogObject.relation(OPAQUE_VIEW)),
                new CatalogObject(SCHEMAS, 2200, 0),
                Set.of(CatalogObject.relation(107), ofSecret));
        return new Dependencies(
                dependents,
                Map.of(
                        ofOrders,
                        CatalogObject.relation(ORDERS),
                        ofSecret,
                        CatalogObject.relation(SECRET),
                        CatalogObject.relation(110),
                        CatalogObject.relation(ORDERS),
                        CatalogObject.relation(111),
                        CatalogObject.relation(CUSTOMERS)),
                Map.of("public", new CatalogObject(SCHEMAS, 2200, 0), "reports", new CatalogObject(SCHEMAS, 2201, 0)),
                Map.of(),
                Map.of(PEOPLE_PARENT, Set.of(104), 108, Set.of(SECRET_PART)),
                Map.of(CUSTOMERS, Set.of(ORDERS), 107, Set.of(SECRET)));
    }

    private static Relation table(int oid, String name, String... columns) {
        return new Relation(oid, "public", name, Kind.TABLE, columns(columns), Set.of(), Set.of());
    }

    private static Relation kin(int oid, String name, Set<Integer> kin, String... columns) {
        return new Relation(oid, "public", name, Kind.TABLE, columns(columns), Set.of(), kin);
    }

    private static Relation view(int oid, String name, Set<Integer> bases, String... columns) {
        return new Relation(oid, "public", name, Kind.VIEW, columns(columns), bases, Set.of());
    }

    private static Relation system(int oid, String name, String... columns) {
        return new Relation(oid, "pg_catalog", name, Kind.TABLE, columns(columns), Set.of(), Set.of());
    }

    private static List<Relation.Column> columns(String... names) {
        List<Relation.Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(new Relation.Column(columns.size() + 1, name, 25));
        }
        return columns;
    }
}
