-- Batches of an import that are done: not done again when the import goes on after a restart.
create table bulk_import_batch (
  job       uuid not null references bulk_job on delete cascade,
  input     integer not null,
  batch     integer not null,
  lines     integer not null,
  created   integer not null,
  updated   integer not null,
  unchanged integer not null,
  primary key (job, input, batch)
);

-- Lines of an import that were not written: refused for good, or waiting for what they refer to.
create table bulk_import_line (
  job     uuid not null references bulk_job on delete cascade,
  input   integer not null,
  line    bigint not null,
  -- where it stands in the file
  place   bigint not null,
  length  integer not null,
  waiting boolean not null,
  -- OperationOutcome
  outcome text not null,
  primary key (job, input, line)
);
create index bulk_import_line_waiting on bulk_import_line (job, input, line) where waiting;
