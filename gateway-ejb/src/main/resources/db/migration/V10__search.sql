-- What a statement reaches: relations as schema.name, and the labels of the columns that it reads or writes.
ALTER TABLE statement
    ADD COLUMN relations text[] NOT NULL DEFAULT '{}',
    ADD COLUMN labels    text[] NOT NULL DEFAULT '{}';

-- What auditors search by, youngest first: whatever else they ask for is looked for along these. No value that somebody from
-- outside chooses is a key in whole: one that is longer than a key may be would keep its row out of the table.
CREATE INDEX session_by_time ON session (started, id);
CREATE INDEX session_by_identity ON session (left(identity, 200), started, id);
CREATE INDEX statement_by_time ON statement (asked, session_id, number);
CREATE INDEX statement_denied ON statement (asked, session_id, number) WHERE verdict = 'DENY';
CREATE INDEX statement_by_rule ON statement (left(rule, 200), asked, session_id, number);
CREATE INDEX statement_touching ON statement USING gin (relations, labels);
CREATE INDEX outcome_failed ON outcome (sql_state, completed) WHERE sql_state IS NOT NULL;
