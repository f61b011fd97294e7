-- The record by days: what is searched for a time touches its days only, and a day that has expired as a whole is dropped
-- (docs/recording.md). Days are UTC's.

-- The tables that are kept by days, the column that tells a row's day, and the one that tells its session.
CREATE FUNCTION record_by_day() RETURNS TABLE (name text, time_column text, session_column text)
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
VALUES ('session', 'started', 'id'),
       ('session_end', 'ended', 'session_id'),
       ('statement', 'asked', 'session_id'),
       ('outcome', 'completed', 'session_id'),
       ('result_chunk', 'at', 'session_id')
$$;

-- A partition is a table of its own to whoever names it: its rows are guarded like its parent's.
CREATE FUNCTION guard_record(name text) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER added_to_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.%I'
        ' FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change_of_record()', name);
END
$$;

-- Makes one day's partition; says whether it did. A day that has rows in the default partition already stays there.
CREATE FUNCTION add_day(parent text, day date) RETURNS boolean
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
    name text := parent || to_char(day, '_YYYY_MM_DD');
    time_column text := (SELECT t.time_column FROM public.record_by_day() t WHERE t.name = parent);
    begun boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I WHERE %I >= $1 AND %2$I < $2)', parent || '_other', time_column)
        INTO begun USING day::timestamptz, (day + 1)::timestamptz;
    IF begun OR to_regclass(format('public.%I', name)) IS NOT NULL THEN
        RETURN false;
    END IF;
    -- Attached rather than created as a partition: whoever writes to the others meanwhile does not wait.
    EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)', name, parent);
    PERFORM public.guard_record(name);
    EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
        parent, name, day::timestamptz, (day + 1)::timestamptz);
    RETURN true;
END
$$;

-- Makes the partitions of today and the days to come; says how many.
CREATE FUNCTION add_days(ahead integer) RETURNS integer
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    made integer := 0;
    each record;
BEGIN
    -- Of several nodes that begin at once the later ones find them there.
    PERFORM pg_advisory_xact_lock(hashtext('sallyport add_days'));
    FOR each IN SELECT name, current_date + number AS day FROM public.record_by_day(), generate_series(0, ahead) AS number LOOP
        IF public.add_day(each.name, each.day) THEN
            made := made + 1;
        END IF;
    END LOOP;
    RETURN made;
END
$$;

-- Makes of a table one that is kept by days, with its rows and grants.
CREATE FUNCTION pg_temp.keep_by_day(name text, time_column text) RETURNS void
    LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
    old regclass := format('public.%I', name);
    expected bigint;
    moved bigint;
    each record;
BEGIN
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', old);
    EXECUTE format('SELECT count(*) FROM %s', old) INTO expected;
    EXECUTE format('ALTER TABLE public.%I RENAME TO %I', name, name || '_before');
    EXECUTE format('CREATE TABLE public.%I (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE) PARTITION BY RANGE (%I)',
        name, old, time_column);
    -- Whatever a row's time is, there is a place for it.
    EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I DEFAULT', name || '_other', name);
    FOR each IN EXECUTE format('SELECT DISTINCT %I::date AS day FROM %s'
                               ' WHERE %1$I > now() - interval ''10 years'' AND %1$I < now() + interval ''1 day''', time_column, old) LOOP
        PERFORM public.add_day(name, each.day);
    END LOOP;
    EXECUTE format('INSERT INTO public.%I SELECT * FROM %s', name, old);
    GET DIAGNOSTICS moved = ROW_COUNT;
    IF moved <> expected THEN
        RAISE EXCEPTION 'table % has % rows, of which % could be moved into its partitions: nothing was changed',
            name, expected, moved;
    END IF;
    FOR each IN SELECT privilege_type AS privilege, is_grantable, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS role
                FROM pg_class c, aclexplode(c.relacl) WHERE c.oid = old AND grantee <> c.relowner LOOP
        EXECUTE format('GRANT %s ON public.%I TO %s%s', each.privilege, name, each.role,
            CASE WHEN each.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END);
    END LOOP;
    EXECUTE format('DROP TABLE %s', old);
    PERFORM public.guard_record(name);
    PERFORM public.guard_record(name || '_other');
END
$$;

-- A key that does not tell the day cannot be referred to. The journal has a session before its end.
ALTER TABLE session_end DROP CONSTRAINT session_end_session_id_fkey;

SELECT pg_temp.keep_by_day(name, time_column) FROM record_by_day();

-- That a record is there once is the journal's row to see to; these keys are for searches, and find the same row twice on one day.
ALTER TABLE session ADD PRIMARY KEY (id, started);
CREATE INDEX ON session (journal, sequence);
CREATE INDEX ON session (connection, started);

ALTER TABLE session_end ADD PRIMARY KEY (session_id, ended);
CREATE INDEX ON session_end (journal, sequence);

ALTER TABLE statement ADD PRIMARY KEY (session_id, number, asked);
CREATE INDEX ON statement (journal, sequence);
CREATE INDEX ON statement (refused_with, asked) WHERE refused_with IS NOT NULL;
-- Rows come nearly in the order of their times: this one costs next to nothing.
CREATE INDEX ON statement USING brin (asked);

ALTER TABLE outcome ADD PRIMARY KEY (session_id, number, completed);
CREATE INDEX ON outcome (journal, sequence);

ALTER TABLE result_chunk ADD PRIMARY KEY (session_id, number, chunk, at);
CREATE INDEX ON result_chunk (journal, sequence);

REVOKE EXECUTE ON FUNCTION record_by_day(), guard_record(text), add_day(text, date), add_days(integer) FROM PUBLIC;

SELECT add_days(14);
