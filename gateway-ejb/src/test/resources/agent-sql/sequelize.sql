-- Sequelize 6.37.8 with pg 8.23.1: sync with alter, QueryInterface, models with associations, scopes of deletion, locks
-- Captured from PostgreSQL 15.18 with log_statement = all; near duplicates left out.
--;
SET client_min_messages TO warning;SET TIME ZONE INTERVAL '+00:00' HOUR TO MINUTE;
--;
WITH ranges AS (  SELECT pg_range.rngtypid, pg_type.typname AS rngtypname,         pg_type.typarray AS rngtyparray, pg_range.rngsubtype    FROM pg_range LEFT OUTER JOIN pg_type ON pg_type.oid = pg_range.rngtypid)SELECT pg_type.typname, pg_type.typtype, pg_type.oid, pg_type.typarray,       ranges.rngtypname, ranges.rngtypid, ranges.rngtyparray  FROM pg_type LEFT OUTER JOIN ranges ON pg_type.oid = ranges.rngsubtype WHERE (pg_type.typtype IN('b', 'e'));
--;
SELECT 1+1 AS result
--;
SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 'Users'
--;
SELECT t.typname enum_name, array_agg(e.enumlabel ORDER BY enumsortorder) enum_value FROM pg_type t JOIN pg_enum e ON t.oid = e.enumtypid JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = 'public' AND t.typname='enum_Users_role' GROUP BY 1
--;
DO 'BEGIN CREATE TYPE "public"."enum_Users_role" AS ENUM(''reader'', ''author'', ''admin''); EXCEPTION WHEN duplicate_object THEN null; END';
--;
CREATE TABLE IF NOT EXISTS "Users" ("id"   SERIAL , "email" VARCHAR(255) NOT NULL UNIQUE, "name" VARCHAR(80), "role" "public"."enum_Users_role" DEFAULT 'reader', "prefs" JSONB DEFAULT '{}', "age" INTEGER, "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL, "updatedAt" TIMESTAMP WITH TIME ZONE NOT NULL, "deletedAt" TIMESTAMP WITH TIME ZONE, PRIMARY KEY ("id"));
--;
SELECT i.relname AS name, ix.indisprimary AS primary, ix.indisunique AS unique, ix.indkey AS indkey, array_agg(a.attnum) as column_indexes, array_agg(a.attname) AS column_names, pg_get_indexdef(ix.indexrelid) AS definition FROM pg_class t, pg_class i, pg_index ix, pg_attribute a WHERE t.oid = ix.indrelid AND i.oid = ix.indexrelid AND a.attrelid = t.oid AND t.relkind = 'r' and t.relname = 'Users' GROUP BY i.relname, ix.indexrelid, ix.indisprimary, ix.indisunique, ix.indkey ORDER BY i.relname;
--;
CREATE INDEX "users_role" ON "Users" ("role")
--;
CREATE INDEX "users_prefs" ON "Users" USING gin ("prefs")
--;
CREATE TABLE IF NOT EXISTS "Posts" ("id" UUID , "title" VARCHAR(255) NOT NULL , "body" TEXT, "tags" VARCHAR(255)[], "published" BOOLEAN, "views" INTEGER DEFAULT 0, "score" DECIMAL(8,2), "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL, "updatedAt" TIMESTAMP WITH TIME ZONE NOT NULL, "authorId" INTEGER REFERENCES "Users" ("id") ON DELETE SET NULL ON UPDATE CASCADE, PRIMARY KEY ("id")); COMMENT ON COLUMN "Posts"."title" IS 'shown';
--;
CREATE TABLE IF NOT EXISTS "Comments" ("id"   SERIAL , "text" TEXT, "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL, "updatedAt" TIMESTAMP WITH TIME ZONE NOT NULL, "PostId" UUID REFERENCES "Posts" ("id") ON DELETE SET NULL ON UPDATE CASCADE, "UserId" INTEGER REFERENCES "Users" ("id") ON DELETE SET NULL ON UPDATE CASCADE, PRIMARY KEY ("id"));
--;
CREATE TABLE IF NOT EXISTS "Tags" ("id"   SERIAL , "label" VARCHAR(255), PRIMARY KEY ("id"));
--;
CREATE TABLE IF NOT EXISTS "PostTag" ("createdAt" TIMESTAMP WITH TIME ZONE NOT NULL, "updatedAt" TIMESTAMP WITH TIME ZONE NOT NULL, "PostId" UUID  REFERENCES "Posts" ("id") ON DELETE CASCADE ON UPDATE CASCADE, "TagId" INTEGER  REFERENCES "Tags" ("id") ON DELETE CASCADE ON UPDATE CASCADE, PRIMARY KEY ("PostId","TagId"));
--;
SELECT pk.constraint_type as "Constraint",c.column_name as "Field", c.column_default as "Default",c.is_nullable as "Null", (CASE WHEN c.udt_name = 'hstore' THEN c.udt_name ELSE c.data_type END) || (CASE WHEN c.character_maximum_length IS NOT NULL THEN '(' || c.character_maximum_length || ')' ELSE '' END) as "Type", (SELECT array_agg(e.enumlabel) FROM pg_catalog.pg_type t JOIN pg_catalog.pg_enum e ON t.oid=e.enumtypid WHERE t.typname=c.udt_name) AS "special", (SELECT pgd.description FROM pg_catalog.pg_statio_all_tables AS st INNER JOIN pg_catalog.pg_description pgd on (pgd.objoid=st.relid) WHERE c.ordinal_position=pgd.objsubid AND c.table_name=st.relname) AS "Comment" FROM information_schema.columns c LEFT JOIN (SELECT tc.table_schema, tc.table_name, cu.column_name, tc.constraint_type FROM information_schema.TABLE_CONSTRAINTS tc JOIN information_schema.KEY_COLUMN_USAGE  cu ON tc.table_schema=cu.table_schema and tc.table_name=cu.table_name and tc.constraint_name=cu.constraint_name and tc.constraint_type='PRIMARY KEY') pk ON pk.table_schema=c.table_schema AND pk.table_name=c.table_name AND pk.column_name=c.column_name WHERE c.table_name = 'Users' AND c.table_schema = 'public'
--;
SELECT DISTINCT tc.constraint_name as constraint_name, tc.constraint_schema as constraint_schema, tc.constraint_catalog as constraint_catalog, tc.table_name as table_name,tc.table_schema as table_schema,tc.table_catalog as table_catalog,tc.initially_deferred as initially_deferred,tc.is_deferrable as is_deferrable,kcu.column_name as column_name,ccu.table_schema  AS referenced_table_schema,ccu.table_catalog  AS referenced_table_catalog,ccu.table_name  AS referenced_table_name,ccu.column_name AS referenced_column_name FROM information_schema.table_constraints AS tc JOIN information_schema.key_column_usage AS kcu ON tc.constraint_name = kcu.constraint_name JOIN information_schema.constraint_column_usage AS ccu ON ccu.constraint_name = tc.constraint_name WHERE constraint_type = 'FOREIGN KEY' AND tc.table_name = 'Users' AND tc.table_catalog = 'sequelize'
--;
ALTER TABLE "Users" ALTER COLUMN "email" SET NOT NULL;ALTER TABLE "Users" ALTER COLUMN "email" DROP DEFAULT;ALTER TABLE "Users"  ADD UNIQUE ("email");ALTER TABLE "Users" ALTER COLUMN "email" TYPE VARCHAR(255)  ;
--;
ALTER TABLE "Users" ALTER COLUMN "name" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "name" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "name" TYPE VARCHAR(80);
--;
ALTER TABLE "Users" ALTER COLUMN "role" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "role" SET DEFAULT 'reader';DO 'BEGIN CREATE TYPE "public"."enum_Users_role" AS ENUM(''reader'', ''author'', ''admin''); EXCEPTION WHEN duplicate_object THEN null; END';ALTER TABLE "Users" ALTER COLUMN "role" TYPE "public"."enum_Users_role" USING ("role"::"public"."enum_Users_role");
--;
ALTER TABLE "Users" ALTER COLUMN "prefs" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "prefs" SET DEFAULT '{}';ALTER TABLE "Users" ALTER COLUMN "prefs" TYPE JSONB;
--;
ALTER TABLE "Users" ALTER COLUMN "age" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "age" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "age" TYPE INTEGER;
--;
ALTER TABLE "Users" ALTER COLUMN "createdAt" SET NOT NULL;ALTER TABLE "Users" ALTER COLUMN "createdAt" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "createdAt" TYPE TIMESTAMP WITH TIME ZONE;
--;
ALTER TABLE "Users" ALTER COLUMN "updatedAt" SET NOT NULL;ALTER TABLE "Users" ALTER COLUMN "updatedAt" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "updatedAt" TYPE TIMESTAMP WITH TIME ZONE;
--;
ALTER TABLE "Users" ALTER COLUMN "deletedAt" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "deletedAt" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "deletedAt" TYPE TIMESTAMP WITH TIME ZONE;
--;
ALTER TABLE "Posts" ALTER COLUMN "title" SET NOT NULL;ALTER TABLE "Posts" ALTER COLUMN "title" DROP DEFAULT;ALTER TABLE "Posts" ALTER COLUMN "title" TYPE VARCHAR(255) ; COMMENT ON COLUMN "Posts"."title" IS 'shown';
--;
ALTER TABLE "Posts" ALTER COLUMN "body" DROP NOT NULL;ALTER TABLE "Posts" ALTER COLUMN "body" DROP DEFAULT;ALTER TABLE "Posts" ALTER COLUMN "body" TYPE TEXT;
--;
ALTER TABLE "Posts" ALTER COLUMN "tags" DROP NOT NULL;ALTER TABLE "Posts" ALTER COLUMN "tags" DROP DEFAULT;ALTER TABLE "Posts" ALTER COLUMN "tags" TYPE VARCHAR(255)[];
--;
ALTER TABLE "Posts" ALTER COLUMN "published" DROP NOT NULL;ALTER TABLE "Posts" ALTER COLUMN "published" DROP DEFAULT;ALTER TABLE "Posts" ALTER COLUMN "published" TYPE BOOLEAN;
--;
ALTER TABLE "Posts" ALTER COLUMN "views" DROP NOT NULL;ALTER TABLE "Posts" ALTER COLUMN "views" SET DEFAULT 0;ALTER TABLE "Posts" ALTER COLUMN "views" TYPE INTEGER;
--;
ALTER TABLE "Posts" ALTER COLUMN "score" DROP NOT NULL;ALTER TABLE "Posts" ALTER COLUMN "score" DROP DEFAULT;ALTER TABLE "Posts" ALTER COLUMN "score" TYPE DECIMAL(8,2);
--;
ALTER TABLE "Posts" ALTER COLUMN "createdAt" SET NOT NULL;ALTER TABLE "Posts" ALTER COLUMN "createdAt" DROP DEFAULT;ALTER TABLE "Posts" ALTER COLUMN "createdAt" TYPE TIMESTAMP WITH TIME ZONE;
--;
ALTER TABLE "Posts" ALTER COLUMN "updatedAt" SET NOT NULL;ALTER TABLE "Posts" ALTER COLUMN "updatedAt" DROP DEFAULT;ALTER TABLE "Posts" ALTER COLUMN "updatedAt" TYPE TIMESTAMP WITH TIME ZONE;
--;
ALTER TABLE "Posts" DROP CONSTRAINT "Posts_authorId_fkey"
--;
ALTER TABLE "Posts"  ADD FOREIGN KEY ("authorId") REFERENCES "Users" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
--;
ALTER TABLE "Comments" ALTER COLUMN "text" DROP NOT NULL;ALTER TABLE "Comments" ALTER COLUMN "text" DROP DEFAULT;ALTER TABLE "Comments" ALTER COLUMN "text" TYPE TEXT;
--;
ALTER TABLE "Comments" ALTER COLUMN "createdAt" SET NOT NULL;ALTER TABLE "Comments" ALTER COLUMN "createdAt" DROP DEFAULT;ALTER TABLE "Comments" ALTER COLUMN "createdAt" TYPE TIMESTAMP WITH TIME ZONE;
--;
ALTER TABLE "Comments" ALTER COLUMN "updatedAt" SET NOT NULL;ALTER TABLE "Comments" ALTER COLUMN "updatedAt" DROP DEFAULT;ALTER TABLE "Comments" ALTER COLUMN "updatedAt" TYPE TIMESTAMP WITH TIME ZONE;
--;
ALTER TABLE "Comments" DROP CONSTRAINT "Comments_PostId_fkey"
--;
ALTER TABLE "Comments"  ADD FOREIGN KEY ("PostId") REFERENCES "Posts" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
--;
ALTER TABLE "Comments" DROP CONSTRAINT "Comments_UserId_fkey"
--;
ALTER TABLE "Comments"  ADD FOREIGN KEY ("UserId") REFERENCES "Users" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
--;
ALTER TABLE "Tags" ALTER COLUMN "label" DROP NOT NULL;ALTER TABLE "Tags" ALTER COLUMN "label" DROP DEFAULT;ALTER TABLE "Tags" ALTER COLUMN "label" TYPE VARCHAR(255);
--;
ALTER TABLE "PostTag" ALTER COLUMN "createdAt" SET NOT NULL;ALTER TABLE "PostTag" ALTER COLUMN "createdAt" DROP DEFAULT;ALTER TABLE "PostTag" ALTER COLUMN "createdAt" TYPE TIMESTAMP WITH TIME ZONE;
--;
ALTER TABLE "PostTag" ALTER COLUMN "updatedAt" SET NOT NULL;ALTER TABLE "PostTag" ALTER COLUMN "updatedAt" DROP DEFAULT;ALTER TABLE "PostTag" ALTER COLUMN "updatedAt" TYPE TIMESTAMP WITH TIME ZONE;
--;
SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type LIKE '%TABLE' AND table_name != 'spatial_ref_sys';
--;
SHOW SERVER_VERSION
--;
SELECT schema_name FROM information_schema.schemata WHERE schema_name <> 'information_schema' AND schema_name != 'public' AND schema_name !~ E'^pg_';
--;
CREATE SCHEMA IF NOT EXISTS "reports";
--;
CREATE TABLE IF NOT EXISTS "audits" ("id"  SERIAL , "what" VARCHAR(255), "userId" INTEGER REFERENCES "Users" ("id") ON DELETE SET NULL, PRIMARY KEY ("id"));
--;
ALTER TABLE "public"."audits" ADD COLUMN "at" TIMESTAMP WITH TIME ZONE DEFAULT now();
--;
ALTER TABLE "audits" ALTER COLUMN "what" SET NOT NULL;ALTER TABLE "audits" ALTER COLUMN "what" DROP DEFAULT;ALTER TABLE "audits" ALTER COLUMN "what" TYPE TEXT;
--;
ALTER TABLE "audits" RENAME COLUMN "what" TO "action";
--;
CREATE INDEX "audits_action" ON "audits" ("action") WHERE "action" != 'none'
--;
ALTER TABLE "audits" ADD CONSTRAINT "audits_id" CHECK ("id" > 0);
--;
ALTER TABLE "audits" DROP CONSTRAINT "audits_id"
--;
DROP INDEX IF EXISTS "audits_action"
--;
ALTER TABLE "public"."audits" DROP COLUMN "at";
--;
INSERT INTO "audits" ("action") VALUES ('a'),('b');
--;
DELETE FROM "audits" WHERE "action" = 'a'
--;
ALTER TABLE "audits" RENAME TO "audit_log";
--;
DROP TABLE IF EXISTS "audit_log";
--;
DROP SCHEMA IF EXISTS "reports" CASCADE;
--;
INSERT INTO "Users" ("id","email","name","role","prefs","age","createdAt","updatedAt") VALUES (DEFAULT,$1,$2,$3,$4,$5,$6,$7) RETURNING "id","email","name","role","prefs","age","createdAt","updatedAt","deletedAt";
--;
INSERT INTO "Users" ("id","email","name","role","prefs","age","createdAt","updatedAt") VALUES (DEFAULT,'b@example.com','B','reader','{}',20,'2026-11-26 03:46:35.554 +00:00','2026-11-26 03:46:35.554 +00:00'),(DEFAULT,'c@example.com','C','reader','{}',41,'2026-11-26 03:46:35.554 +00:00','2026-11-26 03:46:35.554 +00:00') RETURNING "id","email","name","role","prefs","age","createdAt","updatedAt","deletedAt";
--;
INSERT INTO "Users" ("id","email","name","role","prefs","createdAt","updatedAt") VALUES (DEFAULT,'b@example.com','B2','reader','{}','2026-11-26 03:46:35.564 +00:00','2026-11-26 03:46:35.564 +00:00'),(DEFAULT,'d@example.com','D','reader','{}','2026-11-26 03:46:35.564 +00:00','2026-11-26 03:46:35.564 +00:00') ON CONFLICT ("email") DO UPDATE SET "name"=EXCLUDED."name","updatedAt"=EXCLUDED."updatedAt" RETURNING "id","email","name","role","prefs","age","createdAt","updatedAt","deletedAt";
--;
INSERT INTO "Users" ("id","email","role","prefs","createdAt","updatedAt") VALUES (DEFAULT,'b@example.com','reader','{}','2026-11-26 03:46:35.566 +00:00','2026-11-26 03:46:35.566 +00:00') ON CONFLICT DO NOTHING RETURNING "id","email","name","role","prefs","age","createdAt","updatedAt","deletedAt";
--;
INSERT INTO "Users" ("email","name","role","prefs","createdAt","updatedAt") VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT ("email") DO UPDATE SET "email"=EXCLUDED."email","name"=EXCLUDED."name","updatedAt"=EXCLUDED."updatedAt" RETURNING "id","email","name","role","prefs","age","createdAt","updatedAt","deletedAt";
--;
START TRANSACTION;
--;
SELECT "id", "email", "name", "role", "prefs", "age", "createdAt", "updatedAt", "deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL AND "User"."email" = 'e@example.com');
--;
CREATE OR REPLACE FUNCTION pg_temp.testfunc(OUT response "Users", OUT sequelize_caught_exception text) RETURNS RECORD AS $func_4b431ad1c908417ba33a49eef3800f8e$ BEGIN INSERT INTO "Users" ("id","email","name","role","prefs","createdAt","updatedAt") VALUES (DEFAULT,'e@example.com','E','reader','{}','2026-11-26 03:46:35.571 +00:00','2026-11-26 03:46:35.571 +00:00') RETURNING * INTO response; EXCEPTION WHEN unique_violation THEN GET STACKED DIAGNOSTICS sequelize_caught_exception = PG_EXCEPTION_DETAIL; END $func_4b431ad1c908417ba33a49eef3800f8e$ LANGUAGE plpgsql; SELECT (testfunc.response)."id", (testfunc.response)."email", (testfunc.response)."name", (testfunc.response)."role", (testfunc.response)."prefs", (testfunc.response)."age", (testfunc.response)."createdAt", (testfunc.response)."updatedAt", (testfunc.response)."deletedAt", testfunc.sequelize_caught_exception FROM pg_temp.testfunc(); DROP FUNCTION IF EXISTS pg_temp.testfunc();
--;
COMMIT;
--;
INSERT INTO "Users" ("id","email","name","role","prefs","createdAt","updatedAt") VALUES (DEFAULT,$1,$2,$3,$4,$5,$6) RETURNING "id","email","name","role","prefs","age","createdAt","updatedAt","deletedAt";
--;
INSERT INTO "Posts" ("id","title","body","tags","published","views","createdAt","updatedAt","authorId") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) RETURNING "id","title","body","tags","published","views","score","createdAt","updatedAt","authorId";
--;
INSERT INTO "Comments" ("id","text","createdAt","updatedAt","PostId") VALUES (DEFAULT,$1,$2,$3,$4) RETURNING "id","text","createdAt","updatedAt","PostId","UserId";
--;
INSERT INTO "Tags" ("id","label") VALUES (DEFAULT,$1) RETURNING "id","label";
--;
INSERT INTO "PostTag" ("createdAt","updatedAt","PostId","TagId") VALUES ($1,$2,$3,$4) RETURNING "createdAt","updatedAt","PostId","TagId";
--;
INSERT INTO "Posts" ("id","title","tags","published","views","createdAt","updatedAt","authorId") VALUES ($1,$2,$3,$4,$5,$6,$7,$8) RETURNING "id","title","body","tags","published","views","score","createdAt","updatedAt","authorId";
--;
INSERT INTO "Comments" ("id","text","createdAt","updatedAt","PostId","UserId") VALUES (DEFAULT,$1,$2,$3,$4,$5) RETURNING "id","text","createdAt","updatedAt","PostId","UserId";
--;
SELECT "createdAt", "updatedAt", "PostId", "TagId" FROM "PostTag" AS "PostTag" WHERE "PostTag"."PostId" = '00000000-0000-4000-8000-000000000001' AND "PostTag"."TagId" IN (2);
--;
SELECT "Tag"."id", "Tag"."label", "PostTag"."createdAt" AS "PostTag.createdAt", "PostTag"."updatedAt" AS "PostTag.updatedAt", "PostTag"."PostId" AS "PostTag.PostId", "PostTag"."TagId" AS "PostTag.TagId" FROM "Tags" AS "Tag" INNER JOIN "PostTag" AS "PostTag" ON "Tag"."id" = "PostTag"."TagId" AND "PostTag"."PostId" = '00000000-0000-4000-8000-000000000001';
--;
SELECT COUNT("Comment"."id") AS "count" FROM "Comments" AS "Comment" WHERE "Comment"."PostId" = '00000000-0000-4000-8000-000000000001';
--;
SELECT "createdAt", "updatedAt", "PostId", "TagId" FROM "PostTag" AS "PostTag" WHERE "PostTag"."PostId" = '00000000-0000-4000-8000-000000000001';
--;
DELETE FROM "PostTag" WHERE "PostId" = '00000000-0000-4000-8000-000000000001' AND "TagId" IN (1, 2)
--;
SELECT "id" FROM "Posts" AS "Post" WHERE ("Post"."authorId" = 1 AND (("Post"."id" = '00000000-0000-4000-8000-000000000001')));
--;
SELECT "id", "email", "name", "role", "prefs", "age", "createdAt", "updatedAt", "deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL AND "User"."id" = 1);
--;
SELECT count(*) AS "count" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL AND (("User"."name" ILIKE '%a%' OR "User"."age" BETWEEN 18 AND 65) AND "User"."role" IN ('reader', 'admin')));
--;
SELECT "id", "email", "name", "role", "prefs", "age", "createdAt", "updatedAt", "deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL AND (("User"."name" ILIKE '%a%' OR "User"."age" BETWEEN 18 AND 65) AND "User"."role" IN ('reader', 'admin'))) ORDER BY "User"."createdAt" DESC, "User"."id" ASC LIMIT 10 OFFSET 0;
--;
SELECT "Post".*, "Comments"."id" AS "Comments.id", "Comments"."text" AS "Comments.text", "Comments"."createdAt" AS "Comments.createdAt", "Comments"."updatedAt" AS "Comments.updatedAt", "Comments"."PostId" AS "Comments.PostId", "Comments"."UserId" AS "Comments.UserId", "Tags"."id" AS "Tags.id", "Tags"."label" AS "Tags.label" FROM (SELECT "Post"."id", "Post"."title", "Post"."body", "Post"."tags", "Post"."published", "Post"."views", "Post"."score", "Post"."createdAt", "Post"."updatedAt", "Post"."authorId", "author"."id" AS "author.id", "author"."email" AS "author.email", "author"."name" AS "author.name", "author"."role" AS "author.role", "author"."prefs" AS "author.prefs", "author"."age" AS "author.age", "author"."createdAt" AS "author.createdAt", "author"."updatedAt" AS "author.updatedAt", "author"."deletedAt" AS "author.deletedAt" FROM "Posts" AS "Post" INNER JOIN "Users" AS "author" ON "Post"."authorId" = "author"."id" AND ("author"."deletedAt" IS NULL AND "author"."name" IS NOT NULL) WHERE "Post"."published" = true ORDER BY "Post"."views" DESC LIMIT 5) AS "Post" LEFT OUTER JOIN "Comments" AS "Comments" ON "Post"."id" = "Comments"."PostId" LEFT OUTER JOIN ( "PostTag" AS "Tags->PostTag" INNER JOIN "Tags" AS "Tags" ON "Tags"."id" = "Tags->PostTag"."TagId") ON "Post"."id" = "Tags->PostTag"."PostId" ORDER BY "Post"."views" DESC;
--;
SELECT "User"."id", "User"."email", "User"."name", "User"."role", "User"."prefs", "User"."age", "User"."createdAt", "User"."updatedAt", "User"."deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL);
--;
SELECT "id", "title", "body", "tags", "published", "views", "score", "createdAt", "updatedAt", "authorId" FROM "Posts" AS "Post" WHERE "Post"."authorId" IN (3, 2, 5, 1, 8, 9) ORDER BY "Post"."title" ASC;
--;
SELECT "authorId", COUNT("id") AS "n", SUM("views") AS "v" FROM "Posts" AS "Post" GROUP BY "authorId" HAVING COUNT("id") > 0;
--;
SELECT "id", "title", "body", "tags", "published", "views", "score", "createdAt", "updatedAt", "authorId" FROM "Posts" AS "Post" WHERE "Post"."tags" @> ARRAY['a']::VARCHAR(255)[] AND "Post"."title" LIKE 'He%' AND "Post"."score" IS NULL;
--;
SELECT "id", "title", "body", "tags", "published", "views", "score", "createdAt", "updatedAt", "authorId" FROM "Posts" AS "Post" WHERE "Post"."tags" && ARRAY['a','z']::VARCHAR(255)[];
--;
SELECT "id", "email", "name", "role", "prefs", "age", "createdAt", "updatedAt", "deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL AND ("User"."prefs"#>>'{theme}') = 'dark');
--;
SELECT "id", "email", "name", "role", "prefs", "age", "createdAt", "updatedAt", "deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL AND "User"."prefs" @> '{"theme":"dark"}');
--;
SELECT "id", "email", "name", "role", "prefs", "age", "createdAt", "updatedAt", "deletedAt", (SELECT COUNT(*) FROM "Posts" AS p WHERE p."authorId" = "User"."id") AS "posts" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL AND "User"."name" ~ '^A');
--;
SELECT count(DISTINCT("id")) AS "count" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL AND "User"."role" = 'reader');
--;
SELECT max("age") AS "max" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL);
--;
SELECT DISTINCT("role") AS "DISTINCT" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL);
--;
UPDATE "Users" SET "name"=$1,"updatedAt"=$2 WHERE "id" = $3
--;
UPDATE "Users" SET "role"=$1,"updatedAt"=$2 WHERE ("deletedAt" IS NULL AND "age" >= 18) RETURNING "id","email","name","role","prefs","age","createdAt","updatedAt","deletedAt"
--;
UPDATE "Users" SET "age"="age"+ 2,"updatedAt"='2026-11-26 03:46:35.636 +00:00' WHERE "id" = 1 RETURNING *
--;
UPDATE "Posts" SET "views"="views"- 1,"updatedAt"='2026-11-26 03:46:35.637 +00:00' WHERE "published" = true RETURNING *
--;
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
--;
SELECT "id", "email", "name", "role", "prefs", "age", "createdAt", "updatedAt", "deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL AND "User"."id" = 1) FOR UPDATE;
--;
SELECT "id", "email", "name", "role", "prefs", "age", "createdAt", "updatedAt", "deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL) LIMIT 1 FOR UPDATE SKIP LOCKED;
--;
SELECT "id", "email", "name", "role", "prefs", "age", "createdAt", "updatedAt", "deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL) LIMIT 1 FOR KEY SHARE OF "User";
--;
SAVEPOINT "00000000-0000-4000-8000-000000000002-sp-1";
--;
ROLLBACK;
--;
SELECT * FROM "Users" WHERE email = 'a@example.com'
--;
SELECT id FROM "Users" WHERE email = $1 AND age > $2
--;
DELETE FROM "Comments" WHERE "text" = 'first'
--;
UPDATE "Users" SET "deletedAt"=$1,"updatedAt"=$2 WHERE "id" = $3
--;
SELECT "id", "email", "name", "role", "prefs", "age", "createdAt", "updatedAt", "deletedAt" FROM "Users" AS "User" WHERE "User"."deletedAt" IS NOT NULL;
--;
TRUNCATE "Comments" RESTART IDENTITY CASCADE
--;
DELETE FROM "Users" WHERE "id" = 5
