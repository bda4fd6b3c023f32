package io.yitong.hub.record.visibility;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ReadFilter.AgreedCategories;
import io.yitong.hub.fhir.ReadFilter.Pseudonymised;
import io.yitong.hub.fhir.ReadFilter.Reach;
import io.yitong.hub.fhir.ReadFilter.RelatedTo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whoever reads, as the rows of {@code patient_access} name it, and for what.
 *
 * @param institution as Consents name it; empty for none
 * @param pastTheRules the clinician's name there; empty for a system
 * @param purposes the one stated and those it is a kind of (HL7 v3 PurposeOfUse)
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Readers(String institution, Optional<String> pastTheRules, String[] purposes) {
  /** The rows of whoever said anything by a Consent. */
  static final String ANYBODY = "*";

  private static final Map<String, String> KIND_OF =
      Map.of("ETREAT", "TREAT", "BTG", "TREAT", "COC", "TREAT");

  /** Of any reach; of one that Consents do not concern nobody for nothing. */
  static Readers of(Reach reach) {
    if (reach instanceof RelatedTo related) {
      return of(related);
    }
    if (reach instanceof AgreedCategories agreed) {
      return of(agreed);
    }
    return reach instanceof Pseudonymised pseudonymised ? of(pseudonymised) : of("", "");
  }

  static Readers of(RelatedTo related) {
    return new Readers(
        related.institution().urn(),
        related.clinician().map(Readers::clinician),
        purposes(related.purpose()));
  }

  static Readers of(AgreedCategories agreed) {
    return of(agreed.institution().map(InstitutionId::urn).orElse(""), agreed.purpose());
  }

  static Readers of(Pseudonymised pseudonymised) {
    return of("", pseudonymised.profile().equals("research") ? "HRESCH" : "PUBHLTH");
  }

  private static Readers of(String institution, String purpose) {
    return new Readers(institution, Optional.empty(), purposes(purpose));
  }

  /** All whose rows concern it. */
  List<String> names() {
    return Stream.concat(Stream.of(institution, ANYBODY), pastTheRules.stream()).toList();
  }

  /** A clinician past the rules. */
  static String clinician(String subject) {
    return "clinician " + subject;
  }

  private static String[] purposes(String stated) {
    var kind = KIND_OF.get(stated);
    return kind == null ? new String[] {stated} : new String[] {stated, kind};
  }
}
