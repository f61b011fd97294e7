-- Other words of the same length on either side, in another order, in all columns that policy-agent-sql.yaml labels.
DO $$
DECLARE
    c record;
BEGIN
    SET session_replication_role = replica;
    FOR c IN SELECT attrelid::regclass AS relation, quote_ident(attname) AS name
               FROM pg_attribute JOIN pg_class r ON r.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace
              WHERE relkind IN ('r', 'p') AND nspname !~ '^pg_|^information_schema$'
                AND attname IN ('email', 'name', 'title', 'password', 'first_name', 'phone', 'phones')
                AND atttypid IN ('text'::regtype, 'varchar'::regtype) AND attgenerated = ''
    LOOP
        BEGIN
            EXECUTE format(
                'UPDATE %s SET %s = translate(%s, ''123456'', %L)', c.relation, c.name, c.name,
                CASE WHEN $side = 0 THEN '246135' ELSE '985074' END);
        EXCEPTION WHEN others THEN
            NULL;
        END;
    END LOOP;
END $$;
