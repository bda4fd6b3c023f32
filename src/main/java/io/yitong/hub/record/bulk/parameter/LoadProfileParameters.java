package io.yitong.hub.record.bulk.parameter;

import io.quarkus.runtime.StartupEvent;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.record.RetriedTransaction;
import io.yitong.hub.record.bulk.parameter.DefinedParameter.Wanted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.r4.model.SearchParameter;

/**
 * The SearchParameters that come with the hub's profiles. One that cannot be offered keeps the hub
 * from starting: it is the release that is wrong.
 */
@ApplicationScoped
class LoadProfileParameters {
  private static final String PREFIX = "profile:";

  private final ParameterRegistry registry;
  private final RetriedTransaction transactions;
  private final Path folder;

  LoadProfileParameters(
      ParameterRegistry registry,
      RetriedTransaction transactions,
      @ConfigProperty(name = "yitong.profiles") String folder) {
    this.registry = registry;
    this.transactions = transactions;
    this.folder = Path.of(folder);
  }

  void start(@Observes StartupEvent started) {
    load(folder);
  }

  void load(Path from) {
    var wanted = new HashMap<String, List<Wanted>>();
    files(from).forEach((name, parameter) -> wanted.put(name, ReadSearchParameter.read(parameter)));
    transactions.call(
        () -> {
          registry
              .resourcesBeginningWith(PREFIX)
              .forEach(known -> wanted.putIfAbsent(known, List.of()));
          wanted.forEach(
              (name, each) ->
                  registry.define(
                      name, each, Caller.hub("search-parameter", CorrelationId.random())));
          return true;
        });
  }

  private static Map<String, SearchParameter> files(Path folder) {
    var found = new HashMap<String, SearchParameter>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (var files = Files.newDirectoryStream(folder, "SearchParameter-*.json")) {
      for (var file : files) {
        var parameter = FhirJson.parse(Files.readAllBytes(file), SearchParameter.class);
        found.put(PREFIX + parameter.getUrl(), parameter);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
