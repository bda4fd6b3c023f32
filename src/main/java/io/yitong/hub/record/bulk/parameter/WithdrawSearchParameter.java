package io.yitong.hub.record.bulk.parameter;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.change.Change;
import io.yitong.hub.record.change.ChangeConsumer;
import io.yitong.hub.record.write.Written;
import io.yitong.hub.record.write.Written.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hl7.fhir.r4.model.ResourceType;

/** A SearchParameter that was deleted is no longer searched by. */
@ApplicationScoped
class WithdrawSearchParameter implements ChangeConsumer {
  private final ParameterRegistry registry;
  private final ReadResource read;

  WithdrawSearchParameter(ParameterRegistry registry, ReadResource read) {
    this.registry = registry;
    this.read = read;
  }

  @Override
  public String name() {
    return "search-parameter";
  }

  @Override
  public void apply(Change change) {
    change.written().stream()
        .filter(written -> written.effect() == Effect.DELETED)
        .map(Written::key)
        .filter(key -> key.type() == ResourceType.SearchParameter)
        .filter(key -> !isThereAgain(key))
        .forEach(
            key ->
                registry.define(
                    key.id(), List.of(), Caller.hub("search-parameter", change.correlation())));
  }

  private boolean isThereAgain(ResourceKey key) {
    return read.current(key, ReadFilter.everything())
        .filter(resource -> !resource.deleted())
        .isPresent();
  }
}
