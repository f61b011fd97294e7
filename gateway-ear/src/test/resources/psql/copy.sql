-- COPY in its formats, by the server's statement and by psql's command, and where it fails.
CREATE TEMP TABLE cargo (id integer PRIMARY KEY, what text, weight numeric);
COPY cargo FROM STDIN;
1	wheat	10.5
2	a tab\tand a \\ and\nlines	\N
3		0
\.
COPY cargo TO STDOUT;
COPY cargo (id, what) TO STDOUT WITH (FORMAT csv, HEADER, FORCE_QUOTE *, NULL 'none');
COPY (SELECT id, weight FROM cargo ORDER BY id DESC) TO STDOUT WITH (DELIMITER '|', NULL '-');
COPY cargo FROM STDIN WITH (FORMAT csv, HEADER match);
id,what,weight
4,"a ""quoted"", one",1e3
5,"two
lines",
\.
COPY cargo (id) FROM STDIN;
6
six
\.
COPY cargo FROM STDIN;
7	duplicate	1
1	duplicate	1
\.
COPY cargo FROM STDIN;
8	too few
\.
COPY cargo FROM STDIN;
9	too	1	many
\.
COPY cargo FROM STDIN WITH (FORMAT csv, HEADER match);
id,wrong,weight
\.
COPY cargo FROM STDIN;
\.
COPY nowhere FROM STDIN;
COPY cargo FROM STDIN WITH (nonsense);
COPY cargo TO '/tmp/refused';
COPY cargo FROM PROGRAM 'true';
SELECT id, what, weight FROM cargo ORDER BY id;
BEGIN;
COPY cargo FROM STDIN;
10	in a transaction	1
\.
SAVEPOINT s;
COPY cargo FROM STDIN;
x	bad	1
\.
SELECT 'ignored';
ROLLBACK TO s;
COPY cargo (id) TO STDOUT;
COMMIT;
COPY cargo (id) FROM STDIN\; SELECT count(*) FROM cargo\; COPY cargo (id) TO STDOUT;
11
\.
\copy (SELECT n, repeat('x', n % 50) FROM generate_series(1, 3000) AS n) TO PROGRAM 'wc -c'
\copy cargo (id, what) FROM PROGRAM 'seq 100 2000 | sed "s/$/\tprogram/"'
\copy cargo (id, what) FROM PROGRAM 'seq 100 200 | sed "s/$/\tprogram/"'
SELECT count(*), sum(id) FROM cargo;
\copy cargo TO PROGRAM 'cat >/dev/null' WITH (FORMAT binary)
\copy cargo FROM '/no/such/file'
\copy nowhere TO STDOUT
\copy cargo (id) FROM STDIN
3000
\.
CREATE TEMP TABLE twin (LIKE cargo);
\set file `mktemp`
\set out '\\copy cargo TO ' :'file' ' WITH (FORMAT binary)'
:out
\set in '\\copy twin FROM ' :'file' ' WITH (FORMAT binary)'
:in
SELECT count(*), sum(id), count(weight) FROM twin;
\setenv FILE :file
\! rm "$FILE"
COPY (SELECT repeat('long', 300000)) TO STDOUT \g |wc -c
CREATE FUNCTION pg_temp.loud() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'row %', NEW.id; RETURN NEW; END $$;
CREATE TRIGGER loud BEFORE INSERT ON twin FOR EACH ROW EXECUTE FUNCTION pg_temp.loud();
COPY twin (id) FROM STDIN;
1
2
\.
COPY twin (id) FROM STDIN WHERE id > 1;
1
2
\.
