package io.yitong.hub.api.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.search.SearchQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/** Whose data a request was about, for the audit. */
public final class PatientOf {
  /** The elements that name the patient. */
  private static final Set<String> NAMING = Set.of("subject", "patient", "beneficiary", "for");

  private static final String REFERENCE = "Patient/";
  private static final JsonFactory JSON = new JsonFactory();

  private static final Set<String> BY_PATIENT = Set.of("patient", "subject");

  private PatientOf() {}

  public static Optional<String> resource(StoredResource resource) {
    if (resource.key().type() == ResourceType.Patient) {
      return Optional.of(resource.key().id());
    }
    try (var json = JSON.createParser(resource.json())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var naming = NAMING.contains(json.currentName());
        if (json.nextToken() == JsonToken.START_OBJECT && naming) {
          var patient = reference(json);
          if (patient.isPresent()) {
            return patient;
          }
        } else {
          json.skipChildren();
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the object that was just entered, and which is left. */
  private static Optional<String> reference(JsonParser json) throws IOException {
    var found = Optional.<String>empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var isReference = json.currentName().equals("reference");
      if (json.nextToken() == JsonToken.VALUE_STRING && isReference) {
        found = Optional.of(json.getText()).filter(text -> text.startsWith(REFERENCE));
      }
      json.skipChildren();
    }
    return found.map(text -> text.substring(REFERENCE.length()));
  }

  public static Optional<String> search(SearchQuery query) {
    var focus = query.among().compartment();
    if (focus.isPresent() && focus.get().type() == ResourceType.Patient) {
      return focus.map(ResourceKey::id);
    }
    var ofPatients = query.among().types().equals(Set.of(ResourceType.Patient));
    return query.criteria().stream()
        .filter(
            criterion ->
                BY_PATIENT.contains(criterion.name())
                    || (ofPatients && criterion.name().equals("_id")))
        .filter(criterion -> criterion.values().size() == 1)
        .map(criterion -> criterion.values().get(0))
        .map(value -> value.startsWith("Patient/") ? value.substring(8) : value)
        .findFirst();
  }
}
