\set id random(1, 100000 * :scale)
\startpipeline
SELECT abalance FROM pgbench_accounts WHERE aid = :id;
UPDATE pgbench_accounts SET abalance = abalance + 1 WHERE aid = :id;
\endpipeline
BEGIN;
\startpipeline
SELECT 1;
UPDATE pgbench_branches SET bbalance = bbalance + 1 WHERE bid = 1;
INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (1, 1, :id, 1, CURRENT_TIMESTAMP);
\endpipeline
COMMIT;
SELECT abalance AS seen FROM pgbench_accounts WHERE aid = :id \gset
\set next :seen + 1
UPDATE pgbench_accounts SET abalance = :next WHERE aid = :id;
