package io.yitong.hub.access.matrix;

import java.util.HashMap;
import java.util.Map;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/**
 * A person's resources at the institution whose data they are, by column of the matrix.
 *
 * @param asker the institution's Patient that the asking hospital knows the person by; the same as
 *     the one asked about where it is the hospital's own
 */
record Subject(Map<String, Resource> resources, Patient patient, Patient asker) {
  Subject {
    resources = Map.copyOf(resources);
  }

  static Subject of(Map<String, Resource> clinical, Patient patient, Patient asker) {
    var all = new HashMap<>(clinical);
    all.put("Patient", patient);
    all.put("Organization", World.organization());
    return new Subject(all, patient, asker);
  }

  String reference(String column) {
    var resource = resources.get(column);
    return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
  }

  String type(String column) {
    return resources.get(column).fhirType();
  }

  String id(String column) {
    return resources.get(column).getIdElement().getIdPart();
  }
}
