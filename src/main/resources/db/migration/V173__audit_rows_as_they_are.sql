-- docs/decisions/0018-audit-chain.md.
alter table audit_event set (
  -- A page of a search names fifty patients: pressing their ids together costs more than writing them.
  toast_tuple_target = 8160,
  -- Rows never change: there is little to tidy up, and little new to learn of them.
  autovacuum_vacuum_insert_scale_factor = 0.5, autovacuum_analyze_scale_factor = 0.5
);
alter table audit_event alter column hash set statistics 0, alter column correlation set statistics 0,
  alter column patients set statistics 10;
