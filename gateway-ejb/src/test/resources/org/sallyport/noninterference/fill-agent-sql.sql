-- Some rows in every table that takes them, whatever it is for.
DO $$
DECLARE
    t record;
    columns text;
    row_values text;
BEGIN
    SET session_replication_role = replica; -- foreign keys are not looked at
    FOR t IN SELECT c.oid, c.oid::regclass AS name
               FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
              WHERE relkind IN ('r', 'p') AND nspname !~ '^pg_|^information_schema$'
    LOOP
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum),
               string_agg(CASE
                   WHEN typname IN ('int2', 'int4', 'int8', 'numeric', 'float4', 'float8') THEN 'i'
                   WHEN typname IN ('text', 'varchar') AND attname ~ 'mail' THEN '''v'' || i || ''@example.com'''
                   WHEN typname IN ('text', 'varchar') THEN '''v'' || i'
                   WHEN typname = 'bool' THEN 'i % 2 = 0'
                   WHEN typname IN ('date', 'timestamp', 'timestamptz') THEN 'date ''2026-01-01'' + i'
                   WHEN typname = 'uuid' THEN 'md5(i::text)::uuid'
                   WHEN typname IN ('json', 'jsonb') THEN '''{}'''
                   ELSE 'NULL' END, ', ' ORDER BY attnum)
          INTO columns, row_values
          FROM pg_attribute a JOIN pg_type y ON y.oid = atttypid
         WHERE attrelid = t.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = '';
        BEGIN
            EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM generate_series(1, 6) i', t.name, columns, row_values);
        EXCEPTION WHEN others THEN
            NULL; -- it stays empty
        END;
    END LOOP;
END $$;
