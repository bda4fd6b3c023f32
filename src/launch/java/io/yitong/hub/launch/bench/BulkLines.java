package io.yitong.hub.launch.bench;

import java.util.UUID;

/**
 * NDJSON to be imported: patients with 50 laboratory results of 1.1 kB each, as much as one request
 * may hold.
 *
 * @param lines how many
 */
record BulkLines(String text, int lines) {
  private static final int BYTES = 14_000_000;
  private static final int RESULTS = 50;

  private static final String PATIENT =
      """
      {"resourceType":"Patient","id":"%1$s","active":true,"identifier":[{"type":{"coding":[{"system":\
      "http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},\
      "system":"urn:yitong:institution:500106-university-hospital:patient","value":"%1$s"}],\
      "name":[{"text":"Bulk Benchmark","family":"Bulk","given":["Benchmark"]}],"gender":"female","birthDate":"1970-05-17",\
      "managingOrganization":{"identifier":{"system":"urn:ietf:rfc:3986","value":"urn:yitong:institution:500106-university-hospital"}}}
      """;

  private static final String RESULT =
      """
      {"resourceType":"Observation","id":"%s","status":"final","category":[{"coding":[{"system":\
      "http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory","display":"Laboratory"}]}],\
      "code":{"coding":[{"system":"http://loinc.org","code":"1742-6"},\
      {"system":"urn:yitong:institution:500106-university-hospital:lab-code","code":"ALT","display":"Alanine aminotransferase"}],\
      "text":"Alanine aminotransferase"},"subject":{"reference":"Patient/%s"},\
      "effectiveDateTime":"2026-03-%02dT07:30:00+08:00","issued":"2026-03-%02dT09:12:00+08:00",\
      "performer":[{"identifier":{"system":"urn:ietf:rfc:3986","value":"urn:yitong:institution:500106-university-hospital"},"display":"Chongqing University Town Hospital"}],\
      "valueQuantity":{"value":%d.5,"unit":"U/L","system":"http://unitsofmeasure.org","code":"U/L"},\
      "interpretation":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"N"}]}],\
      "referenceRange":[{"low":{"value":9,"unit":"U/L","system":"http://unitsofmeasure.org","code":"U/L"},\
      "high":{"value":50,"unit":"U/L","system":"http://unitsofmeasure.org","code":"U/L"},"text":"9-50"}]}
      """;

  static BulkLines make() {
    var text = new StringBuilder(BYTES + 100_000);
    var lines = 0;
    while (text.length() < BYTES) {
      var patient = UUID.randomUUID().toString();
      text.append(PATIENT.formatted(patient));
      for (var i = 0; i < RESULTS; i++) {
        var day = 1 + i % 28;
        text.append(RESULT.formatted(UUID.randomUUID(), patient, day, day, 9 + i));
      }
      lines += 1 + RESULTS;
    }
    return new BulkLines(text.toString(), lines);
  }
}
