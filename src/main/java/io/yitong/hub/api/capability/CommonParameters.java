package io.yitong.hub.api.capability;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/** Search parameters that no element stands behind, the same of every type (FHIR R4, 3.1.1.4.1). */
final class CommonParameters {
  private static final Map<String, SearchParamType> ALL =
      new TreeMap<>(
          Map.of(
              "_id", SearchParamType.TOKEN,
              "_lastUpdated", SearchParamType.DATE,
              "_content", SearchParamType.STRING,
              "_text", SearchParamType.STRING,
              "_filter", SearchParamType.SPECIAL,
              "_has", SearchParamType.SPECIAL,
              "_list", SearchParamType.SPECIAL));

  private CommonParameters() {}

  static void add(Supplier<CapabilityStatementRestResourceSearchParamComponent> component) {
    ALL.forEach((name, type) -> component.get().setName(name).setType(type));
  }
}
