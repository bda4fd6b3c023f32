package io.yitong.hub.record;

import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.ResourceKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Which versions to show (FHIR R4, 3.1.0.13).
 *
 * @param since only versions made at that moment or later
 * @param at only versions that were current at some moment of that time
 * @param count of a page; 0 for the total alone
 * @param cursor from the page before
 */
public record HistoryQuery(
    Of of, Optional<Instant> since, Optional<DateRange> at, int count, Optional<String> cursor) {

  /** What is read, the same for every page of it. */
  String history() {
    var whose =
        of instanceof OfTypes types
            ? new TreeSet<>(types.types()).toString()
            : ((OfInstance) of).key().reference();
    return whose + " " + since + " " + at;
  }

  /** Whose versions. */
  public sealed interface Of {}

  public record OfInstance(ResourceKey key) implements Of {}

  /** One type, or all that are asked for. */
  public record OfTypes(Set<ResourceType> types) implements Of {
    public OfTypes {
      types = Set.copyOf(types);
    }
  }
}
