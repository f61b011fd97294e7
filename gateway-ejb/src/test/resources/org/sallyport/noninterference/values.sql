-- All that is hidden; $side is 0 or 1. Alike on both sides is what the masks show: the last four digits and the length of an ssn,
-- the first two characters and the length of an iban, and which values are NULL. Not alike: the values, their order, which of them
-- are equal to one another, and whether they can be read as numbers or dates, or cast to other types.
UPDATE customers SET
    ssn = CASE WHEN id % 5 = 0 THEN NULL
               ELSE (ARRAY['100-01-', '900-99-'])[1 + (id + $side) % 2] || (1000 + id % 6)::text END,
    email = CASE WHEN id % 7 = 0 THEN NULL
                 WHEN (id + $side) % 2 = 0 THEN (id % 4)::text ELSE 'someone' || id || '@example.com' END,
    salary = CASE WHEN id % 6 = 0 THEN NULL WHEN $side = 0 AND id = 11 THEN 1e400 WHEN $side = 0 THEN id % 3 ELSE 10000 - id END,
    born = CASE WHEN $side = 0 AND id = 11 THEN date '300000-01-01' WHEN $side = 0 THEN date '1990-01-01' - 1500 * id ELSE date '1961-01-01' + 1000 * id END;
UPDATE visits SET ssn = (ARRAY['100-01-', '900-99-'])[1 + (id + $side) % 2] || (1000 + id % 6)::text WHERE id % 4 <> 0;
UPDATE people SET ssn = (ARRAY['300-01-', '700-99-'])[1 + (id + $side) % 2] || (1000 + id % 3)::text WHERE id % 4 <> 0;
UPDATE accounts SET
    iban = 'DE' || CASE WHEN $side = 0 THEN lpad((100 + id)::text, 8, '0') ELSE lpad((900 - id)::text, 8, '7') END,
    balance = CASE WHEN $side = 0 THEN id - 1 ELSE 5000 - 7 * id END;
UPDATE cards SET iban = (SELECT iban FROM accounts a WHERE a.id = CASE WHEN $side = 0 THEN 1 + cards.id % 3 ELSE cards.id END);
UPDATE drivers SET ssn = (ARRAY['300-01-', '700-99-'])[1 + (id + $side) % 2] || (1000 + id)::text;
UPDATE lodgers SET ssn = (ARRAY['300-01-', '700-99-'])[1 + (id + $side) % 2] || (1000 + id)::text;
