package org.sallyport.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** A database in which everything depends on something, and what a statement really does to it. */
public final class Everything {

    public static final String SCHEMA = """
            create schema other;
            create schema empty;
            create type mood as enum ('sad', 'happy');
            create type pair as (a int, b mood);
            create domain positive as int check (value > 0);
            create function twice(int) returns int language sql immutable as 'select 2 * $1';
            create function over_twice(x int) returns int language sql immutable return twice(x) + 1;
            create domain even as int check (twice(value) > 0);
            create function of_mood(mood) returns int language sql as 'select 1';
            create function touch() returns trigger language plpgsql as 'begin return new; end';
            create sequence numbers;
            create table customers (id int primary key, name text unique, feels mood, other text);
            create unique index customers_other on customers (other);
            create table other.orders (id serial primary key, customer int references customers, no int default nextval('numbers'));
            create table other.lines (line int generated always as identity primary key, of int references other.orders on delete cascade);
            create table by_index (other text references customers (other));
            create table self (id int primary key, parent int references self);
            create table moods (all_of mood[], two pair, row customers, p positive, e even);
            create table computed (a int, b int generated always as (over_twice(a)) stored);
            create index computed_b on computed (twice(a));
            create table checked (a int check (twice(a) > 0), unique (a));
            create table plain (a int, b int default twice(3));
            create statistics plain_ab on a, b from plain;
            create trigger plain_touch before insert on plain for each row execute function touch();
            create table guarded (a int);
            alter table guarded enable row level security;
            create policy only_known on guarded using (exists (select from customers c where c.id = a));
            create table logged (a int);
            create rule to_log as on insert to plain do also insert into logged values (1);
            create view names as select name from customers;
            create view other.names_of_names as select * from names;
            create materialized view frozen as select * from other.names_of_names with data;
            create view grouped as select id, name from customers group by id;
            create view happy as select 'happy'::mood as it;
            create view counted as select twice(a) as n, over_twice(1) as m from plain;
            create function of_view() returns setof names language sql as 'select * from names';
            create function reading() returns bigint return (select count(*) from self);
            create view from_function as select reading() as n;
            create table typed of pair;
            create table events (id int, at date, primary key (id, at)) partition by range (at);
            create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01') partition by range (at);
            create table other.events_january partition of events_2026 for values from ('2026-01-01') to ('2026-02-01');
            create index events_at on events (at);
            create table tickets (event int, at date, foreign key (event, at) references events);
            create table parted (id int, customer int references customers) partition by list (id);
            create table other.parted_1 partition of parted for values in (1);
            create view january as select * from other.events_january;
            create table parent (a int);
            create table child (b int) inherits (parent);
            create table other.grandchild (c int) inherits (child);
            create view grandchildren as select * from other.grandchild;
            create publication told for table plain, child;""";

    /** Everything of a relation but its rows; what indexes and sequences are its own is part of it. */
    public static final String RELATIONS = """
            select c.oid, concat(
                     (select string_agg(a.attnum || a.attname || a.atttypid, ',' order by a.attnum)
                        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), ';',
                     (select string_agg(pg_get_constraintdef(k.oid), ',' order by k.oid) from pg_constraint k where k.conrelid = c.oid), ';',
                     (select string_agg(pg_get_expr(d.adbin, d.adrelid), ',' order by d.oid) from pg_attrdef d where d.adrelid = c.oid), ';',
                     (select string_agg(i.indexrelid::text, ',' order by i.indexrelid) from pg_index i where i.indrelid = c.oid), ';',
                     (select string_agg(r.oid::text, ',' order by r.oid) from pg_rewrite r where r.ev_class = c.oid), ';',
                     (select string_agg(t.oid::text, ',' order by t.oid) from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal), ';',
                     (select string_agg(p.oid::text, ',' order by p.oid) from pg_policy p where p.polrelid = c.oid), ';',
                     (select string_agg(s.oid::text, ',' order by s.oid) from pg_statistic_ext s where s.stxrelid = c.oid), ';',
                     c.reloftype)
              from pg_class c
             where c.oid >= 16384 and c.relkind not in ('t', 'i', 'I') and not exists
                   (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and c.relkind = 'S'
                       and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i'))""";

    public static final String FUNCTIONS = "select oid, '' from pg_proc where oid >= 16384";

    public static final String TYPES = """
            select t.oid, (select string_agg(pg_get_constraintdef(k.oid), ',' order by k.oid) from pg_constraint k where k.contypid = t.oid)
              from pg_type t where t.oid >= 16384 and t.typrelid = 0 and not exists (select from pg_type e where e.typarray = t.oid)""";

    public static final String STORAGE =
            "select c.oid, pg_relation_filenode(c.oid) from pg_class c where c.oid >= 16384 and c.relkind = 'r'";

    private final Connection connection;

    /** @param connection to that database, with a transaction for each question */
    public Everything(Connection connection) {
        this.connection = connection;
    }

    /** What the query says nothing or something else of once the statement has run, which is undone. */
    public Set<Integer> changed(String sql, String query) throws SQLException {
        Map<Integer, String> before = texts(query);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            Map<Integer, String> after = texts(query);
            return before.keySet().stream()
                    .filter(oid -> !Objects.equals(before.get(oid), after.get(oid)))
                    .collect(Collectors.toCollection(HashSet::new));
        } finally {
            connection.rollback();
        }
    }

    public Map<Integer, String> texts(String query) throws SQLException {
        Map<Integer, String> texts = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.put((int) rows.getLong(1), String.valueOf(rows.getString(2)));
            }
        }
        return texts;
    }
}
