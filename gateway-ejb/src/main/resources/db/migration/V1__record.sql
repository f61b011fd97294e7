-- The record: who connected, what they asked, what was decided, what came of it.
-- Rows are added, never changed: what is not known yet is a row that is not there yet.

CREATE TABLE session (
    id              uuid PRIMARY KEY,
    identity        text NOT NULL,
    groups          text[] NOT NULL,
    connection      text NOT NULL,
    client_address  text NOT NULL,
    started         timestamptz NOT NULL,
    gateway_version text NOT NULL,
    policy_version  text NOT NULL
);

CREATE INDEX session_started ON session (started DESC, id);

CREATE TABLE session_end (
    session_id uuid PRIMARY KEY REFERENCES session,
    ended      timestamptz NOT NULL,
    reason     text NOT NULL
);

-- A statement's decision. Of a permitted one it is the intent: durable before the statement runs.
CREATE TABLE statement (
    session_id     uuid NOT NULL REFERENCES session,
    number         bigint NOT NULL,
    phase          text NOT NULL CHECK (phase IN ('QUERY', 'PARSE', 'EXECUTE')),
    text           text NOT NULL,
    parameters     text[] NOT NULL,
    kinds          text[] NOT NULL,
    verdict        text NOT NULL CHECK (verdict IN ('PERMIT', 'DENY')),
    rule           text NOT NULL,
    policy_version text NOT NULL,
    approval_id    uuid,
    refused_with   text CHECK (length(refused_with) = 5),
    asked          timestamptz NOT NULL,
    decided        timestamptz NOT NULL,
    PRIMARY KEY (session_id, number),
    CHECK ((verdict = 'DENY') = (refused_with IS NOT NULL))
);

-- What became of a permitted statement. Where it is missing after the session's end, nobody knows.
CREATE TABLE outcome (
    session_id      uuid NOT NULL,
    number          bigint NOT NULL,
    command_tag     text NOT NULL,
    sql_state       text CHECK (length(sql_state) = 5),
    row_count       bigint NOT NULL,
    byte_count      bigint NOT NULL,
    duration_micros bigint NOT NULL,
    completed       timestamptz NOT NULL,
    PRIMARY KEY (session_id, number),
    FOREIGN KEY (session_id, number) REFERENCES statement
);

CREATE FUNCTION refuse_change_of_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record is added to, never changed' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER added_to_only BEFORE UPDATE OR DELETE OR TRUNCATE ON session
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
CREATE TRIGGER added_to_only BEFORE UPDATE OR DELETE OR TRUNCATE ON session_end
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
CREATE TRIGGER added_to_only BEFORE UPDATE OR DELETE OR TRUNCATE ON statement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
CREATE TRIGGER added_to_only BEFORE UPDATE OR DELETE OR TRUNCATE ON outcome
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
