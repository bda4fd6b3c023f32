package io.yitong.hub.api.bulk;

import io.yitong.hub.api.capability.OffersOperations;
import io.yitong.hub.fhir.NamingSystems;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.hl7.fhir.r4.model.ResourceType;

/** The operations of this package. */
@ApplicationScoped
class OffersBulk implements OffersOperations {
  private static final String BULK_DATA = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/";
  private static final String OURS = NamingSystems.BASE + "OperationDefinition/";

  @Override
  public Map<String, String> onSystem() {
    return Map.of(
        "export", BULK_DATA + "export", "import", OURS + "import", "reindex", OURS + "reindex");
  }

  @Override
  public Map<String, String> on(ResourceType type) {
    return switch (type) {
      case Patient -> Map.of("export", BULK_DATA + "patient-export");
      case Group -> Map.of("export", BULK_DATA + "group-export");
      default -> Map.of();
    };
  }
}
