-- Prisma: migrate, db push and db pull of 6.19.0 (schema engine in WebAssembly, driver adapter); client of 7.10.0 with
-- @prisma/adapter-pg 7.10.1
-- Captured from PostgreSQL 15.18 with log_statement = all; near duplicates left out.
--;
SELECT EXISTS(SELECT 1 FROM pg_namespace WHERE nspname = $1), version(), current_setting('server_version_num')::integer as numeric_version;
--;
CREATE DATABASE "prisma_migrate_shadow_db_00000000-0000-4000-8000-000000000001"
--;
SELECT namespace.nspname as namespace_name
FROM pg_namespace as namespace
WHERE namespace.nspname = ANY ( $1 )
ORDER BY namespace_name;
--;
DROP DATABASE "prisma_migrate_shadow_db_00000000-0000-4000-8000-000000000001"
--;
SELECT
  tbl.relname AS table_name,
  namespace.nspname as namespace,
  (tbl.relhassubclass and tbl.relkind = 'p') as is_partition,
  (tbl.relhassubclass and tbl.relkind = 'r') as has_subclass,
  tbl.relrowsecurity as has_row_level_security,
  reloptions,
  obj_description(tbl.oid, 'pg_class') as description
FROM pg_class AS tbl
INNER JOIN pg_namespace AS namespace ON namespace.oid = tbl.relnamespace
WHERE
  ( -- (relkind = 'r' and relispartition = 't') matches partition table "duplicates"
    (tbl.relkind = 'r' AND tbl.relispartition = 'f')
      OR -- when it's a partition
    tbl.relkind = 'p'
  )
  AND namespace.nspname = ANY ( $1 )
ORDER BY namespace, table_name;
--;
SELECT
    schemainfo.nspname AS namespace,
    tableinfo.relname AS table_name,
	constr.conname AS constraint_name,
	constr.contype AS constraint_type,
	pg_get_constraintdef(constr.oid) AS constraint_definition,
	constr.condeferrable AS is_deferrable,
	constr.condeferred AS is_deferred
FROM pg_constraint constr
JOIN pg_class AS tableinfo
	ON tableinfo.oid = constr.conrelid
JOIN pg_namespace AS schemainfo
	ON schemainfo.oid = tableinfo.relnamespace
WHERE schemainfo.nspname = ANY ( $1 )
	AND contype NOT IN ('p', 'u', 'f')
ORDER BY namespace, table_name, constr.contype, constraint_name;
--;
SELECT
    views.viewname AS view_name,
    views.definition AS view_sql,
    views.schemaname AS namespace,
    obj_description(class.oid, 'pg_class') AS description
FROM pg_catalog.pg_views views
INNER JOIN pg_catalog.pg_namespace ns ON views.schemaname = ns.nspname
INNER JOIN pg_catalog.pg_class class ON class.relnamespace = ns.oid AND class.relname = views.viewname
WHERE schemaname = ANY ( $1 )
--;
SELECT
                t.typname AS name,
                e.enumlabel AS value,
                n.nspname AS namespace,
                obj_description(t.oid, 'pg_type') AS description
            FROM pg_type t
            JOIN pg_enum e ON t.oid = e.enumtypid
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            WHERE n.nspname = ANY ( $1 )
            ORDER BY e.enumsortorder
--;
SELECT
                t.typname AS name,
                n.nspname AS namespace
            FROM pg_type t
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            WHERE n.nspname = ANY ( $1 )
              AND t.typtype = 'b' -- only base types
              AND t.typinput::regproc::text <> 'array_in' -- exclude array types
--;
SELECT
                oid.namespace,
                info.table_name,
                info.column_name,
                format_type(att.atttypid, att.atttypmod) as formatted_type,
                info.numeric_precision,
                info.numeric_scale,
                info.numeric_precision_radix,
                info.datetime_precision,
                info.data_type,
                info.udt_schema as type_schema_name,
                info.udt_name as full_data_type,
                pg_get_expr(attdef.adbin, attdef.adrelid) AS column_default,
                info.is_nullable,
                info.is_identity,
                info.character_maximum_length,
                col_description(att.attrelid, ordinal_position) AS description
            FROM information_schema.columns info
            JOIN pg_attribute att ON att.attname = info.column_name
            JOIN (
                 SELECT pg_class.oid, relname, pg_namespace.nspname as namespace
                 FROM pg_class
                 JOIN pg_namespace on pg_namespace.oid = pg_class.relnamespace
                 AND pg_namespace.nspname = ANY ( $1 )
                 WHERE reltype > 0
                ) as oid on oid.oid = att.attrelid
                  AND relname = info.table_name
                  AND namespace = info.table_schema
            LEFT OUTER JOIN pg_attrdef attdef ON attdef.adrelid = att.attrelid AND attdef.adnum = att.attnum AND table_schema = namespace
            WHERE table_schema = ANY ( $1 ) 
            ORDER BY namespace, table_name, ordinal_position;
--;
SELECT
                con.oid         AS "con_id",
                att2.attname    AS "child_column",
                cl.relname      AS "parent_table",
                att.attname     AS "parent_column",
                con.confdeltype,
                con.confupdtype,
                rel_ns.nspname  AS "referenced_schema_name",
                conname         AS constraint_name,
                child,
                parent,
                table_name,
                namespace,
                condeferrable,
                condeferred
            FROM (SELECT
                        ns.nspname AS "namespace",
                        unnest(con1.conkey)                AS "parent",
                        unnest(con1.confkey)                AS "child",
                        cl.relname                          AS table_name,
                        ns.nspname                          AS schema_name,
                        generate_subscripts(con1.conkey, 1) AS colidx,
                        con1.oid,
                        con1.confrelid,
                        con1.conrelid,
                        con1.conname,
                        con1.confdeltype,
                        con1.confupdtype,
                        con1.condeferrable                  AS condeferrable,
                        con1.condeferred                    AS condeferred
                FROM pg_class cl
                        join pg_constraint con1 on con1.conrelid = cl.oid
                        join pg_namespace ns on cl.relnamespace = ns.oid
                WHERE
                    ns.nspname = ANY ( $1 )
                    and con1.contype = 'f'
                ORDER BY colidx
                ) con
                    JOIN pg_attribute att on att.attrelid = con.confrelid and att.attnum = con.child
                    JOIN pg_class cl on cl.oid = con.confrelid
                    JOIN pg_attribute att2 on att2.attrelid = con.conrelid and att2.attnum = con.parent
                    JOIN pg_class rel_cl on con.confrelid = rel_cl.oid
                    JOIN pg_namespace rel_ns on rel_cl.relnamespace = rel_ns.oid
            ORDER BY namespace, table_name, constraint_name, con_id, con.colidx;
--;
WITH rawindex AS (
    SELECT
        indrelid, 
        indexrelid,
        indisunique,
        indisprimary,
        unnest(indkey) AS indkeyid,
        generate_subscripts(indkey, 1) AS indkeyidx,
        unnest(indclass) AS indclass,
        unnest(indoption) AS indoption
    FROM pg_index -- https://www.postgresql.org/docs/current/catalog-pg-index.html
    WHERE
        indpred IS NULL -- filter out partial indexes
        AND NOT indisexclusion -- filter out exclusion constraints
)
SELECT
    schemainfo.nspname AS namespace,
    indexinfo.relname AS index_name,
    tableinfo.relname AS table_name,
    columninfo.attname AS column_name,
    rawindex.indisunique AS is_unique,
    rawindex.indisprimary AS is_primary_key,
    rawindex.indkeyidx AS column_index,
    opclass.opcname AS opclass,
    opclass.opcdefault AS opcdefault,
    indexaccess.amname AS index_algo,
    CASE rawindex.indoption & 1
        WHEN 1 THEN 'DESC'
        ELSE 'ASC' END
        AS column_order,
    CASE rawindex.indoption & 2
        WHEN 2 THEN true
        ELSE false END
        AS nulls_first,
    pc.condeferrable AS condeferrable,
    pc.condeferred AS condeferred
FROM
    rawindex
    INNER JOIN pg_class AS tableinfo ON tableinfo.oid = rawindex.indrelid
    INNER JOIN pg_class AS indexinfo ON indexinfo.oid = rawindex.indexrelid
    INNER JOIN pg_namespace AS schemainfo ON schemainfo.oid = tableinfo.relnamespace
    LEFT JOIN pg_attribute AS columninfo
        ON columninfo.attrelid = tableinfo.oid AND columninfo.attnum = rawindex.indkeyid
    INNER JOIN pg_am AS indexaccess ON indexaccess.oid = indexinfo.relam
    LEFT JOIN pg_opclass AS opclass -- left join because crdb has no opclasses
        ON opclass.oid = rawindex.indclass
    LEFT JOIN pg_constraint pc ON rawindex.indexrelid = pc.conindid AND pc.contype <> 'f'
WHERE schemainfo.nspname = ANY ( $1 )
ORDER BY namespace, table_name, index_name, column_index;
--;
SELECT p.proname AS name, n.nspname as namespace,
                CASE WHEN l.lanname = 'internal' THEN p.prosrc
                     ELSE pg_get_functiondef(p.oid)
                     END as definition
            FROM pg_proc p
            LEFT JOIN pg_namespace n ON p.pronamespace = n.oid
            LEFT JOIN pg_language l ON p.prolang = l.oid
            WHERE n.nspname = ANY ( $1 )
--;
SELECT
    ext.extname AS extension_name,
    ext.extversion AS extension_version,
    ext.extrelocatable AS extension_relocatable,
    pn.nspname AS extension_schema
FROM pg_extension ext
INNER JOIN pg_namespace pn ON ext.extnamespace = pn.oid
ORDER BY ext.extname ASC
--;
SELECT
                  sequence_name,
                  sequence_schema AS namespace,
                  start_value::INT8,
                  minimum_value::INT8 AS min_value,
                  maximum_value::INT8 AS max_value,
                  increment::INT8 AS increment_by,
                  (CASE cycle_option WHEN 'yes' THEN TRUE ELSE FALSE END) AS cycle,
                  0::INT8 AS cache_size
              FROM information_schema.sequences
              WHERE sequence_schema = ANY ( $1 )
              ORDER BY sequence_name
--;
SELECT pg_advisory_lock(72707369)
--;
SELECT tbl.relname AS table_name, namespace.nspname AS table_namespace
                FROM pg_class AS tbl
                INNER JOIN pg_namespace AS namespace ON namespace.oid = tbl.relnamespace
                WHERE tbl.relkind = 'r' AND namespace.nspname = ANY ( $1 )
--;
CREATE TABLE _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
);
--;
SELECT "id", "checksum", "finished_at", "migration_name", "logs", "rolled_back_at", "started_at", "applied_steps_count" FROM "_prisma_migrations" ORDER BY "started_at" ASC
--;
INSERT INTO "_prisma_migrations" ("id","checksum","started_at","migration_name") VALUES ($1,$2,$3,$4)
--;
-- CreateEnum
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN')
--;
-- CreateTable
CREATE TABLE "User" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "role" "Role" NOT NULL DEFAULT 'USER',
    "meta" JSONB,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
)
--;
-- CreateTable
CREATE TABLE "Profile" (
    "id" SERIAL NOT NULL,
    "bio" TEXT NOT NULL,
    "userId" INTEGER NOT NULL,

    CONSTRAINT "Profile_pkey" PRIMARY KEY ("id")
)
--;
-- CreateTable
CREATE TABLE "Post" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "content" TEXT,
    "published" BOOLEAN NOT NULL DEFAULT false,
    "views" INTEGER NOT NULL DEFAULT 0,
    "price" DECIMAL(10,2),
    "tags" TEXT[],
    "authorId" INTEGER NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Post_pkey" PRIMARY KEY ("id")
)
--;
-- CreateTable
CREATE TABLE "Category" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "Category_pkey" PRIMARY KEY ("id")
)
--;
-- CreateTable
CREATE TABLE "_CategoryToPost" (
    "A" INTEGER NOT NULL,
    "B" TEXT NOT NULL,

    CONSTRAINT "_CategoryToPost_AB_pkey" PRIMARY KEY ("A","B")
)
--;
-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email")
--;
-- CreateIndex
CREATE UNIQUE INDEX "Profile_userId_key" ON "Profile"("userId")
--;
-- CreateIndex
CREATE INDEX "Post_authorId_published_idx" ON "Post"("authorId", "published")
--;
-- CreateIndex
CREATE UNIQUE INDEX "Category_name_key" ON "Category"("name")
--;
-- CreateIndex
CREATE INDEX "_CategoryToPost_B_index" ON "_CategoryToPost"("B")
--;
-- AddForeignKey
ALTER TABLE "Profile" ADD CONSTRAINT "Profile_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE
--;
-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE
--;
-- AddForeignKey
ALTER TABLE "_CategoryToPost" ADD CONSTRAINT "_CategoryToPost_A_fkey" FOREIGN KEY ("A") REFERENCES "Category"("id") ON DELETE CASCADE ON UPDATE CASCADE
--;
-- AddForeignKey
ALTER TABLE "_CategoryToPost" ADD CONSTRAINT "_CategoryToPost_B_fkey" FOREIGN KEY ("B") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE
--;
UPDATE "_prisma_migrations" SET "applied_steps_count" = ("applied_steps_count" + $1) WHERE "id" = $2
--;
UPDATE "_prisma_migrations" SET "finished_at" = $1 WHERE "id" = $2
--;
SELECT COUNT(*) FROM "public"."Category" WHERE "name" IS NOT NULL
--;
ALTER TABLE "Category" ALTER COLUMN "name" SET DATA TYPE VARCHAR(60)
--;
ALTER TABLE "Post" ADD COLUMN     "rating" DOUBLE PRECISION NOT NULL DEFAULT 1
--;
BEGIN
--;
INSERT INTO "public"."User" ("email","name","role","meta","createdAt") VALUES ($1,$2,CAST($3::text AS "public"."Role"),$4,$5) RETURNING "public"."User"."id"
--;
INSERT INTO "public"."Profile" ("bio","userId") VALUES ($1,$2) RETURNING "public"."Profile"."id"
--;
INSERT INTO "public"."Post" ("id","title","rating","published","views","price","tags","authorId","updatedAt") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) RETURNING "public"."Post"."id"
--;
SELECT "public"."Category"."id" FROM "public"."Category" WHERE ("public"."Category"."name" = $1 AND 1=1) LIMIT $2 OFFSET $3
--;
INSERT INTO "public"."Category" ("name") VALUES ($1) RETURNING "public"."Category"."id"
--;
INSERT INTO "public"."_CategoryToPost" ("B","A") VALUES ($1,$2) ON CONFLICT DO NOTHING
--;
INSERT INTO "public"."Post" ("id","title","rating","published","views","authorId","updatedAt") VALUES ($1,$2,$3,$4,$5,$6,$7) RETURNING "public"."Post"."id"
--;
SELECT "public"."User"."id", "public"."User"."email", "public"."User"."name", "public"."User"."role"::text, "public"."User"."meta", "public"."User"."createdAt" FROM "public"."User" WHERE "public"."User"."id" = $1 LIMIT $2 OFFSET $3
--;
SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."content", "public"."Post"."rating", "public"."Post"."published", "public"."Post"."views", "public"."Post"."price", "public"."Post"."tags", "public"."Post"."authorId", "public"."Post"."updatedAt" FROM "public"."Post" WHERE "public"."Post"."authorId" = $1 OFFSET $2
--;
SELECT "public"."Profile"."id", "public"."Profile"."bio", "public"."Profile"."userId" FROM "public"."Profile" WHERE "public"."Profile"."userId" = $1 OFFSET $2
--;
SELECT "public"."Category"."id", "public"."Category"."name", "t0"."B" AS "CategoryToPost@Post" FROM "public"."Category" INNER JOIN "public"."_CategoryToPost" AS "t0" ON "t0"."A" = "public"."Category"."id" WHERE (1=1 AND "t0"."B" IN ($1,$2)) OFFSET $3
--;
COMMIT
--;
INSERT INTO "public"."User" ("email","role","createdAt") VALUES ($1,CAST($2::text AS "public"."Role"),$3), ($4,CAST($5::text AS "public"."Role"),$6) ON CONFLICT DO NOTHING
--;
INSERT INTO "public"."User" ("email","role","createdAt") VALUES ($1,CAST($2::text AS "public"."Role"),$3) RETURNING "public"."User"."id"
--;
INSERT INTO "public"."User" ("email","role","createdAt") VALUES ($1,CAST($2::text AS "public"."Role"),$3) ON CONFLICT ("email") DO UPDATE SET "name" = $4 WHERE ("public"."User"."email" = $5 AND 1=1) RETURNING "public"."User"."id", "public"."User"."email", "public"."User"."name", "public"."User"."role"::text, "public"."User"."meta", "public"."User"."createdAt"
--;
SELECT "public"."User"."id" FROM "public"."User" WHERE ("public"."User"."email" = $1 AND 1=1) OFFSET $2
--;
UPDATE "public"."User" SET "name" = $1 WHERE ("public"."User"."id" IN ($2) AND ("public"."User"."email" = $3 AND 1=1)) RETURNING "public"."User"."id", "public"."User"."email", "public"."User"."name", "public"."User"."role"::text, "public"."User"."meta", "public"."User"."createdAt"
--;
SELECT "public"."User"."id", "public"."User"."email", "public"."User"."name", "public"."User"."role"::text, "public"."User"."meta", "public"."User"."createdAt" FROM "public"."User" WHERE ("public"."User"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3
--;
SELECT "public"."User"."id", "public"."User"."email", "public"."User"."name", "public"."User"."role"::text, "public"."User"."meta", "public"."User"."createdAt" FROM "public"."User" WHERE ("public"."User"."email" = $1 AND 1=1) LIMIT $2 OFFSET $3
--;
SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."content", "public"."Post"."rating", "public"."Post"."published", "public"."Post"."views", "public"."Post"."price", "public"."Post"."tags", "public"."Post"."authorId", "public"."Post"."updatedAt" FROM "public"."Post" WHERE ("public"."Post"."published" = $1 AND "public"."Post"."authorId" = $2) ORDER BY "public"."Post"."views" DESC LIMIT $3 OFFSET $4
--;
SELECT "public"."User"."id", "public"."User"."email", "public"."User"."name", "public"."User"."role"::text, "public"."User"."meta", "public"."User"."createdAt" FROM "public"."User" LEFT JOIN "public"."Profile" AS "j1" ON ("j1"."userId") = ("public"."User"."id") WHERE ("public"."User"."name" ILIKE ('%' || $1 || '%') AND EXISTS(SELECT "t0"."authorId" FROM "public"."Post" AS "t0" WHERE ("t0"."published" = $2 AND ("public"."User"."id") = ("t0"."authorId") AND "t0"."authorId" IS NOT NULL)) AND ("j1"."bio" <> $3 AND ("j1"."id" IS NOT NULL))) ORDER BY "public"."User"."createdAt" DESC LIMIT $4 OFFSET $5
--;
SELECT "public"."User"."id", "public"."User"."email", COALESCE("aggr_selection_0_Post"."_aggr_count_posts", 0) AS "_aggr_count_posts" FROM "public"."User" LEFT JOIN (SELECT "public"."Post"."authorId", COUNT(*) AS "_aggr_count_posts" FROM "public"."Post" WHERE 1=1 GROUP BY "public"."Post"."authorId") AS "aggr_selection_0_Post" ON ("public"."User"."id" = "aggr_selection_0_Post"."authorId") WHERE (("public"."User"."email"::text LIKE ('%' || $1) OR "public"."User"."id" IN ($2,$3,$4)) AND (NOT "public"."User"."role" = CAST($5::text AS "public"."Role"))) ORDER BY "public"."User"."role" ASC, "public"."User"."id" DESC LIMIT $6 OFFSET $7
--;
SELECT "public"."User"."id", "public"."User"."email", "public"."User"."name", "public"."User"."role"::text, "public"."User"."meta", "public"."User"."createdAt" FROM "public"."User" WHERE "public"."User"."id" >= (SELECT "public"."User"."id" FROM "public"."User" WHERE ("public"."User"."id") = ($1)) ORDER BY "public"."User"."id" ASC LIMIT $2 OFFSET $3
--;
SELECT "public"."User"."id", "public"."User"."email", "public"."User"."name", "public"."User"."role"::text, "public"."User"."meta", "public"."User"."createdAt" FROM "public"."User" WHERE NOT EXISTS(SELECT "t0"."authorId" FROM "public"."Post" AS "t0" WHERE (1=1 AND ("public"."User"."id") = ("t0"."authorId") AND "t0"."authorId" IS NOT NULL)) OFFSET $1
--;
SELECT "public"."User"."id", "public"."User"."email", "public"."User"."name", "public"."User"."role"::text, "public"."User"."meta", "public"."User"."createdAt" FROM "public"."User" LEFT JOIN (SELECT "public"."Post"."authorId", COUNT(*) AS "orderby_aggregator" FROM "public"."Post" WHERE 1=1 GROUP BY "public"."Post"."authorId") AS "orderby_1_Post" ON ("public"."User"."id" = "orderby_1_Post"."authorId") WHERE NOT EXISTS(SELECT "t0"."authorId" FROM "public"."Post" AS "t0" WHERE ((NOT "t0"."views" >= $1) AND ("public"."User"."id") = ("t0"."authorId") AND "t0"."authorId" IS NOT NULL)) ORDER BY COALESCE("orderby_1_Post"."orderby_aggregator", $2) DESC OFFSET $3
--;
SELECT "public"."User"."id", "public"."User"."email", "public"."User"."name", "public"."User"."role"::text, "public"."User"."meta", "public"."User"."createdAt" FROM "public"."User" WHERE ("public"."User"."meta"#>ARRAY[$1]::text[])::jsonb::jsonb = $2 OFFSET $3
--;
SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."content", "public"."Post"."rating", "public"."Post"."published", "public"."Post"."views", "public"."Post"."price", "public"."Post"."tags", "public"."Post"."authorId", "public"."Post"."updatedAt" FROM "public"."Post" WHERE "public"."Post"."tags" @> $1 OFFSET $2
--;
SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."content", "public"."Post"."rating", "public"."Post"."published", "public"."Post"."views", "public"."Post"."price", "public"."Post"."tags", "public"."Post"."authorId", "public"."Post"."updatedAt" FROM "public"."Post" LEFT JOIN "public"."User" AS "j0" ON ("j0"."id") = ("public"."Post"."authorId") WHERE ("public"."Post"."tags" && $1 AND ("j0"."email" = $2 AND ("j0"."id" IS NOT NULL))) OFFSET $3
--;
SELECT "public"."User"."id", "public"."User"."email", "public"."User"."name", "public"."User"."role"::text, "public"."User"."meta", "public"."User"."createdAt" FROM "public"."User" WHERE "public"."User"."id" IN ($1) OFFSET $2
--;
SELECT "public"."Category"."id", "public"."Category"."name", "t1"."B" AS "CategoryToPost@Post" FROM "public"."Category" INNER JOIN "public"."_CategoryToPost" AS "t1" ON "t1"."A" = "public"."Category"."id" WHERE (1=1 AND "t1"."B" IN ($1)) ORDER BY "public"."Category"."name" ASC OFFSET $2
--;
SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."content", "public"."Post"."rating", "public"."Post"."published", "public"."Post"."views", "public"."Post"."price", "public"."Post"."tags", "public"."Post"."authorId", "public"."Post"."updatedAt" FROM "public"."Post" WHERE "public"."Post"."price" > $1 OFFSET $2
--;
SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."content", "public"."Post"."rating", "public"."Post"."published", "public"."Post"."views", "public"."Post"."price", "public"."Post"."tags", "public"."Post"."authorId", "public"."Post"."updatedAt" FROM "public"."Post" WHERE ("public"."Post"."title"::text LIKE ($1 || '%') AND "public"."Post"."content" IS NULL AND "public"."Post"."updatedAt" < $2) OFFSET $3
--;
SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."content", "public"."Post"."rating", "public"."Post"."published", "public"."Post"."views", "public"."Post"."price", "public"."Post"."tags", "public"."Post"."authorId", "public"."Post"."updatedAt" FROM "public"."Post" WHERE EXISTS(SELECT "t0"."B" FROM "public"."_CategoryToPost" AS "t0" INNER JOIN "public"."Category" AS "j0" ON ("j0"."id") = ("t0"."A") WHERE ("j0"."name" = $1 AND ("public"."Post"."id") = ("t0"."B") AND "t0"."B" IS NOT NULL)) OFFSET $2
--;
SELECT AVG("price") AS "_avg$price", SUM("views") AS "_sum$views", COUNT(*) AS "_count$_all", MAX("updatedAt") AS "_max$updatedAt" FROM (SELECT "public"."Post"."price", "public"."Post"."views", "public"."Post"."id", "public"."Post"."updatedAt" FROM "public"."Post" WHERE "public"."Post"."published" = $1 OFFSET $2) AS "sub"
--;
SELECT COUNT(*) AS "_count$_all", SUM("public"."Post"."views") AS "_sum$views", "public"."Post"."authorId", "public"."Post"."published" FROM "public"."Post" WHERE 1=1 GROUP BY "public"."Post"."authorId", "public"."Post"."published" HAVING SUM("public"."Post"."views") >= $1 ORDER BY "public"."Post"."authorId" ASC OFFSET $2
--;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."User"."id" FROM "public"."User" WHERE "public"."User"."role" = CAST($1::text AS "public"."Role") OFFSET $2) AS "sub"
--;
UPDATE "public"."User" SET "name" = $1 WHERE ("public"."User"."id" = $2 AND 1=1) RETURNING "public"."User"."id", "public"."User"."email", "public"."User"."name", "public"."User"."role"::text, "public"."User"."meta", "public"."User"."createdAt"
--;
SELECT "public"."Post"."id", "public"."Post"."authorId" FROM "public"."Post" WHERE (("public"."Post"."id" = $1 AND 1=1) AND "public"."Post"."authorId" IN ($2)) OFFSET $3
--;
UPDATE "public"."Post" SET "views" = ("public"."Post"."views" + $1), "updatedAt" = $2 WHERE ("public"."Post"."id" IN ($3) AND ("public"."Post"."id" = $4 AND 1=1)) RETURNING "public"."Post"."id"
--;
UPDATE "public"."Post" SET "published" = $1, "tags" = "public"."Post"."tags" || $2, "views" = ("public"."Post"."views" * $3), "updatedAt" = $4 WHERE "public"."Post"."views" > $5
--;
UPDATE "public"."Post" SET "rating" = $1, "updatedAt" = $2 WHERE "public"."Post"."published" = $3 RETURNING "public"."Post"."id", "public"."Post"."title", "public"."Post"."content", "public"."Post"."rating", "public"."Post"."published", "public"."Post"."views", "public"."Post"."price", "public"."Post"."tags", "public"."Post"."authorId", "public"."Post"."updatedAt"
--;
SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."content", "public"."Post"."rating", "public"."Post"."published", "public"."Post"."views", "public"."Post"."price", "public"."Post"."tags", "public"."Post"."authorId", "public"."Post"."updatedAt" FROM "public"."Post" WHERE ("public"."Post"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3
--;
SELECT "public"."Category"."id", "t0"."B" AS "CategoryToPost@Post" FROM "public"."Category" INNER JOIN "public"."_CategoryToPost" AS "t0" ON "t0"."A" = "public"."Category"."id" WHERE (1=1 AND "t0"."B" IN ($1)) OFFSET $2
--;
DELETE FROM "public"."_CategoryToPost" WHERE ("public"."_CategoryToPost"."B" = ($1) AND "public"."_CategoryToPost"."A" IN ($2))
--;
SELECT "public"."Category"."id" FROM "public"."Category" WHERE ("public"."Category"."name" = $1 AND 1=1) OFFSET $2
--;
SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."content", "public"."Post"."rating", "public"."Post"."published", "public"."Post"."views", "public"."Post"."price", "public"."Post"."tags", "public"."Post"."authorId", "public"."Post"."updatedAt" FROM "public"."Post" WHERE "public"."Post"."id" = $1 LIMIT $2 OFFSET $3
--;
SELECT "public"."Category"."id", "t0"."B" AS "CategoryToPost@Post" FROM "public"."Category" INNER JOIN "public"."_CategoryToPost" AS "t0" ON "t0"."A" = "public"."Category"."id" WHERE ("public"."Category"."name" = $1 AND 1=1 AND "t0"."B" IN ($2)) OFFSET $3
--;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."User"."id" FROM "public"."User" WHERE 1=1 OFFSET $1) AS "sub"
--;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."Post"."id" FROM "public"."Post" WHERE 1=1 OFFSET $1) AS "sub"
--;
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE
--;
SELECT "public"."User"."id", "public"."User"."email", "public"."User"."name", "public"."User"."role"::text, "public"."User"."meta", "public"."User"."createdAt" FROM "public"."User" WHERE 1=1 ORDER BY "public"."User"."id" ASC LIMIT $1 OFFSET $2
--;
UPDATE "public"."Profile" SET "bio" = $1 WHERE ("public"."Profile"."userId" = $2 AND 1=1) RETURNING "public"."Profile"."id", "public"."Profile"."bio", "public"."Profile"."userId"
--;
ROLLBACK
--;
SELECT id, email FROM "User" WHERE email ILIKE $1 ORDER BY id FOR UPDATE SKIP LOCKED LIMIT $2
--;
UPDATE "Post" SET views = views + $1 WHERE "authorId" = $2
--;
SELECT $1::int + 1 AS n
--;
TRUNCATE TABLE "_CategoryToPost"
--;
DELETE FROM "public"."Post" WHERE "public"."Post"."title" IN ($1,$2)
--;
DELETE FROM "public"."Profile" WHERE ("public"."Profile"."userId" = $1 AND 1=1) RETURNING "public"."Profile"."id", "public"."Profile"."bio", "public"."Profile"."userId"
--;
DELETE FROM "public"."User" WHERE ("public"."User"."email" = $1 AND 1=1) RETURNING "public"."User"."id", "public"."User"."email", "public"."User"."name", "public"."User"."role"::text, "public"."User"."meta", "public"."User"."createdAt"
--;
DELETE FROM "public"."Category" WHERE 1=1
--;
SELECT "t0"."id", "t0"."email", "t0"."name", "t0"."role"::text, "t0"."meta", "t0"."createdAt", "User_posts"."__prisma_data__" AS "posts", "User_profile"."__prisma_data__" AS "profile" FROM "public"."User" AS "t0" LEFT JOIN LATERAL (SELECT COALESCE(JSONB_AGG("__prisma_data__"), '[]') AS "__prisma_data__" FROM (SELECT "t3"."__prisma_data__" FROM (SELECT JSONB_BUILD_OBJECT('id', "t2"."id", 'title', "t2"."title", 'content', "t2"."content", 'rating', "t2"."rating", 'published', "t2"."published", 'views', "t2"."views", 'price', "t2"."price", 'tags', "t2"."tags", 'authorId', "t2"."authorId", 'updatedAt', "t2"."updatedAt", 'categories', "Post_categories_m2m"."__prisma_data__") AS "__prisma_data__", "t2"."updatedAt", "t2"."published", "t2"."id" FROM (SELECT "t1".* FROM "public"."Post" AS "t1" WHERE "t0"."id" = "t1"."authorId" /* root select */) AS "t2" LEFT JOIN LATERAL (SELECT COALESCE(JSONB_AGG("__prisma_data__"), '[]') AS "__prisma_data__" FROM (SELECT "t6"."__prisma_data__" FROM "public"."_CategoryToPost" AS "t5" LEFT JOIN LATERAL (SELECT JSONB_BUILD_OBJECT('id', "t9"."id", 'name', "t9"."name") AS "__prisma_data__", "t9"."id" FROM (SELECT "t8".* FROM "public"."Category" AS "t8" WHERE "t5"."A" = "t8"."id" /* root select */) AS "t9") AS "t6" ON true WHERE "t5"."B" = "t2"."id" /* inner */) AS "t7" /* outer */) AS "Post_categories_m2m" ON true /* inner select */) AS "t3" WHERE "t3"."published" = $1 ORDER BY "t3"."updatedAt" DESC LIMIT $2 /* middle select */) AS "t4" /* outer select */) AS "User_posts" ON true LEFT JOIN LATERAL (SELECT JSONB_BUILD_OBJECT('id', "t12"."id", 'bio', "t12"."bio", 'userId', "t12"."userId") AS "__prisma_data__" FROM "public"."Profile" AS "t12" WHERE "t0"."id" = "t12"."userId" LIMIT $3) AS "User_profile" ON true
--;
SELECT "t0"."id", "t0"."title", "t0"."authorId", "Post_author"."__prisma_data__" AS "author" FROM "public"."Post" AS "t0" LEFT JOIN "public"."User" AS "j1" ON ("j1"."id") = ("t0"."authorId") LEFT JOIN LATERAL (SELECT JSONB_BUILD_OBJECT('email', "t2"."email", '_count', JSONB_BUILD_OBJECT('posts', COALESCE("t3"."_aggr_count_posts", 0))) AS "__prisma_data__" FROM "public"."User" AS "t2" LEFT JOIN LATERAL (SELECT COUNT(*) AS "_aggr_count_posts" FROM "public"."Post" AS "t4" WHERE "t2"."id" = "t4"."authorId") AS "t3" ON true WHERE "t0"."authorId" = "t2"."id" LIMIT $1) AS "Post_author" ON true WHERE ("j1"."role" = CAST($2::text AS "public"."Role") AND ("j1"."id" IS NOT NULL)) LIMIT $3
