-- What partner hubs answered about a person, kept apart from the record and only for a while.
create table partner_holding (
  person uuid not null,
  partner text not null,
  fetched_at timestamptz not null,
  expires_at timestamptz not null,
  -- The Bundle as fetched, JSON in UTF-8; null when the partner knows nobody certain to be the person.
  content bytea,
  primary key (person, partner)
);

create index partner_holding_expiry on partner_holding (expires_at);

-- Persons admitted here whose partners are still to be asked.
create table partner_prefetch (
  person uuid primary key,
  due_at timestamptz not null,
  attempts integer not null default 0,
  correlation text not null
);

create index partner_prefetch_due on partner_prefetch (due_at);
