-- Decimals as they were written: a double keeps 15 digits of them, FHIR all (R4, 2.24.0.1). Null where it would say the same again:
-- high where it is low, written_low and written_high where the unit has no base units or is itself one.
alter table index_quantity rename to index_quantity_before;
create table index_quantity (
  rid          bigint not null,
  base         bigint,
  parameter    integer not null,
  -- 1: low itself is not meant (>5), 2: high itself is not (<5); null: both are
  open         smallint,
  low          numeric not null,
  high         numeric,
  written_low  numeric,
  written_high numeric,
  units        bigint[] not null
);
-- An end that is not meant was the next double to it. What had more digits than a double keeps is exact again after a $reindex.
insert into index_quantity (rid, base, parameter, open, low, high, written_low, written_high, units)
select rid, base, parameter,
       case when high = 'infinity' and low::numeric::float8 <> low then 1
            when low = '-infinity' and high::numeric::float8 <> high then 2 end,
       low::numeric, nullif(high::numeric, low::numeric),
       case when written_low is not null or written_high is not null then coalesce(written_low, low)::numeric end,
       case when written_low is not null or written_high is not null
            then nullif(coalesce(written_high, high)::numeric, coalesce(written_low, low)::numeric) end,
       units
from index_quantity_before;
drop table index_quantity_before;
create index index_quantity_value
  on index_quantity (parameter, coalesce(written_high, written_low, high, low), coalesce(written_low, low), rid);
create index index_quantity_rid on index_quantity (rid);

-- The same, by the part's place; an array without any element is null.
alter table index_group rename to index_group_before;
create table index_group (
  rid          bigint not null,
  parameter    integer not null,
  keys         bigint[] not null,
  open         smallint[],
  low          numeric[],
  high         numeric[],
  written_low  numeric[],
  written_high numeric[],
  texts        text[]
);
insert into index_group (rid, parameter, keys, open, low, high, written_low, written_high, texts)
select rid, parameter, keys,
       (select array_agg(case when h = 'infinity' and l::numeric::float8 <> l then 1::smallint
                              when l = '-infinity' and h::numeric::float8 <> h then 2::smallint end order by place)
        from unnest(low, high) with ordinality v(l, h, place)),
       low::numeric[], high::numeric[], written_low::numeric[], written_high::numeric[], texts
from index_group_before;
drop table index_group_before;
create index index_group_keys on index_group using gin (keys) with (fastupdate = on, gin_pending_list_limit = 1024);
create index index_group_rid on index_group (rid);
