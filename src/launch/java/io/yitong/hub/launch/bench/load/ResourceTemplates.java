package io.yitong.hub.launch.bench.load;

/** The resources of the benchmark as JSON, a laboratory Observation being 1.1 kB long. */
final class ResourceTemplates {
  private static final String PATIENT =
      """
      {"resourceType":"Patient",WHICH"identifier":[{"use":"usual","type":{"coding":[{"system":\
      "http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},\
      "system":"urn:yitong:institution:000000-benchmark:patient","value":"<NUMBER>"}],"active":true,\
      "name":[{"use":"official","text":"<FAMILY> Yi","family":"<FAMILY>","given":["Yi"]}],\
      "telecom":[{"system":"phone","value":"<PHONE>","use":"mobile"}],"gender":"female",\
      "birthDate":"<BIRTH>","address":[{"use":"home","text":"重庆市北碚区朝阳街道新华路 18 号","city":"重庆市",\
      "district":"北碚区","country":"CN"}],\
      "managingOrganization":{"reference":"Organization/benchmark-hospital"}}""";

  private static final String ENCOUNTER =
      """
      {"resourceType":"Encounter",WHICH"status":"finished","class":{"system":\
      "http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB","display":"ambulatory"},\
      "type":[{"text":"门诊"}],"subject":{"reference":"SUBJECT"},\
      "period":{"start":"<DAY>T<TIME>+08:00","end":"<DAY>T23:10:00+08:00"},\
      "serviceProvider":{"reference":"Organization/benchmark-hospital"}}""";

  private static final String REPORT =
      """
      {"resourceType":"DiagnosticReport",WHICH"status":"final","category":[{"coding":[{"system":\
      "http://terminology.hl7.org/CodeSystem/v2-0074","code":"LAB","display":"Laboratory"}]}],\
      "code":{"coding":[{"system":"http://loinc.org","code":"24325-3","display":\
      "Hepatic function 2000 panel - Serum or Plasma"}],"text":"肝功能"},\
      "subject":{"reference":"SUBJECT"},"encounter":{"reference":"VISIT"},\
      "effectiveDateTime":"<DAY>T<TIME>+08:00","issued":"<DAY>T<TIME>+08:00",\
      "performer":[{"reference":"Organization/benchmark-hospital"}],"result":[RESULTS]}""";

  private static final String RESULT =
      """
      {"resourceType":"Observation",WHICH"status":"final","category":[{"coding":[{"system":\
      "http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory",\
      "display":"Laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"<CODE>"},\
      {"system":"urn:yitong:institution:000000-benchmark:code","code":"L<CODE>","display":"检验项目"}],\
      "text":"血清检验项目"},"subject":{"reference":"SUBJECT"},"encounter":{"reference":"VISIT"},\
      "effectiveDateTime":"<DAY>T<TIME>+08:00","issued":"<DAY>T<TIME>+08:00",\
      "performer":[{"reference":"Organization/benchmark-hospital","display":"Benchmark Hospital"}],\
      "valueQuantity":{"value":<VALUE>,"unit":"U/L","system":"http://unitsofmeasure.org","code":"U/L"},\
      "interpretation":[{"coding":[{"system":\
      "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"N"}]}],\
      "referenceRange":[{"low":{"value":9,"unit":"U/L","system":"http://unitsofmeasure.org","code":"U/L"},\
      "high":{"value":250,"unit":"U/L","system":"http://unitsofmeasure.org","code":"U/L"},"text":"9-250"}],\
      "note":[{"text":"标本无溶血"}]}""";

  private static final String STORED_PATIENT = "Patient/<PATIENT>";
  private static final String STORED_VISIT = "Encounter/<ENCOUNTER>";

  private ResourceTemplates() {}

  static String patient() {
    return PATIENT.replace("WHICH", "\"id\":\"<PATIENT>\",");
  }

  /** As a create sends it: the hub chooses the id. */
  static String newPatient() {
    return PATIENT.replace("WHICH", "");
  }

  static String encounter() {
    return of(ENCOUNTER, "\"id\":\"<ENCOUNTER>\",", STORED_PATIENT, "");
  }

  static String newEncounter(String subject) {
    return of(ENCOUNTER, "", subject, "");
  }

  /**
   * @param results references, parted by commas
   */
  static String report(String results) {
    return of(REPORT, "\"id\":\"<REPORT>\",", STORED_PATIENT, STORED_VISIT)
        .replace("RESULTS", results);
  }

  static String newReport(String subject, String visit, String results) {
    return of(REPORT, "", subject, visit).replace("RESULTS", results);
  }

  static String result() {
    return of(RESULT, "\"id\":\"<RESULT>\",", STORED_PATIENT, STORED_VISIT);
  }

  static String newResult() {
    return newResult(STORED_PATIENT, STORED_VISIT);
  }

  static String newResult(String subject, String visit) {
    return of(RESULT, "", subject, visit);
  }

  private static String of(String resource, String which, String subject, String visit) {
    return resource.replace("WHICH", which).replace("SUBJECT", subject).replace("VISIT", visit);
  }
}
