-- Long work that a caller asked for and comes back to: export, import, reindexing. Any process of the hub takes what is waiting, and takes
-- over what was left by a process that ended: its lease is not renewed.
create table bulk_job (
  id               uuid primary key,
  kind             text not null,
  state            text not null check (state in ('accepted', 'running', 'completed', 'failed', 'cancelled')),
  -- who asked: the work is done under the rights of this caller
  client           text not null,
  subject          text not null,
  institution      text,
  roles            text not null,
  scopes           text not null,
  purpose          text not null,
  correlation      text not null,
  -- the address asked, for the manifest
  request          text not null,
  -- what is to be done, as JSON of the kind's own
  instruction      text not null,
  created          timestamptz not null,
  transaction_time timestamptz,
  expires          timestamptz,
  done             bigint not null default 0,
  total            bigint,
  -- where the work goes on from, in the kind's own terms
  place            text not null default '',
  failure          text,
  failure_detail   text,
  attempts         integer not null default 0,
  worker           uuid,
  lease_until      timestamptz not null default '-infinity'
);
create index bulk_job_open on bulk_job (kind, created) where state in ('accepted', 'running');
create index bulk_job_expires on bulk_job (expires);

-- What a job left to be fetched. The content lies in the bulk folder, below the job's id.
create table bulk_file (
  job   uuid not null references bulk_job on delete cascade,
  name  text not null,
  -- output, deleted or error: the manifest's lists
  role  text not null,
  type  text not null,
  -- below the job's folder: each try writes apart from those before it
  path  text not null,
  lines bigint not null,
  bytes bigint not null,
  primary key (job, name)
);
