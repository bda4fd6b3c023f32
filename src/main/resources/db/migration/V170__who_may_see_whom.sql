-- What access rules go by, kept in the transaction of the write that changes it. See docs/decisions/0020-who-may-see-whom.md.

-- Who has a patient in care, by what (Encounter/…, Task/…, Contract/…), and until when.
alter table care_relation rename column encounter to source;
alter table care_relation add column until timestamptz not null default 'infinity';
alter index care_relation_encounter rename to care_relation_source;
update care_relation set source = 'Encounter/' || source;
update care_relation c
  set until = case
    when d.status in ('arrived', 'triaged', 'in-progress', 'onleave') then coalesce(d.ended, 'infinity')
    when d.status = 'finished' then coalesce(d.ended, d.written)
    else '-infinity' end
from (
  select 'Encounter/' || r.fhir_id as source, r.last_updated as written,
    content_text(r.content)::jsonb ->> 'status' as status,
    -- A date stands for the whole day; of its year or month nobody is in care for longer than is known.
    case when content_text(r.content)::jsonb #>> '{period,end}' ~ '^\d{4}-\d\d-\d\d$'
         then (content_text(r.content)::jsonb #>> '{period,end}')::date + interval '1 day'
         when content_text(r.content)::jsonb #>> '{period,end}' ~ '^\d{4}-\d\d-\d\dT'
         then (content_text(r.content)::jsonb #>> '{period,end}')::timestamptz end as ended
  from resource r join resource_type t on t.code = r.type and t.name = 'Encounter'
  where not r.deleted) d
where d.source = c.source;
delete from care_relation where until = '-infinity';

-- A provision of a Consent in force, or an exception to it. Null: whoever, whatever for, whichever.
create table consent_rule (
  consent       text not null,
  place         smallint not null,
  -- 0 of the Consent's own provision, 1 of what it excepts, and so on: the deepest that applies is what the Consent says
  depth         smallint not null,
  permit        boolean not null,
  patient       text not null,
  institution   text,
  purposes      text[],
  types         smallint[],
  categories    text[],
  sensitivities text[],
  since         timestamptz not null,
  until         timestamptz not null,
  primary key (consent, place)
);
create index consent_rule_patient on consent_rule (patient);

-- A clinician went past the rules, with a reason and for a time.
create table broken_glass (
  id          uuid primary key,
  patient     text not null,
  clinician   text not null,
  institution text not null,
  reason      text not null,
  since       timestamptz not null,
  until       timestamptz not null,
  correlation text not null
);
create index broken_glass_patient on broken_glass (patient, until);

-- All of it in one row for each patient and reader, spread over the Patients of a person: what every query looks at.
create table patient_access (
  patient text collate "C" not null,
  -- institution; 'clinician ' and who it is, past the rules; '*' when the person said anything by a Consent
  reader  text collate "C" not null,
  until   timestamptz not null,
  -- past the rules
  glass   boolean not null,
  -- Consents say more
  ruled   boolean not null,
  primary key (patient, reader)
);

alter table resource add column sensitive text[];

-- The Patients of the same person as any of these, themselves included, and whose they are.
create function patients_of_persons(about text[]) returns table (patient text, grp text) language sql stable as $$
  select m.patient, m.person::text from person_link m
    where m.person in (select l.person from person_link l where l.patient = any(about))
  union all
  select n.patient, n.patient from unnest(about) n(patient)
    where not exists (select 1 from person_link l where l.patient = n.patient)
$$;

create function patient_access_of(members text[], grps text[])
returns table (patient text, reader text, until timestamptz, glass boolean, ruled boolean) language sql stable as $$
  with member as (select * from unnest(members, grps) m(patient, grp)),
  rule as (select distinct m.grp, c.institution from member m join consent_rule c on c.patient = m.patient),
  ground as (
    select m.grp, c.institution as reader, c.until, false as glass
      from member m join care_relation c on c.patient = m.patient
    union all
    select m.grp, 'clinician ' || g.clinician, g.until, true
      from member m join broken_glass g on g.patient = m.patient
    union all
    select r.grp, coalesce(i.institution, '*'), '-infinity', false
      from rule r cross join lateral (values (r.institution), (null)) i(institution)),
  reader as (select g.grp, g.reader, max(g.until) as until, g.glass from ground g group by g.grp, g.reader, g.glass)
  select m.patient, r.reader, r.until, r.glass,
         not r.glass and exists (select 1 from rule u where u.grp = r.grp)
  from reader r join member m on m.grp = r.grp
$$;

-- Makes the rows of everybody concerned afresh. Whoever changes what they are made of calls it, in the same transaction;
-- those who do so for one person at the same time wait for each other.
create function refresh_patient_access(about text[]) returns void language plpgsql as $$
declare
  held text[] := '{}';
  members text[];
  grps text[];
begin
  loop
    select coalesce(array_agg(p.patient), '{}'), coalesce(array_agg(p.grp), '{}') into members, grps
      from patients_of_persons(about) p;
    exit when held @> grps;
    perform pg_advisory_xact_lock(k.key)
      from (select distinct hashtextextended(g, 20) as key from unnest(grps) g order by 1) k;
    held := held || grps;
  end loop;
  delete from patient_access a using unnest(members) m(patient)
    where a.patient = m.patient
      and not exists (select 1 from patient_access_of(members, grps) w
                      where w.patient = a.patient and w.reader = a.reader);
  insert into patient_access (patient, reader, until, glass, ruled)
    select w.patient, w.reader, w.until, w.glass, w.ruled from patient_access_of(members, grps) w
    order by 1, 2
    on conflict (patient, reader) do update
      set until = excluded.until, glass = excluded.glass, ruled = excluded.ruled
      where (patient_access.until, patient_access.glass, patient_access.ruled)
        is distinct from (excluded.until, excluded.glass, excluded.ruled);
end
$$;

-- What the Consents of a person say of one row, for one reader. Within a Consent the deepest provision that applies, of
-- several at one depth the one that denies; among Consents a denial. What is sensitive has to be permitted by its name.
create function consents_open(of_patient text, reader text, purposes text[], of_type smallint, of_categories text[],
                              of_sensitive text[], otherwise boolean) returns boolean language sql stable as $$
  with applies as (
    select c.consent, c.depth, c.permit, c.sensitivities
    from patients_of_persons(array[of_patient]) p join consent_rule c on c.patient = p.patient
    where (c.institution is null or c.institution = $2)
      and (c.purposes is null or c.purposes && $3)
      and (c.types is null or of_type = any(c.types))
      and (c.categories is null or c.categories && of_categories)
      and (c.sensitivities is null or c.sensitivities && of_sensitive)
      and c.since <= now() and now() < c.until),
  says as (
    select distinct on (consent) consent, depth, permit from applies order by consent, depth desc, permit)
  select case
    when exists (select 1 from says where not permit) then false
    when of_sensitive is not null then
      of_sensitive <@ array(
        select unnest(a.sensitivities) from applies a join says s using (consent, depth) where a.permit)
    else otherwise or exists (select 1 from says)
  end
$$;

alter table bulk_job add column patient text;

select refresh_patient_access(array(select distinct patient from care_relation));
