package io.yitong.hub.api.interaction;

import io.quarkus.arc.All;
import io.yitong.hub.access.AccessRules;
import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.json.BoundedJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.StringType;

/** Finds the operation asked for, checks who asks, and runs it. */
@ApplicationScoped
public class InvokeOperation {
  /** About the form of the answer; no parameters of the operation. */
  private static final Set<String> NO_PARAMETERS = Set.of("_format", "_pretty");

  private final List<Operation> operations;
  private final AccessRules rules;
  private final Recorded recorded;

  InvokeOperation(@All List<Operation> operations, AccessRules rules, Recorded recorded) {
    this.operations = operations;
    this.rules = rules;
    this.recorded = recorded;
  }

  public List<Operation> offered() {
    return operations;
  }

  /** By GET: only what changes nothing (FHIR R4, 3.2.0.1). */
  public Answer get(
      String name, Optional<String> type, Optional<String> id, Map<String, List<String>> query) {
    return recorded.reading(
        interaction(name, type, id), caller -> read(caller, name, type, id, query));
  }

  /** The same, as part of an interaction that is recorded itself. */
  public Answer read(
      Caller caller,
      String name,
      Optional<String> type,
      Optional<String> id,
      Map<String, List<String>> query) {
    var operation = find(name, type);
    if (!operation.readOnly()) {
      throw new HubException(ErrorCode.METHOD_NOT_SUPPORTED, "", "GET");
    }
    var parameters = parameters(new Parameters(), query);
    return invoke(operation, caller, type, id, parameters, Optional.empty());
  }

  /** What changes something runs in the transaction that records it. */
  public Answer post(
      String name,
      Optional<String> type,
      Optional<String> id,
      Map<String, List<String>> query,
      byte[] body) {
    var interaction = interaction(name, type, id);
    var changesNothing =
        operations.stream()
            .anyMatch(operation -> operation.readOnly() && operation.name().value().equals(name));
    return changesNothing
        ? recorded.reading(interaction, caller -> posted(caller, name, type, id, query, body))
        : recorded.writing(interaction, caller -> posted(caller, name, type, id, query, body));
  }

  private Answer posted(
      Caller caller,
      String name,
      Optional<String> type,
      Optional<String> id,
      Map<String, List<String>> query,
      byte[] body) {
    var operation = find(name, type);
    var itself = operation.readsBodyItself();
    var parameters = parameters(itself ? new Parameters() : parameters(body), query);
    return invoke(
        operation, caller, type, id, parameters, itself ? Optional.of(body) : Optional.empty());
  }

  private static Interaction interaction(String name, Optional<String> type, Optional<String> id) {
    var what = type.map(t -> id.map(i -> t + "/" + i).orElse(t)).orElse("");
    return new Interaction('E', "$" + name, what, "");
  }

  private Operation find(String name, Optional<String> type) {
    var asked = type.map(ResourceNames::type);
    return operations.stream()
        .filter(operation -> operation.name().value().equals(name))
        .filter(operation -> asked.map(operation.on()::contains).orElseGet(operation::onSystem))
        .findFirst()
        .orElseThrow(
            () ->
                new HubException(
                    ErrorCode.OPERATION_UNKNOWN,
                    "",
                    type.map(t -> t + "/").orElse("") + "$" + name));
  }

  private Answer invoke(
      Operation operation,
      Caller caller,
      Optional<String> type,
      Optional<String> id,
      Parameters parameters,
      Optional<byte[]> body) {
    var on = type.map(ResourceNames::type);
    id.ifPresent(given -> ResourceNames.key(type.orElseThrow(), given));
    var filter = rules.invoking(caller, operation, on);
    var result = operation.invoke(new Invocation(on, id, parameters, body, caller, filter));
    var answer =
        Answer.of(
            200,
            json(result),
            id.filter(given -> on.filter(ResourceType.Patient::equals).isPresent())
                .or(result::patientId));
    return result instanceof OperationAnswer.Text text ? answer.at(text.location()) : answer;
  }

  private static byte[] json(OperationAnswer answer) {
    if (answer instanceof OperationAnswer.Text text) {
      return text.json();
    }
    return FhirJson.write(((OperationAnswer.Model) answer).resource());
  }

  /** In one order, so that links say the same each time. */
  private static Parameters parameters(Parameters parameters, Map<String, List<String>> query) {
    new TreeMap<>(query)
        .forEach(
            (name, values) -> {
              if (!NO_PARAMETERS.contains(name)) {
                values.forEach(
                    value ->
                        parameters.addParameter().setName(name).setValue(new StringType(value)));
              }
            });
    return parameters;
  }

  /** A resource by itself is the parameter {@code resource} (FHIR R4, 3.2.0.1.1). */
  private static Parameters parameters(byte[] body) {
    if (body.length == 0) {
      return new Parameters();
    }
    var resource = FhirJson.parse(BoundedJson.check(body));
    if (resource instanceof Parameters parameters) {
      return parameters;
    }
    var parameters = new Parameters();
    parameters.addParameter().setName("resource").setResource(resource);
    return parameters;
  }
}
