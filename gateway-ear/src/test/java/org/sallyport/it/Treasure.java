package org.sallyport.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The values of the shop that masks keep from most people, and the shop itself; looked at past the gateway. */
final class Treasure implements AutoCloseable {
    private static final String VALUES = "SELECT ssn, card, email FROM customers";

    /** Rows, definitions, rights, settings and what outlives a session, each as one column. */
    private static final String STATE = """
            SELECT (SELECT md5(string_agg(c::text, ',' ORDER BY id)) FROM customers c),
                   (SELECT md5(string_agg(p::text, ',' ORDER BY id)) FROM products p),
                   (SELECT md5(string_agg(o::text, ',' ORDER BY id)) FROM orders o),
                   (SELECT count(*) FROM order_items),
                   (SELECT string_agg(c.oid::regclass || ':' || c.relkind::text || coalesce(c.relacl::text, '') || c.relhastriggers
                                   || c.relhasrules || c.relrowsecurity, ',' ORDER BY c.oid)
                      FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
                     WHERE nspname !~ '^pg_|^information_schema$'),
                   (SELECT md5(string_agg(a::text, ',' ORDER BY attrelid, attnum))
                      FROM pg_attribute a WHERE attrelid IN ('customers'::regclass, 'products'::regclass, 'orders'::regclass)),
                   (SELECT string_agg(oid::regprocedure::text, ',' ORDER BY oid) FROM pg_proc WHERE oid >= 16384),
                   (SELECT string_agg(nspname || coalesce(nspacl::text, ''), ',' ORDER BY oid)
                      FROM pg_namespace WHERE nspname !~ '^pg_'),
                   (SELECT string_agg(rolname || rolsuper || rolcreaterole, ',' ORDER BY oid) FROM pg_roles),
                   (SELECT string_agg(datname, ',' ORDER BY oid) FROM pg_database),
                   (SELECT count(*) FROM pg_db_role_setting),
                   (SELECT count(*) FROM pg_largeobject_metadata),
                   (SELECT count(*) FROM pg_prepared_xacts),
                   (SELECT string_agg(extname, ',') FROM pg_extension),
                   (SELECT count(*) FROM pg_foreign_server),
                   (SELECT count(*) FROM pg_event_trigger),
                   (SELECT count(*) FROM pg_subscription),
                   (SELECT count(*) FROM pg_publication),
                   (SELECT count(*) FROM pg_replication_slots)""";

    private final Connection direct;
    private final List<String> disguises = new ArrayList<>();

    Treasure(Gateway gateway) throws SQLException {
        direct = gateway.connectDirectly("shop");
        for (List<String> row : rows(VALUES)) {
            row.forEach(this::disguise);
        }
    }

    private void disguise(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        disguises.add(value);
        disguises.add(new StringBuilder(value).reverse().toString());
        disguises.add(HexFormat.of().formatHex(bytes));
        disguises.add(Base64.getEncoder().encodeToString(bytes));
    }

    /** A value that shows in a text, as it is or turned around, in hexadecimal or in Base64. */
    Optional<String> shownIn(String text) {
        return disguises.stream().filter(text::contains).findFirst();
    }

    List<String> state() throws SQLException {
        return rows(STATE).get(0);
    }

    /** Does something that only the owner of the database may do. */
    void execute(String... statements) throws SQLException {
        try (Statement statement = direct.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<List<String>> rows(String query) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = direct.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        direct.close();
    }
}
