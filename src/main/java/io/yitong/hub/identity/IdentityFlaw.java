package io.yitong.hub.identity;

import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.json.Element;
import java.util.Locale;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Patient;

/** Why a resident ID takes no part in matching; a tag on the Patient, so that it can be found. */
enum IdentityFlaw {
  /** Not a number that GB 11643 allows. */
  RESIDENT_ID_INVALID("身份证号不符合 GB 11643 / resident ID does not follow GB 11643"),
  /** The Patient's own birth date or sex is another. */
  RESIDENT_ID_CONTRADICTED("身份证号与出生日期、性别或姓名不符 / resident ID contradicted by demographics");

  static final String SYSTEM = NamingSystems.BASE + "CodeSystem/identity-quality";

  private final String display;

  IdentityFlaw(String display) {
    this.display = display;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  void mark(Patient patient) {
    patient.getMeta().addTag(new Coding(SYSTEM, code(), display));
  }

  static boolean isMarked(Element patient) {
    return patient.children("meta").stream()
        .flatMap(meta -> meta.children("tag").stream())
        .anyMatch(tag -> tag.value("system").filter(SYSTEM::equals).isPresent());
  }

  /**
   * @return whether there was a mark
   */
  static boolean unmark(Patient patient) {
    return patient.getMeta().getTag().removeIf(tag -> SYSTEM.equals(tag.getSystem()));
  }
}
