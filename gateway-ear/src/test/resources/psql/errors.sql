-- Errors, notices and warnings, with all that psql can show of them.
CREATE SCHEMA quay;
SET search_path = quay;
CREATE TABLE crew (id integer PRIMARY KEY, name text NOT NULL CHECK (name <> ''), boss integer REFERENCES crew);
INSERT INTO crew VALUES (1, 'Ada', NULL);
\set VERBOSITY verbose
\set SHOW_CONTEXT always
SELECT 1/0;
SELEC 1;
SELECT nothing FROM crew;
SELECT id FROM nowhere;
SELECT nme FROM crew;
SELECT * FROM crew WHERE id = 'x';
SELECT 'no end;
';
SELECT no_such_function(1, 'a');
SELECT now() || 1 + '2024'::date;
INSERT INTO crew VALUES (1, 'Bob', NULL);
INSERT INTO crew VALUES (2, NULL, NULL);
INSERT INTO crew VALUES (2, '', NULL);
INSERT INTO crew VALUES (2, 'Bob', 99);
INSERT INTO crew VALUES (99999999999, 'Bob', NULL);
SELECT * FROM pg_authid;
SELECT pg_read_file('/etc/passwd');
CREATE DATABASE stowaway TEMPLATE nowhere;
ALTER TABLE crew ADD COLUMN id text;
DROP TABLE nowhere;
DROP TABLE IF EXISTS nowhere;
CREATE TABLE IF NOT EXISTS crew (n integer);
COMMIT;
ROLLBACK;
ROLLBACK TO SAVEPOINT nowhere;
LOCK TABLE crew;
VACUUM (VERBOSE, nonsense) crew;
BEGIN; VACUUM; ROLLBACK;
SET nonsense.x = 1;
SET no_such_setting = 1;
SET statement_timeout = 'soon';
DO $$ BEGIN RAISE DEBUG 'unheard'; RAISE LOG 'unheard'; RAISE INFO 'heard %', 1; RAISE NOTICE 'heard %', 2; RAISE WARNING 'heard %', 3; END $$;
DO $$ BEGIN
    RAISE EXCEPTION 'all % fields', 'the' USING DETAIL = 'some detail', HINT = 'a hint', ERRCODE = 'SP001', SCHEMA = 's', TABLE = 't',
        COLUMN = 'c', CONSTRAINT = 'k', DATATYPE = 'd';
END $$;
CREATE FUNCTION deep(n integer) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    RAISE NOTICE 'at %', n;
    RETURN CASE WHEN n = 0 THEN 1 / n ELSE deep(n - 1) END;
END $$;
SELECT deep(2);
\errverbose
\set VERBOSITY terse
SELECT 1/0;
SELECT deep(1);
\set VERBOSITY sqlstate
SELECT 1/0;
SELECT deep(1);
\set VERBOSITY default
\set SHOW_CONTEXT errors
SELECT deep(1);
SET client_min_messages = debug1;
CREATE TEMP TABLE chatty (id serial PRIMARY KEY);
DO $$ BEGIN RAISE DEBUG 'heard'; END $$;
SET client_min_messages = error;
DO $$ BEGIN RAISE WARNING 'unheard'; END $$;
RESET client_min_messages;
SET statement_timeout = 50;
SELECT pg_sleep(5);
RESET statement_timeout;
SET lock_timeout = 50;
SET default_transaction_read_only = on;
CREATE TEMP TABLE fine (n integer);
CREATE TABLE refused (n integer);
RESET default_transaction_read_only;
DROP SCHEMA quay CASCADE;
\nonsense
\set ON_ERROR_STOP on
SELECT 'the last one' WHERE 1/0 = 0;
SELECT 'never';
