package org.sallyport.it;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A table of a test's own in the shop, with three rows; made, changed and looked at past the gateway. */
final class Shelf implements AutoCloseable {
    private final Connection direct;
    private final String name = "shelf_" + UUID.randomUUID().toString().substring(0, 8);

    Shelf(Gateway gateway) throws SQLException {
        direct = gateway.connectDirectly("shop");
        execute("CREATE TABLE " + name + " (n integer)");
        execute("CREATE TABLE other_" + name + " (n integer)");
        execute("INSERT INTO other_" + name + " VALUES (7), (8), (9)");
        fill();
    }

    String name() {
        return name;
    }

    String viewName() {
        return "view_of_" + name;
    }

    /** Its rows are 1, 2 and 3 again. */
    void fill() throws SQLException {
        execute("TRUNCATE " + name);
        execute("INSERT INTO " + name + " VALUES (1), (2), (3)");
    }

    void makeView() throws SQLException {
        execute("CREATE VIEW " + viewName() + " AS SELECT n FROM " + name);
    }

    /** Another table takes the name. */
    void swapTable() throws SQLException {
        execute("ALTER TABLE " + name + " RENAME TO old_" + name);
        execute("ALTER TABLE other_" + name + " RENAME TO " + name);
    }

    /** The view leads to another table. */
    void swapView() throws SQLException {
        execute("CREATE OR REPLACE VIEW " + viewName() + " AS SELECT n FROM other_" + name);
    }

    boolean hasView() throws SQLException {
        return !query("SELECT 1 FROM pg_views WHERE viewname = '" + viewName() + "'")
                .isEmpty();
    }

    int count() throws SQLException {
        return values().size();
    }

    int otherCount() throws SQLException {
        return query("SELECT n FROM other_" + name).size();
    }

    List<Integer> values() throws SQLException {
        return query("SELECT n FROM " + name + " ORDER BY n");
    }

    private List<Integer> query(String sql) throws SQLException {
        List<Integer> values = new ArrayList<>();
        try (Statement statement = direct.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getInt(1));
            }
        }
        return values;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = direct.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        for (String prefix : new String[] {"", "other_", "old_"}) {
            execute("DROP TABLE IF EXISTS " + prefix + name + " CASCADE");
        }
        direct.close();
    }
}
