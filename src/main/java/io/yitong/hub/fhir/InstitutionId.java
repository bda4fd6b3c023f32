package io.yitong.hub.fhir;

import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Identifier;

/**
 * The identity of an institution in the region, for example {@code
 * urn:yitong:institution:511623-people-hospital}: the GB/T 2260 division code, then a name unique
 * in that division.
 */
public record InstitutionId(String urn) {
  private static final Pattern SHAPE =
      Pattern.compile("urn:yitong:institution:[0-9]{6}-[a-z0-9-]+");

  public InstitutionId {
    if (!SHAPE.matcher(urn).matches()) {
      throw new IllegalArgumentException(
          "institution '" + urn + "' is not of the form urn:yitong:institution:NNNNNN-name");
    }
  }

  /** The part after {@code urn:yitong:institution:}, usable as a FHIR id and a file name. */
  public String name() {
    return urn.substring("urn:yitong:institution:".length());
  }

  /** A URI as identifier value, in the form FHIR R4 (Identifier.system) gives for it. */
  public Identifier asIdentifier() {
    return new Identifier().setSystem(NamingSystems.URI).setValue(urn);
  }

  /** The institution's own number space for one kind of thing, such as {@code patient}. */
  public String numberSystem(String kind) {
    return urn + ":" + kind;
  }

  @Override
  public String toString() {
    return urn;
  }
}
