package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.mapping.Organizations;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/** XON, or the CE of OBX-15, → the Organization that did the work. */
final class MapXon {
  private static final String PREFIX = "urn:yitong:institution:";
  private static final int DIVISION_DIGITS = 6;

  private MapXon() {}

  /** XON.10 (organization identifier), before v2.5 XON.3. */
  static Optional<Reference> organization(Hl7Value xon, Run run) {
    var id = xon.component(10);
    return of(id.isEmpty() ? xon.component(3) : id, xon.component(1), run);
  }

  /** OBX-15: a code and a name. */
  static Optional<Reference> producer(Hl7Value ce, Run run) {
    return of(ce.component(1), ce.component(2), run);
  }

  private static Optional<Reference> of(String number, String name, Run run) {
    var institution = institution(number);
    if (institution.equals(Optional.of(run.institution()))) {
      return Optional.empty();
    }
    if (institution.isPresent()) {
      var known = name.isEmpty() ? institution.get().name() : name;
      return Optional.of(Organizations.institution(institution.get(), known, run.draft()));
    }
    if (number.isEmpty() && name.isEmpty()) {
      return Optional.empty();
    }
    var key = number.isEmpty() ? name : number;
    var identifier =
        new Identifier().setSystem(run.institution().numberSystem("laboratory")).setValue(key);
    return Optional.of(
        Organizations.other(
            run.id("laboratory", key), identifier, name.isEmpty() ? number : name, run.draft()));
  }

  /** The region's own identity of an institution, with or without the urn's prefix. */
  private static Optional<InstitutionId> institution(String number) {
    var name = number.startsWith(PREFIX) ? number.substring(PREFIX.length()) : number;
    return isName(name) ? Optional.of(new InstitutionId(PREFIX + name)) : Optional.empty();
  }

  private static boolean isName(String name) {
    if (name.length() < 8 || name.charAt(DIVISION_DIGITS) != '-') {
      return false;
    }
    for (var i = 0; i < name.length(); i++) {
      var c = name.charAt(i);
      var digit = c >= '0' && c <= '9';
      var rest = i >= DIVISION_DIGITS && (c == '-' || (c >= 'a' && c <= 'z'));
      if (!digit && !rest) {
        return false;
      }
    }
    return true;
  }
}
