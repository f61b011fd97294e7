-- How far each sink has got with each journal, told in the transaction in which it was sent: what is sent twice is sent again,
-- nothing is left out. Any gateway may go on where another stopped.
CREATE TABLE export_position (
    sink     text        NOT NULL CHECK (length(sink) <= 500),
    journal  uuid        NOT NULL,
    sequence bigint      NOT NULL,
    at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (sink, journal)
);
