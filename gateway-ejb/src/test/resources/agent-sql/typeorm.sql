-- TypeORM 1.1.1 with pg 8.23.1: migrations, synchronize, repositories, query builder, trees, locks
-- Captured from PostgreSQL 15.18 with log_statement = all; near duplicates left out.
--;
SELECT version()
--;
SELECT * FROM current_schema()
--;
SELECT * FROM "information_schema"."tables" WHERE "table_schema" = $1 AND "table_name" = $2
--;
CREATE TABLE "migrations" ("id" SERIAL NOT NULL, "timestamp" bigint NOT NULL, "name" character varying NOT NULL, CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY ("id"))
--;
SELECT * FROM "migrations" "migrations" ORDER BY "id" DESC
--;
START TRANSACTION
--;
CREATE TABLE "legacy" ("id" SERIAL NOT NULL, "x" integer, CONSTRAINT "PK_legacy" PRIMARY KEY ("id"))
--;
CREATE TABLE "shelf" ("id" SERIAL NOT NULL, "label" varchar NOT NULL, "size" int NOT NULL DEFAULT 0, CONSTRAINT "PK_da2ce57e38dfc635d50d0e5fc8f" PRIMARY KEY ("id"))
--;
SELECT * FROM current_database()
--;
SELECT "table_schema", "table_name", obj_description((quote_ident("table_schema") || '.' || quote_ident("table_name"))::regclass, 'pg_class') AS table_comment FROM "information_schema"."tables" WHERE ("table_schema" = 'public' AND "table_name" = 'shelf')
--;
SELECT TRUE FROM information_schema.columns WHERE table_name = 'pg_class' and column_name = 'relispartition'
--;
SELECT columns.*, pg_catalog.col_description((quote_ident(table_catalog) || '.' || quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass::oid, ordinal_position) AS description, ('"' || "udt_schema" || '"."' || "udt_name" || '"')::"regtype"::text AS "regtype", pg_catalog.format_type("col_attr"."atttypid", "col_attr"."atttypmod") AS "format_type" FROM "information_schema"."columns" LEFT JOIN "pg_catalog"."pg_attribute" AS "col_attr" ON "col_attr"."attname" = "columns"."column_name" AND "col_attr"."attrelid" = ( SELECT "cls"."oid" FROM "pg_catalog"."pg_class" AS "cls" LEFT JOIN "pg_catalog"."pg_namespace" AS "ns" ON "ns"."oid" = "cls"."relnamespace" WHERE "cls"."relname" = "columns"."table_name" AND "ns"."nspname" = "columns"."table_schema" ) WHERE ("table_schema" = 'public' AND "table_name" = 'shelf')
--;
SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "cnst"."conname" AS "constraint_name", pg_get_constraintdef("cnst"."oid") AS "expression", CASE "cnst"."contype" WHEN 'p' THEN 'PRIMARY' WHEN 'u' THEN 'UNIQUE' WHEN 'c' THEN 'CHECK' WHEN 'x' THEN 'EXCLUDE' END AS "constraint_type", "a"."attname" AS "column_name" FROM "pg_constraint" "cnst" INNER JOIN "pg_class" "t" ON "t"."oid" = "cnst"."conrelid" INNER JOIN "pg_namespace" "ns" ON "ns"."oid" = "cnst"."connamespace" LEFT JOIN "pg_attribute" "a" ON "a"."attrelid" = "cnst"."conrelid" AND "a"."attnum" = ANY ("cnst"."conkey") WHERE "t"."relkind" IN ('r', 'p') AND (("ns"."nspname" = 'public' AND "t"."relname" = 'shelf'))
--;
SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "i"."relname" AS "constraint_name", "a"."attname" AS "column_name", CASE "ix"."indisunique" WHEN 't' THEN 'TRUE' ELSE'FALSE' END AS "is_unique", pg_get_expr("ix"."indpred", "ix"."indrelid") AS "condition", "types"."typname" AS "type_name", "am"."amname" AS "index_type" FROM "pg_class" "t" INNER JOIN "pg_index" "ix" ON "ix"."indrelid" = "t"."oid" INNER JOIN "pg_attribute" "a" ON "a"."attrelid" = "t"."oid"  AND "a"."attnum" = ANY ("ix"."indkey") INNER JOIN "pg_namespace" "ns" ON "ns"."oid" = "t"."relnamespace" INNER JOIN "pg_class" "i" ON "i"."oid" = "ix"."indexrelid" INNER JOIN "pg_type" "types" ON "types"."oid" = "a"."atttypid" INNER JOIN "pg_am" "am" ON "i"."relam" = "am"."oid" LEFT JOIN "pg_constraint" "cnst" ON "cnst"."conname" = "i"."relname" WHERE "t"."relkind" IN ('r', 'p') AND "cnst"."contype" IS NULL AND (("ns"."nspname" = 'public' AND "t"."relname" = 'shelf'))
--;
SELECT "con"."conname" AS "constraint_name", "con"."nspname" AS "table_schema", "con"."relname" AS "table_name", "att2"."attname" AS "column_name", "ns"."nspname" AS "referenced_table_schema", "cl"."relname" AS "referenced_table_name", "att"."attname" AS "referenced_column_name", "con"."confdeltype" AS "on_delete", "con"."confupdtype" AS "on_update", "con"."condeferrable" AS "deferrable", "con"."condeferred" AS "deferred" FROM ( SELECT UNNEST ("con1"."conkey") AS "parent", UNNEST ("con1"."confkey") AS "child", "con1"."confrelid", "con1"."conrelid", "con1"."conname", "con1"."contype", "ns"."nspname", "cl"."relname", "con1"."condeferrable", CASE WHEN "con1"."condeferred" THEN 'INITIALLY DEFERRED' ELSE 'INITIALLY IMMEDIATE' END as condeferred, CASE "con1"."confdeltype" WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END as "confdeltype", CASE "con1"."confupdtype" WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END as "confupdtype" FROM "pg_class" "cl" INNER JOIN "pg_namespace" "ns" ON "cl"."relnamespace" = "ns"."oid" INNER JOIN "pg_constraint" "con1" ON "con1"."conrelid" = "cl"."oid" WHERE "con1"."contype" = 'f' AND (("ns"."nspname" = 'public' AND "cl"."relname" = 'shelf')) ) "con" INNER JOIN "pg_attribute" "att" ON "att"."attrelid" = "con"."confrelid" AND "att"."attnum" = "con"."child" INNER JOIN "pg_class" "cl" ON "cl"."oid" = "con"."confrelid"  AND "cl"."relispartition" = 'f'INNER JOIN "pg_namespace" "ns" ON "cl"."relnamespace" = "ns"."oid" INNER JOIN "pg_attribute" "att2" ON "att2"."attrelid" = "con"."conrelid" AND "att2"."attnum" = "con"."parent"
--;
ALTER TABLE "shelf" ADD "room" varchar
--;
ALTER TABLE "shelf" RENAME COLUMN "room" TO "place"
--;
CREATE INDEX "IDX_shelf_label" ON "shelf"  ("label")
--;
ALTER TABLE "shelf" ADD CONSTRAINT "FK_8cad84ee6a5bff4b03384674590" FOREIGN KEY ("size") REFERENCES "legacy"("id")
--;
DROP INDEX "public"."IDX_shelf_label"
--;
ALTER TABLE "legacy" RENAME TO "old_legacy"
--;
ALTER SEQUENCE "legacy_id_seq" RENAME TO "old_legacy_id_seq"
--;
CREATE SCHEMA IF NOT EXISTS "store"
--;
SELECT * FROM "information_schema"."columns" WHERE "table_schema" = $1 AND "table_name" = $2 AND "column_name" = $3
--;
INSERT INTO "migrations"("timestamp", "name") VALUES ($1, $2)
--;
COMMIT
--;
ALTER TABLE "shelf" DROP CONSTRAINT "FK_8cad84ee6a5bff4b03384674590"
--;
DROP TABLE "shelf"
--;
DROP TABLE "old_legacy"
--;
DROP SCHEMA "store"
--;
DELETE FROM "migrations" WHERE "timestamp" = $1 AND "name" = $2
--;
SELECT "table_schema", "table_name", obj_description((quote_ident("table_schema") || '.' || quote_ident("table_name"))::regclass, 'pg_class') AS table_comment FROM "information_schema"."tables" WHERE ("table_schema" = 'public' AND "table_name" = 'author') OR ("table_schema" = 'public' AND "table_name" = 'book') OR ("table_schema" = 'public' AND "table_name" = 'genre') OR ("table_schema" = 'public' AND "table_name" = 'category') OR ("table_schema" = 'public' AND "table_name" = 'book_genres_genre') OR ("table_schema" = 'public' AND "table_name" = 'category_closure')
--;
SELECT "n"."nspname", "t"."typname" FROM "pg_type" "t" INNER JOIN "pg_namespace" "n" ON "n"."oid" = "t"."typnamespace" WHERE "n"."nspname" = 'public' AND "t"."typname" = 'author_kind_enum'
--;
CREATE TYPE "public"."author_kind_enum" AS ENUM('staff', 'guest')
--;
CREATE TABLE "author" ("id" SERIAL NOT NULL, "name" character varying(120) NOT NULL, "email" character varying NOT NULL, "kind" "public"."author_kind_enum" NOT NULL DEFAULT 'guest', "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "deletedAt" TIMESTAMP WITH TIME ZONE, "version" integer NOT NULL, CONSTRAINT "UQ_384deada87eb62ab31c5d5afae5" UNIQUE ("email"), CONSTRAINT "PK_5a0e79799d372fe56f2f3fa6871" PRIMARY KEY ("id"))
--;
CREATE TABLE "book" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "title" character varying NOT NULL, "price" numeric(10,2) NOT NULL, "pages" integer, "meta" jsonb, "keywords" text array NOT NULL DEFAULT '{}', "authorId" integer, CONSTRAINT "CHK_b33a6f200f168d27a6d18c72dc" CHECK ("price" >= 0), CONSTRAINT "PK_a3afef72ec8f80e6e5c310b28a4" PRIMARY KEY ("id"))
--;
CREATE INDEX "IDX_a080d61e58da1c7130dcae90b9" ON "book"  ("title", "price")
--;
CREATE TABLE "genre" ("id" integer GENERATED BY DEFAULT AS IDENTITY NOT NULL, "label" character varying NOT NULL, CONSTRAINT "UQ_df11806a0d13b00370d9f9987c1" UNIQUE ("label"), CONSTRAINT "PK_0285d4f1655d080cfcf7d1ab141" PRIMARY KEY ("id"))
--;
CREATE TABLE "category" ("id" SERIAL NOT NULL, "label" character varying NOT NULL, "parentId" integer, CONSTRAINT "PK_9c4e4a89e3674fc9f382d733f03" PRIMARY KEY ("id"))
--;
CREATE TABLE "book_genres_genre" ("bookId" uuid NOT NULL, "genreId" integer NOT NULL, CONSTRAINT "PK_75a197f32ed39286c5c39198ece" PRIMARY KEY ("bookId", "genreId"))
--;
CREATE INDEX "IDX_31d658e0af554165f4598158c5" ON "book_genres_genre"  ("bookId")
--;
CREATE INDEX "IDX_83bd32782d44d9db3d68c3f58c" ON "book_genres_genre"  ("genreId")
--;
CREATE TABLE "category_closure" ("id_ancestor" integer NOT NULL, "id_descendant" integer NOT NULL, CONSTRAINT "PK_8da8666fc72217687e9b4f4c7e9" PRIMARY KEY ("id_ancestor", "id_descendant"))
--;
CREATE INDEX "IDX_4aa1348fc4b7da9bef0fae8ff4" ON "category_closure"  ("id_ancestor")
--;
CREATE INDEX "IDX_6a22002acac4976977b1efd114" ON "category_closure"  ("id_descendant")
--;
ALTER TABLE "book" ADD CONSTRAINT "FK_66a4f0f47943a0d99c16ecf90b2" FOREIGN KEY ("authorId") REFERENCES "author"("id") ON DELETE CASCADE ON UPDATE NO ACTION
--;
ALTER TABLE "category" ADD CONSTRAINT "FK_d5456fd7e4c4866fec8ada1fa10" FOREIGN KEY ("parentId") REFERENCES "category"("id") ON DELETE NO ACTION ON UPDATE NO ACTION
--;
ALTER TABLE "book_genres_genre" ADD CONSTRAINT "FK_31d658e0af554165f4598158c55" FOREIGN KEY ("bookId") REFERENCES "book"("id") ON DELETE CASCADE ON UPDATE CASCADE
--;
ALTER TABLE "book_genres_genre" ADD CONSTRAINT "FK_83bd32782d44d9db3d68c3f58c1" FOREIGN KEY ("genreId") REFERENCES "genre"("id") ON DELETE CASCADE ON UPDATE CASCADE
--;
ALTER TABLE "category_closure" ADD CONSTRAINT "FK_4aa1348fc4b7da9bef0fae8ff48" FOREIGN KEY ("id_ancestor") REFERENCES "category"("id") ON DELETE CASCADE ON UPDATE NO ACTION
--;
ALTER TABLE "category_closure" ADD CONSTRAINT "FK_6a22002acac4976977b1efd114a" FOREIGN KEY ("id_descendant") REFERENCES "category"("id") ON DELETE CASCADE ON UPDATE NO ACTION
--;
SELECT columns.*, pg_catalog.col_description((quote_ident(table_catalog) || '.' || quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass::oid, ordinal_position) AS description, ('"' || "udt_schema" || '"."' || "udt_name" || '"')::"regtype"::text AS "regtype", pg_catalog.format_type("col_attr"."atttypid", "col_attr"."atttypmod") AS "format_type" FROM "information_schema"."columns" LEFT JOIN "pg_catalog"."pg_attribute" AS "col_attr" ON "col_attr"."attname" = "columns"."column_name" AND "col_attr"."attrelid" = ( SELECT "cls"."oid" FROM "pg_catalog"."pg_class" AS "cls" LEFT JOIN "pg_catalog"."pg_namespace" AS "ns" ON "ns"."oid" = "cls"."relnamespace" WHERE "cls"."relname" = "columns"."table_name" AND "ns"."nspname" = "columns"."table_schema" ) WHERE ("table_schema" = 'public' AND "table_name" = 'author') OR ("table_schema" = 'public' AND "table_name" = 'book') OR ("table_schema" = 'public' AND "table_name" = 'category') OR ("table_schema" = 'public' AND "table_name" = 'book_genres_genre') OR ("table_schema" = 'public' AND "table_name" = 'genre') OR ("table_schema" = 'public' AND "table_name" = 'category_closure')
--;
SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "cnst"."conname" AS "constraint_name", pg_get_constraintdef("cnst"."oid") AS "expression", CASE "cnst"."contype" WHEN 'p' THEN 'PRIMARY' WHEN 'u' THEN 'UNIQUE' WHEN 'c' THEN 'CHECK' WHEN 'x' THEN 'EXCLUDE' END AS "constraint_type", "a"."attname" AS "column_name" FROM "pg_constraint" "cnst" INNER JOIN "pg_class" "t" ON "t"."oid" = "cnst"."conrelid" INNER JOIN "pg_namespace" "ns" ON "ns"."oid" = "cnst"."connamespace" LEFT JOIN "pg_attribute" "a" ON "a"."attrelid" = "cnst"."conrelid" AND "a"."attnum" = ANY ("cnst"."conkey") WHERE "t"."relkind" IN ('r', 'p') AND (("ns"."nspname" = 'public' AND "t"."relname" = 'author') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'book') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'category') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'book_genres_genre') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'genre') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'category_closure'))
--;
SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "i"."relname" AS "constraint_name", "a"."attname" AS "column_name", CASE "ix"."indisunique" WHEN 't' THEN 'TRUE' ELSE'FALSE' END AS "is_unique", pg_get_expr("ix"."indpred", "ix"."indrelid") AS "condition", "types"."typname" AS "type_name", "am"."amname" AS "index_type" FROM "pg_class" "t" INNER JOIN "pg_index" "ix" ON "ix"."indrelid" = "t"."oid" INNER JOIN "pg_attribute" "a" ON "a"."attrelid" = "t"."oid"  AND "a"."attnum" = ANY ("ix"."indkey") INNER JOIN "pg_namespace" "ns" ON "ns"."oid" = "t"."relnamespace" INNER JOIN "pg_class" "i" ON "i"."oid" = "ix"."indexrelid" INNER JOIN "pg_type" "types" ON "types"."oid" = "a"."atttypid" INNER JOIN "pg_am" "am" ON "i"."relam" = "am"."oid" LEFT JOIN "pg_constraint" "cnst" ON "cnst"."conname" = "i"."relname" WHERE "t"."relkind" IN ('r', 'p') AND "cnst"."contype" IS NULL AND (("ns"."nspname" = 'public' AND "t"."relname" = 'author') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'book') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'category') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'book_genres_genre') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'genre') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'category_closure'))
--;
SELECT "con"."conname" AS "constraint_name", "con"."nspname" AS "table_schema", "con"."relname" AS "table_name", "att2"."attname" AS "column_name", "ns"."nspname" AS "referenced_table_schema", "cl"."relname" AS "referenced_table_name", "att"."attname" AS "referenced_column_name", "con"."confdeltype" AS "on_delete", "con"."confupdtype" AS "on_update", "con"."condeferrable" AS "deferrable", "con"."condeferred" AS "deferred" FROM ( SELECT UNNEST ("con1"."conkey") AS "parent", UNNEST ("con1"."confkey") AS "child", "con1"."confrelid", "con1"."conrelid", "con1"."conname", "con1"."contype", "ns"."nspname", "cl"."relname", "con1"."condeferrable", CASE WHEN "con1"."condeferred" THEN 'INITIALLY DEFERRED' ELSE 'INITIALLY IMMEDIATE' END as condeferred, CASE "con1"."confdeltype" WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END as "confdeltype", CASE "con1"."confupdtype" WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END as "confupdtype" FROM "pg_class" "cl" INNER JOIN "pg_namespace" "ns" ON "cl"."relnamespace" = "ns"."oid" INNER JOIN "pg_constraint" "con1" ON "con1"."conrelid" = "cl"."oid" WHERE "con1"."contype" = 'f' AND (("ns"."nspname" = 'public' AND "cl"."relname" = 'author') OR ("ns"."nspname" = 'public' AND "cl"."relname" = 'book') OR ("ns"."nspname" = 'public' AND "cl"."relname" = 'category') OR ("ns"."nspname" = 'public' AND "cl"."relname" = 'book_genres_genre') OR ("ns"."nspname" = 'public' AND "cl"."relname" = 'genre') OR ("ns"."nspname" = 'public' AND "cl"."relname" = 'category_closure')) ) "con" INNER JOIN "pg_attribute" "att" ON "att"."attrelid" = "con"."confrelid" AND "att"."attnum" = "con"."child" INNER JOIN "pg_class" "cl" ON "cl"."oid" = "con"."confrelid"  AND "cl"."relispartition" = 'f'INNER JOIN "pg_namespace" "ns" ON "cl"."relnamespace" = "ns"."oid" INNER JOIN "pg_attribute" "att2" ON "att2"."attrelid" = "con"."conrelid" AND "att2"."attnum" = "con"."parent"
--;
SELECT "udt_schema", "udt_name" FROM "information_schema"."columns" WHERE "table_schema" = 'public' AND "table_name" = 'author' AND "column_name"='kind'
--;
SELECT "e"."enumlabel" AS "value" FROM "pg_enum" "e" INNER JOIN "pg_type" "t" ON "t"."oid" = "e"."enumtypid" INNER JOIN "pg_namespace" "n" ON "n"."oid" = "t"."typnamespace" WHERE "n"."nspname" = 'public' AND "t"."typname" = 'author_kind_enum' ORDER BY "e"."enumsortorder"
--;
INSERT INTO "author"("name", "email", "kind", "createdAt", "updatedAt", "deletedAt", "version") VALUES ($1, $2, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1) RETURNING "id", "kind", "createdAt", "updatedAt", "deletedAt", "version"
--;
INSERT INTO "book"("id", "title", "price", "pages", "meta", "keywords", "authorId") VALUES (DEFAULT, $1, $2, DEFAULT, $3, $4, $5), (DEFAULT, $6, $7, DEFAULT, DEFAULT, DEFAULT, $8) RETURNING "id", "keywords"
--;
INSERT INTO "genre"("id", "label") VALUES (DEFAULT, $1) RETURNING "id"
--;
INSERT INTO "book_genres_genre"("bookId", "genreId") VALUES ($1, $2)
--;
INSERT INTO "author"("name", "email", "kind", "createdAt", "updatedAt", "deletedAt", "version") VALUES ($1, $2, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1), ($3, $4, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1) RETURNING "id", "kind", "createdAt", "updatedAt", "deletedAt", "version"
--;
INSERT INTO "author"("name", "email", "kind", "createdAt", "updatedAt", "deletedAt", "version") VALUES ($1, $2, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1), ($3, $4, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1) ON CONFLICT ( "email" ) DO UPDATE SET "email" = EXCLUDED."email", "name" = EXCLUDED."name", "updatedAt" = DEFAULT RETURNING "id", "kind", "createdAt", "updatedAt", "deletedAt", "version"
--;
INSERT INTO "author"("name", "email", "kind", "createdAt", "updatedAt", "deletedAt", "version") VALUES ($1, $2, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1) ON CONFLICT DO NOTHING  RETURNING "id", "kind", "createdAt", "updatedAt", "deletedAt", "version"
--;
INSERT INTO "author"("name", "email", "kind", "createdAt", "updatedAt", "deletedAt", "version") VALUES ($1, $2, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1) ON CONFLICT ( "email" ) DO UPDATE SET "name" = EXCLUDED."name", "updatedAt" = DEFAULT WHERE "author"."name" IS DISTINCT FROM EXCLUDED."name" RETURNING "id", "kind", "createdAt", "updatedAt", "deletedAt", "version"
--;
SELECT "Author"."id" AS "Author_id", "Author"."name" AS "Author_name", "Author"."email" AS "Author_email", "Author"."kind" AS "Author_kind", "Author"."createdAt" AS "Author_createdAt", "Author"."updatedAt" AS "Author_updatedAt", "Author"."deletedAt" AS "Author_deletedAt", "Author"."version" AS "Author_version" FROM "author" "Author" WHERE ( (("Author"."id" = $1)) ) AND ( "Author"."deletedAt" IS NULL ) LIMIT 1
--;
SELECT "Author"."id" AS "Author_id", "Author"."name" AS "Author_name", "Author"."email" AS "Author_email", "Author"."kind" AS "Author_kind", "Author"."createdAt" AS "Author_createdAt", "Author"."updatedAt" AS "Author_updatedAt", "Author"."deletedAt" AS "Author_deletedAt", "Author"."version" AS "Author_version" FROM "author" "Author" WHERE ( (((("Author"."name" ILIKE $1) AND ("Author"."kind" IN ($2, $3)))) OR (((NOT("Author"."email" LIKE $4)) AND ("Author"."deletedAt" IS NULL)))) ) AND ( "Author"."deletedAt" IS NULL ) ORDER BY "Author"."createdAt" DESC, "Author"."id" ASC LIMIT 10 OFFSET 0
--;
SELECT DISTINCT "distinctAlias"."Author_id" AS "ids_Author_id", "distinctAlias"."Author_name" FROM (SELECT "Author"."id" AS "Author_id", "Author"."name" AS "Author_name", "Author"."email" AS "Author_email", "Author"."kind" AS "Author_kind", "Author"."createdAt" AS "Author_createdAt", "Author"."updatedAt" AS "Author_updatedAt", "Author"."deletedAt" AS "Author_deletedAt", "Author"."version" AS "Author_version", "Author__Author_books"."id" AS "Author__Author_books_id", "Author__Author_books"."title" AS "Author__Author_books_title", "Author__Author_books"."price" AS "Author__Author_books_price", "Author__Author_books"."pages" AS "Author__Author_books_pages", "Author__Author_books"."meta" AS "Author__Author_books_meta", "Author__Author_books"."keywords" AS "Author__Author_books_keywords", "Author__Author_books"."authorId" AS "Author__Author_books_authorId", "Author__Author_books__Author__Author_books_genres"."id" AS "Author__Author_books__Author__Author_books_genres_id", "Author__Author_books__Author__Author_books_genres"."label" AS "Author__Author_books__Author__Author_books_genres_label" FROM "author" "Author" LEFT JOIN "book" "Author__Author_books" ON "Author__Author_books"."authorId"="Author"."id" LEFT JOIN "book_genres_genre" "1662edd5a9e28078cf9457744df13f47f51ef7b8" ON "1662edd5a9e28078cf9457744df13f47f51ef7b8"."bookId"="Author__Author_books"."id" LEFT JOIN "genre" "Author__Author_books__Author__Author_books_genres" ON "Author__Author_books__Author__Author_books_genres"."id"="1662edd5a9e28078cf9457744df13f47f51ef7b8"."genreId" WHERE ( (((("Author__Author_books"."price" > $1)))) ) AND ( "Author"."deletedAt" IS NULL )) "distinctAlias" ORDER BY "distinctAlias"."Author_name" ASC, "Author_id" ASC LIMIT 5 OFFSET 1
--;
SELECT COUNT(DISTINCT("Author"."id")) AS "cnt" FROM "author" "Author" LEFT JOIN "book" "Author__Author_books" ON "Author__Author_books"."authorId"="Author"."id" LEFT JOIN "book_genres_genre" "1662edd5a9e28078cf9457744df13f47f51ef7b8" ON "1662edd5a9e28078cf9457744df13f47f51ef7b8"."bookId"="Author__Author_books"."id" LEFT JOIN "genre" "Author__Author_books__Author__Author_books_genres" ON "Author__Author_books__Author__Author_books_genres"."id"="1662edd5a9e28078cf9457744df13f47f51ef7b8"."genreId" WHERE ( (((("Author__Author_books"."price" > $1)))) ) AND ( "Author"."deletedAt" IS NULL )
--;
SELECT "Author"."id" AS "Author_id", "Author"."name" AS "Author_name", "Author"."email" AS "Author_email", "Author"."kind" AS "Author_kind", "Author"."createdAt" AS "Author_createdAt", "Author"."updatedAt" AS "Author_updatedAt", "Author"."deletedAt" AS "Author_deletedAt", "Author"."version" AS "Author_version" FROM "author" "Author" WHERE "Author"."deletedAt" IS NULL
--;
SELECT "Book"."id" AS "Book_id", "Book"."title" AS "Book_title", "Book"."price" AS "Book_price", "Book"."pages" AS "Book_pages", "Book"."meta" AS "Book_meta", "Book"."keywords" AS "Book_keywords", "Book"."authorId" AS "Book_authorId" FROM "book" "Book" WHERE "Book"."authorId" IN ($1, $2, $3, $4, $5, $6)
--;
SELECT "Book"."id" AS "Book_books_id", "Book"."authorId" AS "Author_id" FROM "book" "Book" WHERE "Book"."authorId" IN (1, 2, 3, 4, 6, 7)
--;
SELECT "Book"."id" AS "Book_id", "Book"."title" AS "Book_title" FROM "book" "Book" WHERE (("Book"."keywords" @> $1) AND ("Book"."price" BETWEEN $2 AND $3))
--;
SELECT "Book"."id" AS "Book_id", "Book"."title" AS "Book_title", "Book"."price" AS "Book_price", "Book"."pages" AS "Book_pages", "Book"."meta" AS "Book_meta", "Book"."keywords" AS "Book_keywords", "Book"."authorId" AS "Book_authorId" FROM "book" "Book" WHERE (("Book"."meta" @> '{"a":1}'))
--;
SELECT "b"."id" AS "b_id", "b"."title" AS "b_title", "b"."price" AS "b_price", "b"."pages" AS "b_pages", "b"."meta" AS "b_meta", "b"."keywords" AS "b_keywords", "b"."authorId" AS "b_authorId", "a"."id" AS "a_id", "a"."name" AS "a_name", "a"."email" AS "a_email", "a"."kind" AS "a_kind", "a"."createdAt" AS "a_createdAt", "a"."updatedAt" AS "a_updatedAt", "a"."deletedAt" AS "a_deletedAt", "a"."version" AS "a_version" FROM "book" "b" LEFT JOIN "author" "a" ON "a"."id"="b"."authorId" AND ("a"."deletedAt" IS NULL)  INNER JOIN "book_genres_genre" "b_g" ON "b_g"."bookId"="b"."id" INNER JOIN "genre" "g" ON "g"."id"="b_g"."genreId" WHERE "a"."name" = $1 AND ("b"."price" > $2 OR "b"."pages" IS NULL) ORDER BY "b"."title" ASC
--;
SELECT "b"."authorId" AS "author", COUNT(*) AS "n", AVG("b"."price") AS "avg" FROM "book" "b" GROUP BY "b"."authorId" HAVING COUNT(*) > $1
--;
SELECT "a"."id" AS "a_id", "a"."name" AS "a_name", "a"."email" AS "a_email", "a"."kind" AS "a_kind", "a"."createdAt" AS "a_createdAt", "a"."updatedAt" AS "a_updatedAt", "a"."deletedAt" AS "a_deletedAt", "a"."version" AS "a_version" FROM "author" "a" WHERE ( "a"."id" IN (SELECT "b"."authorId" FROM "book" "b" WHERE "b"."price" > 2) ) AND ( "a"."deletedAt" IS NULL )
--;
WITH "ids" AS (SELECT id FROM author) SELECT i.id FROM "ids" "i"
--;
SELECT COUNT(1) AS "cnt" FROM "author" "Author" WHERE "Author"."deletedAt" IS NULL
--;
SELECT 1 AS "row_exists" FROM (SELECT 1 AS dummy_column) "dummy_table" WHERE EXISTS (SELECT 1 FROM "author" "Author" WHERE ( (("Author"."id" = $1)) ) AND ( "Author"."deletedAt" IS NULL )) LIMIT 1
--;
SELECT SUM("Book"."price") AS "SUM" FROM "book" "Book"
--;
SELECT MAX("Book"."price") AS "MAX" FROM "book" "Book"
--;
SELECT "Author"."id" AS "Author_id", "Author"."name" AS "Author_name", "Author"."email" AS "Author_email", "Author"."kind" AS "Author_kind", "Author"."createdAt" AS "Author_createdAt", "Author"."updatedAt" AS "Author_updatedAt", "Author"."deletedAt" AS "Author_deletedAt", "Author"."version" AS "Author_version" FROM "author" "Author" WHERE "Author"."id" = $1
--;
UPDATE "author" SET "name" = $1, "version" = "version" + 1, "updatedAt" = CURRENT_TIMESTAMP WHERE "id" = $2 RETURNING "updatedAt", "version"
--;
UPDATE "author" SET "name" = $1, "version" = "version" + 1, "updatedAt" = CURRENT_TIMESTAMP WHERE "kind" = $2
--;
UPDATE "author" SET "version" = "version" + 1, "updatedAt" = CURRENT_TIMESTAMP WHERE "id" = $1
--;
UPDATE "book" SET "price" = "price" * 1.1 WHERE "pages" IS NULL RETURNING *
--;
SELECT "books"."id" AS "books_id", "books"."title" AS "books_title", "books"."price" AS "books_price", "books"."pages" AS "books_pages", "books"."meta" AS "books_meta", "books"."keywords" AS "books_keywords", "books"."authorId" AS "books_authorId" FROM "book" "books" WHERE "books"."authorId" IN ($1)
--;
SELECT "Book"."id" AS "Book_id", "Book"."title" AS "Book_title", "Book"."price" AS "Book_price", "Book"."pages" AS "Book_pages", "Book"."meta" AS "Book_meta", "Book"."keywords" AS "Book_keywords", "Book"."authorId" AS "Book_authorId" FROM "book" "Book"
--;
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE
--;
SELECT "Author"."id" AS "Author_id", "Author"."name" AS "Author_name", "Author"."email" AS "Author_email", "Author"."kind" AS "Author_kind", "Author"."createdAt" AS "Author_createdAt", "Author"."updatedAt" AS "Author_updatedAt", "Author"."deletedAt" AS "Author_deletedAt", "Author"."version" AS "Author_version" FROM "author" "Author" WHERE ( (("Author"."id" = $1)) ) AND ( "Author"."deletedAt" IS NULL ) LIMIT 1 FOR UPDATE
--;
SELECT "a"."id" AS "a_id", "a"."name" AS "a_name", "a"."email" AS "a_email", "a"."kind" AS "a_kind", "a"."createdAt" AS "a_createdAt", "a"."updatedAt" AS "a_updatedAt", "a"."deletedAt" AS "a_deletedAt", "a"."version" AS "a_version" FROM "author" "a" WHERE "a"."deletedAt" IS NULL LIMIT 1 FOR UPDATE SKIP LOCKED
--;
SELECT "a"."id" AS "a_id", "a"."name" AS "a_name", "a"."email" AS "a_email", "a"."kind" AS "a_kind", "a"."createdAt" AS "a_createdAt", "a"."updatedAt" AS "a_updatedAt", "a"."deletedAt" AS "a_deletedAt", "a"."version" AS "a_version" FROM "author" "a" WHERE "a"."deletedAt" IS NULL FOR SHARE
--;
SELECT "a"."id" AS "a_id", "a"."name" AS "a_name", "a"."email" AS "a_email", "a"."kind" AS "a_kind", "a"."createdAt" AS "a_createdAt", "a"."updatedAt" AS "a_updatedAt", "a"."deletedAt" AS "a_deletedAt", "a"."version" AS "a_version" FROM "author" "a" WHERE "a"."deletedAt" IS NULL FOR NO KEY UPDATE
--;
SAVEPOINT typeorm_1
--;
RELEASE SAVEPOINT typeorm_1
--;
ROLLBACK
--;
INSERT INTO "category"("label", "parentId") VALUES ($1, DEFAULT) RETURNING "id"
--;
INSERT INTO "category_closure"("id_ancestor", "id_descendant") VALUES ($1, $2)
--;
INSERT INTO "category_closure" ("id_ancestor", "id_descendant") SELECT "id_ancestor", $1 FROM "category_closure" WHERE "id_descendant" = $2
--;
SELECT "treeEntity"."id" AS "treeEntity_id", "treeEntity"."label" AS "treeEntity_label", "treeEntity"."parentId" AS "treeEntity_parentId" FROM "category" "treeEntity" INNER JOIN "category_closure" "treeClosure" ON "treeClosure"."id_descendant" = "treeEntity"."id" WHERE "treeClosure"."id_ancestor" = $1
--;
SELECT "treeEntity"."id" AS "treeEntity_id", "treeEntity"."label" AS "treeEntity_label", "treeEntity"."parentId" AS "treeEntity_parentId" FROM "category" "treeEntity" WHERE "treeEntity"."parentId" IS NULL
--;
SELECT COUNT(DISTINCT("treeEntity"."id")) AS "cnt" FROM "category" "treeEntity" INNER JOIN "category_closure" "treeClosure" ON "treeClosure"."id_descendant" = "treeEntity"."id" WHERE "treeClosure"."id_ancestor" = $1
--;
UPDATE "author" SET "deletedAt" = CURRENT_TIMESTAMP, "version" = "version" + 1, "updatedAt" = CURRENT_TIMESTAMP WHERE "id" = $1 AND "deletedAt" IS NULL
--;
UPDATE "author" SET "deletedAt" = NULL, "version" = "version" + 1, "updatedAt" = CURRENT_TIMESTAMP WHERE "id" = $1 AND "deletedAt" IS NOT NULL
--;
SELECT "Author"."id" AS "Author_id", "Author"."name" AS "Author_name", "Author"."email" AS "Author_email", "Author"."kind" AS "Author_kind", "Author"."createdAt" AS "Author_createdAt", "Author"."updatedAt" AS "Author_updatedAt", "Author"."deletedAt" AS "Author_deletedAt", "Author"."version" AS "Author_version" FROM "author" "Author"
--;
DELETE FROM "author" WHERE "id" = $1
--;
SELECT DISTINCT "distinctAlias"."Book_id" AS "ids_Book_id" FROM (SELECT "Book"."id" AS "Book_id", "Book"."title" AS "Book_title", "Book"."price" AS "Book_price", "Book"."pages" AS "Book_pages", "Book"."meta" AS "Book_meta", "Book"."keywords" AS "Book_keywords", "Book"."authorId" AS "Book_authorId", "Book__Book_genres"."id" AS "Book__Book_genres_id", "Book__Book_genres"."label" AS "Book__Book_genres_label" FROM "book" "Book" LEFT JOIN "book_genres_genre" "Book_Book__Book_genres" ON "Book_Book__Book_genres"."bookId"="Book"."id" LEFT JOIN "genre" "Book__Book_genres" ON "Book__Book_genres"."id"="Book_Book__Book_genres"."genreId" WHERE (("Book"."title" = $1))) "distinctAlias" ORDER BY "Book_id" ASC LIMIT 1
--;
SELECT "Book"."id" AS "Book_id", "Book"."title" AS "Book_title", "Book"."price" AS "Book_price", "Book"."pages" AS "Book_pages", "Book"."meta" AS "Book_meta", "Book"."keywords" AS "Book_keywords", "Book"."authorId" AS "Book_authorId", "Book__Book_genres"."id" AS "Book__Book_genres_id", "Book__Book_genres"."label" AS "Book__Book_genres_label" FROM "book" "Book" LEFT JOIN "book_genres_genre" "Book_Book__Book_genres" ON "Book_Book__Book_genres"."bookId"="Book"."id" LEFT JOIN "genre" "Book__Book_genres" ON "Book__Book_genres"."id"="Book_Book__Book_genres"."genreId" WHERE ( (("Book"."title" = $1)) ) AND ( "Book"."id" IN ($2) )
--;
SELECT "Book"."id" AS "Book_id", "Book"."title" AS "Book_title", "Book"."price" AS "Book_price", "Book"."pages" AS "Book_pages", "Book"."meta" AS "Book_meta", "Book"."keywords" AS "Book_keywords", "Book"."authorId" AS "Book_authorId" FROM "book" "Book" WHERE "Book"."id" = $1
--;
SELECT "Book_genres_rid"."genreId" AS "genreId", "Book_genres_rid"."bookId" AS "bookId" FROM "genre" "genre" INNER JOIN "book_genres_genre" "Book_genres_rid" ON ("Book_genres_rid"."bookId" = $1 AND "Book_genres_rid"."genreId" = "genre"."id") ORDER BY "Book_genres_rid"."genreId" ASC, "Book_genres_rid"."bookId" ASC
--;
DELETE FROM "book_genres_genre" WHERE ("bookId" = $1 AND "genreId" = $2)
--;
DELETE FROM "book" WHERE "price" > $1
--;
SELECT COUNT(*) FROM book WHERE "authorId" = $1
--;
SELECT DISTINCT ON ("b"."authorId") "b"."id" AS "b_id", "b"."title" AS "b_title", "b"."price" AS "b_price", "b"."pages" AS "b_pages", "b"."meta" AS "b_meta", "b"."keywords" AS "b_keywords", "b"."authorId" AS "b_authorId" FROM "book" "b" ORDER BY "b"."authorId" ASC
--;
SELECT "b"."id" AS "b_id", "b"."title" AS "b_title", "b"."price" AS "b_price", "b"."pages" AS "b_pages", "b"."meta" AS "b_meta", "b"."keywords" AS "b_keywords", "b"."authorId" AS "b_authorId" FROM "book" "b" ORDER BY "b"."price" DESC NULLS LAST LIMIT 3
