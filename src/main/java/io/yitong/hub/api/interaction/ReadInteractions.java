package io.yitong.hub.api.interaction;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.api.answer.Absence;
import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.Query;
import io.yitong.hub.api.answer.View;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** read and vread (FHIR R4, 3.1.0.2 and 3.1.0.3). */
@ApplicationScoped
public class ReadInteractions {
  private final AccessRules rules;
  private final ReadResource read;

  ReadInteractions(AccessRules rules, ReadResource read) {
    this.rules = rules;
    this.read = read;
  }

  public Answer read(Caller caller, ResourceKey key, Query query) {
    var filter = rules.reading(caller, key.type(), Permission.READ);
    query.takes("read", Set.of());
    var view = View.ofOne(query, key.type());
    return Answer.of(there(read.current(key, filter), key, filter), view);
  }

  public Answer vread(Caller caller, ResourceKey key, int version, Query query) {
    var filter = rules.reading(caller, key.type(), Permission.READ);
    query.takes("vread", Set.of());
    var view = View.ofOne(query, key.type());
    return Answer.of(there(read.version(key, version, filter), key, filter), view);
  }

  private static StoredResource there(
      Optional<StoredResource> found, ResourceKey key, ReadFilter filter) {
    var resource = found.orElseThrow(() -> Absence.of(key, filter));
    if (resource.deleted()) {
      throw new HubException(ErrorCode.RESOURCE_DELETED, "", key.reference());
    }
    return resource;
  }
}
