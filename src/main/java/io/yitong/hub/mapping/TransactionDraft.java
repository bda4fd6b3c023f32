package io.yitong.hub.mapping;

import io.yitong.hub.fhir.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * The transaction Bundle being made of one message. Entries stand in the order they were first
 * written, so that the same message gives the same bytes.
 */
public final class TransactionDraft {
  private record Entry(Resource resource, boolean onlyWhereNothingIs) {}

  private final String messageUri;
  private final Map<ResourceKey, Entry> entries = new LinkedHashMap<>();

  public TransactionDraft(String messageUri) {
    this.messageUri = messageUri;
  }

  /** Writes the resource (its id set); what the message says of it now holds. */
  public Reference put(Resource resource) {
    return add(resource, false);
  }

  /**
   * Writes the resource only where nothing is stored under its id: what a message says in passing.
   */
  public Reference register(Resource resource) {
    return add(resource, true);
  }

  public boolean has(ResourceKey key) {
    return entries.containsKey(key);
  }

  private Reference add(Resource resource, boolean onlyWhereNothingIs) {
    var key = ResourceKey.of(resource);
    resource.getMeta().setSource(messageUri);
    entries.put(key, new Entry(resource, onlyWhereNothingIs));
    return new Reference(key.reference());
  }

  /** References to all that was written so far. */
  public List<Reference> references() {
    var references = new ArrayList<Reference>(entries.size());
    for (var key : entries.keySet()) {
      references.add(new Reference(key.reference()));
    }
    return references;
  }

  public Bundle bundle() {
    var bundle = new Bundle().setType(BundleType.TRANSACTION);
    for (var entry : entries.entrySet()) {
      var request =
          bundle
              .addEntry()
              .setResource(entry.getValue().resource())
              .getRequest()
              .setMethod(HTTPVerb.PUT)
              .setUrl(entry.getKey().reference());
      if (entry.getValue().onlyWhereNothingIs()) {
        request.setIfNoneMatch("*");
      }
    }
    return bundle;
  }
}
