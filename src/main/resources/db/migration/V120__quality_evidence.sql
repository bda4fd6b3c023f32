-- What the quality-control body says of laboratories. A row that a newer upload replaces stays, closed.
create table quality_eqa (
  id bigint generated always as identity primary key,
  laboratory text not null,
  loinc text not null,
  scope text not null,
  round text not null,
  passed boolean not null,
  surveyed date not null,
  published date not null,
  valid_until date not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  superseded_at timestamptz
);

create unique index quality_eqa_current on quality_eqa (laboratory, loinc, scope, round)
  where superseded_at is null;

create table quality_control (
  id bigint generated always as identity primary key,
  laboratory text not null,
  loinc text not null,
  state text not null check (state in ('IN_CONTROL', 'OUT_OF_CONTROL', 'UNKNOWN')),
  since timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  superseded_at timestamptz
);

create unique index quality_control_current on quality_control (laboratory, loinc, since)
  where superseded_at is null;

-- Counts uploads, so that every hub process on this database learns of one with a look at one row.
create table quality_version (
  only_row boolean primary key default true check (only_row),
  version bigint not null
);

insert into quality_version (version) values (1);
