package io.yitong.hub.console;

import io.yitong.hub.console.PatientRecord.Source;
import java.util.List;
import org.hl7.fhir.r4.model.Observation;

/**
 * What one source knows of the person.
 *
 * @param names of the laboratories that performed
 */
record Contribution(Source source, List<Observation> observations, InstitutionNames.Names names) {
  void sortInto(GroupResults analytes) {
    var read = new ReadLabResult(names::of);
    for (var observation : observations) {
      var id = source.key() + "/" + observation.getIdPart();
      analytes.add(observation, read.read(id, observation, source.key()));
    }
  }
}
