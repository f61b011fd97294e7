-- An approval shows what it is about as it was asked for as long as somebody may decide it or it may still run. Once that is over it
-- keeps what the record keeps: no password, and no value that may carry a label.
ALTER TABLE approval
    ADD COLUMN kept_statement  text,
    ADD COLUMN kept_parameters text[];

CREATE FUNCTION keep_of_approval() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.statement := coalesce(NEW.kept_statement, NEW.statement);
    NEW.parameters := coalesce(NEW.kept_parameters, NEW.parameters);
    RETURN NEW;
END
$$;

-- Whatever closes it, this is done.
CREATE TRIGGER keep_of_closed BEFORE INSERT OR UPDATE ON approval
    FOR EACH ROW WHEN (NEW.state NOT IN ('pending', 'approved')) EXECUTE FUNCTION keep_of_approval();

-- An approval's row changes, so it is no record; what a person decided stands with the statement that it was decided about.
ALTER TABLE statement
    ADD COLUMN decided_by      text,
    ADD COLUMN decision_reason text;
