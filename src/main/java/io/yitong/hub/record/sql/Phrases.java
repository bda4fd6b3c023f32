package io.yitong.hub.record.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The phrases that FHIR JSON repeats, each kept as one or two bytes that JSON itself never has: a
 * third of a laboratory result is what is its own. PostgreSQL compresses rows of 2 kB and more
 * only.
 *
 * <p>The lists are part of what is stored: a phrase is never changed or moved. To add one, append
 * it and give the SQL function {@code content_text} a migration that knows it too; a test holds the
 * two to each other.
 */
final class Phrases {
  /** Before the second byte of those that have two. */
  static final byte TWO = 0x1F;

  /** The second byte of the first of them. */
  static final byte FIRST = '0';

  /** Tab, line feed and carriage return may stand in JSON as it was sent. */
  private static final byte[] CODES = {
    1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
  };

  /** Of one byte. */
  private static final List<String> SHORT =
      List.of(
          "\",\"display\":\"",
          "\"coding\":[{\"system\":\"",
          "\",\"code\":\"",
          "\"reference\":\"",
          "http://terminology.hl7.org/CodeSystem/",
          ",\"unit\":\"",
          "\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"",
          "\"},\"high\":{\"value\":",
          "{\"resourceType\":\"",
          "\",\"meta\":{\"versionId\":\"",
          "\",\"lastUpdated\":\"20",
          "Z\",\"source\":\"urn:yitong:",
          "\"},\"status\":\"final\",",
          "\"}],\"text\":\"",
          "\"},\"subject\":{\"reference\":\"Patient/",
          "\"},\"encounter\":{\"reference\":\"Encounter/",
          "\"},{\"system\":\"",
          "DateTime\":\"20",
          "\"valueQuantity\":{\"value\":",
          "\"interpretation\":[{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation\",\"code\":\"",
          "\"}]}],\"referenceRange\":[{\"low\":{\"value\":",
          "\"}]}],\"code\":{\"coding\":[{\"system\":\"",
          "\"category\":[{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/",
          "+08:00\",\"");

  /** Of two. */
  private static final List<String> LONG =
      List.of(
          "Observation\",\"id\":\"",
          "Patient\",\"id\":\"",
          "Encounter\",\"id\":\"",
          "DiagnosticReport\",\"id\":\"",
          "observation-category\",\"code\":\"laboratory\"",
          "\"display\":\"Laboratory\"",
          "\"performer\":[{\"reference\":\"Organization/",
          "http://loinc.org\",\"code\":\"",
          "http://snomed.info/sct\",\"code\":\"",
          "http://hl7.org/fhir/StructureDefinition/",
          "http://hl7.org/fhir/",
          "urn:yitong:institution:",
          "https://yitong.io/fhir/",
          "urn:ietf:rfc:3986\",\"value\":\"",
          "\"identifier\":[{\"",
          "\"type\":{\"coding\":[{\"system\":\"",
          "v2-0203\",\"code\":\"",
          "v2-0074\",\"code\":\"",
          "v3-ActCode\",\"code\":\"",
          "\"extension\":[{\"url\":\"",
          "\"},{\"url\":\"",
          "\",\"value",
          "\"value\":\"",
          "\"use\":\"official\"",
          "\"system\":\"",
          "\"text\":\"",
          "\"period\":{\"start\":\"20",
          "\",\"end\":\"20",
          "issued\":\"20",
          "\"note\":[{\"text\":\"",
          "\"specimen\":{\"reference\":\"Specimen/",
          "\"basedOn\":[{\"reference\":\"ServiceRequest/",
          "\"result\":[{\"reference\":\"Observation/",
          "\"},{\"reference\":\"Observation/",
          "\"serviceProvider\":{\"reference\":\"Organization/",
          "\"managingOrganization\":{\"reference\":\"Organization/",
          "\"identifier\":{\"system\":\"",
          "\"name\":[{\"",
          "\"family\":\"",
          "\"given\":[\"",
          "\"telecom\":[{\"system\":\"phone\",\"value\":\"",
          "\"gender\":\"male\",\"birthDate\":\"",
          "\"gender\":\"female\",\"birthDate\":\"",
          "\"address\":[{\"",
          "\"active\":true",
          "\"class\":{\"system\":\"",
          "\"status\":\"",
          "\"component\":[{\"code\":{",
          "\"valueCodeableConcept\":{",
          "\"valueString\":\"",
          "\"collection\":{\"",
          "\"recorded\":\"20",
          "\"target\":[{\"reference\":\"",
          "\"agent\":[{\"",
          "\"profile\":[\"",
          "\"tag\":[{\"system\":\"",
          "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">",
          "</div>\"}",
          "\"contained\":[{",
          "\"participant\":[{\"",
          "\"individual\":{\"reference\":\"",
          "\"diagnosis\":[{\"",
          "\"intent\":\"order\"",
          "\"priority\":\"");

  private static final byte[][] BY_CODE = new byte[' '][];
  private static final byte[][] BY_SECOND = new byte[LONG.size()][];

  static {
    for (var i = 0; i < SHORT.size(); i++) {
      BY_CODE[CODES[i]] = SHORT.get(i).getBytes(StandardCharsets.UTF_8);
    }
    for (var i = 0; i < LONG.size(); i++) {
      BY_SECOND[i] = LONG.get(i).getBytes(StandardCharsets.UTF_8);
    }
  }

  private Phrases() {}

  /** Null for what is no code. */
  static byte[] of(byte code) {
    return code > 0 && code < ' ' ? BY_CODE[code] : null;
  }

  /**
   * @param second the byte after {@link #TWO}
   */
  static byte[] ofTwo(byte second) {
    return BY_SECOND[second - FIRST];
  }

  /** All, each under the bytes that stand for it. */
  static List<Phrase> all() {
    var all = new ArrayList<Phrase>();
    for (var i = 0; i < SHORT.size(); i++) {
      all.add(new Phrase(new byte[] {CODES[i]}, BY_CODE[CODES[i]]));
    }
    for (var i = 0; i < LONG.size(); i++) {
      all.add(new Phrase(new byte[] {TWO, (byte) (FIRST + i)}, BY_SECOND[i]));
    }
    return all;
  }

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Phrase(byte[] code, byte[] text) {
    int saved() {
      return text.length - code.length;
    }

    boolean isAt(byte[] json, int at) {
      return at + text.length <= json.length
          && Arrays.equals(json, at, at + text.length, text, 0, text.length);
    }
  }
}
