-- The audit in chains: each row holds the SHA-256 of the row before it and of itself, each chain has a head that moves
-- in the statement that appends. docs/decisions/0018-audit-chain.md.

-- One chain per lane of a writing process; a lane left by a process that ended is taken over by another.
create table audit_chain (
  chain integer primary key,
  opened_at timestamptz not null default now(),
  -- Who appends to it now.
  process uuid,
  -- The newest row: its number, 0 for none, and its hash.
  seq bigint not null default 0,
  hash bytea not null default '\x0000000000000000000000000000000000000000000000000000000000000000'
) with (fillfactor = 20);

-- Processes that append; one not seen for a minute has ended, or is cut off.
create table audit_writer (
  process uuid primary key,
  seen timestamptz not null
);

alter table audit_event rename to audit_event_unchained;
drop trigger audit_event_append_only on audit_event_unchained;
alter table audit_event_unchained rename constraint audit_event_pkey to audit_event_unchained_pkey;
drop index audit_event_at, audit_event_patient, audit_event_client, audit_event_refused;

create table audit_event (
  chain integer not null,
  seq bigint not null,
  -- Microseconds since 1970-01-01T00:00:00Z: exact in the hash, and in an index by week.
  at bigint not null,
  client text not null,
  subject text not null,
  institution text,
  -- On whose behalf, as the client says: X-Requesting-Organization.
  behalf text,
  roles text not null,
  purpose text not null,
  -- The agreement under which another hub called.
  agreement text,
  action text not null,
  interaction text not null,
  what text not null,
  query text not null,
  -- Whose data: exactly one patient's, or those of several.
  patient text,
  patients text[],
  -- AuditEvent.outcome: 0, 4, 8 or 12.
  outcome smallint not null,
  error text,
  correlation text not null,
  hash bytea not null,
  primary key (chain, seq)
);

-- What a row says, byte for byte as it is hashed; numbers in network order, a text as its length and UTF-8.
create function audit_text(content text) returns bytea immutable language sql as
  $$ select coalesce(int4send(length(convert_to(content, 'UTF8'))) || convert_to(content, 'UTF8'), int4send(-1)) $$;

create function audit_canonical(e audit_event) returns bytea stable language sql as $$
  select int4send(e.chain) || int8send(e.seq) || int8send(e.at)
    || audit_text(e.client) || audit_text(e.subject) || audit_text(e.institution) || audit_text(e.behalf)
    || audit_text(e.roles) || audit_text(e.purpose) || audit_text(e.agreement) || audit_text(e.action)
    || audit_text(e.interaction) || audit_text(e.what) || audit_text(e.query) || audit_text(e.patient)
    || audit_text(array_to_string(e.patients, ' ')) || int2send(e.outcome) || audit_text(e.error)
    || audit_text(e.correlation)
$$;

-- The rows of before become chain 0, to which nobody appends.
do $$
declare
  old audit_event_unchained;
  e audit_event;
  head bytea := decode(repeat('00', 32), 'hex');
  n bigint := 0;
begin
  for old in select * from audit_event_unchained order by id loop
    n := n + 1;
    e := row(0, n, (extract(epoch from old.at) * 1000000)::bigint, old.client, old.subject, old.institution, null,
      old.roles, old.purpose, old.agreement, old.action::text, old.interaction, old.what, old.query, old.patient, null,
      old.outcome, old.error, old.correlation, null);
    head := sha256(head || audit_canonical(e));
    e.hash := head;
    insert into audit_event select e.*;
  end loop;
  insert into audit_chain (chain, seq, hash) values (0, n, head);
end
$$;

drop table audit_event_unchained;

create index audit_event_at on audit_event (at);
create index audit_event_refused on audit_event (at) where outcome <> 0;
-- By week first, so that what is written to is this week's part of the index, however many years it holds.
create index audit_event_patient on audit_event (((at / 604800000000)::int), hashtext(patient)) where patient is not null;
create index audit_event_patients on audit_event using gin (patients) where patients is not null;
-- Which pages may hold a user, a client, a resource: costs an insert next to nothing, and a question 1% of the table.
-- The hub has it filled in every minute.
create index audit_event_words on audit_event using brin (
  client text_bloom_ops (n_distinct_per_range = 100), behalf text_bloom_ops (n_distinct_per_range = 100),
  subject text_bloom_ops (n_distinct_per_range = 1300), what text_bloom_ops (n_distinct_per_range = 1300)
) with (pages_per_range = 64);

-- A seat belt: whoever owns the table can take it off, and is found out by ./yitong audit verify.
create or replace function audit_event_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('yitong.audit_expiry', true) = 'on' then
    return null;
  end if;
  raise exception 'audit_event is append-only';
end
$$;

create trigger audit_event_append_only before update or delete or truncate on audit_event
  for each statement execute function audit_event_is_append_only();

-- The heads of all chains at a moment, signed; each names the one before.
create table audit_checkpoint (
  number integer primary key,
  at timestamptz not null,
  statement text not null,
  signature bytea not null,
  -- X.509 SubjectPublicKeyInfo.
  public_key bytea not null
);

-- What was removed after its time: all rows up to the heads of a checkpoint; signed.
create table audit_expiry (
  number integer primary key,
  at timestamptz not null,
  statement text not null,
  signature bytea not null,
  public_key bytea not null
);
