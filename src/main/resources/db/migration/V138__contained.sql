-- Resources that stand in others, to be searched with _contained. Those stored before are entered by a $reindex.
create table contained (
  -- of the same numbers as resource: the index tables know both
  rid       bigint primary key,
  container bigint not null,
  type      smallint not null,
  -- within its container
  fhir_id   text not null,
  -- hash of ContainerType/id#fhir_id
  self      bigint not null,
  date_low  timestamptz not null,
  date_high timestamptz not null,
  keys      bigint[] not null,
  content   text not null
);
create index contained_container on contained (container);
create index contained_type on contained (type, rid);
create index contained_keys on contained using gin (keys);

-- With the columns by which a resource is searched; whose they are is what contains them.
create view contained_resource as
select c.rid, c.self, r.last_updated, c.date_low, c.date_high, r.version, c.type, r.deleted, c.fhir_id, r.patient, c.keys, c.content,
       c.container, r.type as container_type, r.fhir_id as container_id
from contained c join resource r on r.rid = c.container;
