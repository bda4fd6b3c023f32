package io.yitong.hub.record.bulk.parameter;

import io.yitong.hub.fhir.step.WriteBatch;
import io.yitong.hub.fhir.step.WriteStep;
import jakarta.enterprise.context.ApplicationScoped;
import org.hl7.fhir.r4.model.SearchParameter;

/** A SearchParameter takes effect with the transaction that writes it, or is refused with it. */
@ApplicationScoped
class AcceptSearchParameter implements WriteStep {
  private final ParameterRegistry registry;

  AcceptSearchParameter(ParameterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public int order() {
    return 0;
  }

  @Override
  public void before(WriteBatch batch) {
    batch
        .each(SearchParameter.class)
        .forEach(
            parameter ->
                registry.define(
                    parameter.getIdElement().getIdPart(),
                    ReadSearchParameter.read(parameter),
                    batch.context().caller()));
  }
}
