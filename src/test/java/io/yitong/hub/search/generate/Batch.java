package io.yitong.hub.search.generate;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;

/**
 * What is written in one transaction.
 *
 * @param owner the institution that writes; empty for the hub itself
 */
public record Batch(Optional<String> owner, List<Resource> puts, List<String> deletes) {
  public Bundle transaction() {
    var bundle = new Bundle().setType(BundleType.TRANSACTION);
    for (var resource : puts) {
      bundle
          .addEntry()
          .setResource(resource)
          .getRequest()
          .setMethod(HTTPVerb.PUT)
          .setUrl(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
    }
    for (var reference : deletes) {
      bundle.addEntry().getRequest().setMethod(HTTPVerb.DELETE).setUrl(reference);
    }
    return bundle;
  }
}
