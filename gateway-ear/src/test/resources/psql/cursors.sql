-- Results in pieces: FETCH_COUNT's own cursors, SQL's cursors of every kind.
\set FETCH_COUNT 3
SELECT n, repeat('x', n) FROM generate_series(1, 8) AS n;
SELECT 1 / (5 - n) FROM generate_series(1, 8) AS n;
SELECT n FROM generate_series(1, 9) AS n \gx
SELECT n FROM generate_series(1, 9) AS n \g (format=csv)
VALUES (1), (2), (3), (4);
SELECT FROM generate_series(1, 4);
CREATE TEMP TABLE pieces AS SELECT n FROM generate_series(1, 7) AS n;
BEGIN;
TABLE pieces;
SELECT 1 / (5 - n) FROM pieces;
ROLLBACK;
INSERT INTO pieces VALUES (8), (9) RETURNING n;
SELECT 1 AS a\; SELECT 2 AS b;
\set FETCH_COUNT 0
BEGIN;
DECLARE plain CURSOR FOR SELECT n FROM pieces ORDER BY n;
DECLARE scrolling SCROLL CURSOR FOR SELECT n FROM pieces ORDER BY n;
DECLARE binary_one BINARY CURSOR FOR SELECT n, 'text' FROM pieces ORDER BY n;
DECLARE held CURSOR WITH HOLD FOR SELECT n FROM pieces ORDER BY n;
DECLARE locking CURSOR FOR SELECT n FROM pieces FOR UPDATE;
FETCH FORWARD 2 FROM plain;
FETCH BACKWARD FROM scrolling;
FETCH LAST FROM scrolling;
FETCH ABSOLUTE -2 FROM scrolling;
FETCH RELATIVE 1 FROM scrolling;
FETCH PRIOR FROM scrolling;
MOVE FIRST IN scrolling;
MOVE FORWARD ALL IN scrolling;
FETCH FORWARD ALL FROM scrolling;
FETCH 2 FROM binary_one;
FETCH locking;
SELECT name, is_holdable, is_binary, is_scrollable FROM pg_cursors ORDER BY name;
COMMIT;
FETCH ALL FROM held;
CLOSE held;
CLOSE held;
CLOSE ALL;
BEGIN;
CREATE FUNCTION pg_temp.open_one(at refcursor) RETURNS refcursor LANGUAGE plpgsql AS $$
BEGIN
    OPEN at FOR SELECT n FROM pieces ORDER BY n;
    RETURN at;
END $$;
SELECT pg_temp.open_one('mine');
FETCH 2 FROM mine;
MOVE 1 FROM mine;
FETCH ALL FROM mine;
COMMIT;
FETCH FROM mine;
