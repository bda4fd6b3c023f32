-- One row for each write transaction. Read in the order (tx, sequence), up to the oldest transaction still running:
-- whatever commits later stands behind.
create table change (
  sequence    bigint generated always as identity primary key,
  tx          xid8 not null default pg_current_xact_id(),
  at          timestamptz not null,
  correlation text not null,
  institution text,
  types       smallint[] not null,
  ids         text[] not null,
  effects     text[] not null,
  versions    integer[] not null
);
create index change_order on change (tx, sequence);
create index change_at on change (at);

create table change_cursor (
  consumer   text primary key,
  tx         xid8 not null default '0',
  sequence   bigint not null default 0,
  attempts   integer not null default 0,
  not_before timestamptz not null default '-infinity'
);

-- Changes that a consumer failed on for good; they no longer hold up those behind them.
create table change_parked (
  consumer text not null,
  sequence bigint not null,
  at       timestamptz not null,
  error    text not null,
  primary key (consumer, sequence)
);
