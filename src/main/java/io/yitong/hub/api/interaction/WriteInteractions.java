package io.yitong.hub.api.interaction;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.Versions;
import io.yitong.hub.api.bundle.RunBundle;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.write.WriteResources;
import io.yitong.hub.record.write.Written;
import io.yitong.hub.record.write.Written.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;

/** create, update, delete and their conditional forms (FHIR R4, 3.1.0), inside a transaction. */
@ApplicationScoped
public class WriteInteractions {
  private final AccessRules rules;
  private final WriteResources write;
  private final ReadResource read;

  WriteInteractions(AccessRules rules, WriteResources write, ReadResource read) {
    this.rules = rules;
    this.write = write;
    this.read = read;
  }

  /**
   * @param ifNoneExist criterion; empty for an unconditional create
   */
  public Answer create(Caller caller, Resource resource, String ifNoneExist) {
    var context = rules.writing(caller, resource.getResourceType(), Permission.CREATE);
    if (ifNoneExist.isEmpty()) {
      return written(caller, write.create(resource, context));
    }
    var bundle = new Bundle().setType(BundleType.TRANSACTION);
    bundle
        .addEntry()
        .setResource(resource)
        .getRequest()
        .setMethod(HTTPVerb.POST)
        .setUrl(resource.fhirType())
        .setIfNoneExist(ifNoneExist);
    return written(caller, write.transaction(bundle, context).get(0));
  }

  public Answer update(
      Caller caller, ResourceKey key, Resource resource, Optional<Integer> expected) {
    var context = rules.writing(caller, key.type(), Permission.UPDATE);
    var own = resource.getIdElement().getIdPart();
    if (own == null) {
      throw new HubException(ErrorCode.RESOURCE_ID_MISMATCH, key.type() + ".id", "-", key.id());
    }
    if (!own.equals(key.id())) {
      throw new HubException(ErrorCode.RESOURCE_ID_MISMATCH, key.type() + ".id", own, key.id());
    }
    return written(caller, put(key, resource, expected, context));
  }

  private Written put(
      ResourceKey key, Resource resource, Optional<Integer> expected, WriteContext context) {
    try {
      return write.put(resource, expected, context);
    } catch (HubException e) {
      throw e.code() == ErrorCode.VERSION_CONFLICT
              && expected.filter(version -> version == Versions.NONE).isPresent()
          ? new HubException(ErrorCode.RESOURCE_EXISTS, "If-None-Match", key.reference())
          : e;
    }
  }

  public Answer updateWhere(
      Caller caller,
      ResourceType type,
      String criterion,
      Resource resource,
      Optional<Integer> expected) {
    var context = rules.writing(caller, type, Permission.UPDATE);
    return written(caller, one(HTTPVerb.PUT, type, criterion, resource, expected, context));
  }

  public Answer delete(Caller caller, ResourceKey key, Optional<Integer> expected) {
    var context = rules.writing(caller, key.type(), Permission.DELETE);
    return deleted(write.delete(key, expected, context));
  }

  public Answer deleteWhere(
      Caller caller, ResourceType type, String criterion, Optional<Integer> expected) {
    var context = rules.writing(caller, type, Permission.DELETE);
    return deleted(one(HTTPVerb.DELETE, type, criterion, null, expected, context));
  }

  /**
   * All entries in the given context, for {@link RunBundle}.
   *
   * @return one answer per entry
   */
  public List<Answer> transaction(Caller caller, Bundle bundle, WriteContext context) {
    return write.transaction(bundle, context).stream()
        .map(
            result ->
                result.effect() == Effect.DELETED || result.version() == 0
                    ? deleted(result)
                    : written(caller, result))
        .toList();
  }

  private Written one(
      HTTPVerb method,
      ResourceType type,
      String criterion,
      Resource resource,
      Optional<Integer> expected,
      WriteContext context) {
    var bundle = new Bundle().setType(BundleType.TRANSACTION);
    bundle
        .addEntry()
        .setResource(resource)
        .getRequest()
        .setMethod(method)
        .setUrl(type + "?" + criterion)
        .setIfMatch(expected.map(version -> "W/\"" + version + "\"").orElse(null));
    return write.transaction(bundle, context).get(0);
  }

  /** An update that turns out to create needs the permission to create as well. */
  private Answer written(Caller caller, Written written) {
    var created = written.effect() == Effect.CREATED;
    if (created) {
      rules.writing(caller, written.key().type(), Permission.CREATE);
    }
    return Answer.of(
        written, created ? 201 : 200, read.current(written.key(), ReadFilter.everything()));
  }

  private static Answer deleted(Written written) {
    return Answer.of(written, 204, Optional.empty());
  }
}
