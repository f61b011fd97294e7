-- What clients saw of results, as messages of PostgreSQL's protocol, part by part; and, while rows stream, how many there were so far.
CREATE TABLE result_chunk (
    journal    uuid        NOT NULL,
    sequence   bigint      NOT NULL,
    salt       bytea       NOT NULL,
    commitment bytea       NOT NULL,
    session_id uuid        NOT NULL,
    number     bigint      NOT NULL,
    chunk      bigint      NOT NULL,
    row_count  bigint      NOT NULL,
    byte_count bigint      NOT NULL,
    at         timestamptz NOT NULL,
    encoding   text,
    content    bytea       NOT NULL,
    PRIMARY KEY (session_id, number, chunk)
);

-- It is compressed already.
ALTER TABLE result_chunk ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE UNIQUE INDEX result_chunk_in_journal ON result_chunk (journal, sequence);

CREATE TRIGGER added_to_only BEFORE UPDATE OR DELETE OR TRUNCATE ON result_chunk
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
