-- What people have given somebody for a time, and how that ended (docs/approvals.md). What ends a grant is another row with its id.
CREATE TABLE access_grant (
    journal    uuid        NOT NULL,
    sequence   bigint      NOT NULL,
    salt       bytea       NOT NULL,
    commitment bytea       NOT NULL,
    id         uuid        NOT NULL,
    act        text        NOT NULL CHECK (act IN ('grant', 'revoke', 'end')),
    identity   text        NOT NULL,
    connection text        NOT NULL,
    role       text        NOT NULL,
    labels     text[]      NOT NULL,
    groups     text[]      NOT NULL,
    until      timestamptz NOT NULL,
    who        text,
    reason     text        NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (journal, sequence),
    -- Never for oneself, whatever the application thinks; and never by nobody.
    CHECK (act <> 'grant' OR (who IS NOT NULL AND lower(btrim(who)) <> lower(btrim(identity))))
);

CREATE INDEX ON access_grant (id);
CREATE INDEX ON access_grant (until) WHERE act = 'grant';

SELECT guard_record('access_grant');
