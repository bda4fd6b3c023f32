package io.yitong.hub.api.bulk;

import io.yitong.hub.api.capability.Offers;
import io.yitong.hub.fhir.NamingSystems;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.ResourceType;

/** The operations of this package. */
@ApplicationScoped
class OffersBulk implements Offers {
  private static final String BULK_DATA = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/";
  private static final String OURS = NamingSystems.BASE + "OperationDefinition/";

  @Override
  public List<Operation> operations() {
    return List.of(
        new Operation("export", BULK_DATA + "export", Optional.empty()),
        new Operation("export", BULK_DATA + "patient-export", Optional.of(ResourceType.Patient)),
        new Operation("export", BULK_DATA + "group-export", Optional.of(ResourceType.Group)),
        new Operation("import", OURS + "import", Optional.empty()),
        new Operation("reindex", OURS + "reindex", Optional.empty()));
  }
}
