-- Written by hand for this corpus, in the manner in which language models answer analysts.
--;
-- Monthly recurring customers, with growth against the month before
WITH monthly AS (
    SELECT date_trunc('month', o.created_at) AS month,
           COUNT(DISTINCT o.customer_id) AS customers,
           SUM(o.total) AS revenue
    FROM orders o
    WHERE o.status <> 'cancelled'
    GROUP BY 1
)
SELECT month, customers, revenue,
       revenue - LAG(revenue) OVER (ORDER BY month) AS change,
       ROUND(100.0 * (revenue - LAG(revenue) OVER (ORDER BY month)) / NULLIF(LAG(revenue) OVER (ORDER BY month), 0), 2) AS change_pct
FROM monthly
ORDER BY month;
--;
SELECT date_trunc('week', signed_up_at)::date AS cohort,
       floor(extract(epoch FROM (o.created_at - c.signed_up_at)) / 604800)::int AS week_number,
       count(DISTINCT c.id) AS active
FROM customers c
JOIN orders o ON o.customer_id = c.id AND o.created_at >= c.signed_up_at
GROUP BY 1, 2
ORDER BY 1, 2
--;
WITH RECURSIVE org AS (
    SELECT id, manager_id, name, 1 AS depth, ARRAY[id] AS path, name::text AS chain
    FROM employees
    WHERE manager_id IS NULL
    UNION ALL
    SELECT e.id, e.manager_id, e.name, org.depth + 1, org.path || e.id, org.chain || ' > ' || e.name
    FROM employees e
    JOIN org ON e.manager_id = org.id
    WHERE NOT e.id = ANY (org.path)
)
SELECT repeat('  ', depth - 1) || name AS employee, depth, chain FROM org ORDER BY path;
--;
WITH RECURSIVE tree(id, root) AS (
    SELECT id, id FROM employees WHERE manager_id IS NULL
    UNION
    SELECT e.id, t.root FROM employees e JOIN tree t ON t.id = e.manager_id
) SEARCH DEPTH FIRST BY id SET ordering CYCLE id SET is_cycle USING visited
SELECT root, count(*) - 1 AS reports FROM tree WHERE NOT is_cycle GROUP BY root
--;
WITH RECURSIVE fib(n, a, b) AS (VALUES (1, 0::numeric, 1::numeric) UNION ALL SELECT n + 1, b, a + b FROM fib WHERE n < 50)
SELECT n, a FROM fib
--;
SELECT day::date, COALESCE(SUM(o.total), 0) AS revenue,
       AVG(COALESCE(SUM(o.total), 0)) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS seven_day_average
FROM generate_series(date_trunc('day', now()) - interval '90 days', date_trunc('day', now()), interval '1 day') AS day
LEFT JOIN orders o ON o.created_at >= day AND o.created_at < day + interval '1 day'
GROUP BY day
ORDER BY day
--;
SELECT customer_id, created_at, total,
       ROW_NUMBER() OVER w AS nth,
       SUM(total) OVER (w ROWS UNBOUNDED PRECEDING) AS running_total,
       FIRST_VALUE(total) OVER w AS first_total,
       NTH_VALUE(total, 2) OVER (w RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS second_total,
       created_at - LAG(created_at) OVER w AS since_last
FROM orders
WINDOW w AS (PARTITION BY customer_id ORDER BY created_at)
--;
SELECT sensor, at, value,
       AVG(value) OVER (PARTITION BY sensor ORDER BY at RANGE BETWEEN INTERVAL '1 hour' PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) AS previous_hour,
       MAX(value) OVER (PARTITION BY sensor ORDER BY at GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES) AS peak
FROM measurements
--;
SELECT department, name, salary,
       RANK() OVER (PARTITION BY department ORDER BY salary DESC) AS salary_rank,
       DENSE_RANK() OVER (ORDER BY salary DESC),
       PERCENT_RANK() OVER (ORDER BY salary), CUME_DIST() OVER (ORDER BY salary),
       NTILE(4) OVER (ORDER BY salary DESC NULLS LAST) AS quartile
FROM employees
--;
SELECT * FROM (
    SELECT p.category, p.title, SUM(oi.quantity * oi.unit_price) AS revenue,
           ROW_NUMBER() OVER (PARTITION BY p.category ORDER BY SUM(oi.quantity * oi.unit_price) DESC) AS position
    FROM order_items oi JOIN products p ON p.id = oi.product_id
    GROUP BY p.category, p.title
) ranked
WHERE position <= 3
--;
SELECT c.id, c.email, recent.id AS order_id, recent.total
FROM customers c
CROSS JOIN LATERAL (
    SELECT o.id, o.total FROM orders o WHERE o.customer_id = c.id ORDER BY o.created_at DESC LIMIT 3
) recent
--;
SELECT c.id, s.n, s.spent
FROM customers AS c
LEFT JOIN LATERAL (SELECT count(*) AS n, sum(total) AS spent FROM orders WHERE customer_id = c.id) AS s ON TRUE
WHERE c.plan IN ('pro', 'team') AND s.spent > 1000
--;
SELECT DISTINCT ON (customer_id) customer_id, id, created_at, total FROM orders ORDER BY customer_id, created_at DESC
--;
SELECT COALESCE(country, 'all countries') AS country, COALESCE(plan, 'all plans') AS plan, count(*) AS customers, GROUPING(country, plan) AS level
FROM customers
GROUP BY GROUPING SETS ((country, plan), (country), ())
ORDER BY GROUPING(country, plan), customers DESC
--;
SELECT date_part('year', created_at) AS year, status, sum(total) FROM orders GROUP BY ROLLUP (1, 2)
--;
SELECT country, plan, count(*) FROM customers GROUP BY CUBE (country, plan) HAVING count(*) > 10
--;
SELECT date_trunc('day', created_at, 'Europe/Oslo') AS day,
       COUNT(*) AS total,
       COUNT(*) FILTER (WHERE status = 'paid') AS paid,
       COUNT(*) FILTER (WHERE status = 'refunded') AS refunded,
       ROUND(COUNT(*) FILTER (WHERE status = 'refunded')::numeric / NULLIF(COUNT(*), 0), 4) AS refund_rate
FROM orders
WHERE created_at >= CURRENT_DATE - 30
GROUP BY 1
--;
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY total) AS median,
       percentile_cont(ARRAY[0.25, 0.75, 0.95]) WITHIN GROUP (ORDER BY total) AS quartiles,
       percentile_disc(0.9) WITHIN GROUP (ORDER BY total) AS p90,
       mode() WITHIN GROUP (ORDER BY status) AS usual_status,
       stddev_samp(total), variance(total), corr(id, total), regr_slope(total, id)
FROM orders
--;
SELECT department, string_agg(name, ', ' ORDER BY hired_on, name) AS members, array_agg(DISTINCT salary ORDER BY salary DESC) AS salaries, bool_and(salary > 0), every(hired_on < now())
FROM employees GROUP BY department
--;
SELECT attributes ->> 'industry' AS industry, attributes #>> '{billing,address,city}' AS city, attributes -> 'seats' AS seats, count(*)
FROM customers
WHERE attributes ? 'industry' AND attributes @> '{"active": true}' AND (attributes ->> 'seats')::int BETWEEN 5 AND 50 AND NOT attributes ?| array['deleted', 'archived']
GROUP BY 1, 2, 3
--;
SELECT jsonb_path_query(properties, '$.items[*] ? (@.price > $min).name', '{"min": 10}') AS expensive
FROM events
WHERE properties @? '$.items[*] ? (@.price > 10)' AND properties @@ '$.total > 100'
--;
SELECT jsonb_path_query_array(details, 'strict $.sizes[*].label ? (@ like_regex "^X" flag "i")'), jsonb_path_exists(details, '$.colour'), jsonb_path_query_first(details, '$.sizes.size()')
FROM products
--;
SELECT e.id, item ->> 'sku' AS sku, (item ->> 'quantity')::int AS quantity, position
FROM events e, jsonb_array_elements(e.properties -> 'items') WITH ORDINALITY AS x(item, position)
WHERE e.name = 'checkout'
--;
SELECT key, count(*), min(value #>> '{}') FROM customers, jsonb_each(attributes) GROUP BY key ORDER BY count(*) DESC
--;
SELECT r.* FROM events e, jsonb_to_record(e.properties) AS r(page text, ms int, referrer text) WHERE r.ms > 500
--;
SELECT x.* FROM jsonb_to_recordset('[{"sku": "a", "qty": 2}, {"sku": "b", "qty": 5}]'::jsonb) AS x(sku text, qty int) JOIN inventory i USING (sku) WHERE x.qty <= i.quantity
--;
SELECT jsonb_build_object('customer', c.name, 'orders', (SELECT jsonb_agg(jsonb_build_object('id', o.id, 'total', o.total) ORDER BY o.id) FROM orders o WHERE o.customer_id = c.id)) AS document, to_jsonb(c) - 'attributes' - ARRAY['tags'] AS flat, jsonb_pretty(attributes) FROM customers c LIMIT 10
--;
UPDATE customers SET attributes = jsonb_set(attributes #- '{legacy}', '{billing,currency}', '"NOK"', true) || jsonb_build_object('reviewed_at', now()) WHERE attributes -> 'billing' IS NOT NULL AND id = 42
--;
SELECT id, title, ts_rank_cd(search, query) AS rank, ts_headline('english', description, query, 'MaxWords=20, StartSel=<b>, StopSel=</b>') AS snippet
FROM products, websearch_to_tsquery('english', 'wireless "noise cancelling" -cheap') AS query
WHERE search @@ query
ORDER BY rank DESC
LIMIT 20
--;
SELECT title FROM products WHERE to_tsvector('simple', title) @@ (to_tsquery('simple', 'blue & shirt:*') || plainto_tsquery('simple', 'polo')) OR title ILIKE ANY (ARRAY['%shirt%', '%polo%'])
--;
SELECT id, tags, cardinality(tags) AS n, tags[1] AS first, tags[2:3] AS some, array_position(tags, 'vip') AS at, array_to_string(array_remove(tags, 'old'), '/') AS label, array_length(tags || ARRAY['new'], 1)
FROM customers
WHERE 'vip' = ANY (tags) AND tags && ARRAY['beta', 'trial'] AND tags <@ ARRAY['vip', 'beta', 'trial']::text[] AND NOT 'old' = ALL (tags)
--;
SELECT tag, count(*) FROM customers CROSS JOIN unnest(tags) AS tag GROUP BY tag HAVING count(*) > 1 ORDER BY 2 DESC, 1
--;
SELECT n, s, chr(64 + n) FROM generate_series(1, 26) WITH ORDINALITY AS g(n, s) WHERE n % 2 = 0
--;
SELECT lower(during), upper(during), during * tstzrange(now(), now() + interval '7 days') AS overlap, range_agg(during) OVER (PARTITION BY room)
FROM bookings WHERE during && tstzrange('2024-01-01', '2024-02-01', '[)') AND NOT isempty(during) AND during @> '2024-01-15 12:00+00'::timestamptz
--;
SELECT user_id, session, min(occurred_at) AS began, max(occurred_at) AS ended, count(*) AS steps
FROM (
    SELECT user_id, occurred_at, sum(is_new) OVER (PARTITION BY user_id ORDER BY occurred_at) AS session
    FROM (
        SELECT user_id, occurred_at, CASE WHEN occurred_at - lag(occurred_at) OVER (PARTITION BY user_id ORDER BY occurred_at) < interval '30 minutes' THEN 0 ELSE 1 END AS is_new
        FROM events
    ) marked
) numbered
GROUP BY user_id, session
--;
WITH visited AS (SELECT DISTINCT user_id FROM events WHERE name = 'visit'),
     added AS (SELECT DISTINCT user_id FROM events WHERE name = 'add_to_cart'),
     bought AS MATERIALIZED (SELECT DISTINCT user_id FROM events WHERE name = 'purchase')
SELECT 'visit' AS step, count(*) FROM visited
UNION ALL
SELECT 'cart', count(*) FROM added WHERE user_id IN (SELECT user_id FROM visited)
UNION ALL
SELECT 'purchase', count(*) FROM bought WHERE EXISTS (SELECT 1 FROM added a WHERE a.user_id = bought.user_id)
--;
SELECT date_bin('15 minutes', at, TIMESTAMPTZ '2000-01-01') AS slot, sensor, avg(value), min(value), max(value), (array_agg(value ORDER BY at DESC))[1] AS last
FROM measurements WHERE at > now() - '1 day'::interval GROUP BY slot, sensor
--;
SELECT width_bucket(total, 0, 1000, 10) AS bucket, int4range(min(total)::int, max(total)::int, '[]') AS span, count(*), repeat('#', (count(*) * 40 / max(count(*)) OVER ())::int) AS bar FROM orders GROUP BY bucket ORDER BY bucket
--;
SELECT to_char(created_at, 'YYYY-MM') AS month,
       SUM(CASE WHEN status = 'paid' THEN total ELSE 0 END) AS paid,
       SUM(CASE status WHEN 'refunded' THEN total END) AS refunded,
       EXTRACT(isodow FROM created_at) AS weekday, age(now(), min(created_at)) AS since, make_date(2024, 1, 1) AS start, created_at::date = CURRENT_DATE AS today
FROM orders GROUP BY 1, 4, 7
--;
SELECT c.email FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.created_at > now() - interval '1 year' WHERE o.id IS NULL AND c.cancelled_at IS NULL
--;
(SELECT email FROM customers EXCEPT SELECT lower(email) FROM customers) INTERSECT ALL (VALUES ('a@example.com'), ('b@example.com')) ORDER BY 1 FETCH FIRST 5 ROWS WITH TIES
--;
SELECT a.id, b.id, similarity_of.score FROM products a JOIN products b ON a.id < b.id CROSS JOIN LATERAL (SELECT 1.0 * length(a.title) / greatest(length(b.title), 1)) AS similarity_of(score) WHERE similarity_of.score > 0.5
--;
SELECT p1.title, p2.title AS also_bought, count(*) AS times
FROM order_items a
JOIN order_items b ON a.order_id = b.order_id AND a.product_id < b.product_id
JOIN products p1 ON p1.id = a.product_id
JOIN products p2 ON p2.id = b.product_id
GROUP BY 1, 2 ORDER BY times DESC LIMIT 10
--;
SELECT customer_id, CURRENT_DATE - max(created_at)::date AS recency, count(*) AS frequency, sum(total) AS monetary, ntile(5) OVER (ORDER BY max(created_at)) AS r, ntile(5) OVER (ORDER BY count(*)) AS f, ntile(5) OVER (ORDER BY sum(total)) AS m FROM orders GROUP BY customer_id
--;
SELECT regexp_replace(email, '^[^@]+@', '') AS domain, split_part(email, '@', 2), substring(name FROM '^\w+'), (regexp_match(email, '([^.]+)$'))[1] AS tld, overlay(name PLACING '*' FROM 2 FOR 3), position('@' IN email), trim(BOTH ' ' FROM name), format('%s <%s>', name, email), initcap(name), md5(email), encode(sha256(email::bytea), 'hex') FROM customers WHERE email ~* '^[a-z0-9._%+-]+@' AND name NOT SIMILAR TO '%(test|demo)%'
--;
SELECT regexp_split_to_table(description, E'\\s+') AS word, count(*) FROM products GROUP BY word ORDER BY count(*) DESC LIMIT 50
--;
SELECT * FROM orders TABLESAMPLE BERNOULLI (1) REPEATABLE (42) WHERE total > (SELECT avg(total) + 2 * stddev(total) FROM orders)
--;
SELECT id, total FROM orders WHERE (total, id) < (100, 5000) ORDER BY total DESC, id DESC LIMIT 25
--;
SELECT c.*, ROW(c.id, c.email)::text AS pair, c IS NOT NULL AS whole FROM customers c WHERE c.name IS DISTINCT FROM 'Ann' AND (c.plan, c.country) IN (('pro', 'NO'), ('team', 'SE'))
--;
SELECT COALESCE(a.day, b.day) AS day, a.revenue, b.orders FROM daily_revenue a FULL OUTER JOIN daily_revenue b ON b.day = a.day + 365 WHERE a.day IS NULL OR b.day IS NULL
--;
SELECT xmlelement(name customer, xmlattributes(id AS id), xmlforest(email, plan)) FROM customers LIMIT 1
--;
INSERT INTO inventory (sku, quantity, updated_at) VALUES ('A-1', 5, now()), ('B-2', 7, now())
ON CONFLICT (sku) DO UPDATE SET quantity = inventory.quantity + EXCLUDED.quantity, updated_at = EXCLUDED.updated_at
WHERE inventory.updated_at IS NULL OR inventory.updated_at < EXCLUDED.updated_at
RETURNING sku, quantity, (xmax = 0) AS inserted
--;
INSERT INTO daily_revenue AS d (day, revenue, orders)
SELECT created_at::date, sum(total), count(*) FROM orders WHERE created_at >= date_trunc('month', now()) GROUP BY 1
ON CONFLICT ON CONSTRAINT daily_revenue_pkey DO UPDATE SET (revenue, orders) = (EXCLUDED.revenue, EXCLUDED.orders)
--;
MERGE INTO inventory AS i
USING (SELECT sku, sum(delta) AS delta FROM shipments GROUP BY sku) AS s ON i.sku = s.sku
WHEN MATCHED AND i.quantity + s.delta <= 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET quantity = i.quantity + s.delta, updated_at = now()
WHEN NOT MATCHED AND s.delta > 0 THEN INSERT (sku, quantity) VALUES (s.sku, s.delta)
WHEN NOT MATCHED THEN DO NOTHING
--;
WITH moved AS (
    DELETE FROM events WHERE occurred_at < now() - interval '1 year' RETURNING *
), logged AS (
    INSERT INTO audit_log (table_name, row_data) SELECT 'events', to_jsonb(moved) FROM moved RETURNING id
)
SELECT count(*) AS archived, min(id), max(id) FROM logged
--;
WITH ranked AS (SELECT ctid, row_number() OVER (PARTITION BY email ORDER BY id) AS n FROM customers)
DELETE FROM customers USING ranked WHERE customers.ctid = ranked.ctid AND ranked.n > 1 RETURNING customers.id, customers.email
--;
UPDATE orders o SET total = t.total, status = CASE WHEN t.total > 500 THEN 'review' ELSE o.status END
FROM (SELECT order_id, sum(quantity * unit_price) AS total FROM order_items GROUP BY order_id) t
WHERE t.order_id = o.id AND o.total IS DISTINCT FROM t.total
RETURNING o.id, o.total AS corrected
--;
UPDATE employees SET (salary, department) = (SELECT round(salary * 1.03, 2), upper(department) FROM employees e WHERE e.id = employees.id) WHERE hired_on < '2020-01-01' AND id NOT IN (SELECT manager_id FROM employees WHERE manager_id IS NOT NULL)
--;
WITH new_order AS (INSERT INTO orders (id, customer_id) SELECT coalesce(max(id), 0) + 1, 7 FROM orders RETURNING id)
INSERT INTO order_items (order_id, product_id, quantity, unit_price) SELECT new_order.id, p.id, 1, p.price FROM new_order, products p WHERE p.sku = ANY ('{A-1,B-2}') RETURNING *
--;
DELETE FROM order_items WHERE NOT EXISTS (SELECT FROM orders WHERE orders.id = order_id)
--;
SELECT schemaname, relname, n_live_tup, n_dead_tup, last_autovacuum, pg_size_pretty(pg_total_relation_size(relid)) AS size FROM pg_stat_user_tables ORDER BY pg_total_relation_size(relid) DESC LIMIT 20
--;
SELECT tc.table_name, kcu.column_name, ccu.table_name AS foreign_table, ccu.column_name AS foreign_column FROM information_schema.table_constraints tc JOIN information_schema.key_column_usage kcu USING (constraint_schema, constraint_name) JOIN information_schema.constraint_column_usage ccu USING (constraint_schema, constraint_name) WHERE tc.constraint_type = 'FOREIGN KEY' AND tc.table_schema = 'public'
--;
SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY table_name, ordinal_position
--;
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum), obj_description('public.orders'::regclass) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.oid = 'orders'::regclass AND a.attnum > 0 AND NOT a.attisdropped
--;
SELECT pid, usename, state, wait_event_type, now() - query_start AS running, left(query, 80) FROM pg_stat_activity WHERE state <> 'idle' AND pid <> pg_backend_pid() ORDER BY running DESC
--;
SELECT indexrelname, idx_scan, pg_get_indexdef(indexrelid) FROM pg_stat_user_indexes WHERE idx_scan = 0
--;
EXPLAIN (ANALYZE, VERBOSE, BUFFERS, FORMAT JSON) SELECT customer_id, sum(total) FROM orders WHERE created_at > now() - interval '7 days' GROUP BY customer_id
--;
CREATE TEMP TABLE top_customers AS SELECT customer_id, sum(total) AS spent FROM orders GROUP BY customer_id ORDER BY spent DESC LIMIT 100
--;
CREATE MATERIALIZED VIEW IF NOT EXISTS revenue_by_country AS SELECT c.country, sum(o.total) AS revenue FROM orders o JOIN customers c ON c.id = o.customer_id GROUP BY c.country WITH NO DATA
--;
CREATE INDEX CONCURRENTLY IF NOT EXISTS events_properties_idx ON events USING gin (properties jsonb_path_ops) WHERE name = 'checkout'
--;
DO $$
DECLARE r record;
BEGIN
    FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('ANALYZE %I', r.tablename);
    END LOOP;
END $$
--;
BEGIN; SET LOCAL statement_timeout = '10s'; SELECT count(*) FROM orders; COMMIT;
