-- What the twin databases have in common. The columns that policy.yaml labels are filled by values.sql.
CREATE TABLE products (id int PRIMARY KEY, name text NOT NULL, price numeric NOT NULL, stock int NOT NULL);
INSERT INTO products SELECT i, 'product ' || i, i * 1.25, i % 4 FROM generate_series(1, 8) i;

CREATE TABLE customers (
    id int PRIMARY KEY, name text NOT NULL, ssn text, email text, salary numeric, born date, note jsonb, region text);
INSERT INTO customers (id, name, note, region)
SELECT i, 'name ' || i, jsonb_build_object('a', i % 3, 'b', 'note ' || i), (ARRAY['north', 'south', NULL])[1 + i % 3]
  FROM generate_series(1, 12) i;

CREATE TABLE orders (
    id int PRIMARY KEY, customer_id int REFERENCES customers, total numeric NOT NULL, status text, placed date);
INSERT INTO orders
SELECT i, 1 + i % 12, i * 10.5, (ARRAY['open', 'paid', NULL])[1 + i % 3], date '2026-01-01' + i FROM generate_series(1, 16) i;

CREATE TABLE visits (id int NOT NULL, customer_id int, ssn text, day date NOT NULL, memo text) PARTITION BY RANGE (day);
CREATE TABLE visits_2025 PARTITION OF visits FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE visits_2026 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO visits (id, customer_id, day, memo)
SELECT i, 1 + i % 12, date '2025-11-01' + 10 * i, 'memo ' || i FROM generate_series(1, 12) i;

CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL, ssn text);
CREATE TABLE staff (desk text) INHERITS (people);
INSERT INTO people (id, name) SELECT i, 'person ' || i FROM generate_series(1, 4) i;
INSERT INTO staff (id, name, desk) SELECT i, 'staff ' || i, 'desk ' || i FROM generate_series(5, 9) i;

CREATE TABLE accounts (
    id int PRIMARY KEY, iban text UNIQUE, balance numeric CONSTRAINT solvent CHECK (balance >= 0), owner text);
CREATE TABLE cards (id int PRIMARY KEY, iban text REFERENCES accounts (iban), kind text);
INSERT INTO accounts (id, owner) SELECT i, 'owner ' || i % 3 FROM generate_series(1, 6) i;
INSERT INTO cards (id, kind) SELECT i, 'kind ' || i % 2 FROM generate_series(1, 6) i;

CREATE VIEW contacts AS SELECT id, name, email, ssn AS tax_id, region FROM customers;
CREATE VIEW seniors AS SELECT id, name, region FROM customers WHERE born < '1980-01-01';
CREATE VIEW open_orders AS SELECT id, customer_id, total FROM orders WHERE status = 'open';
CREATE FUNCTION tax_id(customer int) RETURNS text LANGUAGE sql STABLE RETURN (SELECT ssn FROM customers WHERE id = customer);
-- Who reads it is asked by a view that chooses by what is hidden.
CREATE TABLE rota (id int PRIMARY KEY);
ALTER TABLE rota ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON rota USING (id IN (SELECT id FROM seniors)) WITH CHECK (true);
INSERT INTO rota SELECT i FROM generate_series(1, 12) i;
-- The cast is nowhere in the server's tree of a UNION.
CREATE TYPE customer AS (id int);
CREATE TYPE taxed AS (tax_id text);
CREATE FUNCTION taxed(customer) RETURNS taxed LANGUAGE sql STABLE RETURN ROW(tax_id($1.id))::taxed;
CREATE CAST (customer AS taxed) WITH FUNCTION taxed(customer) AS IMPLICIT;
CREATE TABLE queue (id int PRIMARY KEY, who customer, paid taxed);
INSERT INTO queue SELECT i, ROW(i)::customer, ROW('none')::taxed FROM generate_series(1, 6) i;
-- Rows with something to hide that change where others do.
CREATE TABLE depots (id int PRIMARY KEY);
INSERT INTO depots SELECT i FROM generate_series(1, 4) i;
CREATE TABLE yards (id int PRIMARY KEY, depot int REFERENCES depots ON UPDATE CASCADE ON DELETE CASCADE);
INSERT INTO yards SELECT i, i FROM generate_series(1, 4) i;
CREATE TABLE drivers (
    id int PRIMARY KEY,
    yard int NOT NULL CONSTRAINT near CHECK (yard < 100) REFERENCES yards ON UPDATE CASCADE ON DELETE SET NULL,
    ssn text);
INSERT INTO drivers SELECT i, i FROM generate_series(1, 4) i;
CREATE TABLE guests (id int PRIMARY KEY, name text);
CREATE TABLE lodgers (ssn text) INHERITS (guests);
INSERT INTO lodgers SELECT i, 'guest ' || i FROM generate_series(1, 4) i;
CREATE FUNCTION announce() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING '%', NEW.ssn; RETURN NEW; END $$;
CREATE TRIGGER announce BEFORE UPDATE ON lodgers FOR EACH ROW EXECUTE FUNCTION announce();
