-- By which version of the rules what is stored is indexed. A release whose rules are newer finds that out when it starts.
create table index_rules (
  one    boolean primary key default true check (one),
  -- every resource is indexed by at least this; nobody has said so yet when empty
  stored integer,
  -- what is being indexed by: no process of an older release writes or searches once this is more than its own
  wanted integer not null default 0,
  -- that takes what is stored from the one to the other
  job    uuid
);
insert into index_rules default values;
