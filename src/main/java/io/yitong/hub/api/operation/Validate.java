package io.yitong.hub.api.operation;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.api.answer.Absence;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.Flaw;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.Outcomes;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.fhir.profile.ValidateResource;
import io.yitong.hub.record.ReadResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * {@code $validate} on types and instances (FHIR R4, Resource-validate): whether a resource is as
 * its profile asks and, by mode, whether this caller could create, update or delete it. Without a
 * body the stored resource is judged. Nothing is written. The answer is 200 with an
 * OperationOutcome whatever was found.
 */
@ApplicationScoped
class Validate implements Operation {
  private static final Set<String> PARAMETERS = Set.of("mode", "profile");

  /** Flaws told; an answer of megabytes to a request of kilobytes would be a weapon. */
  private static final int MOST = 100;

  /** Faults of structure from which on the profiles are not asked. */
  private static final int MOST_BROKEN = 20;

  private final ValidateResource validate;
  private final ReadResource read;
  private final AccessRules rules;

  Validate(ValidateResource validate, ReadResource read, AccessRules rules) {
    this.validate = validate;
    this.read = read;
    this.rules = rules;
  }

  /** R4, value set resource-validation-mode. */
  private enum Mode {
    CREATE,
    UPDATE,
    DELETE,
    PROFILE,
    NONE;

    static Mode of(Optional<String> text) {
      return switch (text.orElse("")) {
        case "create" -> CREATE;
        case "update" -> UPDATE;
        case "delete" -> DELETE;
        case "profile" -> PROFILE;
        case "" -> NONE;
        default -> throw Asked.invalid("mode", "create | update | delete | profile");
      };
    }
  }

  @Override
  public OperationName name() {
    return new OperationName("validate");
  }

  @Override
  public Set<ResourceType> on() {
    return ResourceNames.stored();
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.HOSPITAL, Role.CLINICIAN, Role.OPERATOR);
  }

  @Override
  public String definition() {
    return "http://hl7.org/fhir/OperationDefinition/Resource-validate";
  }

  @Override
  public boolean readOnly() {
    return true;
  }

  @Override
  public boolean readsBodyItself() {
    return true;
  }

  @Override
  public OperationAnswer invoke(Invocation call) {
    var flaws = new ArrayList<Flaw>();
    try {
      flaws.addAll(judged(call));
    } catch (HubException e) {
      if (e.code() != ErrorCode.RESOURCE_MALFORMED) {
        throw e;
      }
      return OperationAnswer.of(Outcomes.of(e));
    }
    return OperationAnswer.of(Outcomes.of(List.copyOf(flaws)));
  }

  private List<Flaw> judged(Invocation call) {
    var posted = ValidationRequest.of(call.body().orElseGet(() -> new byte[0]));
    var parameters = parameters(call, posted);
    var mode = Mode.of(Optional.ofNullable(parameters.get("mode")));
    var profile = Optional.ofNullable(parameters.get("profile"));
    if (mode == Mode.PROFILE && profile.isEmpty()) {
      throw new HubException(ErrorCode.PARAMETER_MISSING, "profile", "profile");
    }
    var flaws = new ArrayList<>(forbidden(mode, call, posted));
    if (mode != Mode.DELETE) {
      var text = text(call, posted);
      var broken = broken(text);
      flaws.addAll(broken.size() < MOST_BROKEN ? validate.flaws(text, profile) : broken);
    }
    return flaws.subList(0, Math.min(flaws.size(), MOST));
  }

  /** What is not FHIR at all in so many places is judged no further: it would take minutes. */
  private static List<Flaw> broken(byte[] text) {
    try {
      ResourceJson.read(text);
      return List.of();
    } catch (HubException e) {
      return Stream.concat(Stream.of(e), e.further().stream()).map(Validate::flaw).toList();
    }
  }

  private static Map<String, String> parameters(Invocation call, ValidationRequest posted) {
    var parameters = new HashMap<>(posted.parameters());
    var asked = Asked.of(call, PARAMETERS);
    PARAMETERS.forEach(name -> asked.text(name).ifPresent(value -> parameters.put(name, value)));
    parameters.keySet().stream()
        .filter(name -> !PARAMETERS.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw Asked.invalid(name, "resource, mode, profile");
            });
    return parameters;
  }

  /** The text posted, else what is stored under the address. */
  private byte[] text(Invocation call, ValidationRequest posted) {
    if (posted.resource().isPresent()) {
      var type = call.type().orElseThrow().name();
      if (!posted.type().isEmpty() && !posted.type().equals(type)) {
        throw new HubException(
            ErrorCode.RESOURCE_TYPE_UNEXPECTED, "resourceType", posted.type(), type);
      }
      return posted.resource().get();
    }
    var id =
        call.id()
            .orElseThrow(
                () -> new HubException(ErrorCode.PARAMETER_MISSING, "resource", "resource"));
    return Absence.require(read, new ResourceKey(call.type().orElseThrow(), id), call.filter())
        .json();
  }

  /** What would keep this caller from the interaction, the content aside. */
  private List<Flaw> forbidden(Mode mode, Invocation call, ValidationRequest posted) {
    var type = call.type().orElseThrow();
    try {
      switch (mode) {
        case CREATE -> rules.writing(call.caller(), type, Permission.CREATE);
        case UPDATE -> {
          requireInstance(call, posted);
          rules.writing(call.caller(), type, Permission.UPDATE);
        }
        case DELETE -> {
          requireInstance(call, posted);
          rules.writing(call.caller(), type, Permission.DELETE);
        }
        case PROFILE, NONE -> {}
      }
      return List.of();
    } catch (HubException e) {
      return List.of(flaw(e));
    }
  }

  private static Flaw flaw(HubException refusal) {
    return new Flaw(
        IssueSeverity.ERROR,
        refusal.code().issue(),
        refusal.where(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        refusal.chinese() + " " + refusal.english());
  }

  /** An update or deletion is of something: there must be an id, and behind it a resource. */
  private void requireInstance(Invocation call, ValidationRequest posted) {
    var id = call.id().orElseThrow(() -> new HubException(ErrorCode.PARAMETER_MISSING, "id", "id"));
    var key = new ResourceKey(call.type().orElseThrow(), id);
    Absence.require(read, key, call.filter());
    posted
        .id()
        .filter(own -> !own.equals(id))
        .ifPresent(
            own -> {
              throw new HubException(
                  ErrorCode.RESOURCE_ID_MISMATCH, key.type() + ".id", own, key.id());
            });
  }
}
