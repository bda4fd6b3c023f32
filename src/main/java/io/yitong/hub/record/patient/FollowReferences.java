package io.yitong.hub.record.patient;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What resources refer to, directly or through others, as far as a reader may see it. */
@ApplicationScoped
public class FollowReferences {
  private final ReadResource read;
  private final String hubBase;

  FollowReferences(
      ReadResource read, @ConfigProperty(name = "yitong.hub.base-url") String hubAddress) {
    this.read = read;
    this.hubBase = hubAddress + "/fhir/";
  }

  /** Keys of this hub's resources that the JSON refers to, contained resources included. */
  public TreeSet<ResourceKey> of(byte[] json) {
    var found = new TreeSet<ResourceKey>();
    References.collect(json, hubBase, found);
    return found;
  }

  /**
   * Those referred to by {@code from} and by what was found so, nearest first; not {@code from}
   * itself.
   *
   * @param most when more are found the answer is one longer than this
   */
  public List<StoredResource> all(Collection<StoredResource> from, int most, ReadFilter filter) {
    var known = new TreeSet<ResourceKey>();
    from.forEach(each -> known.add(each.key()));
    var found = new LinkedHashMap<ResourceKey, StoredResource>();
    var next = from;
    while (!next.isEmpty() && found.size() <= most) {
      var referred = new TreeSet<ResourceKey>();
      next.forEach(each -> referred.addAll(of(each.json())));
      referred.removeAll(known);
      known.addAll(referred);
      next =
          referred.isEmpty()
              ? List.of()
              : read.current(referred, filter).values().stream()
                  .filter(each -> !each.deleted())
                  .sorted((one, other) -> one.key().compareTo(other.key()))
                  .toList();
      next.forEach(each -> found.put(each.key(), each));
    }
    return found.values().stream().limit(most + 1L).toList();
  }
}
