-- Each row says which record of which journal it is, so that the store can be checked against what the gateways have signed
-- (docs/recording.md). The commitment is SHA-256(salt || the record as it stood in the journal).
ALTER TABLE session
    ADD COLUMN journal    uuid   NOT NULL,
    ADD COLUMN sequence   bigint NOT NULL,
    ADD COLUMN salt       bytea  NOT NULL,
    ADD COLUMN commitment bytea  NOT NULL;
ALTER TABLE session_end
    ADD COLUMN journal    uuid   NOT NULL,
    ADD COLUMN sequence   bigint NOT NULL,
    ADD COLUMN salt       bytea  NOT NULL,
    ADD COLUMN commitment bytea  NOT NULL;
ALTER TABLE statement
    ADD COLUMN journal    uuid   NOT NULL,
    ADD COLUMN sequence   bigint NOT NULL,
    ADD COLUMN salt       bytea  NOT NULL,
    ADD COLUMN commitment bytea  NOT NULL;
ALTER TABLE outcome
    ADD COLUMN journal    uuid   NOT NULL,
    ADD COLUMN sequence   bigint NOT NULL,
    ADD COLUMN salt       bytea  NOT NULL,
    ADD COLUMN commitment bytea  NOT NULL;
ALTER TABLE stray_record
    ADD COLUMN salt       bytea  NOT NULL,
    ADD COLUMN commitment bytea  NOT NULL;

-- What a journal had come to at a time, signed by its gateway: the chain up to the record "covered".
CREATE TABLE checkpoint (
    journal    uuid        NOT NULL,
    sequence   bigint      NOT NULL,
    salt       bytea       NOT NULL,
    commitment bytea       NOT NULL,
    covered    bigint      NOT NULL,
    chain      bytea       NOT NULL,
    at         timestamptz NOT NULL,
    key_id     text        NOT NULL,
    signature  bytea       NOT NULL,
    PRIMARY KEY (journal, sequence)
);

CREATE TRIGGER added_to_only BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();

-- Whoever checks the store reads it in the journals' order.
CREATE UNIQUE INDEX session_in_journal ON session (journal, sequence);
CREATE UNIQUE INDEX session_end_in_journal ON session_end (journal, sequence);
CREATE UNIQUE INDEX statement_in_journal ON statement (journal, sequence);
CREATE UNIQUE INDEX outcome_in_journal ON outcome (journal, sequence);

-- A journal's row moves on and is never taken away.
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
