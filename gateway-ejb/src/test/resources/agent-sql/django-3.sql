-- Django 3.2.25 with psycopg2 2.9.5 (Debian 12): migrate forth and back, inspectdb, flush, the ORM,
-- django.contrib.postgres, auth
-- Captured from PostgreSQL 15.18 with log_statement = all; near duplicates left out.
--;
SET TIME ZONE 'UTC'
--;
SELECT t.oid, typarray FROM pg_type t JOIN pg_namespace ns ON typnamespace = ns.oid WHERE typname = 'hstore'
--;
SELECT typarray FROM pg_type WHERE typname = 'citext'
--;
SELECT c.relname,
            CASE WHEN c.relispartition THEN 'p' WHEN c.relkind IN ('m', 'v') THEN 'v' ELSE 't' END
            FROM pg_catalog.pg_class c
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v')
                AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
                AND pg_catalog.pg_table_is_visible(c.oid)
--;
BEGIN
--;
CREATE TABLE "django_migrations" ("id" bigserial NOT NULL PRIMARY KEY, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" timestamp with time zone NOT NULL)
--;
COMMIT
--;
CREATE TABLE "django_content_type" ("id" serial NOT NULL PRIMARY KEY, "name" varchar(100) NOT NULL, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL)
--;
ALTER TABLE "django_content_type" ADD CONSTRAINT "django_content_type_app_label_model_76bd3d3b_uniq" UNIQUE ("app_label", "model")
--;
INSERT INTO "django_migrations" ("app", "name", "applied") VALUES ('contenttypes', '0001_initial', '2026-11-26T04:07:04.989384+00:00'::timestamptz) RETURNING "django_migrations"."id"
--;
ALTER TABLE "django_content_type" ALTER COLUMN "name" DROP NOT NULL
--;
ALTER TABLE "django_content_type" DROP COLUMN "name" CASCADE
--;
CREATE TABLE "auth_permission" ("id" serial NOT NULL PRIMARY KEY, "name" varchar(50) NOT NULL, "content_type_id" integer NOT NULL, "codename" varchar(100) NOT NULL)
--;
CREATE TABLE "auth_group" ("id" serial NOT NULL PRIMARY KEY, "name" varchar(80) NOT NULL UNIQUE)
--;
CREATE TABLE "auth_group_permissions" ("id" bigserial NOT NULL PRIMARY KEY, "group_id" integer NOT NULL, "permission_id" integer NOT NULL)
--;
CREATE TABLE "auth_user" ("id" serial NOT NULL PRIMARY KEY, "password" varchar(128) NOT NULL, "last_login" timestamp with time zone NOT NULL, "is_superuser" boolean NOT NULL, "username" varchar(30) NOT NULL UNIQUE, "first_name" varchar(30) NOT NULL, "last_name" varchar(30) NOT NULL, "email" varchar(75) NOT NULL, "is_staff" boolean NOT NULL, "is_active" boolean NOT NULL, "date_joined" timestamp with time zone NOT NULL)
--;
CREATE TABLE "auth_user_groups" ("id" bigserial NOT NULL PRIMARY KEY, "user_id" integer NOT NULL, "group_id" integer NOT NULL)
--;
CREATE TABLE "auth_user_user_permissions" ("id" bigserial NOT NULL PRIMARY KEY, "user_id" integer NOT NULL, "permission_id" integer NOT NULL)
--;
ALTER TABLE "auth_permission" ADD CONSTRAINT "auth_permission_content_type_id_codename_01ab375a_uniq" UNIQUE ("content_type_id", "codename")
--;
ALTER TABLE "auth_permission" ADD CONSTRAINT "auth_permission_content_type_id_2f476e4b_fk_django_co" FOREIGN KEY ("content_type_id") REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED
--;
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id")
--;
CREATE INDEX "auth_group_name_a6ea08ec_like" ON "auth_group" ("name" varchar_pattern_ops)
--;
ALTER TABLE "auth_group_permissions" ADD CONSTRAINT "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" UNIQUE ("group_id", "permission_id")
--;
ALTER TABLE "auth_group_permissions" ADD CONSTRAINT "auth_group_permissions_group_id_b120cbf9_fk_auth_group_id" FOREIGN KEY ("group_id") REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE "auth_group_permissions" ADD CONSTRAINT "auth_group_permissio_permission_id_84c5c92e_fk_auth_perm" FOREIGN KEY ("permission_id") REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED
--;
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id")
--;
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id")
--;
CREATE INDEX "auth_user_username_6821ab7c_like" ON "auth_user" ("username" varchar_pattern_ops)
--;
ALTER TABLE "auth_user_groups" ADD CONSTRAINT "auth_user_groups_user_id_group_id_94350c0c_uniq" UNIQUE ("user_id", "group_id")
--;
ALTER TABLE "auth_user_groups" ADD CONSTRAINT "auth_user_groups_user_id_6a12ed8b_fk_auth_user_id" FOREIGN KEY ("user_id") REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE "auth_user_groups" ADD CONSTRAINT "auth_user_groups_group_id_97559544_fk_auth_group_id" FOREIGN KEY ("group_id") REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED
--;
CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id")
--;
CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id")
--;
ALTER TABLE "auth_user_user_permissions" ADD CONSTRAINT "auth_user_user_permissions_user_id_permission_id_14a6b632_uniq" UNIQUE ("user_id", "permission_id")
--;
ALTER TABLE "auth_user_user_permissions" ADD CONSTRAINT "auth_user_user_permissions_user_id_a95ead1b_fk_auth_user_id" FOREIGN KEY ("user_id") REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE "auth_user_user_permissions" ADD CONSTRAINT "auth_user_user_permi_permission_id_1fbb5f2c_fk_auth_perm" FOREIGN KEY ("permission_id") REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED
--;
CREATE INDEX "auth_user_user_permissions_user_id_a95ead1b" ON "auth_user_user_permissions" ("user_id")
--;
CREATE INDEX "auth_user_user_permissions_permission_id_1fbb5f2c" ON "auth_user_user_permissions" ("permission_id")
--;
ALTER TABLE "auth_permission" ALTER COLUMN "name" TYPE varchar(255)
--;
ALTER TABLE "auth_user" ALTER COLUMN "email" TYPE varchar(254)
--;
ALTER TABLE "auth_user" ALTER COLUMN "last_login" DROP NOT NULL
--;
ALTER TABLE "auth_user" ALTER COLUMN "username" TYPE varchar(150)
--;
ALTER TABLE "auth_user" ALTER COLUMN "last_name" TYPE varchar(150)
--;
ALTER TABLE "auth_group" ALTER COLUMN "name" TYPE varchar(150)
--;
ALTER TABLE "auth_user" ALTER COLUMN "first_name" TYPE varchar(150)
--;
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" timestamp with time zone NOT NULL)
--;
CREATE INDEX "django_session_session_key_c0390e0f_like" ON "django_session" ("session_key" varchar_pattern_ops)
--;
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date")
--;
CREATE TABLE "shop_category" ("id" bigserial NOT NULL PRIMARY KEY, "name" varchar(50) NOT NULL UNIQUE, "parent_id" bigint NULL)
--;
CREATE TABLE "shop_customer" ("id" bigserial NOT NULL PRIMARY KEY, "email" varchar(254) NOT NULL UNIQUE, "name" varchar(80) NOT NULL, "active" boolean NOT NULL, "birthday" date NULL)
--;
CREATE TABLE "shop_product" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(100) NOT NULL, "slug" varchar(50) NOT NULL, "price" numeric(10, 2) NOT NULL, "stock" integer NOT NULL CHECK ("stock" >= 0), "attrs" jsonb NOT NULL, "labels" varchar(20)[] NOT NULL, "created" timestamp with time zone NOT NULL, "description" text NOT NULL)
--;
CREATE TABLE "shop_product_categories" ("id" bigserial NOT NULL PRIMARY KEY, "product_id" uuid NOT NULL, "category_id" bigint NOT NULL)
--;
CREATE TABLE "shop_order" ("id" bigserial NOT NULL PRIMARY KEY, "placed" timestamp with time zone NOT NULL, "status" varchar(10) NOT NULL, "total" numeric(10, 2) NOT NULL, "customer_id" bigint NOT NULL)
--;
CREATE TABLE "shop_item" ("id" bigserial NOT NULL PRIMARY KEY, "quantity" integer NOT NULL, "order_id" bigint NOT NULL, "product_id" uuid NOT NULL)
--;
CREATE INDEX "attrs_gin" ON "shop_product" USING gin ("attrs")
--;
ALTER TABLE "shop_product" ADD CONSTRAINT "price_positive" CHECK ("price" >= 0)
--;
CREATE UNIQUE INDEX "slug_in_stock" ON "shop_product" ("slug") WHERE "stock" > 0
--;
ALTER TABLE "shop_category" ADD CONSTRAINT "shop_category_parent_id_901626c9_fk_shop_category_id" FOREIGN KEY ("parent_id") REFERENCES "shop_category" ("id") DEFERRABLE INITIALLY DEFERRED
--;
CREATE INDEX "shop_category_name_11b68823_like" ON "shop_category" ("name" varchar_pattern_ops)
--;
CREATE INDEX "shop_category_parent_id_901626c9" ON "shop_category" ("parent_id")
--;
CREATE INDEX "shop_customer_email_d3fdf104_like" ON "shop_customer" ("email" varchar_pattern_ops)
--;
CREATE INDEX "shop_product_name_b8d5e94c" ON "shop_product" ("name")
--;
CREATE INDEX "shop_product_name_b8d5e94c_like" ON "shop_product" ("name" varchar_pattern_ops)
--;
CREATE INDEX "shop_product_slug_30bd2d5d" ON "shop_product" ("slug")
--;
CREATE INDEX "shop_product_slug_30bd2d5d_like" ON "shop_product" ("slug" varchar_pattern_ops)
--;
ALTER TABLE "shop_product_categories" ADD CONSTRAINT "shop_product_categories_product_id_category_id_edca6f84_uniq" UNIQUE ("product_id", "category_id")
--;
ALTER TABLE "shop_product_categories" ADD CONSTRAINT "shop_product_categories_product_id_59c38762_fk_shop_product_id" FOREIGN KEY ("product_id") REFERENCES "shop_product" ("id") DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE "shop_product_categories" ADD CONSTRAINT "shop_product_categor_category_id_7b004fe8_fk_shop_cate" FOREIGN KEY ("category_id") REFERENCES "shop_category" ("id") DEFERRABLE INITIALLY DEFERRED
--;
CREATE INDEX "shop_product_categories_product_id_59c38762" ON "shop_product_categories" ("product_id")
--;
CREATE INDEX "shop_product_categories_category_id_7b004fe8" ON "shop_product_categories" ("category_id")
--;
ALTER TABLE "shop_order" ADD CONSTRAINT "shop_order_customer_id_f638df20_fk_shop_customer_id" FOREIGN KEY ("customer_id") REFERENCES "shop_customer" ("id") DEFERRABLE INITIALLY DEFERRED
--;
CREATE INDEX "shop_order_customer_id_f638df20" ON "shop_order" ("customer_id")
--;
ALTER TABLE "shop_item" ADD CONSTRAINT "shop_item_order_id_8a5a3b33_fk_shop_order_id" FOREIGN KEY ("order_id") REFERENCES "shop_order" ("id") DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE "shop_item" ADD CONSTRAINT "shop_item_product_id_66fbb5de_fk_shop_product_id" FOREIGN KEY ("product_id") REFERENCES "shop_product" ("id") DEFERRABLE INITIALLY DEFERRED
--;
CREATE INDEX "shop_item_order_id_8a5a3b33" ON "shop_item" ("order_id")
--;
CREATE INDEX "shop_item_product_id_66fbb5de" ON "shop_item" ("product_id")
--;
ALTER TABLE "shop_customer" ADD COLUMN "phone" varchar(20) DEFAULT '' NOT NULL
--;
ALTER TABLE "shop_customer" ALTER COLUMN "phone" DROP DEFAULT
--;
ALTER TABLE "shop_customer" ALTER COLUMN "name" TYPE varchar(120), ALTER COLUMN "name" DROP NOT NULL
--;
ALTER TABLE "shop_order" RENAME COLUMN "total" TO "amount"
--;
UPDATE "shop_customer" SET "name" = 'unknown' WHERE "shop_customer"."name" = ''
--;
CREATE INDEX "order_status" ON "shop_order" ("status", "placed" DESC)
--;
ALTER TABLE "shop_order" RENAME COLUMN "amount" TO "total"
--;
ALTER TABLE "shop_item" ALTER COLUMN "quantity" TYPE bigint USING "quantity"::bigint
--;
CREATE TABLE "shop_scratch" ("id" serial NOT NULL PRIMARY KEY, "v" double precision NULL)
--;
ALTER TABLE "shop_scratch" RENAME TO "shop_scratch2"
--;
SELECT "django_content_type"."id", "django_content_type"."app_label", "django_content_type"."model" FROM "django_content_type" WHERE ("django_content_type"."app_label" = 'shop' AND "django_content_type"."model" = 'scratch') LIMIT 21
--;
DROP TABLE "shop_scratch2" CASCADE
--;
create view shop_open as select id from shop_order where status = 'open'
--;
ALTER TABLE "shop_item" ADD CONSTRAINT "shop_item_order_id_product_id_9f463e75_uniq" UNIQUE ("order_id", "product_id")
--;
ALTER TABLE "shop_customer" DROP COLUMN "phone" CASCADE
--;
ALTER TABLE "shop_item" ADD CONSTRAINT "quantity_positive" CHECK ("quantity" > 0)
--;
ALTER TABLE "shop_category" RENAME TO "shop_cat"
--;
ALTER TABLE "shop_cat" RENAME TO "shop_category"
--;
SELECT "django_migrations"."id", "django_migrations"."app", "django_migrations"."name", "django_migrations"."applied" FROM "django_migrations"
--;
SELECT "django_content_type"."id", "django_content_type"."app_label", "django_content_type"."model" FROM "django_content_type" WHERE "django_content_type"."app_label" = 'contenttypes'
--;
INSERT INTO "django_content_type" ("app_label", "model") VALUES ('contenttypes', 'contenttype') RETURNING "django_content_type"."id"
--;
SELECT "auth_permission"."content_type_id", "auth_permission"."codename" FROM "auth_permission" INNER JOIN "django_content_type" ON ("auth_permission"."content_type_id" = "django_content_type"."id") WHERE "auth_permission"."content_type_id" IN (1) ORDER BY "django_content_type"."app_label" ASC, "django_content_type"."model" ASC, "auth_permission"."codename" ASC
--;
INSERT INTO "auth_permission" ("name", "content_type_id", "codename") VALUES ('Can add content type', 1, 'add_contenttype'), ('Can change content type', 1, 'change_contenttype'), ('Can delete content type', 1, 'delete_contenttype'), ('Can view content type', 1, 'view_contenttype') RETURNING "auth_permission"."id"
--;
INSERT INTO "django_content_type" ("app_label", "model") VALUES ('auth', 'permission'), ('auth', 'group'), ('auth', 'user') RETURNING "django_content_type"."id"
--;
SELECT "auth_permission"."content_type_id", "auth_permission"."codename" FROM "auth_permission" INNER JOIN "django_content_type" ON ("auth_permission"."content_type_id" = "django_content_type"."id") WHERE "auth_permission"."content_type_id" IN (2, 3, 4) ORDER BY "django_content_type"."app_label" ASC, "django_content_type"."model" ASC, "auth_permission"."codename" ASC
--;
ALTER TABLE "shop_item" DROP CONSTRAINT "quantity_positive"
--;
SELECT
                c.conname,
                array(
                    SELECT attname
                    FROM unnest(c.conkey) WITH ORDINALITY cols(colid, arridx)
                    JOIN pg_attribute AS ca ON cols.colid = ca.attnum
                    WHERE ca.attrelid = c.conrelid
                    ORDER BY cols.arridx
                ),
                c.contype,
                (SELECT fkc.relname || '.' || fka.attname
                FROM pg_attribute AS fka
                JOIN pg_class AS fkc ON fka.attrelid = fkc.oid
                WHERE fka.attrelid = c.confrelid AND fka.attnum = c.confkey[1]),
                cl.reloptions
            FROM pg_constraint AS c
            JOIN pg_class AS cl ON c.conrelid = cl.oid
            WHERE cl.relname = 'shop_item' AND pg_catalog.pg_table_is_visible(cl.oid)
--;
SELECT
                indexname, array_agg(attname ORDER BY arridx), indisunique, indisprimary,
                array_agg(ordering ORDER BY arridx), amname, exprdef, s2.attoptions
            FROM (
                SELECT
                    c2.relname as indexname, idx.*, attr.attname, am.amname,
                    CASE
                        WHEN idx.indexprs IS NOT NULL THEN
                            pg_get_indexdef(idx.indexrelid)
                    END AS exprdef,
                    CASE am.amname
                        WHEN 'btree' THEN
                            CASE (option & 1)
                                WHEN 1 THEN 'DESC' ELSE 'ASC'
                            END
                    END as ordering,
                    c2.reloptions as attoptions
                FROM (
                    SELECT *
                    FROM pg_index i, unnest(i.indkey, i.indoption) WITH ORDINALITY koi(key, option, arridx)
                ) idx
                LEFT JOIN pg_class c ON idx.indrelid = c.oid
                LEFT JOIN pg_class c2 ON idx.indexrelid = c2.oid
                LEFT JOIN pg_am am ON c2.relam = am.oid
                LEFT JOIN pg_attribute attr ON attr.attrelid = c.oid AND attr.attnum = idx.key
                WHERE c.relname = 'shop_item' AND pg_catalog.pg_table_is_visible(c.oid)
            ) s2
            GROUP BY indexname, indisunique, indisprimary, amname, exprdef, attoptions;
--;
ALTER TABLE "shop_item" DROP CONSTRAINT "shop_item_order_id_product_id_9f463e75_uniq"
--;
drop view shop_open
--;
CREATE TABLE "shop_scratch2" ("id" serial NOT NULL PRIMARY KEY, "v" double precision NULL)
--;
ALTER TABLE "shop_scratch2" RENAME TO "shop_scratch"
--;
DROP TABLE "shop_scratch" CASCADE
--;
ALTER TABLE "shop_item" ALTER COLUMN "quantity" TYPE integer USING "quantity"::integer
--;
DROP INDEX IF EXISTS "order_status"
--;
ALTER TABLE "shop_customer" ALTER COLUMN "name" TYPE varchar(80), ALTER COLUMN "name" SET NOT NULL
--;
DELETE FROM "django_migrations" WHERE ("django_migrations"."app" = 'shop' AND "django_migrations"."name" = '0002_more')
--;
SELECT a1.attname, c2.relname, a2.attname
            FROM pg_constraint con
            LEFT JOIN pg_class c1 ON con.conrelid = c1.oid
            LEFT JOIN pg_class c2 ON con.confrelid = c2.oid
            LEFT JOIN pg_attribute a1 ON c1.oid = a1.attrelid AND a1.attnum = con.conkey[1]
            LEFT JOIN pg_attribute a2 ON c2.oid = a2.attrelid AND a2.attnum = con.confkey[1]
            WHERE
                c1.relname = 'auth_group' AND
                con.contype = 'f' AND
                c1.relnamespace = c2.relnamespace AND
                pg_catalog.pg_table_is_visible(c1.oid)
--;
SELECT
                a.attname AS column_name,
                NOT (a.attnotnull OR (t.typtype = 'd' AND t.typnotnull)) AS is_nullable,
                pg_get_expr(ad.adbin, ad.adrelid) AS column_default,
                CASE WHEN collname = 'default' THEN NULL ELSE collname END AS collation
            FROM pg_attribute a
            LEFT JOIN pg_attrdef ad ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum
            LEFT JOIN pg_collation co ON a.attcollation = co.oid
            JOIN pg_type t ON a.atttypid = t.oid
            JOIN pg_class c ON a.attrelid = c.oid
            JOIN pg_namespace n ON c.relnamespace = n.oid
            WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v')
                AND c.relname = 'auth_group'
                AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
                AND pg_catalog.pg_table_is_visible(c.oid)
--;
SELECT * FROM "auth_group" LIMIT 1
--;
SELECT * FROM "auth_group_permissions" LIMIT 1
--;
SELECT * FROM "auth_permission" LIMIT 1
--;
SELECT * FROM "auth_user" LIMIT 1
--;
SELECT * FROM "auth_user_groups" LIMIT 1
--;
SELECT * FROM "auth_user_user_permissions" LIMIT 1
--;
SELECT * FROM "django_content_type" LIMIT 1
--;
SELECT * FROM "django_migrations" LIMIT 1
--;
SELECT * FROM "django_session" LIMIT 1
--;
SELECT * FROM "shop_category" LIMIT 1
--;
SELECT * FROM "shop_customer" LIMIT 1
--;
SELECT * FROM "shop_item" LIMIT 1
--;
SELECT * FROM "shop_order" LIMIT 1
--;
SELECT * FROM "shop_product" LIMIT 1
--;
SELECT * FROM "shop_product_categories" LIMIT 1
--;
TRUNCATE "auth_user_user_permissions", "django_content_type", "shop_item", "auth_permission", "auth_user_groups", "shop_order", "shop_category", "shop_customer", "shop_product_categories", "auth_user", "django_session", "auth_group", "shop_product", "auth_group_permissions" RESTART IDENTITY;
--;
INSERT INTO "shop_customer" ("email", "name", "active", "birthday") VALUES ('a@example.com', 'Ann', true, NULL) RETURNING "shop_customer"."id"
--;
INSERT INTO "shop_customer" ("email", "name", "active", "birthday") VALUES ('b0@example.com', 'B0', true, NULL), ('b1@example.com', 'B1', true, NULL), ('b2@example.com', 'B2', true, NULL), ('b3@example.com', 'B3', true, NULL), ('b4@example.com', 'B4', true, NULL) RETURNING "shop_customer"."id"
--;
INSERT INTO "shop_customer" ("email", "name", "active", "birthday") VALUES ('a@example.com', 'x', true, NULL) ON CONFLICT DO NOTHING
--;
SELECT "shop_category"."id", "shop_category"."name", "shop_category"."parent_id" FROM "shop_category" WHERE "shop_category"."name" = 'books' LIMIT 21
--;
INSERT INTO "shop_category" ("name", "parent_id") VALUES ('books', NULL) RETURNING "shop_category"."id"
--;
SELECT "shop_category"."id", "shop_category"."name", "shop_category"."parent_id" FROM "shop_category" WHERE "shop_category"."name" = 'books' LIMIT 21 FOR UPDATE
--;
UPDATE "shop_category" SET "name" = 'books', "parent_id" = NULL WHERE "shop_category"."id" = 1
--;
INSERT INTO "shop_product" ("id", "name", "slug", "price", "stock", "attrs", "labels", "created", "description") VALUES ('00000000-0000-4000-8000-000000000001'::uuid, 'One', 'one', 5, 3, '{"color": "red", "size": {"w": 3}}', ARRAY['new','hot']::varchar(20)[], '2026-11-26T04:07:05.741634+00:00'::timestamptz, '')
--;
INSERT INTO "shop_product" ("id", "name", "slug", "price", "stock", "attrs", "labels", "created", "description") VALUES ('00000000-0000-4000-8000-000000000002'::uuid, 'Two', 'two', 9, 0, '{}', '{}'::varchar(20)[], '2026-11-26T04:07:05.742652+00:00'::timestamptz, '')
--;
INSERT INTO "shop_product_categories" ("product_id", "category_id") VALUES ('00000000-0000-4000-8000-000000000001'::uuid, 1) ON CONFLICT DO NOTHING
--;
SELECT "shop_category"."id" FROM "shop_category" INNER JOIN "shop_product_categories" ON ("shop_category"."id" = "shop_product_categories"."category_id") WHERE "shop_product_categories"."product_id" = '00000000-0000-4000-8000-000000000001'::uuid
--;
INSERT INTO "shop_order" ("customer_id", "placed", "status", "total") VALUES (1, '2026-11-26T04:07:05.752404+00:00'::timestamptz, 'open', 14) RETURNING "shop_order"."id"
--;
INSERT INTO "shop_item" ("order_id", "product_id", "quantity") VALUES (1, '00000000-0000-4000-8000-000000000001'::uuid, 2), (1, '00000000-0000-4000-8000-000000000002'::uuid, 1) RETURNING "shop_item"."id"
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" WHERE "shop_customer"."email" = 'a@example.com' LIMIT 21
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" WHERE ("shop_customer"."active" AND UPPER("shop_customer"."name"::text) LIKE UPPER('%a%') AND NOT ("shop_customer"."email"::text LIKE '%.org')) ORDER BY "shop_customer"."id" DESC LIMIT 10
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" LIMIT 5 OFFSET 5
--;
SELECT DISTINCT "shop_product"."id", "shop_product"."name", "shop_product"."slug", "shop_product"."price", "shop_product"."stock", "shop_product"."attrs", "shop_product"."labels", "shop_product"."created", "shop_product"."description" FROM "shop_product" INNER JOIN "shop_product_categories" ON ("shop_product"."id" = "shop_product_categories"."product_id") INNER JOIN "shop_category" ON ("shop_product_categories"."category_id" = "shop_category"."id") WHERE (("shop_product"."price" > 1 OR "shop_product"."stock" = 0) AND "shop_category"."name" = 'books') ORDER BY "shop_product"."name" ASC
--;
SELECT "shop_order"."id", "shop_order"."customer_id", "shop_order"."placed", "shop_order"."status", "shop_order"."total", "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_order" INNER JOIN "shop_customer" ON ("shop_order"."customer_id" = "shop_customer"."id") WHERE ("shop_order"."placed" AT TIME ZONE 'America/Chicago')::date >= '2020-01-01'::date
--;
SELECT "shop_order"."id", "shop_order"."customer_id", "shop_order"."placed", "shop_order"."status", "shop_order"."total" FROM "shop_order"
--;
SELECT "shop_item"."id", "shop_item"."order_id", "shop_item"."product_id", "shop_item"."quantity" FROM "shop_item" WHERE "shop_item"."order_id" IN (1)
--;
SELECT "shop_product"."id", "shop_product"."name", "shop_product"."slug", "shop_product"."price", "shop_product"."stock", "shop_product"."attrs", "shop_product"."labels", "shop_product"."created", "shop_product"."description" FROM "shop_product" WHERE "shop_product"."id" IN ('00000000-0000-4000-8000-000000000002'::uuid, '00000000-0000-4000-8000-000000000001'::uuid) ORDER BY "shop_product"."name" ASC
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday", COUNT("shop_order"."id") AS "n", COALESCE(SUM("shop_order"."total"), 0) AS "spent" FROM "shop_customer" LEFT OUTER JOIN "shop_order" ON ("shop_customer"."id" = "shop_order"."customer_id") GROUP BY "shop_customer"."id" HAVING COUNT("shop_order"."id") > 0 ORDER BY "spent" DESC
--;
SELECT DATE_TRUNC('day', "shop_order"."placed" AT TIME ZONE 'America/Chicago') AS "day", COUNT("shop_order"."id") AS "n" FROM "shop_order" GROUP BY DATE_TRUNC('day', "shop_order"."placed" AT TIME ZONE 'America/Chicago') ORDER BY "day" ASC
--;
SELECT DISTINCT "shop_order"."status" FROM "shop_order"
--;
SELECT "shop_order"."id", "shop_order"."customer_id", "shop_order"."placed", "shop_order"."status", "shop_order"."total", ROW_NUMBER() OVER (PARTITION BY "shop_order"."customer_id" ORDER BY "shop_order"."placed" DESC) AS "rn" FROM "shop_order"
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday", (SELECT U0."total" FROM "shop_order" U0 WHERE U0."customer_id" = "shop_customer"."id" ORDER BY U0."placed" DESC LIMIT 1) AS "last" FROM "shop_customer"
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" WHERE EXISTS(SELECT (1) AS "a" FROM "shop_order" U0 WHERE (U0."customer_id" = "shop_customer"."id" AND U0."status" = 'open') LIMIT 1)
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" WHERE NOT EXISTS(SELECT (1) AS "a" FROM "shop_order" U0 WHERE U0."customer_id" = "shop_customer"."id" LIMIT 1)
--;
SELECT "shop_product"."id", "shop_product"."name", "shop_product"."slug", "shop_product"."price", "shop_product"."stock", "shop_product"."attrs", "shop_product"."labels", "shop_product"."created", "shop_product"."description" FROM "shop_product" WHERE ("shop_product"."attrs" -> 'color') = '"red"' ORDER BY "shop_product"."name" ASC
--;
SELECT "shop_product"."id", "shop_product"."name", "shop_product"."slug", "shop_product"."price", "shop_product"."stock", "shop_product"."attrs", "shop_product"."labels", "shop_product"."created", "shop_product"."description" FROM "shop_product" WHERE ("shop_product"."attrs" #> ARRAY['size','w']) > '1' ORDER BY "shop_product"."name" ASC
--;
SELECT "shop_product"."id", "shop_product"."name", "shop_product"."slug", "shop_product"."price", "shop_product"."stock", "shop_product"."attrs", "shop_product"."labels", "shop_product"."created", "shop_product"."description" FROM "shop_product" WHERE "shop_product"."attrs" @> '{"color": "red"}' ORDER BY "shop_product"."name" ASC
--;
SELECT "shop_product"."id", "shop_product"."name", "shop_product"."slug", "shop_product"."price", "shop_product"."stock", "shop_product"."attrs", "shop_product"."labels", "shop_product"."created", "shop_product"."description" FROM "shop_product" WHERE "shop_product"."attrs" ? 'color' ORDER BY "shop_product"."name" ASC
--;
SELECT "shop_product"."id", "shop_product"."name", "shop_product"."slug", "shop_product"."price", "shop_product"."stock", "shop_product"."attrs", "shop_product"."labels", "shop_product"."created", "shop_product"."description" FROM "shop_product" WHERE "shop_product"."labels" @> ARRAY['new']::varchar(20)[] ORDER BY "shop_product"."name" ASC
--;
SELECT "shop_product"."id", "shop_product"."name", "shop_product"."slug", "shop_product"."price", "shop_product"."stock", "shop_product"."attrs", "shop_product"."labels", "shop_product"."created", "shop_product"."description" FROM "shop_product" WHERE "shop_product"."labels" && ARRAY['x', 'hot']::varchar(20)[] ORDER BY "shop_product"."name" ASC
--;
SELECT "shop_product"."id", "shop_product"."name", "shop_product"."slug", "shop_product"."price", "shop_product"."stock", "shop_product"."attrs", "shop_product"."labels", "shop_product"."created", "shop_product"."description" FROM "shop_product" WHERE CASE WHEN "shop_product"."labels" IS NULL THEN NULL ELSE coalesce(array_length("shop_product"."labels", 1), 0) END = 2 ORDER BY "shop_product"."name" ASC
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" WHERE UPPER("shop_customer"."name"::text) = UPPER('ann')
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" WHERE "shop_customer"."name"::text ~ '^A'
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" WHERE "shop_customer"."id" IN (1, 2, 3)
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" LEFT OUTER JOIN "shop_order" ON ("shop_customer"."id" = "shop_order"."customer_id") WHERE "shop_order"."id" IS NULL
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" WHERE "shop_customer"."birthday" BETWEEN '2000-01-01'::date AND '2000-12-31'::date
--;
SELECT CASE WHEN "shop_product"."price" > 8 THEN 'dear' ELSE 'cheap' END AS "d", COUNT("shop_product"."id") AS "n" FROM "shop_product" GROUP BY CASE WHEN "shop_product"."price" > 8 THEN 'dear' ELSE 'cheap' END, "shop_product"."name"
--;
(SELECT "shop_customer"."name" FROM "shop_customer") UNION (SELECT "shop_product"."name" FROM "shop_product" ORDER BY "shop_product"."name" ASC) ORDER BY (1) ASC
--;
SELECT "shop_product"."id", "shop_product"."name", "shop_product"."slug", "shop_product"."price", "shop_product"."stock", "shop_product"."attrs", "shop_product"."labels", "shop_product"."created", "shop_product"."description", to_tsvector(COALESCE("shop_product"."name", '') || ' ' || COALESCE("shop_product"."description", '')) AS "v" FROM "shop_product" WHERE to_tsvector(COALESCE("shop_product"."name", '') || ' ' || COALESCE("shop_product"."description", '')) @@ plainto_tsquery('one') ORDER BY "shop_product"."name" ASC
--;
SELECT "shop_product"."id", "shop_product"."name", "shop_product"."slug", "shop_product"."price", "shop_product"."stock", "shop_product"."attrs", "shop_product"."labels", "shop_product"."created", "shop_product"."description", ts_rank(to_tsvector(COALESCE("shop_product"."name", '')), websearch_to_tsquery('one two')) AS "r" FROM "shop_product" ORDER BY "r" DESC
--;
SELECT DISTINCT ON ("shop_product"."slug") "shop_product"."id", "shop_product"."name", "shop_product"."slug", "shop_product"."price", "shop_product"."stock", "shop_product"."attrs", "shop_product"."labels", "shop_product"."created", "shop_product"."description" FROM "shop_product" ORDER BY "shop_product"."slug" ASC, "shop_product"."price" DESC
--;
SELECT "shop_customer"."id", "shop_customer"."email" FROM "shop_customer" ORDER BY "shop_customer"."birthday" DESC NULLS LAST
--;
SELECT COUNT(*) AS "__count" FROM "shop_order"
--;
SELECT "shop_customer"."name", SUM(("shop_item"."quantity" * "shop_product"."price")) AS "q" FROM "shop_order" INNER JOIN "shop_item" ON ("shop_order"."id" = "shop_item"."order_id") INNER JOIN "shop_customer" ON ("shop_order"."customer_id" = "shop_customer"."id") INNER JOIN "shop_product" ON ("shop_item"."product_id" = "shop_product"."id") WHERE "shop_item"."quantity" >= "shop_item"."quantity" GROUP BY "shop_customer"."name"
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" ORDER BY "shop_customer"."id" ASC LIMIT 1
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" ORDER BY "shop_customer"."id" DESC LIMIT 1
--;
SELECT "shop_order"."id", "shop_order"."customer_id", "shop_order"."placed", "shop_order"."status", "shop_order"."total" FROM "shop_order" ORDER BY "shop_order"."placed" DESC LIMIT 1
--;
SELECT (1) AS "a" FROM "shop_customer" WHERE "shop_customer"."id" =  -1 LIMIT 1
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" WHERE (length(name) > 1)
--;
select * from shop_customer where id = 1
--;
EXPLAIN SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" WHERE "shop_customer"."active"
--;
DECLARE "_django_curs_139719078367296_sync_1" NO SCROLL CURSOR WITH HOLD FOR SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer"
--;
FETCH FORWARD 2000 FROM "_django_curs_139719078367296_sync_1"
--;
CLOSE "_django_curs_139719078367296_sync_1"
--;
SELECT DISTINCT DATE_TRUNC('month', "shop_product"."created" AT TIME ZONE 'America/Chicago') AS "datefield" FROM "shop_product" WHERE "shop_product"."created" IS NOT NULL ORDER BY "datefield" ASC
--;
UPDATE "shop_order" SET "status" = 'paid', "total" = ("shop_order"."total" + 1) WHERE "shop_order"."status" = 'open'
--;
UPDATE "shop_customer" SET "email" = 'a@example.com', "name" = 'Anna', "active" = true, "birthday" = NULL WHERE "shop_customer"."id" = 1
--;
UPDATE "shop_customer" SET "name" = 'Anna' WHERE "shop_customer"."id" = 1
--;
UPDATE "shop_product" SET "name" = 'One', "slug" = 'one', "price" = 5, "stock" = ("shop_product"."stock" - 1), "attrs" = '{"color": "red", "size": {"w": 3}}', "labels" = ARRAY['new','hot']::varchar(20)[], "created" = '2026-11-26T04:07:05.741634+00:00'::timestamptz, "description" = '' WHERE "shop_product"."id" = '00000000-0000-4000-8000-000000000001'::uuid
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" WHERE "shop_customer"."id" = 1 LIMIT 21
--;
UPDATE "shop_product" SET "price" = CAST(CASE WHEN ("shop_product"."id" = '00000000-0000-4000-8000-000000000002'::uuid) THEN 9 ELSE NULL END AS numeric(10, 2)), "stock" = CAST(CASE WHEN ("shop_product"."id" = '00000000-0000-4000-8000-000000000002'::uuid) THEN 0 ELSE NULL END AS integer) WHERE "shop_product"."id" IN ('00000000-0000-4000-8000-000000000002'::uuid)
--;
UPDATE "shop_customer" SET "active" = true WHERE "shop_customer"."id" IN (SELECT U0."customer_id" FROM "shop_order" U0)
--;
SELECT "shop_product"."id", "shop_product"."name", "shop_product"."slug", "shop_product"."price", "shop_product"."stock", "shop_product"."attrs", "shop_product"."labels", "shop_product"."created", "shop_product"."description" FROM "shop_product" WHERE "shop_product"."stock" > 0 ORDER BY "shop_product"."name" ASC LIMIT 1 FOR UPDATE SKIP LOCKED
--;
SELECT "shop_order"."id", "shop_order"."customer_id", "shop_order"."placed", "shop_order"."status", "shop_order"."total", "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_order" INNER JOIN "shop_customer" ON ("shop_order"."customer_id" = "shop_customer"."id") FOR UPDATE OF "shop_order" NOWAIT
--;
SELECT "shop_customer"."id", "shop_customer"."email", "shop_customer"."name", "shop_customer"."active", "shop_customer"."birthday" FROM "shop_customer" FOR NO KEY UPDATE
--;
SAVEPOINT "s139719078367296_x1"
--;
RELEASE SAVEPOINT "s139719078367296_x1"
--;
SAVEPOINT "s139719078367296_x2"
--;
ROLLBACK TO SAVEPOINT "s139719078367296_x2"
--;
RELEASE SAVEPOINT "s139719078367296_x2"
--;
INSERT INTO "auth_user" ("password", "last_login", "is_superuser", "username", "first_name", "last_name", "email", "is_staff", "is_active", "date_joined") VALUES ('hash', NULL, false, 'ann', '', '', '', false, true, '2026-11-26T04:07:05.876008+00:00'::timestamptz) RETURNING "auth_user"."id"
--;
SELECT "auth_user"."id", "auth_user"."password", "auth_user"."last_login", "auth_user"."is_superuser", "auth_user"."username", "auth_user"."first_name", "auth_user"."last_name", "auth_user"."email", "auth_user"."is_staff", "auth_user"."is_active", "auth_user"."date_joined" FROM "auth_user" WHERE "auth_user"."username" = 'ann' LIMIT 21
--;
SELECT "django_content_type"."app_label", "auth_permission"."codename" FROM "auth_permission" INNER JOIN "auth_user_user_permissions" ON ("auth_permission"."id" = "auth_user_user_permissions"."permission_id") INNER JOIN "django_content_type" ON ("auth_permission"."content_type_id" = "django_content_type"."id") WHERE "auth_user_user_permissions"."user_id" = 1
--;
SELECT "django_content_type"."app_label", "auth_permission"."codename" FROM "auth_permission" INNER JOIN "auth_group_permissions" ON ("auth_permission"."id" = "auth_group_permissions"."permission_id") INNER JOIN "auth_group" ON ("auth_group_permissions"."group_id" = "auth_group"."id") INNER JOIN "auth_user_groups" ON ("auth_group"."id" = "auth_user_groups"."group_id") INNER JOIN "django_content_type" ON ("auth_permission"."content_type_id" = "django_content_type"."id") WHERE "auth_user_groups"."user_id" = 1
--;
DELETE FROM "shop_item" WHERE "shop_item"."quantity" > 100
--;
SELECT "shop_order"."id" FROM "shop_order" WHERE "shop_order"."customer_id" IN (1)
--;
DELETE FROM "shop_item" WHERE "shop_item"."order_id" IN (1)
--;
DELETE FROM "shop_order" WHERE "shop_order"."id" IN (1)
--;
DELETE FROM "shop_customer" WHERE "shop_customer"."id" IN (1)
--;
SELECT "shop_order"."id", "shop_order"."customer_id", "shop_order"."placed", "shop_order"."status", "shop_order"."total" FROM "shop_order" INNER JOIN "shop_customer" ON ("shop_order"."customer_id" = "shop_customer"."id") WHERE NOT "shop_customer"."active"
--;
DELETE FROM "shop_product_categories" WHERE "shop_product_categories"."product_id" = '00000000-0000-4000-8000-000000000001'::uuid
--;
DELETE FROM "shop_customer"
--;
select count(*) from shop_product where price > 1
--;
SELECT s.relname as sequence_name, col.attname
            FROM pg_class s
                JOIN pg_namespace sn ON sn.oid = s.relnamespace
                JOIN pg_depend d ON d.refobjid = s.oid AND d.refclassid = 'pg_class'::regclass
                JOIN pg_attrdef ad ON ad.oid = d.objid AND d.classid = 'pg_attrdef'::regclass
                JOIN pg_attribute col ON col.attrelid = ad.adrelid AND col.attnum = ad.adnum
                JOIN pg_class tbl ON tbl.oid = ad.adrelid
            WHERE s.relkind = 'S'
              AND d.deptype in ('a', 'n')
              AND pg_catalog.pg_table_is_visible(tbl.oid)
              AND tbl.relname = 'shop_order'
