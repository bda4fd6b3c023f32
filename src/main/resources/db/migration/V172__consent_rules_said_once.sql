-- Every provision of the Consents of a person, and whether it applies to one reader, purpose and row, now; null for one of
-- categories where the row has none: it does not. (By coalesce it would be 5% dearer.)
create function consent_rules_of(of_patient text, for_reader text, for_purposes text[], of_type smallint,
                                 of_categories text[], of_sensitive text[])
returns table (consent text, place smallint, depth smallint, permit boolean, sensitivities text[], applies boolean)
language sql stable as $$
  select c.consent, c.place, c.depth, c.permit, c.sensitivities,
    (c.institution is null or c.institution = for_reader)
      and (c.purposes is null or c.purposes && for_purposes)
      and (c.types is null or of_type = any(c.types))
      and (c.categories is null or c.categories && of_categories)
      and (c.sensitivities is null or c.sensitivities && of_sensitive)
      and c.since <= now() and now() < c.until
  from patients_of_persons(array[of_patient]) p join consent_rule c on c.patient = p.patient
$$;

-- What the Consents of a person say of one row, for one reader. Within a Consent the deepest provision that applies, of
-- several at one depth the one that denies; among Consents a denial. What is sensitive has to be permitted by its name.
create or replace function consents_open(of_patient text, reader text, purposes text[], of_type smallint, of_categories text[],
                              of_sensitive text[], otherwise boolean) returns boolean language sql stable as $$
  with applies as (
    select r.consent, r.depth, r.permit, r.sensitivities
    from consent_rules_of(of_patient, reader, purposes, of_type, of_categories, of_sensitive) r where r.applies),
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
