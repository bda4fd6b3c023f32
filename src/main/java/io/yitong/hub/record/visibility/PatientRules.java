package io.yitong.hub.record.visibility;

import io.yitong.hub.record.sql.Sql;
import java.util.Collection;

/**
 * What relationships and Consents say of a row, from {@code patient_access}: one row for each
 * patient and reader tells all there is to know where there is no Consent. Subqueries that yield a
 * value, and none by {@code exists}: PostgreSQL would make a table of all patients of the reader of
 * such a one, for every query anew. See docs/decisions/0020-who-may-see-whom.md.
 */
final class PatientRules {
  private PatientRules() {}

  /**
   * In care, or consented, and not forbidden; what is sensitive by consent to it alone. Past the
   * rules everything. One look for most rows: where the reader itself has a row, that one tells
   * all.
   */
  static Sql open(String alias, Readers readers) {
    var sql = Sql.of("coalesce(");
    readers
        .pastTheRules()
        .ifPresent(
            clinician ->
                sql.add("(select true").add(row(alias, clinician)).add(" and a.until > now()), "));
    return sql.add("(select case when a.ruled then ")
        .add(consents(alias, readers, Sql.of("a.until > now()")))
        .add(" else a.until > now() and " + alias + ".sensitive is null end")
        .add(row(alias, readers.institution()))
        .add("), (select ")
        .add(consents(alias, readers, Sql.of("false")))
        .add(row(alias, Readers.ANYBODY))
        .add("), false)");
  }

  private static Sql row(String alias, String reader) {
    return Sql.of(
        " from patient_access a where a.patient = " + alias + ".patient and a.reader = ?", reader);
  }

  /**
   * The same where most rows are of a few patients. These are looked up once, which will do for
   * what is not sensitive of those whose Consents say nothing; for the rest a function is asked.
   */
  static Sql openTo(String alias, Readers readers, Collection<String> patients) {
    return Sql.of(
            ("((ALIAS.sensitive is null and ALIAS.patient = any(array(select a.patient from"
                    + " patient_access a where ")
                .replace("ALIAS", alias))
        .add(Sql.among("a.patient", "text", patients))
        .add(" and ")
        .add(named(readers))
        .add(
            (" and not a.ruled and a.until > now()))) or (ALIAS.patient is not null and"
                    + " patient_opens(ALIAS.patient, ?, ?, ?, ALIAS.type, ALIAS.categories,"
                    + " ALIAS.sensitive)))")
                .replace("ALIAS", alias),
            readers.names().toArray(String[]::new),
            readers.institution(),
            readers.purposes());
  }

  /** One by one: see {@link Sql#among}. */
  private static Sql named(Readers readers) {
    return Sql.among("a.reader", "text", readers.names());
  }

  /**
   * Open but for what a Consent forbids.
   *
   * @param otherwise whether it is open where Consents do not speak of the row
   * @param unruled the same of a patient without any Consent
   */
  static Sql unlessForbidden(String alias, Readers readers, Sql otherwise, Sql unruled) {
    return Sql.of("(case when (select true from patient_access a where a.patient = ")
        .add(alias + ".patient and a.reader = '" + Readers.ANYBODY + "') then ")
        .add(consents(alias, readers, otherwise))
        .add(" else ")
        .add(unruled)
        .add(" end)");
  }

  private static Sql consents(String alias, Readers readers, Sql otherwise) {
    return Sql.of(
            "consents_open(ALIAS.patient, ?, ?, ALIAS.type, ALIAS.categories, ALIAS.sensitive, "
                .replace("ALIAS", alias),
            readers.institution(),
            readers.purposes())
        .add(otherwise)
        .add(")");
  }
}
