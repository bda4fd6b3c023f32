-- What was recommended to whom and what became of it. Append-only: every figure is computed from these rows.
create table recognition_event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null check (kind in ('PROMPTED', 'VIEWED', 'RECOGNISED', 'REFUSED', 'UNDONE')),
  card uuid not null,
  institution text not null,
  client text not null,
  patient text not null,
  person uuid not null,
  -- The encounter, or the day where none was named.
  visit text not null,
  -- Charge item or LOINC code.
  item text not null,
  catalogue text not null,
  -- CNY; of a RECOGNISED row what it saves (0 when the item of that visit was counted before), of an UNDONE row
  -- what is taken back.
  amount numeric(12, 2) not null,
  illustrative boolean not null,
  -- Of a REFUSED row; empty when no reason was given.
  ground text,
  comment text,
  -- Of a PROMPTED row: the draft ServiceRequest as asked, and the results it was about.
  draft jsonb,
  sources text[] not null default '{}',
  correlation text not null
);

create unique index recognition_event_shown on recognition_event (card) where kind in ('PROMPTED', 'VIEWED');
-- Feedback for one card counts once.
create unique index recognition_event_answered on recognition_event (card) where kind in ('RECOGNISED', 'REFUSED');
create unique index recognition_event_undone on recognition_event (card) where kind = 'UNDONE';
create index recognition_event_visit on recognition_event (person, visit, item) where kind = 'RECOGNISED';
create index recognition_event_at on recognition_event (at, kind);

create function recognition_event_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'recognition_event is append-only';
end
$$;

create trigger recognition_event_append_only before update or delete or truncate on recognition_event
  for each statement execute function recognition_event_is_append_only();

-- One row per laboratory report an institution gave out: the denominator of the second rate.
create table recognition_reported (
  report text primary key,
  institution text not null,
  at timestamptz not null
);

create index recognition_reported_at on recognition_reported (at);
