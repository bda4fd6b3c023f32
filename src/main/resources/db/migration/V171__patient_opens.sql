-- What patient_access says of one row, for where a row's patient has most likely been judged already: a function, because
-- PostgreSQL makes ready for every subquery of a statement, and plans many a statement anew, whether it comes to it or not.
create function patient_opens(of_patient text, readers text[], institution text, purposes text[], of_type smallint,
                              of_categories text[], of_sensitive text[]) returns boolean language plpgsql stable as $$
declare
  known record;
begin
  for known in
    select a.glass, a.ruled, a.until > now() as holds from patient_access a
    where a.patient = of_patient and a.reader = any(readers)
  loop
    if known.ruled then
      if consents_open(of_patient, institution, purposes, of_type, of_categories, of_sensitive, known.holds) then
        return true;
      end if;
    elsif known.holds and (known.glass or of_sensitive is null) then
      return true;
    end if;
  end loop;
  return false;
end
$$;
