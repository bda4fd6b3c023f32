-- Search by every parameter of the specification. See docs/decisions/0012-search.md.

-- From what a key may refer to, to the row that it does refer to.
create index resource_self on resource (self);

-- Codes in the order of time, for questions that name no patient. No index by rid: entries are found by the row's own
-- keys and date, which are the same.
create table index_code (
  code      bigint not null,
  system    bigint not null,
  date_high timestamptz not null,
  rid       bigint not null
);
create index index_code_value on index_code (code, system, date_high desc, rid);

-- A text is kept whole; its beginning is what the index is entered by.
drop index index_text_value;
create index index_text_value on index_text (parameter, left(value, 200), rid);

-- In base units where base says of which kind; as written in the columns beside, where that differs.
alter table index_quantity add column base bigint;
alter table index_quantity add column written_low double precision;
alter table index_quantity add column written_high double precision;
drop index index_quantity_value;
create index index_quantity_value on index_quantity (parameter, coalesce(written_high, high), coalesce(written_low, low), rid);

-- The elements in which the parts of a composite parameter are met together; arrays by the part's place.
create table index_group (
  rid          bigint not null,
  parameter    integer not null,
  keys         bigint[] not null,
  low          double precision[] not null,
  high         double precision[] not null,
  written_low  double precision[] not null,
  written_high double precision[] not null,
  texts        text[] not null
);
create index index_group_keys on index_group using gin (keys) with (fastupdate = on, gin_pending_list_limit = 1024);
create index index_group_rid on index_group (rid);

create table index_position (
  rid       bigint not null,
  latitude  double precision not null,
  longitude double precision not null
);
create index index_position_latitude on index_position (latitude);
create index index_position_rid on index_position (rid);

-- Signs the cursors of pages, for all processes of the hub.
create table search_key (
  one boolean primary key default true check (one),
  key bytea not null
);
insert into search_key (key)
values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

-- The same as NormalisedText, for what is read from the stored JSON.
create function normalised_text(t text) returns text
  language sql immutable parallel safe
  return btrim(regexp_replace(lower(normalize(
    regexp_replace(normalize(t, nfd), '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+', '', 'g'), nfc)), '\s+', ' ', 'g'));
