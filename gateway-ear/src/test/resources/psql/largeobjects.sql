-- Large objects: psql's commands call the server's functions by FunctionCall.
\set QUIET on
\! printf 'some bytes' > target/large-object
\lo_import target/large-object 'a "comment"'
\set object :LASTOID
SELECT convert_from(lo_get(:object), 'UTF8');
\lo_export :object target/large-object-out
\! cat target/large-object-out; echo
BEGIN;
\lo_import target/large-object
SELECT lo_put(:LASTOID, 5, 'BYTES');
\lo_export :LASTOID target/large-object-out
\! cat target/large-object-out; echo
ROLLBACK;
\lo_export :LASTOID target/large-object-out
BEGIN;
SELECT 1/0;
\lo_import target/large-object
ROLLBACK;
\lo_import /no/such/file
\lo_export 1 target/large-object-out
\lo_unlink 1
\lo_unlink :object
SELECT count(*) FROM pg_largeobject_metadata WHERE oid = :object;
\! head -c 300000 /dev/zero > target/large-object
\lo_import target/large-object
SELECT length(lo_get(:LASTOID));
\lo_unlink :LASTOID
\! rm target/large-object target/large-object-out
