-- Every row pays for every index: those that cost more than they find are lighter now.

-- A btree of the same column is there since V10.
DROP INDEX statement_asked_idx;

-- Nearly all rows have one of few rules, and those are found along the time. For a rare one it is enough to know the megabytes
-- that cannot have it. Such an index has no keys that could be too long for it: the rule is asked for as a whole. Asked for its
-- beginning besides, the server takes the two for independent and a rule for far rarer than it is, and reads everything.
DROP INDEX statement_by_rule;
CREATE INDEX statement_by_rule ON statement USING brin (rule text_bloom_ops) WITH (autosummarize = on);

-- What nobody has asked the server about reaches nothing that could be searched for.
DROP INDEX statement_touching;
CREATE INDEX statement_touching ON statement USING gin (relations, labels) WHERE relations <> ARRAY[]::text[] OR labels <> ARRAY[]::text[];
