-- Search parameters defined at run time, one row for each type they are of. A changed one is a new row: its number is part of the keys under
-- which resources are indexed by it.
create table search_parameter (
  id         bigint generated always as identity primary key,
  -- id of the SearchParameter; profile:URL for one that comes with the hub's profiles
  resource   text not null,
  base       smallint not null references resource_type,
  code       text not null,
  kind       text not null,
  expression text not null,
  targets    text[] not null,
  -- indexing: written by every write, not yet searched by; active; dropping: no longer known, its entries are being removed
  state      text not null check (state in ('indexing', 'active', 'dropping')),
  job        uuid not null
);
create unique index search_parameter_code on search_parameter (base, code) where state <> 'dropping';
create index search_parameter_resource on search_parameter (resource);

-- Moves with every change of the above; processes look at it to know whether they are up to date.
create table search_parameter_version (
  one     boolean primary key default true check (one),
  version bigint not null
);
insert into search_parameter_version (version) values (1);

-- What a job that reads stored resources could not read.
create table bulk_error (
  job     uuid not null references bulk_job on delete cascade,
  number  bigint not null,
  -- OperationOutcome
  outcome text not null,
  primary key (job, number)
);
