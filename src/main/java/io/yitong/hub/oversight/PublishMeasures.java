package io.yitong.hub.oversight;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.write.WriteResources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Measure;

/** Keeps the hub's measures in the record, each under its own id. */
@ApplicationScoped
class PublishMeasures {
  private static final String FOLDER = "/rules/oversight/";

  private final List<HubMeasure> measures;
  private final WriteResources write;

  PublishMeasures(@All List<HubMeasure> measures, WriteResources write) {
    this.measures = measures;
    this.write = write;
  }

  void publish(@Observes StartupEvent start) {
    var hub = Caller.hub("measures", CorrelationId.random());
    var context =
        new WriteContext(hub, Optional.empty(), Optional.empty(), "urn:yitong:rules:oversight");
    measures.forEach(measure -> write.put(measure.definition().copy(), Optional.empty(), context));
  }

  static Measure definition(String file) {
    try (var in = PublishMeasures.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("no " + FOLDER + file);
      }
      return FhirJson.parse(in.readAllBytes(), Measure.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
