-- One human being each. The row is what concurrent changes of a person's links wait for.
create table person (
  id uuid primary key,
  since timestamptz not null
);

-- A certain identifier leads to one person; the primary key settles races between registrations.
create table identity_key (
  system text not null,
  value text not null,
  person uuid not null references person deferrable initially deferred,
  primary key (system, value)
);

create index identity_key_person on identity_key (person);

-- Each institution's Patient (by FHIR id), whom it stands for, and by what it can be matched.
create table patient_person (
  patient text primary key,
  person uuid not null references person deferrable initially deferred,
  certain boolean not null,
  method text not null check (method in ('resident-id', 'institution-number', 'merged', 'taken-back')),
  since timestamptz not null,
  institution text,
  merged_into text,
  name text not null,
  gender text,
  birth_date date,
  -- When its sender says this was so; an older state does not change the link.
  as_of timestamptz
);

create index patient_person_person on patient_person (person);
create index patient_person_demographics on patient_person (name, birth_date);
create index patient_person_merged_into on patient_person (merged_into) where merged_into is not null;

-- A link that was taken back stays so, though the same identifier comes again.
create table identity_apart (
  patient text not null,
  system text not null,
  value text not null,
  primary key (patient, system, value)
);
