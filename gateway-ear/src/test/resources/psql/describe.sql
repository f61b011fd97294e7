-- Every kind of object that a plain owner can make, and each way in which psql describes it.
CREATE SCHEMA quay;
SET search_path = quay;
CREATE TYPE state AS ENUM ('afloat', 'moored', 'sunk');
CREATE DOMAIN knots AS numeric(4, 1) CHECK (VALUE >= 0);
CREATE TYPE berth AS (pier text, place integer);
CREATE TYPE draught AS RANGE (subtype = numeric);
CREATE COLLATION plain (locale = 'C');
CREATE SEQUENCE bells START 8 INCREMENT 2 MAXVALUE 99 CYCLE;
CREATE TABLE ships (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE plain NOT NULL UNIQUE,
    state state NOT NULL DEFAULT 'moored',
    speed knots,
    lies berth,
    tags text[] DEFAULT '{}',
    shout text GENERATED ALWAYS AS (upper(name)) STORED,
    seen timestamptz DEFAULT now()
);
COMMENT ON TABLE ships IS 'what "floats", or did';
COMMENT ON COLUMN ships.speed IS 'in knots';
CREATE INDEX ships_by_speed ON ships (speed DESC NULLS LAST) WHERE state <> 'sunk';
CREATE INDEX ships_by_length ON ships (length(name)) INCLUDE (state);
CREATE TABLE voyages (
    ship integer REFERENCES ships ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    day date NOT NULL,
    miles integer CHECK (miles > 0),
    EXCLUDE USING btree (day WITH =) WHERE (miles > 1000)
) PARTITION BY RANGE (day);
CREATE TABLE voyages_old PARTITION OF voyages FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
CREATE TABLE voyages_new PARTITION OF voyages FOR VALUES FROM ('2020-01-01') TO (MAXVALUE);
CREATE TABLE voyages_rest (LIKE voyages INCLUDING ALL);
CREATE TABLE tugs (pull integer) INHERITS (ships);
CREATE UNLOGGED TABLE scratch (n integer) WITH (fillfactor = 70);
CREATE VIEW afloat WITH (security_barrier) AS SELECT id, name FROM ships WHERE state = 'afloat' WITH CHECK OPTION;
CREATE MATERIALIZED VIEW fleet AS SELECT state, count(*) FROM ships GROUP BY state WITH NO DATA;
CREATE STATISTICS names_and_states ON name, state FROM ships;
CREATE FUNCTION hail(text, VARIADIC others text[] DEFAULT '{}') RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN 'ahoy ' || $1;
CREATE FUNCTION sink() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = quay AS $$
BEGIN
    NEW.state := 'sunk';
    RETURN NEW;
END $$;
CREATE PROCEDURE launch(INOUT ship text) LANGUAGE plpgsql AS $$ BEGIN ship := ship || ' is afloat'; END $$;
CREATE AGGREGATE longest(text) (SFUNC = textcat, STYPE = text);
CREATE OPERATOR ### (LEFTARG = text, RIGHTARG = text, FUNCTION = textcat);
CREATE TRIGGER no_swimming BEFORE UPDATE OF speed ON ships FOR EACH ROW WHEN (NEW.speed > 900) EXECUTE FUNCTION sink();
ALTER TABLE ships ENABLE ROW LEVEL SECURITY;
CREATE POLICY only_afloat ON ships AS PERMISSIVE FOR SELECT TO PUBLIC USING (state = 'afloat');
CREATE RULE log_nothing AS ON DELETE TO scratch DO INSTEAD NOTHING;
CREATE TEXT SEARCH CONFIGURATION sailor (COPY = simple);
CREATE PUBLICATION news FOR TABLE ships WITH (publish = 'insert, update');
GRANT SELECT, UPDATE (name) ON ships TO PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA quay GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
\d
\d+
\d ships
\d+ ships
\d+ voyages
\d+ voyages_old
\d+ tugs
\d+ afloat
\d+ fleet
\d ships_by_speed
\d+ ships_by_length
\d bells
\d+ berth
\d+ scratch
\d nothing_here
\da+ quay.*
\dA+
\db
\dc pg_catalog.utf8_to_iso_8859_1
\dC (integer as *)
\dd
\dD+
\ddp
\dE
\des
\det
\deu
\dew
\df+
\df quay.* text
\dF+ sailor
\dFd simple
\dFp
\dFt simple
\dg shop_*
\di+
\dl
\dL+
\dm+
\dn+
\do+ quay.*
\dO
\dp
\dP+
\drds
\dRp+
\dRs
\ds+
\dt+
\dT+
\du pg_*
\dv+
\dx+
\dX
\dy
\dconfig work_mem
\l postgres
\sf hail
\sf+ sink
\sv+ afloat
\z ships
\h CHECKPOINT
\dt *.ships
\x
\dt+ ships
\x auto
\pset format csv
\dn quay
\pset format unaligned
\d ships
\pset format html
SELECT name, state FROM ships;
\pset format latex-longtable
\pset border 2
\dn quay
\pset format aligned
\pset linestyle unicode
\d scratch
DROP SCHEMA quay CASCADE;
DROP PUBLICATION news;
