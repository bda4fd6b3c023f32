-- The history of a type, or of everything, is read newest first, by pages that begin where the one before ended.
alter table resource_history add column type smallint;
update resource_history h set type = r.type from resource r where r.rid = h.rid;
alter table resource_history alter column type set not null;
create index resource_history_by_update on resource_history (type, last_updated, rid, version);
