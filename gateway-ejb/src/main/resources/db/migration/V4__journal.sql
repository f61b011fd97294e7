-- Rows come from the gateways' journals, each journal in its own order. How far one has got is told in the same transaction,
-- so that none of its records is added twice; the last record's chain tells a journal from a copy that went another way.
CREATE TABLE journal (
    id      uuid PRIMARY KEY,
    shipped bigint      NOT NULL,
    chain   bytea       NOT NULL,
    at      timestamptz NOT NULL DEFAULT now()
);

-- Records that no table would take, as they stood in their journal.
CREATE TABLE stray_record (
    journal  uuid   NOT NULL,
    sequence bigint NOT NULL,
    payload  bytea  NOT NULL,
    why      text   NOT NULL,
    PRIMARY KEY (journal, sequence)
);

CREATE TRIGGER added_to_only BEFORE UPDATE OR DELETE OR TRUNCATE ON stray_record
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();

-- The journal has a session before its statements and a statement before its outcome. Asking the store for that again would
-- cost more than adding the rows.
ALTER TABLE statement DROP CONSTRAINT statement_session_id_fkey;
ALTER TABLE outcome DROP CONSTRAINT outcome_session_id_number_fkey;
