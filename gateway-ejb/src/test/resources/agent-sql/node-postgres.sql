-- pg (node-postgres) 8.23.1: statements as an application writes them, by hand, sent and logged by it
-- Captured from PostgreSQL 15.18 with log_statement = all; near duplicates left out.
--;
CREATE TABLE IF NOT EXISTS accounts (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  display_name TEXT,
  settings JSONB NOT NULL DEFAULT '{}',
  balance NUMERIC(12,2) NOT NULL DEFAULT 0,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  deleted_at TIMESTAMPTZ
)
--;
CREATE TABLE IF NOT EXISTS jobs (id BIGSERIAL PRIMARY KEY, queue TEXT NOT NULL, payload JSONB, status TEXT NOT NULL DEFAULT 'pending', attempts INT NOT NULL DEFAULT 0, run_at TIMESTAMPTZ NOT NULL DEFAULT now(), locked_by TEXT)
--;
CREATE TABLE IF NOT EXISTS transfers (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), source_id BIGINT REFERENCES accounts(id), target_id BIGINT REFERENCES accounts(id) ON DELETE CASCADE, amount NUMERIC(12,2) CHECK (amount > 0), note TEXT, tags TEXT[] NOT NULL DEFAULT '{}', created_at TIMESTAMPTZ DEFAULT now())
--;
CREATE INDEX IF NOT EXISTS jobs_pending_idx ON jobs (queue, run_at) WHERE status = 'pending'
--;
CREATE INDEX CONCURRENTLY IF NOT EXISTS accounts_settings_idx ON accounts USING gin (settings jsonb_path_ops)
--;
SELECT NOW()
--;
SELECT 1
--;
INSERT INTO accounts (email, display_name, settings) VALUES ($1, $2, $3) RETURNING *
--;
INSERT INTO accounts (email, display_name) VALUES ($1, $2), ($3, $4), ($5, $6)
--;
INSERT INTO accounts (email, display_name)
SELECT * FROM UNNEST($1::text[], $2::text[])
ON CONFLICT (email) DO UPDATE SET display_name = EXCLUDED.display_name, settings = accounts.settings || '{"seen": true}'
RETURNING id, (xmax = 0) AS inserted
--;
INSERT INTO accounts (email) VALUES ($1) ON CONFLICT DO NOTHING
--;
SELECT id, email, display_name FROM accounts WHERE id = $1
--;
SELECT * FROM accounts WHERE id = ANY($1::bigint[]) ORDER BY array_position($1::bigint[], id)
--;
SELECT * FROM accounts WHERE email ILIKE $1 AND deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3
--;
SELECT * FROM accounts WHERE (created_at, id) < ($1, $2) ORDER BY created_at DESC, id DESC LIMIT $3
--;
SELECT COUNT(*)::int AS total, COUNT(*) FILTER (WHERE deleted_at IS NULL)::int AS active FROM accounts
--;
SELECT settings->>'theme' AS theme, count(*) FROM accounts WHERE settings @> $1::jsonb GROUP BY 1
--;
UPDATE accounts SET settings = jsonb_set(settings, '{notifications,email}', to_jsonb($2::boolean), true) WHERE id = $1 RETURNING settings
--;
UPDATE accounts AS a SET balance = v.balance FROM (VALUES ($1::bigint, $2::numeric), ($3::bigint, $4::numeric)) AS v(id, balance) WHERE a.id = v.id
--;
UPDATE accounts SET display_name = COALESCE($2, display_name), email = COALESCE($3, email) WHERE id = $1
--;
BEGIN ISOLATION LEVEL SERIALIZABLE
--;
SELECT balance FROM accounts WHERE id = ANY($1) ORDER BY id FOR UPDATE
--;
UPDATE accounts SET balance = balance - $1 WHERE id = $2 AND balance >= $1
--;
UPDATE accounts SET balance = balance + $1 WHERE id = $2
--;
INSERT INTO transfers (source_id, target_id, amount, tags) VALUES ($1, $2, $3, $4)
--;
SAVEPOINT audit
--;
ROLLBACK TO SAVEPOINT audit
--;
RELEASE SAVEPOINT audit
--;
COMMIT
--;
SELECT pg_advisory_lock(hashtext($1))
--;
SELECT pg_advisory_unlock(hashtext($1))
--;
LISTEN job_created
--;
SET statement_timeout = '5s'
--;
SET LOCAL lock_timeout = '2s'
--;
SET search_path TO public, pg_catalog
--;
SET application_name = 'worker'
--;
SHOW server_version
--;
RESET statement_timeout
--;
SELECT * FROM jobs WHERE id = $1
--;
UNLISTEN *
--;
DISCARD ALL
--;
INSERT INTO jobs (queue, payload) SELECT $1, jsonb_build_object('n', n) FROM generate_series(1, $2) AS n
--;
WITH next AS (
  SELECT id FROM jobs
  WHERE queue = $1 AND status = 'pending' AND run_at <= now()
  ORDER BY run_at
  FOR UPDATE SKIP LOCKED
  LIMIT $2
)
UPDATE jobs SET status = 'running', attempts = attempts + 1, locked_by = $3
FROM next WHERE jobs.id = next.id
RETURNING jobs.*
--;
UPDATE jobs SET status = CASE WHEN attempts >= $2 THEN 'dead' ELSE 'pending' END, run_at = now() + (interval '1 second' * power(2, attempts)) WHERE id = $1
--;
NOTIFY job_created, 'mail'
--;
SELECT pg_notify($1, $2)
--;
SELECT a.id, a.email, COALESCE(json_agg(json_build_object('id', t.id, 'amount', t.amount) ORDER BY t.created_at) FILTER (WHERE t.id IS NOT NULL), '[]') AS transfers
FROM accounts a LEFT JOIN transfers t ON t.source_id = a.id
WHERE a.deleted_at IS NULL
GROUP BY a.id HAVING count(t.id) > $1
--;
UPDATE accounts SET deleted_at = now() WHERE id = $1
--;
DELETE FROM transfers WHERE created_at < now() - $1::interval RETURNING id
--;
DELETE FROM jobs USING (SELECT id FROM jobs WHERE status = 'dead' LIMIT 1000) d WHERE jobs.id = d.id
--;
SELECT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = $1 AND table_name = $2)
--;
SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position
--;
SELECT relname, n_live_tup FROM pg_stat_user_tables ORDER BY n_live_tup DESC
--;
EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM accounts WHERE email = 'a@example.com'
--;
TRUNCATE TABLE jobs RESTART IDENTITY CASCADE
--;
ALTER TABLE accounts ADD COLUMN IF NOT EXISTS phone TEXT; UPDATE accounts SET phone = '' WHERE phone IS NULL; ALTER TABLE accounts ALTER COLUMN phone SET NOT NULL;
--;
VACUUM (ANALYZE) accounts
--;
INSERT INTO accounts (email, display_name, balance, phone) VALUES ($1, $2, $3, ''), ($4, $5, $6, ''), ($7, $8, $9, ''), ($10, $11, $12, ''), ($13, $14, $15, ''), ($16, $17, $18, ''), ($19, $20, $21, ''), ($22, $23, $24, ''), ($25, $26, $27, ''), ($28, $29, $30, ''), ($31, $32, $33, ''), ($34, $35, $36, ''), ($37, $38, $39, ''), ($40, $41, $42, ''), ($43, $44, $45, ''), ($46, $47, $48, ''), ($49, $50, $51, ''), ($52, $53, $54, ''), ($55, $56, $57, ''), ($58, $59, $60, ''), ($61, $62, $63, ''), ($64, $65, $66, ''), ($67, $68, $69, ''), ($70, $71, $72, ''), ($73, $74, $75, ''), ($76, $77, $78, ''), ($79, $80, $81, ''), ($82, $83, $84, ''), ($85, $86, $87, ''), ($88, $89, $90, ''), ($91, $92, $93, ''), ($94, $95, $96, ''), ($97, $98, $99, ''), ($100, $101, $102, ''), ($103, $104, $105, ''), ($106, $107, $108, ''), ($109, $110, $111, ''), ($112, $113, $114, ''), ($115, $116, $117, ''), ($118, $119, $120, '')
