-- Whether a feed's message caused the change: its institution's quality score is of what feeds bring, and must not cost what is
-- written through the API a look at each resource.
alter table change add column fed boolean not null default false;
