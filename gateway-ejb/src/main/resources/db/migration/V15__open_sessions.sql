-- As before, but for sessions without an end: those of a gateway that is still there are open, however long nothing was asked in them.
-- One that was killed and has come back has ended its sessions on record.
CREATE OR REPLACE FUNCTION expired_sessions(of_connection text, of_identity text, before timestamptz)
    RETURNS TABLE (session_id uuid, ended timestamptz)
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
SELECT s.id, max(e.ended)
FROM public.session s LEFT JOIN public.session_end e ON e.session_id = s.id
WHERE (of_connection IS NULL OR s.connection = of_connection)
  AND (of_identity IS NULL OR s.identity = of_identity)
  AND s.started < before
  AND NOT EXISTS (SELECT FROM public.holds_in_force() h WHERE h.session_id = s.id OR h.connection = s.connection)
  AND s.commitment = sha256(s.salt || '\x73' || uuid_send(s.id) || public.record_bytes(s.identity) || public.record_bytes(s.groups)
      || public.record_bytes(s.connection) || public.record_bytes(s.client_address) || public.record_bytes(s.started)
      || public.record_bytes(s.gateway_version) || public.record_bytes(s.policy_version))
  AND CASE WHEN e.session_id IS NOT NULL THEN
      e.ended < before
      AND e.commitment = sha256(e.salt || '\x65' || uuid_send(e.session_id) || public.record_bytes(e.ended) || public.record_bytes(e.reason))
  ELSE
      s.started < before - interval '1 day'
      AND NOT EXISTS (SELECT FROM public.journal j WHERE j.id = s.journal AND j.at >= before - interval '1 day')
      AND NOT EXISTS (SELECT FROM public.statement t WHERE t.session_id = s.id AND t.asked >= before - interval '1 day')
      AND NOT EXISTS (SELECT FROM public.outcome o WHERE o.session_id = s.id AND o.completed >= before - interval '1 day')
  END
GROUP BY s.id
$$;
