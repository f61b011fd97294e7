package org.sallyport.catalog;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Reads what a relation's rows are tied to. */
final class TiesReader {
    private static final String POLICIES = """
            select p.polrelid, d.refobjid from pg_catalog.pg_policy p join pg_catalog.pg_depend d on d.objid = p.oid
             where d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass
               and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid <> p.polrelid""";

    /** A domain's are those of the domains made of it, too. */
    private static final String DEFAULTS = """
            with recursive named (owner, relation) as (
              select a.adrelid, d.refobjid from pg_catalog.pg_attrdef a join pg_catalog.pg_depend d on d.objid = a.oid
               where d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
                 and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid <> a.adrelid
              union
              select d.objid, d.refobjid from pg_catalog.pg_depend d
               where d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                 and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.deptype = 'n'
              union
              select t.oid, named.relation from named join pg_catalog.pg_type t on t.typbasetype = named.owner)
            select owner, relation from named""";

    private static final String RULED = "select distinct ev_class from pg_catalog.pg_rewrite where ev_type <> '1'";

    /** PostgreSQL's own are those of foreign keys and of uniqueness, and a few that look at the row alone. */
    private static final String TRIGGERED = """
            select distinct t.tgrelid from pg_catalog.pg_trigger t join pg_catalog.pg_proc p on p.oid = t.tgfoid
             where p.oid >= 16384::pg_catalog.oid""";

    /** By their numbers in the texts of trees: on functions of the server's own nothing is said to depend. */
    private static final String CALLS = """
            select distinct part.relation, call.number[1]::pg_catalog.int8
              from (%s) part (relation, tree),
                   pg_catalog.regexp_matches(part.tree, ':(?:funcid|opfuncid|aggfnoid|winfnoid) ([1-9][0-9]*)', 'g') call (number)""";

    private static final String READING = CALLS.formatted("""
            select ev_class, ev_action::pg_catalog.text
              from pg_catalog.pg_rewrite where ev_type = '1' and ev_class >= 16384::pg_catalog.oid
            union all
            select polrelid, pg_catalog.concat(polqual, polwithcheck) from pg_catalog.pg_policy
            union all
            select indrelid, pg_catalog.concat(indexprs, indpred)
              from pg_catalog.pg_index where indexrelid >= 16384::pg_catalog.oid
            union all
            select partrelid, partexprs::pg_catalog.text from pg_catalog.pg_partitioned_table""");

    private static final String CHANGING = CALLS.formatted("""
            select ev_class, pg_catalog.concat(ev_action, ev_qual) from pg_catalog.pg_rewrite where ev_type <> '1'
            union all
            select adrelid, adbin::pg_catalog.text from pg_catalog.pg_attrdef
            union all
            select conrelid, conbin::pg_catalog.text from pg_catalog.pg_constraint where conrelid >= 16384::pg_catalog.oid
            union all
            select tgrelid, tgqual::pg_catalog.text from pg_catalog.pg_trigger""");

    /** A base type's own functions, a range's and a domain's, and whatever is made of such types. */
    private static final String TYPES = """
            with recursive calling (type) as (
              select d.objid from pg_catalog.pg_depend d
               where d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                 and d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.refobjid >= 16384::pg_catalog.oid
              union
              select k.contypid from pg_catalog.pg_depend d join pg_catalog.pg_constraint k on k.oid = d.objid
               where d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass and k.contypid <> 0
                 and d.refclassid in ('pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_operator'::pg_catalog.regclass)
                 and d.refobjid >= 16384::pg_catalog.oid
              union
              select made.type from calling join (
                select oid, typbasetype from pg_catalog.pg_type where typbasetype <> 0
                union all
                select oid, typelem from pg_catalog.pg_type where typelem <> 0
                union all
                select rngtypid, rngsubtype from pg_catalog.pg_range
                union all
                select c.reltype, a.atttypid
                  from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
                 where a.attnum > 0 and c.reltype <> 0) made (type, of) on made.of = calling.type)
            select type from calling""";

    private TiesReader() {}

    static Ties read(Line line, Set<Ties.ForeignKey> keys) throws SQLException {
        return new Ties(
                CatalogReader.pairs(line, POLICIES, false),
                CatalogReader.pairs(line, DEFAULTS, false),
                keys,
                oids(line, RULED),
                oids(line, TRIGGERED),
                CatalogReader.pairs(line, READING, false),
                CatalogReader.pairs(line, CHANGING, false),
                oids(line, TYPES));
    }

    private static Set<Integer> oids(Line line, String sql) throws SQLException {
        Set<Integer> oids = new HashSet<>();
        try (Rows rows = line.ask(sql)) {
            while (rows.next()) {
                oids.add((int) rows.getLong(1));
            }
        }
        return oids;
    }
}
