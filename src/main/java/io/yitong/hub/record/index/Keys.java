package io.yitong.hub.record.index;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import io.yitong.hub.fhir.ResourceKey;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The 64-bit keys of the column {@code resource.keys}: what can be asked for by equality, hashed.
 * The key of a value under a parameter is the exclusive or of their hashes, so that SQL can make
 * the key of a reference from the target's own hash ({@code resource.self}). The forms of a token
 * are kept apart by a control character that no FHIR string may hold.
 */
public final class Keys {
  private static final HashFunction HASH =
      Hashing.sipHash24(0x7969746f6e672d68L, 0x75622d7265636f72L);

  /** Held by what contains other resources. */
  public static final long CONTAINER = HASH.hashString("\u000f", StandardCharsets.UTF_8).asLong();

  private static final long IN_RECORD = of("\u000e");

  private Keys() {}

  public static long of(String text) {
    return HASH.hashString(text, StandardCharsets.UTF_8).asLong();
  }

  public static long self(ResourceType type, String id) {
    return of(type.name() + "/" + id);
  }

  /**
   * Held by what is in the record of a patient that its row does not name, being another's first.
   */
  public static long inRecordOf(String patientId) {
    return IN_RECORD ^ self(ResourceType.Patient, patientId);
  }

  /** Of a resource inside another. */
  public static long self(ResourceKey container, String id) {
    return of(container.reference() + "#" + id);
  }

  static String code(String code) {
    return "\u0002" + code;
  }

  /**
   * @param system empty for a code that has none
   */
  static String systemAndCode(String system, String code) {
    return system + "\u0001" + code;
  }

  static String system(String system) {
    return "\u0003" + system;
  }

  static String present() {
    return "\u0004";
  }

  static String bareId(String id) {
    return "\u0005" + id;
  }

  static String exactText(String text) {
    return "\u0006" + text;
  }

  static String ofType(String system, String code, String value) {
    return "\u0007" + system + "\u0001" + code + "\u0001" + value;
  }

  static String below(String address) {
    return "\u000b" + address;
  }
}
