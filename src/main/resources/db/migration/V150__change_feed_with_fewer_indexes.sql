-- Every write adds a row here: one index serves the consumers' order and tells rows apart. What is old enough to be
-- forgotten stands together, in the order of time, which a block range index knows at next to no cost.
alter table change drop constraint change_pkey;
drop index change_order;
alter table change add primary key (tx, sequence);
drop index change_at;
create index change_at on change using brin (at) with (pages_per_range = 32);
