package io.yitong.hub.mapping;

import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;

/** GB/T 2261.1, HL7 table 0001 and the words for them. */
public final class Genders {
  private static final Table TABLE = Table.load("/mapping/genders.csv");

  private Genders() {}

  /** Empty when the code is not known; {@code unknown} when the sender says so. */
  public static Optional<AdministrativeGender> of(String code) {
    return TABLE.of(code.strip().toUpperCase(Locale.ROOT)).map(AdministrativeGender::fromCode);
  }
}
