package io.yitong.hub.record.bulk.export;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * What is to be exported (Bulk Data Access 2.0), as kept with the job.
 *
 * @param group id of the Group whose members are meant; null at the other levels
 * @param types what the caller asked for and may see, or all it may see
 * @param since resources changed at that time or later; null for all
 * @param until resources last changed before that time; null for all
 * @param filters searches {@code Type?criteria}; those of one type are alternatives
 * @param patients ids; empty for all
 * @param ignored what was asked, not understood and let pass ({@code handling=lenient})
 */
public record ExportOrder(
    Level level,
    String group,
    List<ResourceType> types,
    String since,
    String until,
    List<String> filters,
    List<String> patients,
    List<String> ignored) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whose data (Bulk Data Access 2.0, 3.1 to 3.3). */
  public enum Level {
    SYSTEM,
    PATIENT,
    GROUP
  }

  public ExportOrder {
    types = List.copyOf(types);
    filters = List.copyOf(filters);
    patients = List.copyOf(patients);
    ignored = List.copyOf(ignored);
  }

  public String write() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static ExportOrder read(String json) {
    try {
      return JSON.readValue(json, ExportOrder.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @JsonIgnore
  Optional<Instant> from() {
    return Optional.ofNullable(since).map(Instant::parse);
  }

  @JsonIgnore
  Optional<Instant> before() {
    return Optional.ofNullable(until).map(Instant::parse);
  }
}
