-- What is taken out of the record again, and what keeps it in (docs/recording.md).

-- A purge is a record like others, and is there before anything is removed for it.
CREATE TABLE purge (
    journal      uuid        NOT NULL,
    sequence     bigint      NOT NULL,
    salt         bytea       NOT NULL,
    commitment   bytea       NOT NULL,
    id           uuid        NOT NULL,
    connection   text,
    identity     text,
    ended_before timestamptz NOT NULL,
    records      bigint      NOT NULL,
    digest       bytea       NOT NULL,
    holds        text[]      NOT NULL,
    requested_by text,
    reason       text        NOT NULL,
    at           timestamptz NOT NULL,
    PRIMARY KEY (journal, sequence)
);
CREATE INDEX ON purge (id);

-- A hold is released by another row with its id.
CREATE TABLE legal_hold (
    journal    uuid        NOT NULL,
    sequence   bigint      NOT NULL,
    salt       bytea       NOT NULL,
    commitment bytea       NOT NULL,
    id         uuid        NOT NULL,
    act        text        NOT NULL CHECK (act IN ('hold', 'release')),
    session_id uuid,
    connection text,
    who        text        NOT NULL,
    reason     text        NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (journal, sequence)
);
CREATE INDEX ON legal_hold (id);

-- What is left of a record that a purge took. Of a commitment without its salt nobody can tell what it was of.
CREATE TABLE purged (
    journal    uuid   NOT NULL,
    sequence   bigint NOT NULL,
    commitment bytea  NOT NULL,
    purge      uuid   NOT NULL,
    PRIMARY KEY (journal, sequence)
);

-- Which purges have been carried out, so that nobody asks again; no part of the record.
CREATE TABLE purge_done (
    purge uuid        PRIMARY KEY,
    at    timestamptz NOT NULL DEFAULT now()
);

SELECT guard_record(name) FROM unnest('{purge,legal_hold,purged}'::text[]) AS name;

-- Rows leave their days in carry_out_purge and nowhere else. With one role for everything this stops mistakes, not somebody who has
-- its password; with two, the gateway's role may delete nothing anyway.
CREATE OR REPLACE FUNCTION refuse_change_of_record() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('sallyport.purging', true) = 'on'
       AND (SELECT relispartition FROM pg_class WHERE oid = TG_RELID) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the record is added to, never changed' USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Texts as they stand in records.
CREATE FUNCTION record_bytes(value text) RETURNS bytea LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN value IS NULL THEN int4send(-1) ELSE int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8') END;

CREATE FUNCTION record_bytes(list text[]) RETURNS bytea LANGUAGE sql IMMUTABLE
    RETURN int4send(cardinality(list)) || coalesce(
        (SELECT string_agg(record_bytes(value), '' ORDER BY place) FROM unnest(list) WITH ORDINALITY AS each (value, place)), '');

CREATE FUNCTION record_bytes(moment timestamptz) RETURNS bytea LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN isfinite(moment) THEN int8send((extract(epoch FROM moment) * 1000000)::bigint) ELSE '' END;

-- Over records in the order of journal and sequence.
CREATE FUNCTION add_to_digest(before bytea, journal uuid, sequence bigint, commitment bytea) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT
    RETURN sha256(before || uuid_send(journal) || int8send(sequence) || commitment);

CREATE AGGREGATE record_digest(uuid, bigint, bytea) (
    SFUNC = add_to_digest,
    STYPE = bytea,
    INITCOND = '\x0000000000000000000000000000000000000000000000000000000000000000'
);

CREATE FUNCTION holds_in_force() RETURNS SETOF legal_hold
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
SELECT * FROM public.legal_hold h
WHERE act = 'hold' AND NOT EXISTS (SELECT FROM public.legal_hold r WHERE r.id = h.id AND r.act = 'release')
$$;

-- Sessions that had ended before a time and that no hold covers. One without an end, since its gateway was killed, has ended when a
-- day has passed without a word of it. A session or an end that is not what was recorded does not count: nobody has a session purged
-- early by changing its end, and changing that back.
CREATE FUNCTION expired_sessions(of_connection text, of_identity text, before timestamptz)
    RETURNS TABLE (session_id uuid, ended timestamptz)
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
SELECT s.id, max(e.ended)
FROM public.session s LEFT JOIN public.session_end e ON e.session_id = s.id
WHERE (of_connection IS NULL OR s.connection = of_connection)
  AND (of_identity IS NULL OR s.identity = of_identity)
  AND s.started < before
  AND NOT EXISTS (SELECT FROM public.holds_in_force() h WHERE h.session_id = s.id OR h.connection = s.connection)
  AND s.commitment = sha256(s.salt || '\x73' || uuid_send(s.id) || public.record_bytes(s.identity) || public.record_bytes(s.groups)
      || public.record_bytes(s.connection) || public.record_bytes(s.client_address) || public.record_bytes(s.started)
      || public.record_bytes(s.gateway_version) || public.record_bytes(s.policy_version))
  AND CASE WHEN e.session_id IS NOT NULL THEN
      e.ended < before
      AND e.commitment = sha256(e.salt || '\x65' || uuid_send(e.session_id) || public.record_bytes(e.ended) || public.record_bytes(e.reason))
  ELSE
      s.started < before - interval '1 day'
      AND NOT EXISTS (SELECT FROM public.statement t WHERE t.session_id = s.id AND t.asked >= before - interval '1 day')
      AND NOT EXISTS (SELECT FROM public.outcome o WHERE o.session_id = s.id AND o.completed >= before - interval '1 day')
  END
GROUP BY s.id
$$;

-- Lists, for the rest of the transaction, the rows of sessions that have expired: pg_temp.taken, and pg_temp.taken_session.
CREATE FUNCTION take_expired(of_connection text, of_identity text, before timestamptz) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    each record;
BEGIN
    CREATE TEMPORARY TABLE taken_session ON COMMIT DROP AS
        SELECT session_id FROM public.expired_sessions(of_connection, of_identity, before);
    CREATE TEMPORARY TABLE taken (part regclass, journal uuid, sequence bigint, commitment bytea) ON COMMIT DROP;
    ANALYZE pg_temp.taken_session;
    FOR each IN SELECT * FROM public.record_by_day() LOOP
        EXECUTE format('INSERT INTO pg_temp.taken SELECT tableoid, journal, sequence, commitment FROM public.%I'
            ' WHERE %I IN (SELECT session_id FROM pg_temp.taken_session)', each.name, each.session_column);
    END LOOP;
END
$$;

-- What a purge would take now; by_day, only of the oldest day that has something. No rows are changed.
CREATE FUNCTION plan_purge(of_connection text, of_identity text, before timestamptz, by_day boolean)
    RETURNS TABLE (ended_before timestamptz, records bigint, digest bytea, holds text[])
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
BEGIN
    ended_before := before;
    IF by_day THEN
        ended_before := (SELECT least(before, date_trunc('day', min(ended)) + interval '1 day')
                         FROM public.expired_sessions(of_connection, of_identity, before));
    END IF;
    PERFORM public.take_expired(of_connection, of_identity, ended_before);
    SELECT count(*), public.record_digest(t.journal, t.sequence, t.commitment ORDER BY t.journal, t.sequence)
        INTO records, digest FROM pg_temp.taken t;
    holds := ARRAY(SELECT id::text FROM public.holds_in_force() ORDER BY id);
    RETURN NEXT;
END
$$;

-- Removes what a recorded purge says, all of it or nothing: false where that is not what would be taken now, because a hold covers
-- some of it, or another purge had it.
CREATE FUNCTION carry_out_purge(which uuid) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
    recorded public.purge;
    each record;
    removed bigint := 0;
    rows bigint;
    whole boolean;
    days regclass[] := '{}';
    day regclass;
BEGIN
    -- A hold that comes now waits, and comes too late.
    LOCK TABLE public.legal_hold IN SHARE MODE;
    SELECT * INTO STRICT recorded FROM public.purge WHERE id = which;
    PERFORM public.take_expired(recorded.connection, recorded.identity, recorded.ended_before);
    IF (SELECT count(*) <> recorded.records
            OR public.record_digest(t.journal, t.sequence, t.commitment ORDER BY t.journal, t.sequence) <> recorded.digest
        FROM pg_temp.taken t) THEN
        RETURN false;
    END IF;
    INSERT INTO public.purge_done (purge) VALUES (which);
    INSERT INTO public.purged SELECT journal, sequence, commitment, which FROM pg_temp.taken;
    -- Its approvals repeat what was asked.
    DELETE FROM public.approval WHERE session_id IN (SELECT session_id FROM pg_temp.taken_session);
    -- For the triggers. As a setting of the function's it would take a superuser.
    PERFORM set_config('sallyport.purging', 'on', true);
    FOR each IN SELECT part, count(*) AS rows FROM pg_temp.taken GROUP BY part LOOP
        whole := false;
        IF each.part::text ~ '_\d{4}_\d\d_\d\d$' AND to_date(right(each.part::text, 10), 'YYYY_MM_DD') < current_date THEN
            -- A row that comes late for that day waits: either this ends first, or it is tried again.
            EXECUTE format('LOCK TABLE %s IN SHARE MODE', each.part);
            EXECUTE format('SELECT count(*) = $1 FROM %s', each.part) INTO whole USING each.rows;
        END IF;
        IF whole THEN
            days := days || each.part;
            rows := each.rows;
        ELSE
            EXECUTE format('DELETE FROM %s r USING pg_temp.taken t'
                ' WHERE t.part = %L::regclass AND r.journal = t.journal AND r.sequence = t.sequence', each.part, each.part);
            GET DIAGNOSTICS rows = ROW_COUNT;
        END IF;
        removed := removed + rows;
    END LOOP;
    IF removed <> recorded.records THEN
        RAISE EXCEPTION 'purge % would remove % rows for % records: nothing was removed', which, removed, recorded.records;
    END IF;
    PERFORM set_config('sallyport.purging', 'off', true);
    -- At the end, for whoever wants to add rows waits from here on.
    FOREACH day IN ARRAY days LOOP
        EXECUTE format('DROP TABLE %s', day);
    END LOOP;
    RETURN true;
END
$$;

REVOKE EXECUTE ON FUNCTION holds_in_force(), expired_sessions(text, text, timestamptz), take_expired(text, text, timestamptz),
    plan_purge(text, text, timestamptz, boolean), carry_out_purge(uuid) FROM PUBLIC;
