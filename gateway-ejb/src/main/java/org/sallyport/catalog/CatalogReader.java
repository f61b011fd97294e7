package org.sallyport.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Reads snapshots from PostgreSQL's own catalogs; what was understood of a view once is not read again. Thread-safe. */
public final class CatalogReader {

    private static final AtomicLong VERSIONS = new AtomicLong();

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** Rows that the driver holds of an answer. */
    private static final int AT_ONCE = 10_000;

    private static final String SEARCH_PATH =
            "select schema from pg_catalog.unnest(pg_catalog.current_schemas(true)) with ordinality t (schema, number) order by number";

    private static final String RELATIONS = """
            select c.oid, n.nspname, c.relname, c.relkind
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where c.relkind <> 't'""";

    private static final String COLUMNS = """
            select a.attrelid, a.attnum, a.attname, a.atttypid
              from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
             where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f')
             order by a.attrelid, a.attnum""";

    private static final String PARENTS = "select inhrelid, inhparent from pg_catalog.pg_inherits";

    /**
     * What a relation's rewrite rules refer to; a function of unknown content counts as {@link Relation#OPAQUE}, and so does one that an
     * operator stands for. Extensions' operators are written in C, which only a superuser brings in, and read no tables.
     */
    private static final String BASES = """
            select r.ev_class, d.refobjid
              from pg_catalog.pg_rewrite r join pg_catalog.pg_depend d on d.objid = r.oid
             where d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
               and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
               and d.refobjid <> r.ev_class
            union
            select r.ev_class, 0
              from pg_catalog.pg_rewrite r join pg_catalog.pg_depend d on d.objid = r.oid
              join pg_catalog.pg_proc p on p.oid = d.refobjid
             where d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
               and d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
               and p.pronamespace::pg_catalog.regnamespace::pg_catalog.text not in ('pg_catalog', 'information_schema')
            union
            select r.ev_class, 0
              from pg_catalog.pg_rewrite r join pg_catalog.pg_depend d on d.objid = r.oid
              join pg_catalog.pg_operator o on o.oid = d.refobjid
              join pg_catalog.pg_proc p on p.oid = o.oprcode
              join pg_catalog.pg_language l on l.oid = p.prolang
             where d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
               and d.refclassid = 'pg_catalog.pg_operator'::pg_catalog.regclass
               and l.lanname not in ('internal', 'c')""";

    /** The server's own views stay as they are; reading them too would take longer than all the rest. */
    private static final String DEFINITIONS = """
            select d.relation, pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.string_agg(d.part, ';' order by d.part), 'SQL_ASCII'))
              from (select r.ev_class, pg_catalog.concat(r.ev_enabled, r.ev_action::pg_catalog.text, r.ev_qual::pg_catalog.text)
                      from pg_catalog.pg_rewrite r where r.ev_class >= 16384::pg_catalog.oid
                    union all
                    select t.tgrelid, pg_catalog.concat(t.tgenabled, pg_catalog.pg_get_triggerdef(t.oid), p.xmin, ' ', p.oid)
                      from pg_catalog.pg_trigger t join pg_catalog.pg_proc p on p.oid = t.tgfoid
                     where not t.tgisinternal and t.tgrelid >= 16384::pg_catalog.oid) d (relation, part)
             group by d.relation""";

    private static final String FUNCTIONS = """
            select p.oid, n.nspname, p.proname, p.provolatile, l.lanname, pg_catalog.pg_get_userbyid(p.proowner), p.prosecdef
              from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
              join pg_catalog.pg_language l on l.oid = p.prolang""";

    /** Types of rows have no names of their own. */
    private static final String TYPES = """
            select t.oid, n.nspname, t.typname, case when t.typcategory = 'A' then t.typelem else 0 end,
                   t.typtype = 'e' or exists (select 1 from pg_catalog.pg_type e where e.typarray = t.oid and e.typtype = 'e')
              from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
             where t.typrelid = 0 and (t.typelem = 0 or not exists
                   (select 1 from pg_catalog.pg_type e where e.oid = t.typelem and e.typrelid <> 0))""";

    /** Version 15. */
    private static final int FIRST_WITH_ALL_INTERVALS = 15;

    private final StructureReader structures = new StructureReader();

    /** What was read, and how the catalogs stood then; no mark where the login may not read all that it takes. */
    record Marked(Catalog catalog, @Nullable CatalogMark mark) {}

    /** What is read in one transaction. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(Statement statement) throws SQLException;
    }

    /** Blocks; the connection's transaction is over when it returns. */
    public Catalog read(Connection connection) throws SQLException {
        return inOneSnapshot(connection, statement -> whole(connection, statement));
    }

    /** Like {@link #read(Connection)}. */
    Marked readMarked(Connection connection) throws SQLException {
        try {
            return inOneSnapshot(connection, statement -> {
                CatalogMark mark = CatalogMark.of(statement);
                return new Marked(whole(connection, statement), mark);
            });
        } catch (SQLException refused) {
            if (!INSUFFICIENT_PRIVILEGE.equals(refused.getSQLState())) {
                throw refused;
            }
            return new Marked(read(connection), null);
        }
    }

    /** Whether another reading would give the same; blocks. */
    boolean holds(Connection connection, Marked read) throws SQLException {
        CatalogMark mark = read.mark();
        return mark != null && inOneSnapshot(connection, mark::holds);
    }

    private Catalog whole(Connection connection, Statement statement) throws SQLException {
        return read(Line.of(statement)).of(traits(connection));
    }

    private static <T> T inOneSnapshot(Connection connection, Reading<T> reading) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        try (Statement statement = connection.createStatement()) {
            // Of thousands of tables the server would take longer to compile these queries than to run them.
            statement.execute("set local jit = off");
            statement.setFetchSize(AT_ONCE);
            return reading.read(statement);
        } finally {
            connection.rollback();
        }
    }

    /** The server says it at login: no query is needed. */
    private static ServerTraits traits(Connection connection) throws SQLException {
        String encoding = connection.unwrap(PGConnection.class).getParameterStatus("server_encoding");
        return new ServerTraits(
                "UTF8".equals(encoding),
                connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_ALL_INTERVALS);
    }

    /** What the database shows at each of the queries; it is taken for one in UTF-8. */
    public Catalog read(Line line) throws SQLException {
        Map<Integer, List<Relation.Column>> columns = columns(line);
        Map<Integer, Set<Integer>> parents = pairs(line, PARENTS, false);
        Map<Integer, Set<Integer>> children = pairs(line, PARENTS, true);
        Map<Integer, Structure> structure = structures.read(line);
        Dependencies dependencies = new DependencyReader(line).read(children, Ties.ForeignKey.of(structure));
        Map<Integer, Set<Integer>> bases = pairs(line, BASES, false);
        Map<Integer, String> definitions = definitions(line);
        List<Relation> relations = new ArrayList<>();
        try (Rows rows = line.ask(RELATIONS)) {
            while (rows.next()) {
                int oid = (int) rows.getLong(1);
                Set<Integer> kin = reached(oid, parents);
                kin.addAll(reached(oid, children));
                relations.add(new Relation(
                        oid,
                        rows.getString(2),
                        rows.getString(3),
                        kind(rows.getString(4)),
                        columns.getOrDefault(oid, List.of()),
                        reached(oid, bases),
                        kin,
                        definitions.getOrDefault(oid, ""),
                        structure.getOrDefault(oid, Structure.PLAIN)));
            }
        }
        return new Catalog(
                VERSIONS.incrementAndGet(), searchPath(line), relations, functions(line), types(line), dependencies);
    }

    private static Relation.Kind kind(String relkind) {
        return switch (relkind) {
            case "r", "p" -> Relation.Kind.TABLE;
            case "v", "m" -> Relation.Kind.VIEW;
            case "f" -> Relation.Kind.FOREIGN_TABLE;
            case "S" -> Relation.Kind.SEQUENCE;
            case "i", "I" -> Relation.Kind.INDEX;
            default -> Relation.Kind.OTHER;
        };
    }

    private static List<String> searchPath(Line line) throws SQLException {
        try (Rows rows = line.ask(SEARCH_PATH)) {
            List<String> path = new ArrayList<>();
            while (rows.next()) {
                path.add(rows.getString(1));
            }
            return path;
        }
    }

    private static Map<Integer, List<Relation.Column>> columns(Line line) throws SQLException {
        Map<Integer, List<Relation.Column>> columns = new HashMap<>();
        // Of thousands of tables many have the same: most are partitions.
        Map<Relation.Column, Relation.Column> same = new HashMap<>();
        try (Rows rows = line.ask(COLUMNS)) {
            while (rows.next()) {
                Relation.Column column = new Relation.Column(rows.getInt(2), rows.getString(3), (int) rows.getLong(4));
                columns.computeIfAbsent((int) rows.getLong(1), oid -> new ArrayList<>())
                        .add(same.computeIfAbsent(column, first -> first));
            }
        }
        return columns;
    }

    static Map<Integer, Set<Integer>> pairs(Line line, String sql, boolean reversed) throws SQLException {
        Map<Integer, Set<Integer>> pairs = new HashMap<>();
        try (Rows rows = line.ask(sql)) {
            while (rows.next()) {
                int from = (int) rows.getLong(reversed ? 2 : 1);
                int to = (int) rows.getLong(reversed ? 1 : 2);
                pairs.computeIfAbsent(from, oid -> new HashSet<>()).add(to);
            }
        }
        return pairs;
    }

    private static Map<Integer, String> definitions(Line line) throws SQLException {
        Map<Integer, String> definitions = new HashMap<>();
        try (Rows rows = line.ask(DEFINITIONS)) {
            while (rows.next()) {
                definitions.put((int) rows.getLong(1), rows.getString(2));
            }
        }
        return definitions;
    }

    private static Set<Integer> reached(int from, Map<Integer, Set<Integer>> edges) {
        Set<Integer> reached = new HashSet<>();
        List<Integer> open = new ArrayList<>(edges.getOrDefault(from, Set.of()));
        while (!open.isEmpty()) {
            int next = open.remove(open.size() - 1);
            if (reached.add(next)) {
                open.addAll(edges.getOrDefault(next, Set.of()));
            }
        }
        return reached;
    }

    private static List<Function> functions(Line line) throws SQLException {
        List<Function> functions = new ArrayList<>();
        try (Rows rows = line.ask(FUNCTIONS)) {
            while (rows.next()) {
                functions.add(new Function(
                        (int) rows.getLong(1),
                        rows.getString(2),
                        rows.getString(3),
                        Function.Volatility.of(rows.getString(4)),
                        rows.getString(5),
                        rows.getString(6),
                        rows.getBoolean(7)));
            }
        }
        return functions;
    }

    private static List<Type> types(Line line) throws SQLException {
        List<Type> types = new ArrayList<>();
        try (Rows rows = line.ask(TYPES)) {
            while (rows.next()) {
                types.add(new Type(
                        (int) rows.getLong(1),
                        rows.getString(2),
                        rows.getString(3),
                        (int) rows.getLong(4),
                        rows.getBoolean(5)));
            }
        }
        return types;
    }
}
