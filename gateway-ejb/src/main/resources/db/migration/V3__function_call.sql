-- FunctionCall messages are statements too.
ALTER TABLE statement DROP CONSTRAINT statement_phase_check;
ALTER TABLE statement ADD CONSTRAINT statement_phase_check
    CHECK (phase IN ('QUERY', 'PARSE', 'EXECUTE', 'FUNCTION_CALL'));
