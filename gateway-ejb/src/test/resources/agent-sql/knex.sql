-- Knex 3.3.0 with pg 8.23.1: migrations forth and back, schema builder, query builder, transactions
-- Captured from PostgreSQL 15.18 with log_statement = all; near duplicates left out.
--;
select version();
--;
select * from information_schema.tables where table_name = $1 and table_schema = current_schema()
--;
create table "knex_migrations" ("id" serial primary key, "name" varchar(255), "batch" integer, "migration_time" timestamptz)
--;
create table "knex_migrations_lock" ("index" serial primary key, "is_locked" integer)
--;
select * from "knex_migrations_lock"
--;
insert into "knex_migrations_lock" ("is_locked") values ($1)
--;
select "name" from "knex_migrations" order by "id" asc
--;
BEGIN;
--;
update "knex_migrations_lock" set "is_locked" = $1 where "is_locked" = $2
--;
select max("batch") as "max_batch" from "knex_migrations"
--;
create table "customers" ("id" serial primary key, "email" varchar(255) not null, "name" varchar(100), "tier" text check ("tier" in ('free', 'pro', 'team')) default 'free', "profile" jsonb default '{}', "created_at" timestamptz not null default CURRENT_TIMESTAMP, "updated_at" timestamptz not null default CURRENT_TIMESTAMP)
--;
comment on table "customers" is 'who buys'
--;
alter table "customers" add constraint "customers_email_unique" unique ("email")
--;
create index "customers_name_index" on "customers" ("name")
--;
create table "products" ("id" uuid default (gen_random_uuid()), "sku" varchar(32) not null, "price" decimal(10, 2) not null, "stock" integer not null default '0', "tags" text[], constraint "products_pkey" primary key ("id"))
--;
alter table "products" add constraint "products_sku_unique" unique ("sku")
--;
create type "order_status" as enum ('open', 'paid', 'sent')
--;
create table "orders" ("id" bigserial primary key, "customer_id" integer, "status" "order_status" not null, "placed_at" timestamptz default CURRENT_TIMESTAMP, "note" text)
--;
alter table "orders" add constraint "orders_customer_id_foreign" foreign key ("customer_id") references "customers" ("id") on delete CASCADE
--;
create index "orders_customer_id_index" on "orders" ("customer_id")
--;
create table "order_items" ("order_id" bigint, "product_id" uuid, "quantity" integer check ("quantity" > 0), "price" decimal(10, 2), constraint "order_items_pkey" primary key ("order_id", "product_id"))
--;
alter table "order_items" add constraint "order_items_order_id_foreign" foreign key ("order_id") references "orders" ("id")
--;
alter table "order_items" add constraint "order_items_product_id_foreign" foreign key ("product_id") references "products" ("id") on update CASCADE
--;
insert into "knex_migrations" ("batch", "migration_time", "name") values ($1, $2, $3)
--;
alter table "customers" add column "phone" varchar(255), add column "active" boolean not null default '1'
--;
create index "customers_name_tier" on "customers" ("name", "tier")
--;
alter table "orders" add column "remark2" varchar(255) null
--;
alter table "orders" rename "note" to "remark"
--;
alter table "orders" drop column "remark2"
--;
alter table "orders" add constraint orders_positive check(id > 0)
--;
alter table "products" alter column "sku" drop default
--;
alter table "products" alter column "sku" drop not null
--;
alter table "products" alter column "sku" type varchar(64) using ("sku"::varchar(64))
--;
alter table "products" alter column "sku" set not null
--;
alter table "products" alter column "stock" drop not null
--;
alter table "products" drop constraint "products_sku_unique"
--;
alter table "products" add constraint "products_sku_key2" unique ("sku")
--;
create view "paid_orders" ("id", "customer_id") as select "id", "customer_id" from "orders" where "status" = 'paid'
--;
create materialized view "revenue" ("product_id", "total") as select "product_id", sum("price") from "order_items" group by "product_id"
--;
refresh materialized view "revenue"
--;
create table "scratch" ("id" serial primary key)
--;
alter table "scratch" rename to "scratch2"
--;
drop table "scratch2"
--;
create schema if not exists "reports"
--;
create extension if not exists pgcrypto
--;
update "knex_migrations_lock" set "is_locked" = $1
--;
COMMIT;
--;
select * from "knex_migrations" where "batch" = (select max("batch") from "knex_migrations") order by "id" desc
--;
drop materialized view "revenue"
--;
drop view "paid_orders"
--;
drop index "customers_name_tier"
--;
alter table "customers" drop column "phone", drop column "active"
--;
drop schema "reports"
--;
delete from "knex_migrations" where "name" = $1
--;
drop table if exists "order_items"
--;
drop table if exists "orders"
--;
drop table if exists "products"
--;
drop table if exists "customers"
--;
drop type if exists order_status
--;
select * from information_schema.columns where table_name = $1 and column_name = $2 and table_schema = current_schema()
--;
select * from information_schema.columns where table_name = $1 and table_catalog = current_database() and table_schema = current_schema()
--;
insert into "customers" ("email", "name") values ($1, $2) returning "id", "email"
--;
insert into "customers" ("email", "name", "profile", "tier") values ($1, $2, $3, DEFAULT), ($4, DEFAULT, DEFAULT, $5) returning *
--;
insert into "customers" ("email", "name") values ($1, $2) on conflict ("email") do update set "email" = excluded."email", "name" = excluded."name"
--;
insert into "customers" ("email") values ($1) on conflict ("email") do nothing
--;
insert into "customers" ("email", "name") values ($1, $2) on conflict ("email") do update set "name" = excluded."name" where "customers"."active" = $3
--;
insert into "products" ("price", "sku", "stock", "tags") values ($1, $2, $3, $4), ($5, $6, $7, DEFAULT) returning "id"
--;
insert into "orders" ("customer_id", "remark", "status") values ($1, $2, $3), ($4, $5, $6), ($7, $8, $9) returning "id"
--;
insert into "order_items" ("order_id", "price", "product_id", "quantity") values ($1, $2, $3, $4), ($5, $6, $7, $8)
--;
select * from "customers" where "email" = $1 limit $2
--;
select "id", "name" from "customers" where "id" in ($1, $2, $3) and not "tier" = $4 or "name" is null order by "name" desc nulls last, "id" asc limit $5 offset $6
--;
select "c"."id", "c"."email", count("o"."id") as "orders", max("o"."placed_at") as "last" from "customers" as "c" left join "orders" as "o" on "o"."customer_id" = "c"."id" group by "c"."id" having count(o.id) > $1 order by count(o.id) desc
--;
select "orders".*, "customers"."name" from "orders" inner join "customers" on "customers"."id" = "orders"."customer_id" and "customers"."active" = $1 where "placed_at" between $2 and $3
--;
select * from "customers" where exists (select 1 from "orders" where orders.customer_id = customers.id)
--;
with "big" as (select "customer_id", count(*) as n from "orders" group by "customer_id") select * from "big" where "n" > $1
--;
select * from "customers" where "name" ilike $1 or "email" like $2
--;
select * from "customers" where jsonb_path_query_first("profile", $1) #>> '{}' > $2
--;
select * from "customers" where "profile" @> $1
--;
select jsonb_path_query("profile", $1) as "aa", "id" from "customers"
--;
select "id", "customer_id", rank() over (partition by "customer_id" order by "placed_at" desc) as "r" from "orders"
--;
select distinct on ("customer_id") "id" from "orders" order by "customer_id" asc, "placed_at" desc
--;
select date_trunc('day', placed_at) as day, count(*) from "orders" group by 1
--;
(select "email" from "customers") union (select "sku" from "products")
--;
select "sku" from "products" where $1 = ANY(tags)
--;
select sum("id") as "s", avg("id") as "a", count(distinct "tier") as "d" from "customers" limit $1
--;
update "customers" set "name" = $1, "updated_at" = CURRENT_TIMESTAMP where "id" = $2 returning "id", "name"
--;
update "products" set "stock" = "stock" + $1 where "sku" = $2
--;
update "products" set "stock" = "stock" - $1 where "sku" = $2
--;
update "orders" set "remark" = $1 from "customers" where "orders"."customer_id" = "customers"."id"
--;
select jsonb_set("profile", $1, $2) as "p2" from "customers"
--;
update "customers" set "profile" = (jsonb_set("profile", $1, $2)) where "id" = $3
--;
BEGIN TRANSACTION ISOLATION LEVEL repeatable read;
--;
select * from "products" where "stock" > $1 order by "sku" asc limit $2 for update skip locked
--;
select * from "customers" where "id" = $1 for share nowait
--;
select "id" from "products" for no key update
--;
select "id" from "products" for key share
--;
SAVEPOINT trx9;
--;
update "order_items" set "quantity" = $1 where "order_id" = $2
--;
RELEASE SAVEPOINT trx9;
--;
SAVEPOINT trx10;
--;
ROLLBACK TO SAVEPOINT trx10
--;
ROLLBACK
--;
BEGIN TRANSACTION READ ONLY;
--;
select count(*) from "customers"
--;
delete from "order_items" where "order_id" = $1
--;
delete from "orders" where "id" in (select "id" from "orders" where "status" = $1) returning "id"
--;
delete from "orders" using "customers" where "customers"."id" = "orders"."customer_id" and "customers"."tier" = $1
--;
truncate "order_items" restart identity
--;
select now() as now
--;
select * from "customers"
