package org.sallyport.catalog;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what depends on what, of all that was not there when the cluster was made. */
final class DependencyReader {

    /** An extension has members outside its schema; the others are known by their own names. */
    private static final Set<Integer> NOT_OF_SCHEMAS =
            Set.of(CatalogObject.EXTENSIONS, CatalogObject.RELATIONS, CatalogObject.FUNCTIONS, CatalogObject.TYPES);

    /**
     * Where a part is dropped (i) or a member of an extension (e), so is the whole. Left out are the tables and triggers of the
     * server's own making: nothing else depends on those.
     */
    private static final String DEPENDENTS = """
            select d.refclassid, d.refobjid, d.refobjsubid, d.classid, d.objid, d.objsubid, d.deptype in ('i', 'e')
              from pg_catalog.pg_depend d
              left join pg_catalog.pg_class c
                on d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and c.oid = d.objid
              left join pg_catalog.pg_trigger t
                on d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass and t.oid = d.objid
             where d.objid >= 16384::pg_catalog.oid
               and (c.oid is null or c.relnamespace <> 'pg_toast'::pg_catalog.regnamespace)
               and (t.oid is null or not t.tgisinternal)""";

    private static final String PARTS = """
            select 'pg_catalog.pg_constraint'::pg_catalog.regclass::pg_catalog.oid, oid, conrelid, contypid
              from pg_catalog.pg_constraint where oid >= 16384::pg_catalog.oid
            union all
            select 'pg_catalog.pg_attrdef'::pg_catalog.regclass, oid, adrelid, 0 from pg_catalog.pg_attrdef
            union all
            select 'pg_catalog.pg_rewrite'::pg_catalog.regclass, oid, ev_class, 0
              from pg_catalog.pg_rewrite where oid >= 16384::pg_catalog.oid
            union all
            select 'pg_catalog.pg_trigger'::pg_catalog.regclass, oid, tgrelid, 0
              from pg_catalog.pg_trigger where not tgisinternal
            union all
            select 'pg_catalog.pg_policy'::pg_catalog.regclass, oid, polrelid, 0 from pg_catalog.pg_policy
            union all
            select 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, oid, stxrelid, 0 from pg_catalog.pg_statistic_ext
            union all
            select 'pg_catalog.pg_publication_rel'::pg_catalog.regclass, oid, prrelid, 0 from pg_catalog.pg_publication_rel
            union all
            select 'pg_catalog.pg_class'::pg_catalog.regclass, indexrelid, indrelid, 0
              from pg_catalog.pg_index where indexrelid >= 16384::pg_catalog.oid
            union all
            select d.classid, d.objid, d.refobjid, 0
              from pg_catalog.pg_depend d join pg_catalog.pg_class s on s.oid = d.objid
             where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and s.relkind = 'S'
               and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.deptype in ('a', 'i')""";

    /** A table's type is the table, and the type of its arrays too; the arrays' of another type are that. */
    private static final String ALIASES = """
            select 'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid, t.oid,
                   case when coalesce(e.typrelid, t.typrelid) <> 0 then 'pg_catalog.pg_class'::pg_catalog.regclass
                        else 'pg_catalog.pg_type'::pg_catalog.regclass end::pg_catalog.oid,
                   case when coalesce(e.typrelid, t.typrelid) <> 0 then coalesce(e.typrelid, t.typrelid) else e.oid end
              from pg_catalog.pg_type t left join pg_catalog.pg_type e on e.typarray = t.oid
             where t.oid >= 16384::pg_catalog.oid and (t.typrelid <> 0 or e.oid is not null)""";

    private static final String SCHEMAS = "select oid, nspname from pg_catalog.pg_namespace";

    private final Line line;
    private final Map<CatalogObject, CatalogObject> aliases = new HashMap<>();
    private final Map<CatalogObject, Set<CatalogObject>> dependents = new HashMap<>();
    private final Map<CatalogObject, String> homes = new HashMap<>();

    DependencyReader(Line line) {
        this.line = line;
    }

    /**
     * @param children partitions and heirs, by the parent
     * @param keys     foreign keys
     */
    Dependencies read(Map<Integer, Set<Integer>> children, Set<Ties.ForeignKey> keys) throws SQLException {
        readAliases();
        Map<String, CatalogObject> schemas = schemas();
        Map<CatalogObject, String> names = new HashMap<>();
        schemas.forEach((name, schema) -> names.put(schema, name));
        try (Rows rows = line.ask(DEPENDENTS)) {
            while (rows.next()) {
                CatalogObject referred = object(rows, 1, rows.getInt(3));
                CatalogObject dependent = object(rows, 4, rows.getInt(6));
                depends(referred, dependent);
                if (rows.getBoolean(7)) {
                    depends(dependent, referred);
                }
                String home = names.get(referred);
                if (home != null && !NOT_OF_SCHEMAS.contains(dependent.catalog())) {
                    homes.put(dependent, home);
                }
            }
        }
        return new Dependencies(
                dependents, parts(), schemas, homes, children, referring(keys), TiesReader.read(line, keys));
    }

    private static Map<Integer, Set<Integer>> referring(Set<Ties.ForeignKey> keys) {
        return keys.stream()
                .collect(Collectors.groupingBy(
                        Ties.ForeignKey::to, Collectors.mapping(Ties.ForeignKey::from, Collectors.toSet())));
    }

    /** Whoever drops a relation drops each of its columns. */
    private void depends(CatalogObject referred, CatalogObject dependent) {
        if (!referred.equals(dependent)) {
            dependents.computeIfAbsent(referred, of -> new HashSet<>()).add(dependent);
            CatalogObject whole = new CatalogObject(referred.catalog(), referred.oid(), 0);
            dependents.computeIfAbsent(whole, of -> new HashSet<>()).add(dependent);
        }
    }

    private CatalogObject object(Rows rows, int at, int column) throws SQLException {
        CatalogObject object = new CatalogObject((int) rows.getLong(at), (int) rows.getLong(at + 1), column);
        return aliases.getOrDefault(object, object);
    }

    private void readAliases() throws SQLException {
        try (Rows rows = line.ask(ALIASES)) {
            while (rows.next()) {
                CatalogObject of = new CatalogObject((int) rows.getLong(3), (int) rows.getLong(4), 0);
                aliases.put(new CatalogObject((int) rows.getLong(1), (int) rows.getLong(2), 0), of);
            }
        }
    }

    private Map<CatalogObject, CatalogObject> parts() throws SQLException {
        Map<CatalogObject, CatalogObject> parts = new HashMap<>();
        try (Rows rows = line.ask(PARTS)) {
            while (rows.next()) {
                int relation = (int) rows.getLong(3);
                CatalogObject part = new CatalogObject((int) rows.getLong(1), (int) rows.getLong(2), 0);
                CatalogObject whole =
                        relation == 0 ? CatalogObject.type((int) rows.getLong(4)) : CatalogObject.relation(relation);
                parts.put(part, whole);
            }
        }
        return parts;
    }

    private Map<String, CatalogObject> schemas() throws SQLException {
        Map<String, CatalogObject> schemas = new HashMap<>();
        try (Rows rows = line.ask(SCHEMAS)) {
            while (rows.next()) {
                schemas.put(rows.getString(2), new CatalogObject(CatalogObject.SCHEMAS, (int) rows.getLong(1), 0));
            }
        }
        return schemas;
    }
}
