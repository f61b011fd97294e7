-- psql's own ways of running a query and of using its result.
CREATE TEMP TABLE catches (port text, fish text, weight numeric, day date);
INSERT INTO catches VALUES ('Brest', 'cod', 12.5, '2024-02-29'), ('Brest', 'eel', 3, NULL), ('Ålesund', 'cod', 40.25, '2024-03-01'),
    ('Ålesund', 'hake', NULL, 'infinity'), ('Ærø', 'e''el "\ é', 0, '4713-01-01 BC');
TABLE catches;
\gx
SELECT port, fish, weight FROM catches ORDER BY 1, 2 \crosstabview port fish weight
SELECT port, fish FROM catches \crosstabview
SELECT port, port, 1 FROM catches \crosstabview
SELECT count(*) AS many, sum(weight) AS heavy FROM catches \gset got_
\echo :got_many :got_heavy :{?got_many} :{?got_nothing}
SELECT * FROM catches \gset
SELECT * FROM catches WHERE false \gset
\set fish 'e''el "\\ é'
SELECT :'fish', :"fish", length(:'fish');
SELECT 'SELECT ' || n || ' AS "' || n || '"' FROM generate_series(1, 3) AS n \gexec
SELECT 'SELECT 1/0', 'SELECT 5', NULL, 'SELECT nothing' \gexec
SELECT port, weight::int4, day FROM catches \gdesc
SELECT $1 + 1, $2::text \gdesc
UPDATE catches SET weight = 1 WHERE fish = 'cod' \gdesc
SELECT 1 AS one\; SELECT 2 AS two\; INSERT INTO catches VALUES ('x') RETURNING *\; SELECT 3 AS three;
\echo :ROW_COUNT :SQLSTATE :ERROR
\set SHOW_ALL_RESULTS off
SELECT 1 AS one\; SELECT 2 AS two;
\set SHOW_ALL_RESULTS on
SELECT 1\; SELECT 1/0\; SELECT 3;
BEGIN\; SELECT 1\; COMMIT;
;
\;
/* nothing at all */ ;
SELECT;
SELECT FROM catches;
SELECT generate_series(1, 3) AS n \g (format=csv tuples_only=on) |cat
SELECT repeat('x', 100000) AS long \g |wc -c
SELECT E'tab\there\nand a new line', E'\\x00'::bytea, '{"a": [1, null]}'::jsonb, ARRAY[[1, NULL], [2, 3]], ROW(1, 'a b', NULL);
SELECT 1.0 / 3, 1e300 * 1e10, 'NaN'::float8, '-infinity'::timestamp, interval '1 year -3 days 04:05:06.789', '10.1.2.3/8'::cidr;
\pset null '(null)'
\pset numericlocale on
\pset expanded on
TABLE catches;
\pset expanded off
\pset tuples_only on
TABLE catches;
\pset tuples_only off
\pset footer off
SELECT n, n * 1000000 AS large FROM generate_series(1, 3) AS n;
\pset footer on
CREATE TEMP SEQUENCE rounds;
SELECT 6 / (3 - nextval('rounds')) AS until_it_fails \watch 0.1
PREPARE by_port (text) AS SELECT fish FROM catches WHERE port = $1 ORDER BY fish;
EXECUTE by_port ('Brest');
EXECUTE by_port (NULL);
EXECUTE by_port;
DEALLOCATE by_port;
EXECUTE by_port ('Brest');
EXPLAIN (COSTS off) SELECT * FROM catches WHERE port = 'Brest' ORDER BY fish;
EXPLAIN (ANALYZE, COSTS off, TIMING off, SUMMARY off, FORMAT json) SELECT 1;
SELECT lower(current_setting('server_encoding')), current_setting('is_superuser'), session_user = current_user;
SHOW search_path;
SET application_name = 'a client';
SHOW application_name;
SET DateStyle = 'SQL, DMY';
SELECT date '2024-02-29', timestamptz '2024-02-29 12:00 UTC';
SET TimeZone = 'Asia/Kathmandu';
SELECT timestamptz '2024-02-29 12:00 UTC';
SET IntervalStyle = iso_8601;
SELECT interval '1 year 2 hours';
RESET ALL;
DISCARD ALL;
SELECT count(*) FROM catches;
SELECT :'SERVER_VERSION_NUM' >= '150000', :'ENCODING', :'DBNAME', :'LAST_ERROR_SQLSTATE', :'LAST_ERROR_MESSAGE';
