package io.yitong.hub.api.diff;

import io.yitong.hub.api.answer.Absence;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.api.operation.Asked;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * {@code $diff}: the FHIRPath Patch that leads from one version to another ({@code
 * Patient/1/$diff?fromVersion=1}, to the current one unless toVersion says which), or from one
 * resource to another of its type ({@code $diff?from=Patient/1/_history/2&to=Patient/3}). Not of
 * the base specification; named and called as by the reference server.
 */
@ApplicationScoped
class CompareResources implements Operation {
  private static final Pattern PLACE =
      Pattern.compile("([A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history/([1-9][0-9]{0,8}))?");
  private static final Set<String> OF_INSTANCE = Set.of("fromVersion", "toVersion", "includeMeta");
  private static final Set<String> OF_SYSTEM = Set.of("from", "to", "includeMeta");

  private final ReadResource read;

  CompareResources(ReadResource read) {
    this.read = read;
  }

  @Override
  public OperationName name() {
    return new OperationName("diff");
  }

  @Override
  public Set<ResourceType> on() {
    return ResourceNames.stored();
  }

  @Override
  public boolean onSystem() {
    return true;
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.HOSPITAL, Role.CLINICIAN, Role.OPERATOR);
  }

  @Override
  public String definition() {
    return NamingSystems.BASE + "OperationDefinition/diff";
  }

  @Override
  public boolean readOnly() {
    return true;
  }

  @Override
  public OperationAnswer invoke(Invocation call) {
    return call.type().isPresent() ? ofVersions(call) : ofTwo(call);
  }

  private OperationAnswer ofVersions(Invocation call) {
    var asked = Asked.of(call, OF_INSTANCE);
    var key = new ResourceKey(call.type().orElseThrow(), asked.id());
    var to = at(key, asked.positive("toVersion"), call.filter());
    var before = asked.positive("fromVersion").orElse(to.version() - 1);
    if (before < 1) {
      throw Asked.invalid("fromVersion", "1..");
    }
    return answer(at(key, OptionalInt.of(before), call.filter()), to, asked);
  }

  private OperationAnswer ofTwo(Invocation call) {
    var asked = Asked.of(call, OF_SYSTEM);
    var from = place(asked, "from", call.filter());
    var to = place(asked, "to", call.filter());
    if (from.key().type() != to.key().type()) {
      throw new HubException(
          ErrorCode.RESOURCE_TYPE_UNEXPECTED, "to", to.key().type(), from.key().type());
    }
    return answer(from, to, asked);
  }

  private static OperationAnswer answer(StoredResource from, StoredResource to, Asked asked) {
    var patch =
        Difference.between(
            ResourceJson.read(from.json()),
            ResourceJson.read(to.json()),
            asked.flag("includeMeta"));
    var key = to.key();
    return new OperationAnswer.Text(
        patch, key.type() == ResourceType.Patient ? Optional.of(key.id()) : Optional.empty());
  }

  private StoredResource place(Asked asked, String name, ReadFilter filter) {
    var text =
        asked
            .text(name)
            .orElseThrow(() -> new HubException(ErrorCode.PARAMETER_MISSING, name, name));
    var match = PLACE.matcher(text);
    if (!match.matches()) {
      throw Asked.invalid(name, "Type/id[/_history/version]");
    }
    var key = new ResourceKey(ResourceNames.type(match.group(1)), match.group(2));
    var version =
        match.group(3) == null
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(match.group(3)));
    return at(key, version, filter);
  }

  private StoredResource at(ResourceKey key, OptionalInt version, ReadFilter filter) {
    if (version.isEmpty()) {
      return Absence.require(read, key, filter);
    }
    var found =
        read.version(key, version.getAsInt(), filter).orElseThrow(() -> Absence.of(key, filter));
    if (found.deleted()) {
      throw new HubException(
          ErrorCode.RESOURCE_DELETED, "", key.reference() + "/_history/" + version.getAsInt());
    }
    return found;
  }
}
