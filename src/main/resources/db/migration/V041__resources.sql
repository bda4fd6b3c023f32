-- The store: current versions here, earlier ones in resource_history. See docs/decisions/0002-search-index.md.
create sequence resource_rid increment by 1000;

create table resource (
  rid          bigint primary key,
  -- hash of Type/id; with a parameter's hash it makes the key by which others refer to this resource
  self         bigint not null,
  last_updated timestamptz not null,
  -- when the sender says it was so; null for what came through the API
  as_of        timestamptz,
  -- the type's main date (of an Observation: date); both -infinity when it has none
  date_low     timestamptz not null,
  date_high    timestamptz not null,
  -- of the content without versionId and lastUpdated: equal content makes no new version
  digest       uuid not null,
  version      integer not null,
  type         smallint not null references resource_type,
  deleted      boolean not null default false,
  fhir_id      text not null,
  -- urn of the institution whose data it is; null for the hub's own
  owner        text,
  -- id of the Patient whose record it belongs to
  patient      text,
  -- codes by which partners' agreements speak of it (laboratory)
  categories   text[],
  -- hashed tokens, references and URIs
  keys         bigint[] not null,
  content      text not null
);
create unique index resource_identity on resource (type, fhir_id);
create index resource_of_patient on resource (patient, type, date_high desc, rid) where patient is not null;
create index resource_by_date on resource (type, date_high desc, rid);
create index resource_by_update on resource (type, last_updated, rid);
-- Keys wait in a pending list and are merged a thousand resources at a time; searches read the list too, so it is short.
create index resource_keys on resource using gin (keys) with (fastupdate = on, gin_pending_list_limit = 1024);

create table resource_history (
  rid          bigint not null,
  version      integer not null,
  last_updated timestamptz not null,
  deleted      boolean not null,
  content      text not null,
  primary key (rid, version)
);

-- One narrow table for each kind of value that is compared, not only equalled. parameter: SearchParameter.code().
create table index_date (
  low       timestamptz not null,
  high      timestamptz not null,
  rid       bigint not null,
  parameter integer not null
);
create index index_date_value on index_date (parameter, high, low, rid);
create index index_date_rid on index_date (rid);

create table index_text (
  rid       bigint not null,
  parameter integer not null,
  value     text collate "C" not null
);
create index index_text_value on index_text (parameter, value, rid);
create index index_text_rid on index_text (rid);

create table index_quantity (
  low       double precision not null,
  high      double precision not null,
  rid       bigint not null,
  parameter integer not null,
  units     bigint[] not null
);
create index index_quantity_value on index_quantity (parameter, high, low, rid);
create index index_quantity_rid on index_quantity (rid);

-- Which person each institution's Patient stands for; written by identity.
create table person_link (
  patient text primary key,
  person  uuid not null
);
create index person_link_person on person_link (person, patient);

-- Institutions that have an Encounter with a Patient; kept by the write of Encounters.
create table care_relation (
  patient     text not null,
  institution text not null,
  encounter   text not null,
  primary key (patient, institution, encounter)
);
create index care_relation_encounter on care_relation (encounter);
