-- One row per look, change or refusal. Append-only: the database itself refuses anything else.
create table audit_event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  client text not null,
  subject text not null,
  institution text,
  roles text not null,
  purpose text not null,
  -- The agreement under which another hub called.
  agreement text,
  action "char" not null,
  interaction text not null,
  what text not null,
  query text not null,
  patient text,
  -- AuditEvent.outcome: 0, 4, 8 or 12.
  outcome smallint not null,
  error text,
  correlation text not null
);

create index audit_event_at on audit_event using brin (at);
create index audit_event_patient on audit_event (patient, id) where patient is not null;
create index audit_event_client on audit_event (client, id);
create index audit_event_refused on audit_event (id) where outcome <> 0;

create function audit_event_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_event is append-only';
end
$$;

create trigger audit_event_append_only before update or delete or truncate on audit_event
  for each statement execute function audit_event_is_append_only();
