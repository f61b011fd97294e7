-- Drizzle ORM 0.45.4 with pg 8.23.1; drizzle-kit 0.31.11: generate, migrate, pull, push
-- Captured from PostgreSQL 15.18 with log_statement = all; near duplicates left out.
--;
CREATE SCHEMA IF NOT EXISTS "drizzle"
--;
CREATE TABLE IF NOT EXISTS "drizzle"."__drizzle_migrations" (
				id SERIAL PRIMARY KEY,
				hash text NOT NULL,
				created_at bigint
			)
--;
select id, hash, created_at from "drizzle"."__drizzle_migrations" order by created_at desc limit 1
--;
begin
--;
CREATE TYPE "public"."plan" AS ENUM('free', 'pro');
--;
CREATE TABLE "members" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"team_id" integer,
	"settings" jsonb DEFAULT '{}'::jsonb,
	"active" boolean DEFAULT true,
	"created_at" timestamp with time zone DEFAULT now(),
	CONSTRAINT "members_email_unique" UNIQUE("email")
);
--;
CREATE TABLE "tasks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tasks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"title" text NOT NULL,
	"hours" numeric(6, 2),
	"assignee" uuid,
	"tags" text[],
	"due" timestamp,
	CONSTRAINT "hours_positive" CHECK ("tasks"."hours" >= 0)
);
--;
CREATE TABLE "teams" (
	"id" serial PRIMARY KEY NOT NULL,
	"name" varchar(80) NOT NULL,
	"plan" "plan" DEFAULT 'free' NOT NULL
);
--;
CREATE TABLE "watchers" (
	"task_id" bigint,
	"member_id" uuid,
	CONSTRAINT "watchers_task_id_member_id_pk" PRIMARY KEY("task_id","member_id")
);
--;
ALTER TABLE "members" ADD CONSTRAINT "members_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;
--;
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_assignee_members_id_fk" FOREIGN KEY ("assignee") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;
--;
ALTER TABLE "watchers" ADD CONSTRAINT "watchers_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;
--;
ALTER TABLE "watchers" ADD CONSTRAINT "watchers_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;
--;
CREATE INDEX "members_team_idx" ON "members" USING btree ("team_id");
--;
CREATE UNIQUE INDEX "members_lower_email" ON "members" USING btree (lower("email"));
--;
CREATE VIEW "public"."open_tasks" AS (select "id", "title", "hours", "assignee", "tags", "due" from "tasks" where "tasks"."due" is null);
--;
insert into "drizzle"."__drizzle_migrations" ("hash", "created_at") values($1, $2)
--;
DROP VIEW "public"."open_tasks";
--;
ALTER TABLE "tasks" ADD COLUMN "priority" integer DEFAULT 0 NOT NULL;
--;
CREATE VIEW "public"."open_tasks" AS (select "id", "title", "hours", "assignee", "tags", "due", "priority" from "tasks" where "tasks"."due" is null);
--;
commit
--;
SELECT 
    n.nspname AS table_schema, 
    c.relname AS table_name, 
    CASE 
        WHEN c.relkind = 'r' THEN 'table'
        WHEN c.relkind = 'v' THEN 'view'
        WHEN c.relkind = 'm' THEN 'materialized_view'
    END AS type,
	c.relrowsecurity AS rls_enabled
FROM 
    pg_catalog.pg_class c
JOIN 
    pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE 
	c.relkind IN ('r', 'v', 'm') 
     AND n.nspname = 'public';
--;
select s.nspname as table_schema
  from pg_catalog.pg_namespace s
  join pg_catalog.pg_user u on u.usesysid = s.nspowner
  where nspname not in ('information_schema', 'pg_catalog', 'public')
        and nspname not like 'pg_toast%'
        and nspname not like 'pg_temp_%'
  order by table_schema;
--;
select schemaname, sequencename, start_value, min_value, max_value, increment_by, cycle, cache_size from pg_sequences as seq WHERE schemaname = 'public';
--;
select n.nspname as enum_schema,
  t.typname as enum_name,
  e.enumlabel as enum_value,
  e.enumsortorder as sort_order
  from pg_type t
  join pg_enum e on t.oid = e.enumtypid
  join pg_catalog.pg_namespace n ON n.oid = t.typnamespace
   WHERE n.nspname = 'public'
  order by enum_schema, enum_name, sort_order;
--;
SELECT rolname, rolinherit, rolcreatedb, rolcreaterole FROM pg_roles;
--;
SELECT schemaname, tablename, policyname as name, permissive as "as", roles as to, cmd as for, qual as using, with_check as "withCheck" FROM pg_policies WHERE schemaname = 'public';
--;
SELECT 
    a.attrelid::regclass::text AS table_name,  -- Table, view, or materialized view name
    a.attname AS column_name,   -- Column name
    CASE 
        WHEN NOT a.attisdropped THEN 
            CASE 
                WHEN a.attnotnull THEN 'NO'
                ELSE 'YES'
            END 
        ELSE NULL 
    END AS is_nullable,  -- NULL or NOT NULL constraint
    a.attndims AS array_dimensions,  -- Array dimensions
    CASE 
        WHEN a.atttypid = ANY ('{int,int8,int2}'::regtype[]) 
        AND EXISTS (
            SELECT FROM pg_attrdef ad
            WHERE ad.adrelid = a.attrelid 
            AND ad.adnum = a.attnum 
            AND pg_get_expr(ad.adbin, ad.adrelid) = 'nextval(''' 
                || pg_get_serial_sequence(a.attrelid::regclass::text, a.attname)::regclass || '''::regclass)'
        )
        THEN CASE a.atttypid
            WHEN 'int'::regtype THEN 'serial'
            WHEN 'int8'::regtype THEN 'bigserial'
            WHEN 'int2'::regtype THEN 'smallserial'
        END
        ELSE format_type(a.atttypid, a.atttypmod)
    END AS data_type,  -- Column data type
--    ns.nspname AS type_schema,  -- Schema name
    pg_get_serial_sequence('"public"."teams"', a.attname)::regclass AS seq_name,  -- Serial sequence (if any)
    c.column_default,  -- Column default value
    c.data_type AS additional_dt,  -- Data type from information_schema
    c.udt_name AS enum_name,  -- Enum type (if applicable)
    c.is_generated,  -- Is it a generated column?
    c.generation_expression,  -- Generation expression (if generated)
    c.is_identity,  -- Is it an identity column?
    c.identity_generation,  -- Identity generation strategy (ALWAYS or BY DEFAULT)
    c.identity_start,  -- Start value of identity column
    c.identity_increment,  -- Increment for identity column
    c.identity_maximum,  -- Maximum value for identity column
    c.identity_minimum,  -- Minimum value for identity column
    c.identity_cycle,  -- Does the identity column cycle?
    enum_ns.nspname AS type_schema  -- Schema of the enum type
FROM 
    pg_attribute a
JOIN 
    pg_class cls ON cls.oid = a.attrelid  -- Join pg_class to get table/view/materialized view info
JOIN 
    pg_namespace ns ON ns.oid = cls.relnamespace  -- Join namespace to get schema info
LEFT JOIN 
    information_schema.columns c ON c.column_name = a.attname 
        AND c.table_schema = ns.nspname 
        AND c.table_name = cls.relname  -- Match schema and table/view name
LEFT JOIN 
    pg_type enum_t ON enum_t.oid = a.atttypid  -- Join to get the type info
LEFT JOIN 
    pg_namespace enum_ns ON enum_ns.oid = enum_t.typnamespace  -- Join to get the enum schema
WHERE 
    a.attnum > 0  -- Valid column numbers only
    AND NOT a.attisdropped  -- Skip dropped columns
    AND cls.relkind IN ('r', 'v', 'm')  -- Include regular tables ('r'), views ('v'), and materialized views ('m')
    AND ns.nspname = 'public'  -- Filter by schema
    AND cls.relname = 'teams'  -- Filter by table name
ORDER BY 
    a.attnum;  -- Order by column number
--;
SELECT c.column_name, c.data_type, constraint_type, constraint_name, constraint_schema
      FROM information_schema.table_constraints tc
      JOIN information_schema.constraint_column_usage AS ccu USING (constraint_schema, constraint_name)
      JOIN information_schema.columns AS c ON c.table_schema = tc.constraint_schema
        AND tc.table_name = c.table_name AND ccu.column_name = c.column_name
      WHERE tc.table_name = 'teams' and constraint_schema = 'public';
--;
SELECT 
						tc.constraint_name,
						tc.constraint_type,
						pg_get_constraintdef(con.oid) AS constraint_definition
					FROM 
						information_schema.table_constraints AS tc
						JOIN pg_constraint AS con 
							ON tc.constraint_name = con.conname
							AND con.conrelid = (
								SELECT oid 
								FROM pg_class 
								WHERE relname = tc.table_name 
								AND relnamespace = (
									SELECT oid 
									FROM pg_namespace 
									WHERE nspname = tc.constraint_schema
								)
							)
					WHERE 
						tc.table_name = 'teams'
						AND tc.constraint_schema = 'public'
						AND tc.constraint_type = 'CHECK'
						AND con.contype = 'c';
--;
SELECT
            con.contype AS constraint_type,
            nsp.nspname AS constraint_schema,
            con.conname AS constraint_name,
            rel.relname AS table_name,
            att.attname AS column_name,
            fnsp.nspname AS foreign_table_schema,
            frel.relname AS foreign_table_name,
            fatt.attname AS foreign_column_name,
            CASE con.confupdtype
              WHEN 'a' THEN 'NO ACTION'
              WHEN 'r' THEN 'RESTRICT'
              WHEN 'n' THEN 'SET NULL'
              WHEN 'c' THEN 'CASCADE'
              WHEN 'd' THEN 'SET DEFAULT'
            END AS update_rule,
            CASE con.confdeltype
              WHEN 'a' THEN 'NO ACTION'
              WHEN 'r' THEN 'RESTRICT'
              WHEN 'n' THEN 'SET NULL'
              WHEN 'c' THEN 'CASCADE'
              WHEN 'd' THEN 'SET DEFAULT'
            END AS delete_rule
          FROM
            pg_catalog.pg_constraint con
            JOIN pg_catalog.pg_class rel ON rel.oid = con.conrelid
            JOIN pg_catalog.pg_namespace nsp ON nsp.oid = con.connamespace
            LEFT JOIN pg_catalog.pg_attribute att ON att.attnum = ANY (con.conkey)
              AND att.attrelid = con.conrelid
            LEFT JOIN pg_catalog.pg_class frel ON frel.oid = con.confrelid
            LEFT JOIN pg_catalog.pg_namespace fnsp ON fnsp.oid = frel.relnamespace
            LEFT JOIN pg_catalog.pg_attribute fatt ON fatt.attnum = ANY (con.confkey)
              AND fatt.attrelid = con.confrelid
          WHERE
            nsp.nspname = 'public'
            AND rel.relname = 'teams'
            AND con.contype IN ('f');
--;
SELECT  DISTINCT ON (t.relname, ic.relname, k.i) t.relname as table_name, ic.relname AS indexname,
        k.i AS index_order,
        i.indisunique as is_unique,
        am.amname as method,
        ic.reloptions as with,
        coalesce(a.attname, pg_get_indexdef(i.indexrelid, k.i, false)) AS column_name,
          CASE
        WHEN pg_get_expr(i.indexprs, i.indrelid) IS NOT NULL THEN 1
        ELSE 0
    END AS is_expression,
        i.indoption[k.i-1] & 1 = 1 AS descending,
        i.indoption[k.i-1] & 2 = 2 AS nulls_first,
        pg_get_expr(
                              i.indpred,
                              i.indrelid
                          ) as where,
         opc.opcname
      FROM pg_class t
          LEFT JOIN pg_index i ON t.oid = i.indrelid
          LEFT JOIN pg_class ic ON ic.oid = i.indexrelid
		  CROSS JOIN LATERAL (SELECT unnest(i.indkey), generate_subscripts(i.indkey, 1) + 1) AS k(attnum, i)
          LEFT JOIN pg_attribute AS a
            ON i.indrelid = a.attrelid AND k.attnum = a.attnum
          JOIN pg_namespace c on c.oid = t.relnamespace
        LEFT JOIN pg_am AS am ON ic.relam = am.oid
        JOIN pg_opclass opc ON opc.oid = ANY(i.indclass)
      WHERE
      c.nspname = 'public' AND
      t.relname = 'teams';
--;
SELECT conname AS primary_key
            FROM   pg_constraint join pg_class on (pg_class.oid = conrelid)
            WHERE  contype = 'p' 
            AND    connamespace = $1::regnamespace  
            AND    pg_class.relname = $2;
--;
SELECT
          idx.indexrelname AS index_name,
          idx.relname AS table_name,
          schemaname,
          CASE WHEN con.conname IS NOT NULL THEN 1 ELSE 0 END AS generated_by_constraint
        FROM
          pg_stat_user_indexes idx
        LEFT JOIN
          pg_constraint con ON con.conindid = idx.indexrelid
        WHERE idx.relname = 'teams' and schemaname = 'public'
        group by index_name, table_name,schemaname, generated_by_constraint;
--;
SELECT
    c.relname AS view_name,
    n.nspname AS schema_name,
    pg_get_viewdef(c.oid, true) AS definition,
    ts.spcname AS tablespace_name,
    c.reloptions AS options,
    pg_tablespace_location(ts.oid) AS location
FROM
    pg_class c
JOIN
    pg_namespace n ON c.relnamespace = n.oid
LEFT JOIN
    pg_tablespace ts ON c.reltablespace = ts.oid 
WHERE
    (c.relkind = 'm' OR c.relkind = 'v')
    AND n.nspname = 'public'
    AND c.relname = 'open_tasks';
--;
ALTER TABLE "teams" ALTER COLUMN "name" SET DATA TYPE varchar(120);
--;
ALTER TABLE "members" ALTER COLUMN "active" SET NOT NULL;
--;
ALTER TABLE "tasks" ALTER COLUMN "title" SET DEFAULT '';
--;
insert into "teams" ("id", "name", "plan") values (default, $1, default) returning "id", "name", "plan"
--;
insert into "teams" ("id", "name", "plan") values (default, $1, $2), (default, $3, default)
--;
insert into "members" ("id", "email", "team_id", "settings", "active", "created_at") values (default, $1, $2, $3, default, default) returning "id"
--;
insert into "members" ("id", "email", "team_id", "settings", "active", "created_at") values (default, $1, default, default, default, default) on conflict ("email") do update set "settings" = excluded.settings, "active" = $2 where "members"."team_id" is not null
--;
insert into "members" ("id", "email", "team_id", "settings", "active", "created_at") values (default, $1, $2, default, default, default), (default, $3, default, default, default, default) on conflict ("email") do nothing
--;
insert into "tasks" ("id", "title", "hours", "assignee", "tags", "due", "priority") values (default, $1, $2, $3, $4, default, default), (default, $5, default, default, default, $6, default) returning "id", "title", "hours", "assignee", "tags", "due", "priority"
--;
insert into "watchers" ("task_id", "member_id") values ($1, $2)
--;
select "id", "email", "team_id", "settings", "active", "created_at" from "members"
--;
select "id", "email" from "members" where "members"."email" = $1 limit $2
--;
select "id", "title", "hours", "assignee", "tags", "due", "priority" from "tasks" where (("tasks"."title" ilike $1 or "tasks"."due" is null) and "tasks"."hours" > $2 and not "tasks"."id" in ($3, $4)) order by "tasks"."due" desc, "tasks"."id" asc limit $5 offset $6
--;
select "tasks"."id", "tasks"."title", "tasks"."hours", "tasks"."assignee", "tasks"."tags", "tasks"."due", "tasks"."priority", "members"."id", "members"."email", "members"."team_id", "members"."settings", "members"."active", "members"."created_at", "teams"."id", "teams"."name", "teams"."plan" from "tasks" left join "members" on "tasks"."assignee" = "members"."id" inner join "teams" on "teams"."id" = "members"."team_id"
--;
select "teams"."name", count(*), sum("tasks"."hours"), avg("tasks"."hours"), max("tasks"."due") from "teams" left join "members" on "members"."team_id" = "teams"."id" left join "tasks" on "tasks"."assignee" = "members"."id" group by "teams"."name" having count(*) > $1 order by count(*) desc
--;
with "busy" as (select "assignee", count(*) as "n" from "tasks" group by "tasks"."assignee") select "assignee", "n" from "busy" where "n" > $1
--;
with "up" as (update "tasks" set "title" = $1 where "tasks"."id" = $2 returning "id") select "id" from "up"
--;
select "id", "rn" from (select "id", row_number() over (partition by "team_id" order by "created_at") as "rn" from "members") "ranked" where "rn" = $1
--;
select "id", "email", "team_id", "settings", "active", "created_at" from "members" where exists (select 1 from "tasks" where "tasks"."assignee" = "members"."id")
--;
(select "name" from "teams") except (select "title" from "tasks")
--;
select "id", "title", "hours", "assignee", "tags", "due", "priority" from "tasks" where "tasks"."tags" @> $1
--;
select "id", "title", "hours", "assignee", "tags", "due", "priority" from "tasks" where "tasks"."tags" && $1
--;
select distinct "plan" from "teams"
--;
select distinct on ("tasks"."assignee") "id", "assignee" from "tasks" order by "tasks"."assignee", "tasks"."due" desc
--;
select "members"."id", "members"."email", "members"."team_id", "members"."settings", "members"."active", "members"."created_at", "members_team"."data" as "team", "members_tasks"."data" as "tasks" from "members" "members" left join lateral (select json_build_array("members_team"."id", "members_team"."name", "members_team"."plan") as "data" from (select * from "teams" "members_team" where "members_team"."id" = "members"."team_id" limit $1) "members_team") "members_team" on true left join lateral (select coalesce(json_agg(json_build_array("members_tasks"."id", "members_tasks"."title", "members_tasks"."hours", "members_tasks"."assignee", "members_tasks"."tags", "members_tasks"."due", "members_tasks"."priority", "members_tasks_watchers"."data") order by "members_tasks"."id" desc), '[]'::json) as "data" from (select * from "tasks" "members_tasks" where "members_tasks"."assignee" = "members"."id" order by "members_tasks"."id" desc limit $2) "members_tasks" left join lateral (select coalesce(json_agg(json_build_array("members_tasks_watchers"."task_id", "members_tasks_watchers"."member_id")), '[]'::json) as "data" from "watchers" "members_tasks_watchers" where "members_tasks_watchers"."task_id" = "members_tasks"."id") "members_tasks_watchers" on true) "members_tasks" on true
--;
select "teams"."id", upper("teams"."name") as "up", "teams_members"."data" as "members" from "teams" "teams" left join lateral (select coalesce(json_agg(json_build_array("teams_members"."email")), '[]'::json) as "data" from "members" "teams_members" where "teams_members"."team_id" = "teams"."id") "teams_members" on true where "teams"."name" = $1 limit $2
--;
select "id", "title", "hours", "assignee", "tags", "due", "priority" from "open_tasks"
--;
select count(*) as count from "tasks" where "tasks"."title" = $1;
--;
select "id", "name", "plan", (select count(*) from "members" where "members"."team_id" = "teams"."id") from "teams"
--;
select "members"."id", "members"."email", "members"."team_id", "members"."settings", "members"."active", "members"."created_at", "mm"."id", "mm"."email", "mm"."team_id", "mm"."settings", "mm"."active", "mm"."created_at" from "members" cross join "members" "mm" limit $1
--;
select "members"."id", "members"."email", "members"."team_id", "members"."settings", "members"."active", "members"."created_at", "lat"."id", "lat"."title", "lat"."hours", "lat"."assignee", "lat"."tags", "lat"."due", "lat"."priority" from "members" left join lateral (select "id", "title", "hours", "assignee", "tags", "due", "priority" from "tasks" where "tasks"."assignee" = "members"."id" limit $1) "lat" on true
--;
update "tasks" set "title" = $1, "priority" = "tasks"."priority" + 1 where "tasks"."id" = $2 returning "priority"
--;
update "tasks" set "title" = "teams"."name" from "members" left join "teams" on "members"."team_id" = "teams"."id" where "tasks"."assignee" = "members"."id"
--;
begin isolation level repeatable read read write not deferrable
--;
select "id", "title", "hours", "assignee", "tags", "due", "priority" from "tasks" where "tasks"."id" = $1 for update skip locked
--;
select "id", "name", "plan" from "teams" for share of "teams" nowait
--;
savepoint sp1
--;
update "teams" set "plan" = $1 where "teams"."id" = $2
--;
release savepoint sp1
--;
rollback to savepoint sp1
--;
rollback
--;
delete from "watchers" where "watchers"."task_id" = $1
--;
delete from "tasks" where "tasks"."id" between $1 and $2 returning "id", "title", "hours", "assignee", "tags", "due", "priority"
--;
select "id", "email", "team_id", "settings", "active", "created_at" from "members" where "members"."email" = $1
--;
select count(*) from "tasks" where "tasks"."title" like $1
