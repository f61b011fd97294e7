-- Statements that wait, or waited, for a person.
CREATE TABLE approval (
    id               uuid PRIMARY KEY,
    node             text        NOT NULL,
    life             uuid        NOT NULL,
    session_id       uuid        NOT NULL,
    requester        text        NOT NULL,
    requester_groups text[]      NOT NULL,
    connection       text        NOT NULL,
    guardrail        text        NOT NULL,
    reason           text        NOT NULL,
    approver_groups  text[]      NOT NULL,
    statement        text        NOT NULL,
    parameters       text[]      NOT NULL,
    kinds            text[]      NOT NULL,
    relations        text[]      NOT NULL,
    policy_version   text        NOT NULL,
    held_at          timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    state            text        NOT NULL,
    decided_by       text,
    decision_reason  text,
    decided_at       timestamptz,
    closed_at        timestamptz,
    CHECK (state IN ('pending', 'approved', 'denied', 'expired', 'withdrawn', 'used')),
    CHECK (expires_at > held_at),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (decision_reason IS NULL)),
    CHECK (CASE state
               WHEN 'pending' THEN decided_by IS NULL AND closed_at IS NULL
               WHEN 'expired' THEN decided_by IS NULL AND closed_at IS NOT NULL
               WHEN 'withdrawn' THEN closed_at IS NOT NULL
               WHEN 'used' THEN decided_by IS NOT NULL AND closed_at IS NOT NULL
               ELSE decided_by IS NOT NULL AND closed_at IS NULL
           END),
    -- Never by whoever asked, whatever the application thinks.
    CHECK (lower(btrim(decided_by)) <> lower(btrim(requester)))
);

CREATE INDEX approval_open ON approval (held_at) WHERE state IN ('pending', 'approved');
CREATE INDEX approval_by_time ON approval (held_at);
CREATE INDEX approval_by_session ON approval (session_id);
