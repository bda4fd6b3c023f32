package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.mapping.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;

/**
 * The identifiers of a patient, and which of them is the institution's own number.
 *
 * @param number what the institution calls the patient
 * @param identifiers that number first
 */
record PatientNumbers(String number, List<Identifier> identifiers) {
  private static final Table TYPES = Table.load("/mapping/hl7v2/identifier-types.csv");

  /**
   * PID-3; before v2.3 the number also stood in PID-2 (external), PID-4 (alternate) or PID-18.
   *
   * @throws HubException {@link ErrorCode#MESSAGE_FIELD_MISSING}, PID-3
   */
  static PatientNumbers ofPid(Fields pid, Run run) {
    var numbers = new Collector(run);
    pid.values(3).forEach(cx -> numbers.offer(cx, "patient-alternate"));
    pid.values(2).forEach(cx -> numbers.offer(cx, "patient-external"));
    pid.values(4).forEach(cx -> numbers.offer(cx, "patient-alternate"));
    pid.values(18).forEach(cx -> numbers.offerLast(cx, "account"));
    pid.values(19).forEach(numbers::offerSocialSecurity);
    return numbers.chosen("PID-3");
  }

  /** MRG-1; before v2.3.1 MRG-4 held the external number. */
  static PatientNumbers ofMrg(Fields mrg, Run run) {
    var numbers = new Collector(run);
    mrg.values(1).forEach(cx -> numbers.offer(cx, "patient-alternate"));
    mrg.values(2).forEach(cx -> numbers.offer(cx, "patient-alternate"));
    mrg.values(4).forEach(cx -> numbers.offer(cx, "patient-external"));
    mrg.values(3).forEach(cx -> numbers.offerLast(cx, "account"));
    return numbers.chosen("MRG-1");
  }

  private static final class Collector {
    private final Run run;
    private final List<Identifier> others = new ArrayList<>();
    private Identifier best;
    private int bestRank = Integer.MAX_VALUE;

    Collector(Run run) {
      this.run = run;
    }

    void offer(Hl7Value cx, String kind) {
      var type = cx.component(5).toUpperCase(Locale.ROOT);
      var identifier = identifier(cx, type, kind);
      var rank =
          switch (TYPES.of(type).orElse("")) {
            case "patient" -> type.equals("MR") ? 0 : 1;
            case "" -> 2;
            case "resident-id" -> 5;
            default -> 3;
          };
      take(identifier, rank);
    }

    /** A number that stands for the patient only where no other does. */
    void offerLast(Hl7Value cx, String kind) {
      take(identifier(cx, cx.component(5).toUpperCase(Locale.ROOT), kind), 4);
    }

    /** PID-19: in China the resident ID is written here, elsewhere a social security number. */
    void offerSocialSecurity(Hl7Value value) {
      var number = value.component(1);
      take(
          residentIdShape(number)
              ? typed(NamingSystems.RESIDENT_ID, number.toUpperCase(Locale.ROOT), "NI")
              : typed(run.institution().numberSystem("social-security"), number, "SS"),
          6);
    }

    private void take(Identifier identifier, int rank) {
      if (!identifier.hasValue()) {
        return;
      }
      if (rank < bestRank) {
        if (best != null) {
          others.add(best);
        }
        best = identifier;
        bestRank = rank;
      } else {
        others.add(identifier);
      }
    }

    PatientNumbers chosen(String where) {
      if (best == null || bestRank == 6) {
        throw new HubException(ErrorCode.MESSAGE_FIELD_MISSING, where, where);
      }
      var number = best.getValue();
      var identifiers = new ArrayList<Identifier>();
      identifiers.add(typed(run.dialect().patientNumberSystem(), number, "MR"));
      if (best.getSystem().startsWith("urn:oid:") || best.getSystem().startsWith("urn:uuid:")) {
        others.add(0, best);
      }
      others.stream()
          .filter(other -> identifiers.stream().noneMatch(i -> same(i, other)))
          .filter(other -> !other.getValue().equals(number) || !ownSystem(other))
          .forEach(identifiers::add);
      return new PatientNumbers(number, List.copyOf(identifiers));
    }

    private boolean ownSystem(Identifier identifier) {
      return identifier.getSystem().startsWith(run.institution().urn());
    }

    private static boolean same(Identifier a, Identifier b) {
      return a.getSystem().equals(b.getSystem()) && a.getValue().equals(b.getValue());
    }

    private Identifier identifier(Hl7Value cx, String type, String kind) {
      var number = cx.component(1);
      var authority = cx.nested(4);
      var registered = Systems.registered(authority);
      var meaning = TYPES.of(type);
      var residentId =
          registered
              .map(NamingSystems.RESIDENT_ID::equals)
              .orElse(meaning.equals(Optional.of("resident-id")));
      if (residentId) {
        return typed(NamingSystems.RESIDENT_ID, number.toUpperCase(Locale.ROOT), "NI");
      }
      var space = meaning.filter(m -> !m.equals("patient")).orElse(kind);
      var system = Systems.ofAuthority(authority, run.institution(), space);
      return typed(system, number, TYPES.cell(type, 2).orElse(type));
    }

    private static Identifier typed(String system, String number, String type) {
      var identifier = new Identifier().setSystem(system);
      if (!number.isEmpty()) {
        identifier.setValue(number);
      }
      var national = type.equals("NI") && !system.equals(NamingSystems.RESIDENT_ID);
      if (TYPES.cell(type, 2).isPresent() && !national) {
        identifier.getType().addCoding().setSystem(NamingSystems.V2_0203).setCode(type);
      } else if (!type.isEmpty()) {
        identifier.getType().setText(type);
      }
      return identifier;
    }

    private static boolean residentIdShape(String number) {
      if (number.length() != 15 && number.length() != 18) {
        return false;
      }
      for (var i = 0; i < number.length(); i++) {
        var c = number.charAt(i);
        if (!Character.isDigit(c) && !(i == 17 && (c == 'X' || c == 'x'))) {
          return false;
        }
      }
      return true;
    }
  }
}
